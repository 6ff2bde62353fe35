// The reply box: what a text costs, that somebody writes, and that a reply goes out once.

import { renewConversation, toEnd } from "./conversation.js";
import { send } from "./forms.js";
import { byId, caseId, csrf, stored, tell, words } from "./page.js";

const DRAFT = `alo-desk-draft-${caseId}`;
const CALM_MS = 250;
const TYPING_MS = 3000;

let counting = 0;
let calm = null;
let typedAt = 0;

export function prepareReply() {
  begin();
  document.addEventListener("desk:doing", begin);
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "reply") return;
    event.preventDefault();
    reply(event.target);
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "text") written();
  });
  document.addEventListener("keydown", (event) => {
    const wanted = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (wanted && event.target.id === "text") event.target.form.requestSubmit();
  });
}

// A draft is kept in this tab until it is sent.
function begin() {
  const box = byId("text");
  if (!box) return;
  box.value ||= stored(sessionStorage, DRAFT) ?? "";
  fit(box);
  cost();
}

function written() {
  const box = byId("text");
  stored(sessionStorage, DRAFT, box.value);
  fit(box);
  clearTimeout(calm);
  calm = setTimeout(cost, CALM_MS);
  if (Date.now() - typedAt < TYPING_MS) return;
  typedAt = Date.now();
  const headers = { "X-CSRF-Token": csrf };
  fetch(byId("reply").dataset.typing, { method: "POST", headers }).catch(() => {});
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

// The program counts: the same rule sends the text.
async function cost() {
  const form = byId("reply");
  if (form?.dataset.channel !== "sms") return;
  const asked = (counting += 1);
  const headers = { "X-CSRF-Token": csrf };
  const body = new URLSearchParams({ text: byId("text").value });
  const answer = await fetch(form.dataset.cost, { method: "POST", headers, body }).catch(() => null);
  if (!answer?.ok || asked !== counting) return;
  const said = await answer.json();
  const line = byId("cost");
  line.textContent = [said.words, said.dear].filter(Boolean).join(". ");
  line.dataset.segments = said.segments;
  line.classList.toggle("dear", Boolean(said.dear));
}

// The key is changed only once a reply was accepted: a reply that is sent again is known.
async function reply(form) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const said = await send(form);
  delete form.dataset.sending;
  if (said.error) {
    tell(said.error, "bad");
    return;
  }
  form.elements.key.value = randomKey();
  form.elements.text.value = "";
  stored(sessionStorage, DRAFT, null);
  fit(form.elements.text);
  tell(words.sent, "good");
  form.elements.text.focus();
  cost();
  await renewConversation();
  toEnd();
}

// Not crypto.randomUUID: browsers keep that from pages served without TLS.
function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
