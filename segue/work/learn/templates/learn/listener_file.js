// The page of a listener: it works from a file, without a network, and sends nothing anywhere by itself.
"use strict";
const data = JSON.parse(document.getElementById("sheet-data").textContent);
const form = document.querySelector("form");
const one = (id) => document.getElementById(id);
const key = `segue-listener:${data.token}`;

function show(part, isRead) {
  part.querySelector(".open").hidden = isRead;
  part.querySelector(".closed").hidden = !isRead;
}

for (const part of document.querySelectorAll("[data-idea]")) {
  show(part, false);
  part.querySelector("[data-close]").addEventListener("click", () => { show(part, true); part.querySelector("textarea").focus(); });
  part.querySelector("[data-again]").addEventListener("click", () => { show(part, false); part.querySelector("[data-close]").focus(); });
}

// What was typed stays in this browser until it is sent; a browser that keeps nothing for files loses only this comfort.
function fields() { return Object.fromEntries(new FormData(form)); }
function keep() { try { localStorage.setItem(key, JSON.stringify(fields())); } catch { /* not kept here */ } }
try {
  const kept = JSON.parse(localStorage.getItem(key)) || {};
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (field && typeof value === "string") field.value = value;
  }
  for (const part of document.querySelectorAll("[data-idea]")) if (part.querySelector("textarea").value) show(part, true);
} catch { /* nothing was kept */ }
form.addEventListener("input", () => { one("answer").hidden = true; one("wrong").textContent = ""; keep(); });

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (0xEDB88320 & -(sum & 1));
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
}

function packed(reply) {
  const bytes = new TextEncoder().encode(JSON.stringify(reply));
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  const lines = (crc32(bytes) + btoa(letters)).match(/.{1,64}/g);
  return [data.begin, ...lines, data.end].join("\n");
}

// The first thing that is missing, as [id of its field, what to say].
function missing(typed) {
  for (let place = 1; place <= data.ideas.length; place += 1) {
    const name = data.ideas[place - 1];
    if (!typed[`said-${place}`]?.trim()) return [`said-${place}`, `Say “${name}” in your own words. If nothing stayed, write that: it helps too.`];
    if (!typed[`rating-${place}`]) return [`rating-${place}-1`, `Say how clear “${name}” was, from 1 to 5.`];
  }
  if (!typed.name.trim()) return ["name", "Put your name in: an answer without one proves nothing."];
  if (!typed.relation) return ["relation", "Say how you know each other."];
  if (!typed.background) return ["background-1", "Say whether you work in tech."];
  return null;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = fields();
  const gap = missing(typed);
  one("wrong").textContent = gap ? gap[1] : "";
  if (gap) {
    const part = one(gap[0]).closest("[data-idea]");
    if (part) show(part, true);
    one(gap[0]).focus();
    return;
  }
  const heard = data.ideas.map((_, at) => ({ said: typed[`said-${at + 1}`].trim(), rating: Number(typed[`rating-${at + 1}`]) }));
  one("block").value = packed({
    token: data.token, name: typed.name.trim(), role: typed.role.trim(), relation: typed.relation,
    background: typed.background, comment: typed.comment.trim(), ideas: heard,
  });
  one("answer").hidden = false;
  one("answer").focus();
});

one("copy").addEventListener("click", async () => {
  one("block").select();
  let copied = false;
  try { await navigator.clipboard.writeText(one("block").value); copied = true; } catch { copied = document.execCommand("copy"); }
  one("done").textContent = copied ? "Copied. Paste it into your message." : "Press Ctrl+C, or Cmd+C on a Mac.";
});
one("save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([one("block").value], { type: "text/plain" }));
  link.download = `answer-${data.token.slice(0, 4)}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
  one("done").textContent = "Saved among your downloads. Attach it to your message.";
});
