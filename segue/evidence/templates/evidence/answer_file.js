// What pages have in common that are sent as a file: what is typed stays in this browser, and leaves it as a block to send back.
// They work without a network, and send nothing anywhere by themselves.
"use strict";
const data = JSON.parse(document.getElementById("sheet-data").textContent);
const form = document.querySelector("form");
const one = (id) => document.getElementById(id);
const key = `segue-${data.sort}:${data.token}`;

// A browser that keeps nothing for files loses only the comfort of going on later.
function keep(fields) { try { localStorage.setItem(key, JSON.stringify(fields)); return true; } catch { return false; } }
function kept() { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } }

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

function offer(reply) {
  one("block").value = packed(reply);
  one("answer").hidden = false;
  one("answer").focus();
}

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
