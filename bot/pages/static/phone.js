// A phone in the browser: what a person types goes to the program, and what comes back is shown
// as WhatsApp, SMS or Telegram would show it. Texts enter the page as text nodes only.

const { words, language, languages, countries } = JSON.parse(byId("data").textContent);

const STORED = "alo-phone";
const RETRY_MS = 2000;
const CALM_MS = 300; // what is over sooner is not worth announcing
const PATIENCE_MS = 60000;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"]+/gi;

const log = byId("conversation");
const input = byId("text");

let phone; // {id, region, look, after, turns}: all there is to know of a conversation
let delivering = null; // the phone whose messages are being sent
let hanging = new AbortController(); // ends the open request for news
let unreachable = false;
let timers = [];

function byId(id) {
  return document.getElementById(id);
}

function word(key) {
  return words[key] ?? ""; // a language may be incomplete
}

function pause(milliseconds) {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}

// Not crypto.randomUUID: browsers keep that from pages served without TLS.
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

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

function begin(kept) {
  hanging.abort();
  hanging = new AbortController();
  unreachable = false;
  phone = kept;
  save();
  drawAll();
  explain();
  say(isWaiting() ? "waiting" : "");
  if (phone.turns.length) {
    deliver(phone);
    listen(phone);
  }
}

function emptyPhone(region, look) {
  return { id: randomId(), region, look, after: 0, turns: [] };
}

// ---- To the program

function send(text, choice = "") {
  if (!text.trim()) return;
  const first = phone.turns.length === 0;
  add({ id: randomId(), text: text.trim(), choice, state: "new", at: Date.now() });
  say("sending");
  deliver(phone);
  if (first) listen(phone);
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

async function post(mine, turn) {
  const { id, text, choice } = turn;
  const body = JSON.stringify({ phone: mine.id, id, region: mine.region, text, choice });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/phone/messages", { method: "POST", headers, body }).catch(() => null);
  if (mine !== phone) return;
  if (answer?.ok) delivered(turn);
  else if (answer && answer.status < 500) refused(turn);
  else await failed();
}

function delivered(turn) {
  turn.state = "sent";
  save();
  if (isWaiting()) say("waiting");
}

function refused(turn) {
  turn.state = "refused";
  save();
  drawAll();
  say("not_sent");
}

async function failed() {
  unreachable = true;
  say("offline");
  await pause(RETRY_MS);
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
  add({ views, understood, at: Date.now() });
  explain();
  say("");
}

function isWaiting() {
  const last = phone.turns.at(-1);
  return Boolean(last?.state) && last.state !== "refused";
}

// ---- The line that says what is going on

function say(key) {
  timers.forEach(clearTimeout);
  timers = [];
  if (!key) show("");
  else timers.push(setTimeout(show, CALM_MS, key));
  if (key === "waiting") timers.push(setTimeout(show, PATIENCE_MS, "offline"));
}

function show(key) {
  const line = byId("waiting");
  line.dataset.word = key;
  line.textContent = word(key);
  toNewest();
}

// ---- The conversation

function add(turn) {
  phone.turns.push(turn);
  save();
  log.append(drawn(turn));
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

// Shows the start of the newest turn: a long answer is read from its beginning.
function toNewest() {
  if (log.lastElementChild) log.scrollTop = log.lastElementChild.offsetTop - 12;
}

function drawn(turn) {
  const box = element("div", { className: turn.views ? "turn theirs" : "turn mine" });
  const messages = turn.views ? turn.views[phone.look].messages : [{ text: turn.text }];
  const tongue = turn.understood?.language ?? "";
  const who = word(turn.views ? "assistant" : "you");
  for (const message of messages) box.append(...bubble(message, turn, who, tongue));
  return box;
}

function bubble(message, turn, who, tongue) {
  const box = element("div", { className: "bubble" });
  const text = element("p", { lang: tongue });
  text.append(...linked(message.text));
  box.append(element("span", { className: "hidden", textContent: `${who}: ` }), text, time(turn));
  const below = [cost(message), choices(message.buttons ?? [], tongue), trouble(turn)];
  return [box, ...below.filter(Boolean)];
}

function time(turn) {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const textContent = new Date(turn.at).toLocaleTimeString(language, form);
  return element("small", { className: "time", textContent });
}

function cost(message) {
  if (!message.segments) return null;
  const textContent = word("segments").replace(/\{(\w+)\}/g, (_, key) => message[key]);
  return element("small", { className: "cost", textContent });
}

function trouble(turn) {
  if (turn.state !== "refused") return null;
  return element("small", { className: "cost", textContent: word("not_sent") });
}

// WhatsApp shows up to three choices as buttons and more of them as a list.
function choices(buttons, tongue) {
  if (!buttons.length) return null;
  const className = buttons.length > 3 ? "choices list" : "choices";
  const list = element("ul", { className, lang: tongue });
  for (const { label, payload } of buttons) {
    const button = element("button", { type: "button", textContent: label });
    button.addEventListener("click", () => send(label, payload));
    list.append(element("li", {}, button));
  }
  return list;
}

function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    parts.push(text.slice(from, match.index), link(address));
    from = match.index + address.length;
  }
  return [...parts, text.slice(from)];
}

function link(address) {
  const href = /^http/i.test(address) ? address : `https://${address}`;
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, address);
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
  byId("facts").replaceChildren(...rows.map(([key, values]) => fact(key, values)));
}

function facts({ topic, confidence, language: tongue, country, outcome, options, sources }) {
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const rows = [
    ["topic", [topic || "-"]],
    ["confidence", [confidence ? percent.format(confidence) : "-"]],
    ["language", [nameOf(languages, tongue)]],
    ["country", [nameOf(countries, country)]],
    ["outcome", [words.outcomes?.[outcome] ?? outcome]],
  ];
  if (options.length) rows.push(["options", options]);
  if (sources.length) rows.push(["sources", sources.map(source)]);
  return rows;
}

function fact(key, values) {
  const term = element("dt", { textContent: word(key) });
  return element("div", {}, term, ...values.map((value) => element("dd", {}, value)));
}

function source({ url, date }) {
  const shown = element("span", {}, ...linked(url));
  if (date) shown.append(` (${date})`);
  return shown;
}

function nameOf(known, code) {
  return known.find((item) => item.code === code)?.name ?? (code || "-");
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

function listenToControls() {
  byId("composer").addEventListener("submit", submit);
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  for (const example of document.querySelectorAll("[data-example]")) {
    example.addEventListener("click", () => send(example.textContent));
  }
  byId("fold").addEventListener("click", ({ currentTarget }) => {
    fold(currentTarget.getAttribute("aria-expanded") === "false");
  });
  listenToPhoneControls();
}

function listenToPhoneControls() {
  for (const radio of document.querySelectorAll("[name=look]")) {
    radio.checked = radio.value === phone.look;
    radio.addEventListener("change", () => {
      phone.look = radio.value;
      save();
      drawAll();
    });
  }
  const region = byId("region");
  region.value = phone.region;
  region.addEventListener("change", () => begin(emptyPhone(region.value, phone.look)));
  byId("fresh").addEventListener("click", () => {
    begin(emptyPhone(phone.region, phone.look));
    fold(false);
    input.focus();
  });
}

begin(stored() ?? emptyPhone("", "whatsapp"));
listenToControls();
