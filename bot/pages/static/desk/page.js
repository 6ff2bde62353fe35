// What all parts of the desk share: its words, and telling the operator something.

export const byId = (id) => document.getElementById(id);
export const words = JSON.parse(byId("words").textContent);
export const desk = byId("desk");
export const caseId = desk.dataset.case;
export const show = desk.dataset.show;
export const csrf = document.querySelector("meta[name=csrf]").content;

export function tell(text, kind = "") {
  const told = byId("told");
  told.className = `notice ${kind}${text ? "" : " empty"}`;
  told.textContent = text;
}

export function connection(text) {
  const line = byId("connection");
  line.hidden = !text;
  if (line.textContent !== text) line.textContent = text;
}

export function signedOut() {
  connection(words.signed_out);
  const link = document.createElement("a");
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = words.signed_out;
  byId("connection").replaceChildren(link);
}

// Kept in this browser; where storage is switched off, only as long as the page is open.
export function stored(storage, name, value) {
  try {
    if (value === undefined) return storage.getItem(name);
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, value);
  } catch {
    // The desk works without it.
  }
  return null;
}
