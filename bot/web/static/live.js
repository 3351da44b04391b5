// The pages of a round: show what changes, count down, keep a tap until it is stored.
"use strict";

const now = document.getElementById("now");
const net = document.getElementById("net");
const words = document.getElementById("words").dataset;
const UNSENT = "amorce-round-" + now.dataset.round;
const WAITS = [500, 1000, 2000, 4000, 8000];
const PATIENCE = 8000;
const FITS = 14;

// ---- What is shown -------------------------------------------------------------------------

// Swaps parts of the page; whoever was on a button there stays on it.
function show(event) {
  const held = document.activeElement;
  const id = held && held.id;
  const inside = held && now.contains(held);
  for (const [part, html] of Object.entries(event.parts || {})) {
    const where = document.getElementById(part);
    if (where) { where.innerHTML = html; }
    if (part === "clock") { startClock(); }
  }
  if (event.mark) { now.dataset.mark = event.mark; }
  if (inside && !document.contains(held)) {
    const same = id && document.getElementById(id);
    const next = same && !same.disabled ? same : now.querySelector("h2");
    if (next) { next.focus({ preventScroll: true }); }
  }
  markUnsent();
  fit();
}

function tell(text) {
  if (net.textContent !== text) { net.textContent = text; }
}

// ---- The time ------------------------------------------------------------------------------

let ends = 0;

function startClock() {
  const time = document.querySelector("[data-left]");
  ends = time ? performance.now() + Number(time.dataset.left) * 1000 : 0;
  tick();
}

// Shows 0:00 and waits: a person closes the question.
function tick() {
  const time = document.querySelector("[data-left]");
  if (!time || time.dataset.held) { return; }
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  const text = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
  if (time.textContent !== text) { time.textContent = text; }
  time.classList.toggle("up", left === 0);
}

// ---- What comes ----------------------------------------------------------------------------

let source = null;
let quiet = 0;

function listen() {
  if (!now.dataset.stream || (source && source.readyState !== EventSource.CLOSED)) { return; }
  source = new EventSource(now.dataset.stream + "?mark=" + encodeURIComponent(now.dataset.mark));
  source.onopen = () => { clearTimeout(quiet); quiet = 0; if (!unsent.items.length) { tell(""); } };
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onerror = () => {
    // A short gap is nobody's business.
    quiet = quiet || setTimeout(() => { if (!unsent.items.length) { tell(words.lost); } }, 3000);
    // A browser gives up on some answers; we do not.
    if (source.readyState === EventSource.CLOSED) { setTimeout(listen, 3000); lookForSeat(); }
  };
}

// A stream does not say why it was refused: 204 means that nobody plays here any more.
async function lookForSeat() {
  const answer = await fetch(now.dataset.stream, { method: "HEAD" }).catch(() => null);
  if (answer && answer.status === 204) { leave(); }
}

// The seat is on another phone; the door says so, in the language of this page.
function leave() {
  location.replace(location.pathname + "?moved=yes&language=" + document.documentElement.lang);
}

function heard(event) {
  if (event.gone) { leave(); return; }
  show(event);
  if (event.last) { now.dataset.stream = ""; source.close(); }
}

// ---- What is tapped ------------------------------------------------------------------------

const unsent = new Unsent(UNSENT);
let sending = false;
let failures = 0;

function markUnsent() {
  const form = now.querySelector("form.answers");
  if (!form) { return; }
  for (const button of form.querySelectorAll("button")) {
    const waits = unsent.items.some((tap) => tap.place === form.dataset.place && tap.letter === button.value);
    const mark = button.querySelector(".mark");
    if (waits) { mark.textContent = words.sending; }
    else if (button.classList.contains("waits")) { mark.textContent = ""; }
    button.classList.toggle("waits", waits);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.classList.contains("answers")) { return; }
  event.preventDefault();
  const { place, once } = form.dataset;
  // The first tap is the answer, a second one beside it a slip of the finger; and nobody takes a
  // letter back by tapping it again while it still waits.
  const { value } = event.submitter;
  if (unsent.items.some((tap) => tap.place === place && (once || tap.letter === value))) { return; }
  unsent.add({ key: newKey(), place, letter: value, to: form.getAttribute("action") });
  markUnsent();
  send();
});

async function send() {
  if (sending || !unsent.items.length) { return; }
  sending = true;
  const done = await post(unsent.first);
  sending = false;
  if (done.again) {
    const wait = WAITS[Math.min(failures, WAITS.length - 1)];
    failures += 1;
    tell(done.text || words.waiting);
    setTimeout(send, wait);
    return;
  }
  failures = 0;
  unsent.drop();
  tell(done.text || "");
  show(done);
  send();
}

// The same key each time: however often it arrives, it is one tap.
async function post(tap) {
  const body = new URLSearchParams({ key: tap.key, place: tap.place, letter: tap.letter });
  const asked = { method: "POST", body, headers: { accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
  try {
    const answer = await fetch(tap.to, asked);
    const again = answer.status === 429 || answer.status >= 500;
    const said = await answer.json().catch(() => ({}));
    if (!again) { listen(); }
    return { ...said, again };
  } catch {
    return { again: true };
  }
}

// ---- The room's wall -----------------------------------------------------------------------

// The largest type with which all of it is on the wall at once; nobody can scroll there.
function fit() {
  const wall = document.querySelector("[data-fit]");
  if (!wall) { return; }
  for (let step = 0; step <= FITS; step += 1) {
    wall.dataset.fit = String(step);
    if (wall.scrollHeight <= wall.clientHeight && wall.scrollWidth <= wall.clientWidth) { break; }
  }
  // Names come newest first; half a line of them is none.
  const list = wall.querySelector(".names");
  for (const name of list ? list.children : []) {
    name.hidden = false;
    name.hidden = name.offsetTop + name.offsetHeight > list.offsetTop + list.clientHeight;
  }
}

window.addEventListener("resize", fit);
window.addEventListener("online", () => { failures = 0; listen(); send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) { listen(); send(); } });
setInterval(tick, 250);

startClock();
markUnsent();
listen();
send();
fit();
now.dataset.ready = "yes";
