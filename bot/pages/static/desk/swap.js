// Brings what is on the page to what the program sends, touching only what differs: so focus,
// what is written in a field, and what is open stay as they are.

const KEPT = new Set(["open"]);

export class SignedOut extends Error {}

// The elements of an answer. Raises SignedOut; null where there is no such conversation.
export async function part(address) {
  const answer = await fetch(address, { headers: { Accept: "text/plain" } });
  if (answer.status === 401) throw new SignedOut();
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return parsed(await answer.text());
}

// Scripts in it do not run, and the program has escaped every word.
export function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  children(old, fresh);
}

function children(old, fresh) {
  let here = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const mine = match(old, here, wanted);
    if (!mine) {
      old.insertBefore(document.importNode(wanted, true), here);
      continue;
    }
    if (mine === here) here = here.nextSibling;
    else old.insertBefore(mine, here);
    if (mine.nodeType === Node.ELEMENT_NODE) morph(mine, wanted);
    else if (mine.nodeValue !== wanted.nodeValue) mine.nodeValue = wanted.nodeValue;
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

// What stands for a node already: the one with its id, else one of its kind at its place.
function match(old, here, wanted) {
  if (wanted.id) return [...old.children].find((child) => child.id === wanted.id);
  const same = here && here.nodeType === wanted.nodeType && here.nodeName === wanted.nodeName;
  return same && !here.id ? here : null;
}
