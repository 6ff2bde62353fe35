// Ready-made replies and answers, put where the operator writes.

import { byId, tell, words } from "./page.js";
import { parsed } from "./swap.js";

export function prepareInsert() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-insert]");
    if (button) insert(button.dataset.insert);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-find]")) return;
    event.preventDefault();
    find(event.target);
  });
}

function insert(text) {
  const box = byId("text");
  if (!box) return;
  const before = box.value.trim() ? `${box.value.trimEnd()}\n\n` : "";
  box.value = before + text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  tell(words.inserted);
}

async function find(form) {
  const body = new URLSearchParams(new FormData(form));
  const headers = { Accept: "text/plain" };
  const answer = await fetch(form.action, { method: "POST", headers, body }).catch(() => null);
  if (!answer?.ok) {
    tell(words.failed, "bad");
    return;
  }
  byId("found").replaceChildren(...parsed(await answer.text()).childNodes);
}
