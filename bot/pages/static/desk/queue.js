// The queue: who waits, and how many in the title of the page.

import { ring } from "./alarm.js";
import { byId, caseId, show, words } from "./page.js";
import { morph, part } from "./swap.js";

export async function renewQueue(data) {
  const queue = byId("queue");
  if (data && JSON.parse(data).mark === byId("queue-top").dataset.mark) return;
  const fresh = await part(`/desk/queue?show=${show}&case=${caseId}`);
  const holder = queue.cloneNode(false);
  holder.append(...fresh.childNodes);
  morph(queue, holder);
  noticed();
}

export function noticed() {
  const waiting = byId("queue-top").dataset.waiting;
  const title = waiting === "0" ? words.title : words.title_waiting.replace("{number}", waiting);
  document.title = `${title} – Alo`;
  ring([...byId("alarms").children].map((item) => ({ id: item.dataset.id, text: item.textContent })));
}
