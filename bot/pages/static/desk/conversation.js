// The conversation: what was said, live, and what can be done with it.

import { byId, caseId, show } from "./page.js";
import { morph, part } from "./swap.js";

const NEAR_END = 60; // pixels: who reads further up is not pulled down
const ONE_PANE = matchMedia("(max-width: 860px)"); // there the page itself scrolls

export async function renewConversation(mark) {
  if (!byId("parts") || (mark && mark === byId("head").dataset.mark)) return;
  const fresh = await part(`/desk/cases/${caseId}/parts?show=${show}`);
  if (fresh === null) {
    location.assign(`/desk?show=${show}`);
    return;
  }
  localise(fresh);
  renewLines(fresh);
  for (const id of ["head", "warnings"]) morph(byId(id), fresh.querySelector(`#${id}`));
  renewDoing(fresh.querySelector("#doing"));
}

function renewLines(fresh) {
  const lines = byId("lines");
  const atEnd = isAtEnd(ONE_PANE.matches ? document.documentElement : lines);
  morph(lines, fresh.querySelector("#lines"));
  if (atEnd) toEnd();
}

// As long as one has the conversation its forms stay: somebody may be writing in them.
function renewDoing(fresh) {
  const doing = byId("doing");
  if (doing.dataset.state === fresh.dataset.state) return;
  const hadFocus = doing.contains(document.activeElement);
  doing.dataset.state = fresh.dataset.state;
  doing.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new Event("desk:doing"));
  if (hadFocus) (byId("text") ?? doing).focus({ preventScroll: true });
}

const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;

// The newest is what one comes for.
export function toEnd() {
  const box = ONE_PANE.matches ? document.documentElement : byId("lines");
  if (byId("lines")) box.scrollTop = box.scrollHeight;
}

// Times as on the clock of whoever reads.
export function localise(root) {
  const language = document.documentElement.lang;
  const today = new Date().toDateString();
  for (const time of root.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    const clock = { hour: "2-digit", minute: "2-digit" };
    const day = at.toDateString() === today ? {} : { day: "numeric", month: "numeric" };
    time.textContent = at.toLocaleString(language, { ...day, ...clock });
  }
}
