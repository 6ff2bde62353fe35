// A phone in the browser: what a person types goes to the program, and what comes back is shown
// as WhatsApp, SMS or Telegram would show it. Texts enter the page as text nodes only.

const byId = (id) => document.getElementById(id);
const { words, language, languages, countries } = JSON.parse(byId("data").textContent);
const word = (key) => words[key] ?? ""; // a language may be incomplete
const note = (text) => element("small", { className: "note" }, text);
const log = byId("conversation");
const input = byId("text");

const STORED = "alo-phone";
const RETRY_MS = 2000;
const CALM_MS = 300; // what is over sooner is not worth announcing
const PATIENCE_MS = 60000;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"]+/gi;

let phone; // {id, region, look, after, turns}: all there is to know of a conversation
let delivering = null; // the phone whose messages are being sent
let hanging = new AbortController(); // ends the open request for news
let unreachable = false;
let timers = [];

// Not crypto.randomUUID: browsers keep that from pages served without TLS.
const randomId = () => crypto.getRandomValues(new Uint32Array(4)).join("");
const emptyPhone = (region, look) => ({ id: randomId(), region, look, after: 0, turns: [] });

// ---- What is kept, so that changing the page's language or reloading loses nothing

function save() {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(phone));
  } catch {
    // Storage is full or switched off: the page works on, until it is reloaded.
  }
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED));
  } catch {
    return null;
  }
}

function begin(next) {
  hanging.abort(); // else the browser's few connections fill up with requests that nobody waits for
  hanging = new AbortController();
  phone = next;
  save();
  drawAll();
  explain();
  say(isWaiting() ? "waiting" : "");
  if (phone.turns.length) deliver(phone);
  if (phone.turns.length) listen(phone);
}

// ---- To the program

function send(text, choice = "") {
  if (!text.trim()) return;
  add({ id: randomId(), text: text.trim(), choice, state: "new" });
  say("sending");
  deliver(phone);
  if (phone.turns.length === 1) listen(phone);
}

// One after the other, so that messages arrive in the order in which they were written.
async function deliver(mine) {
  if (delivering === mine) return;
  delivering = mine;
  for (let turn; mine === phone && (turn = mine.turns.find((x) => x.state === "new")); ) {
    await post(mine, turn);
  }
  if (delivering === mine) delivering = null;
}

async function post(mine, { id, text, choice }) {
  const body = JSON.stringify({ phone: mine.id, id, region: mine.region, text, choice });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/phone/messages", { method: "POST", headers, body }).catch(() => null);
  if (mine !== phone) return;
  if (answer?.ok) settle(id, "sent");
  else if (answer && answer.status < 500) settle(id, "refused");
  else await failed();
}

function settle(id, state) {
  phone.turns.find((turn) => turn.id === id).state = state;
  save();
  if (isWaiting()) say("waiting");
  if (state !== "refused") return;
  drawAll();
  say("not_sent");
}

async function failed() {
  unreachable = true;
  say("offline");
  await new Promise((resume) => setTimeout(resume, RETRY_MS));
}

// ---- From the program

async function listen(mine) {
  while (mine === phone) {
    try {
      await hear(mine);
    } catch {
      if (mine === phone) await failed();
    }
  }
}

async function hear(mine) {
  const address = `/phone/messages?phone=${mine.id}&after=${mine.after}`;
  const answer = await fetch(address, { signal: hanging.signal });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const { replies } = await answer.json();
  if (mine !== phone) return;
  if (unreachable) say(isWaiting() ? "waiting" : "");
  unreachable = false;
  replies.forEach(take);
}

function take({ id, views, understood }) {
  phone.after = id;
  add({ views, understood });
  explain();
  say("");
}

const isWaiting = () => ["new", "sent"].includes(phone.turns.at(-1)?.state);

// ---- The line that says what is going on

function say(key) {
  timers.forEach(clearTimeout);
  timers = [setTimeout(show, key ? CALM_MS : 0, key)];
  if (key === "waiting") timers.push(setTimeout(show, PATIENCE_MS, "offline"));
}

function show(key) {
  byId("waiting").dataset.word = key;
  byId("waiting").textContent = word(key);
  toNewest();
}

// ---- The conversation

function add(turn) {
  phone.turns.push({ at: Date.now(), ...turn });
  save();
  log.append(drawn(phone.turns.at(-1)));
  toNewest();
}

