// Server-sent events: they say that something has changed, and the page asks for what it shows.
// `data-live` on the body says that they come.

import { caseId, connection, signedOut, words } from "./page.js";
import { SignedOut } from "./swap.js";

const AGAIN_MS = 3000;
const PATIENCE_MS = 1500; // a connection that is back sooner is not worth a word
const AGES_MS = 30000; // how often "12 min" is brought up to date, also without events

let late = null;

// `renew` has a function for each kind of event: it brings that part of the page up to date.
export function listen(renew) {
  const source = new EventSource(`/desk/events${caseId ? `?case=${caseId}` : ""}`);
  source.addEventListener("open", online);
  for (const kind of Object.keys(renew)) {
    source.addEventListener(kind, (event) => run(renew[kind], event.data));
  }
  source.addEventListener("over", () => {
    source.close();
    signedOut();
  });
  source.addEventListener("error", () => {
    offline();
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => refused(renew), AGAIN_MS);
  });
}

export function keepAges(renew) {
  setInterval(() => {
    for (const kind of Object.keys(renew)) run(renew[kind]);
  }, AGES_MS);
}

// The program answered, but with no events: is the session over, or was it just starting?
async function refused(renew) {
  const answer = await fetch("/desk/queue").catch(() => null);
  if (answer?.status === 401) signedOut();
  else listen(renew);
}

async function run(renew, data) {
  try {
    await renew(data);
  } catch (error) {
    if (error instanceof SignedOut) signedOut();
    else offline();
  }
}

function online() {
  clearTimeout(late);
  late = null;
  document.body.dataset.live = "yes";
  connection("");
}

function offline() {
  delete document.body.dataset.live;
  late ??= setTimeout(() => connection(words.offline), PATIENCE_MS);
}
