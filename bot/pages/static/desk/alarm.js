// Urgent ones: a sound, a notice of the browser, and a line for screen readers. No word of a person
// is in any of them. `data-sounded` on the body counts the sounds.

import { byId, stored, tell, words } from "./page.js";

const HEARD = "alo-desk-heard";
const TONES = [880, 660, 880];
const TONE_SECONDS = 0.16;

let audio = null;
let sounds = 0;
const heard = new Set(JSON.parse(stored(sessionStorage, HEARD) ?? "[]"));

// `alarms` are the urgent ones that wait now: {id, text}. Each rings once.
export function ring(alarms) {
  const fresh = alarms.filter(({ id }) => !heard.has(id));
  const ids = alarms.map(({ id }) => id);
  for (const id of [...heard]) if (!ids.includes(id)) heard.delete(id);
  for (const id of ids) heard.add(id);
  stored(sessionStorage, HEARD, JSON.stringify([...heard]));
  if (!fresh.length) return;
  byId("alarm").textContent = fresh.map(({ text }) => text).join(". ");
  if (byId("sound").checked) sound();
  if (byId("notices").checked) notice();
}

function sound() {
  sounds += 1;
  document.body.dataset.sounded = sounds;
  audio ??= new AudioContext();
  audio.resume();
  TONES.forEach((pitch, index) => tone(pitch, audio.currentTime + index * TONE_SECONDS));
}

function tone(pitch, start) {
  const gain = new GainNode(audio, { gain: 0.2 });
  const wave = new OscillatorNode(audio, { frequency: pitch });
  wave.connect(gain).connect(audio.destination);
  wave.start(start);
  wave.stop(start + TONE_SECONDS * 0.8);
}

function notice() {
  if (window.Notification?.permission !== "granted") return;
  try {
    new Notification(words.notice_title, { body: words.notice_text, tag: "alo-urgent" });
  } catch {
    // Browsers of phones show no notices of a page; the sound and the title remain.
  }
}

async function allowed() {
  if (!window.Notification) return false;
  return (await Notification.requestPermission()) === "granted";
}

// Both can be switched off; this browser remembers it.
export function prepare() {
  const soundBox = byId("sound");
  const noticeBox = byId("notices");
  soundBox.checked = stored(localStorage, "alo-desk-sound") !== "off";
  noticeBox.checked =
    stored(localStorage, "alo-desk-notices") === "on" && window.Notification?.permission === "granted";
  soundBox.addEventListener("change", () =>
    stored(localStorage, "alo-desk-sound", soundBox.checked ? "on" : "off"),
  );
  noticeBox.addEventListener("change", async () => {
    if (noticeBox.checked && !(await allowed())) {
      noticeBox.checked = false;
      tell(words.notices_off, "warn");
    }
    stored(localStorage, "alo-desk-notices", noticeBox.checked ? "on" : "off");
  });
  // A browser lets a page sound only once somebody has touched it.
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => audio?.resume(), { passive: true });
  }
}