// A screen reader shall not read the whole conversation again when only its look has changed.
function drawAll() {
  log.setAttribute("aria-live", "off");
  document.body.dataset.look = phone.look;
  log.replaceChildren(...phone.turns.map(drawn));
  toNewest();
  setTimeout(() => log.setAttribute("aria-live", "polite"), CALM_MS);
}

// Shows the start of the newest turn, and a short one before it: a long answer is read from its
// beginning, below its question.
function toNewest() {
  const newest = log.lastElementChild;
  const before = newest?.previousElementSibling;
  const first = before?.offsetHeight < 90 ? before : newest;
  if (first) log.scrollTop = first.offsetTop - 12;
}

function drawn(turn) {
  const messages = turn.views ? turn.views[phone.look].messages : [{ text: turn.text }];
  const parts = messages.flatMap((message) => [
    bubble(turn, message.text),
    message.segments && note(word("segments").replace(/\{(\w+)\}/g, (_, key) => message[key])),
    message.buttons?.length && choices(message.buttons, turn.understood.language),
  ]);
  if (turn.state === "refused") parts.push(note(word("not_sent")));
  return element("div", { className: turn.views ? "turn theirs" : "turn mine" }, ...parts.filter(Boolean));
}

function bubble(turn, text) {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const time = new Date(turn.at).toLocaleTimeString(language, form);
  const who = element("span", { className: "hidden" }, `${word(turn.views ? "assistant" : "you")}: `);
  const said = element("p", { lang: turn.understood?.language ?? "" }, ...linked(text));
  return element("div", { className: "bubble" }, who, said, element("small", { className: "time" }, time));
}

// WhatsApp shows up to three choices as buttons and more of them as a list.
function choices(buttons, lang) {
  const className = buttons.length > 3 ? "choices list" : "choices";
  const items = buttons.map(({ label, payload }) => {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => send(label, payload));
    return element("li", {}, button);
  });
  return element("ul", { className, lang }, ...items);
}

function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    const href = /^http/i.test(address) ? address : `https://${address}`;
    const link = element("a", { href, target: "_blank", rel: "noopener noreferrer" }, address);
    parts.push(text.slice(from, match.index), link);
    from = match.index + address.length;
  }
  return [...parts, text.slice(from)];
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// ---- What the program understood

function explain() {
  const { understood } = phone.turns.findLast((turn) => turn.understood) ?? {};
  const rows = understood ? facts(understood) : [["topic", ["-"]]];
  byId("facts").replaceChildren(...rows.map(row));
}

function row([key, values]) {
  const described = values.map((value) => element("dd", {}, ...linked(value)));
  return element("div", {}, element("dt", {}, word(key)), ...described);
}

function facts({ topic, confidence, language: spoken, country, outcome, options, sources }) {
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const name = (known, code) => known.find((item) => item.code === code)?.name ?? (code || "-");
  return [
    ["topic", [topic || "-"]],
    ["confidence", [confidence ? percent.format(confidence) : "-"]],
    ["language", [name(languages, spoken)]],
    ["country", [name(countries, country)]],
    ["outcome", [words.outcomes?.[outcome] ?? outcome]],
    ["options", options],
    ["sources", sources.map(({ url, date }) => (date ? `${url} (${date})` : url))],
  ].filter(([, values]) => values.length);
}

// ---- The controls

function fit() {
  input.style.height = "auto"; // else it would never shrink
  input.style.height = `${input.scrollHeight}px`;
}

function submit(event) {
  event.preventDefault();
  send(input.value);
  input.value = "";
  fit();
  input.focus();
}

function fold(open) {
  byId("fold").setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("unfolded", open);
}

function changeLook({ target }) {
  phone.look = target.value;
  save();
  drawAll();
}

const startAnew = () => begin(emptyPhone(byId("region").value, phone.look));

begin(stored() ?? emptyPhone("", "whatsapp"));
byId("region").value = phone.region;
byId("region").addEventListener("change", startAnew);
byId("fresh").addEventListener("click", startAnew);
byId("fresh").addEventListener("click", () => input.focus());
byId("fold").addEventListener("click", () => fold(!document.body.classList.contains("unfolded")));
byId("composer").addEventListener("submit", submit);
input.addEventListener("focus", () => fold(false)); // a small screen has no room for both
input.addEventListener("input", fit);
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
for (const radio of document.querySelectorAll("[name=look]")) {
  radio.checked = radio.value === phone.look;
  radio.addEventListener("change", changeLook);
}
for (const example of document.querySelectorAll("[data-example]")) {
  example.addEventListener("click", () => send(example.textContent));
}
