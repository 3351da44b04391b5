// The chat page: keeps what is typed until it is stored, shows what comes, resumes by itself.
"use strict";

const talk = document.getElementById("talk");
const write = document.getElementById("write");
const text = document.getElementById("text");
const state = document.getElementById("state");
const words = document.getElementById("words").dataset;
const UNSENT = "amorce-unsent";
const QUIET = 3000;
const WAITS = [1000, 2000, 5000, 10000, 20000];

const unsent = new Unsent(UNSENT);
let last = Number(talk.dataset.last);
let sending = false;
let failures = 0;

function show(who, html) {
  const said = document.createElement("div");
  said.className = "said " + who;
  const name = document.createElement("span");
  name.className = "who";
  name.textContent = words[who];
  said.append(name);
  said.insertAdjacentHTML("beforeend", html);
  talk.insertBefore(said, document.getElementById("end"));
  return said;
}

function showOwn(body) {
  const article = document.createElement("article");
  const lines = document.createElement("p");
  lines.textContent = body;
  article.append(lines);
  const said = show("founder", "");
  said.append(article);
  return said;
}

function toEnd() {
  document.getElementById("end").scrollIntoView({ block: "end" });
}

function tell(what) {
  state.textContent = what;
  state.className = what === words.typing ? "typing" : "";
}

function say(fields, shown) {
  const item = { key: newKey(), fields, shown };
  unsent.add(item);
  if (shown) { showOwn(shown).dataset.key = item.key; }
  toEnd();
  send();
}

async function send() {
  if (sending || !unsent.items.length) { return; }
  sending = true;
  tell(failures ? words.waiting : words.typing);
  const item = unsent.first;
  const outcome = await post(item);
  sending = false;
  if (outcome === "kept" || outcome === "unclear") {
    failures = 0;
    unsent.drop();
    if (outcome === "unclear") { giveBack(item); } else { restAfter(QUIET); }
    send();
  } else {
    const wait = WAITS[Math.min(failures, WAITS.length - 1)];
    failures += 1;
    tell(outcome === "slow" ? words.slow : outcome === "save" ? words.save : words.waiting);
    setTimeout(send, outcome === "slow" ? 10000 : wait);
  }
}

// Somebody of the programme may have the talk, and take a while to answer.
function restAfter(wait) {
  setTimeout(() => { if (!unsent.items.length && state.textContent === words.typing) { tell(""); } }, wait);
}

// The same key each time: however often it arrives, it is one turn.
async function post(item) {
  const body = new URLSearchParams({ ...item.fields, key: item.key });
  try {
    const answer = await fetch("/say", { method: "POST", body, headers: { accept: "application/json" } });
    if (answer.ok) { listen(); return "kept"; }
    if (answer.status === 422 || answer.status === 413) { return "unclear"; }
    return answer.status === 429 ? "slow" : answer.status === 503 ? "save" : "again";
  } catch {
    return "again";
  }
}

// What cannot be taken goes back to where it was written: no word is lost.
function giveBack(item) {
  tell(words.unclear);
  const shown = talk.querySelector(`[data-key="${item.key}"]`);
  if (shown) { shown.remove(); }
  if (item.fields.text && !text.value) { text.value = item.fields.text; grow(); }
}

function heard(event) {
  const number = Number(event.lastEventId);
  if (number <= last) { return; }
  last = number;
  const message = JSON.parse(event.data);
  if (message.nonce) { talk.querySelectorAll("form.choices").forEach((form) => form.remove()); }
  const said = show(message.who, message.html);
  if (message.file) {
    const link = document.createElement("a");
    link.href = message.file.address;
    link.textContent = words.file + " " + message.file.name;
    link.download = message.file.name;
    said.querySelector("article").append(link);
  }
  if (!unsent.items.length) { tell(""); }
  toEnd();
}

let source = null;
function listen() {
  if (source && source.readyState !== EventSource.CLOSED) { return; }
  source = new EventSource("/events?after=" + last);
  source.onmessage = heard;
  // A browser gives up on some answers; we do not.
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) { setTimeout(listen, 5000); }
  };
}

function grow() {
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight + 2, window.innerHeight * 0.4) + "px";
}

write.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = text.value.trim();
  if (!body) { return; }
  text.value = "";
  grow();
  say({ kind: "text", text: body }, body);
  text.focus();
});

text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    write.requestSubmit();
  }
});

// Buttons under a question, and those of the page that stand for typed words.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form === write || form.classList.contains("plain") || form.getAttribute("action") !== "/say") { return; }
  event.preventDefault();
  const pressed = event.submitter;
  const fields = Object.fromEntries(new FormData(form, pressed));
  document.getElementById("more").open = false;
  if (form.id === "begin") { form.remove(); say(fields, ""); return; }
  say(fields, pressed.textContent.trim());
  form.querySelectorAll("button").forEach((button) => { button.disabled = form.classList.contains("choices"); });
  text.focus({ preventScroll: true });
});

window.addEventListener("online", () => { failures = 0; listen(); send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) { listen(); send(); } });

for (const item of unsent.items) {
  if (item.shown) { showOwn(item.shown).dataset.key = item.key; }
}
listen();
if (talk.dataset.empty && !unsent.items.length) {
  document.getElementById("begin").remove();
  say({ kind: "start" }, "");
} else {
  send();
}
toEnd();
write.dataset.ready = "yes";
