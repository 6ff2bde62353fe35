// Forms without leaving the page. Without this script each is an ordinary form.

import { byId, connection, signedOut, tell, words } from "./page.js";

const PLACE = new URL(location.href).pathname;

// Sends a form: {next} or {told} where it was accepted, {error} where not.
export async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  const headers = { Accept: "application/json" };
  try {
    const answer = await fetch(form.action, { method: "POST", headers, body });
    if (answer.status === 401) signedOut();
    const said = await answer.json();
    return answer.ok ? said : { error: known(said.error) };
  } catch {
    return { error: words.failed };
  }
}

// Words of the program are shown; what is no words (as `old_form`) is not.
const known = (error) => (error?.includes(" ") ? error : words.failed);

// `renew` brings the page up to date after a form was accepted.
export function prepareForms(renew) {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const said = await send(form);
    delete form.dataset.sending;
    connection("");
    tell(said.error ?? said.told ?? "", said.error ? "bad" : "good");
    if (said.next && new URL(said.next, location.href).pathname !== PLACE) location.assign(said.next);
    else await renew();
    if (!said.error) settled(form);
  });
}

function settled(form) {
  form.reset();
  const details = form.closest("details");
  if (!details) return;
  details.open = false;
  if (document.contains(details)) details.querySelector("summary").focus();
  else byId("doing")?.focus({ preventScroll: true });
}
