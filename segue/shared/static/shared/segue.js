// What the pages of Segue do beyond plain HTML. Every page works without this file. No dependencies, no eval, no inline anything.

const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* blocked */ } },
};

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};
const clock = (date) => date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const moment = (date) => (date.toDateString() === new Date().toDateString() ? clock(date)
  : `${date.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" })}, ${clock(date)}`);

/* Theme: as this device, light, dark. */
function themeSwitch(root) {
  for (const box of root.querySelectorAll("[data-theme-switch]")) {
    box.hidden = false;
    const chosen = document.documentElement.dataset.theme || "system";
    for (const radio of box.querySelectorAll("input")) radio.checked = radio.value === chosen;
    box.addEventListener("change", ({ target }) => {
      if (target.value === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = target.value;
      try {
        if (target.value === "system") localStorage.removeItem("segue:theme");
        else localStorage.setItem("segue:theme", target.value);
      } catch { /* lasts for this page only */ }
      document.dispatchEvent(new Event("segue:theme"));
    });
  }
}

/* Autosave. A draft in localStorage is {fields, revision, at, sent}: what was typed since the server last confirmed. */
class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `segue:draft:${form.dataset.autosaveKey || form.dataset.autosaveUrl}`;
    this.status = form.querySelector("[data-autosave-status]") || form.appendChild(element("p"));
    this.status.classList.add("save-status");
    this.status.setAttribute("aria-live", "polite");
    this.changes = 0;
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => this.leaving());
    addEventListener("online", () => this.unsaved && this.save());
    addEventListener("pagehide", () => this.unsaved && this.keep(false));
  }

  get revision() { return this.form.elements.revision; }

  fields() {
    const found = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value !== "string" || name === "csrfmiddlewaretoken" || name === "revision") continue;
      (found[name] ||= []).push(value);
    }
    return found;
  }

  put(fields) {
    for (const input of this.form.elements) {
      if (!input.name || input.type === "file" || ["csrfmiddlewaretoken", "revision"].includes(input.name)) continue;
      const values = fields[input.name] || [];
      if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
      else if (input.type === "select-multiple") for (const option of input.options) option.selected = values.includes(option.value);
      else if (input.name in fields) input.value = values[0];
      else continue;
      input.dispatchEvent(new Event("segue:put", { bubbles: true }));
    }
  }

  keep(sent) {
    return store.write(this.key, { fields: this.fields(), revision: this.revision?.value, at: Date.now(), sent });
  }

  changed() {
    this.changes += 1;
    this.unsaved = true;
    this.keep(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 1500);
  }

  leaving() {
    clearTimeout(this.timer);
    if (this.unsaved) this.keep(true);
    this.unsaved = false;
  }

  say(text, unsaved = false) {
    this.status.textContent = text;
    this.status.classList.toggle("is-unsaved", unsaved);
  }

  async save() {
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    const changes = this.changes;
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST", body, credentials: "same-origin", redirect: "manual",
        headers: { "X-Segue-Autosave": "1", Accept: "application/json" },
      });
      await this.answered(answer, changes);
    } catch { this.failed(); }
    this.busy = false;
    if (this.again) { this.again = false; await this.save(); }
  }

  async answered(answer, changes) {
    if (answer.status === 409) { this.conflict(await answer.text()); return; }
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    const body = isJson ? await answer.json() : {};
    if (!answer.ok || !isJson) { this.failed(body.message); return; }
    if (body.revision !== undefined && this.revision) this.revision.value = body.revision;
    this.conflictBox?.remove();
    if (changes === this.changes) {
      this.unsaved = false;
      store.remove(this.key);
    } else {
      this.keep(false);
    }
    this.say(`Saved ${clock(new Date())}`);
  }

  failed(reason) {
    const kept = this.keep(false);
    this.say(`Not saved - ${kept ? "kept in this browser" : "copy your text before you leave this page"}${reason ? `. ${reason}` : ""}`, true);
  }

  // Another window saved first. The server's page says so, with both texts; nothing is overwritten until the reader decides.
  conflict(html) {
    this.keep(false);
    this.say("Not saved - kept in this browser", true);
    this.conflictBox ||= element("div", "section");
    this.conflictBox.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    this.conflictBox.setAttribute("role", "alert");
    this.form.before(this.conflictBox);
    window.htmx?.process(this.conflictBox);
  }

  restore() {
    const draft = store.read(this.key);
    if (!draft) return;
    const now = this.fields();
    const same = Object.entries(draft.fields).every(([name, values]) => JSON.stringify(now[name] || []) === JSON.stringify(values));
    const newer = this.revision && Number(this.revision.value) > Number(draft.revision);
    if (same || (draft.sent && newer)) { store.remove(this.key); return; }
    if (newer) this.offer(draft, now, "There is text in this browser that was typed before the version shown here was saved.", "Show it");
    else this.swap(draft, now);
  }

  swap(draft, now) {
    this.put(draft.fields);
    this.unsaved = true;
    this.offer({ fields: now }, draft.fields, `Text from ${moment(new Date(draft.at))} that had not been saved is back in the form.`, "Take the saved text instead");
    this.say("Not saved - kept in this browser", true);
  }

  offer(other, _now, text, label) {
    const box = element("div", "undo");
    box.setAttribute("role", "status");
    const button = element("button", "button button--text", label);
    button.type = "button";
    button.addEventListener("click", () => { this.put(other.fields); this.changed(); box.remove(); });
    box.append(element("p", "", text), button);
    this.form.before(box);
  }
}

/* A form of somebody without an account. Nothing of it is saved before it is sent: until then it is kept in this browser alone. */
class KeptHere extends Autosave {
  save() {
    this.unsaved = false;
    this.say(this.keep(false) ? "Kept in this browser until you send it" : "This browser keeps nothing: send it before you leave");
  }

  swap(draft) {
    this.put(draft.fields);
    this.say("What you typed before is back in the form");
  }
}

/* Counters. The count itself is shown at once; a screen reader hears it when one pauses. */
const wordsIn = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'\u2019-]*/gu)?.length || 0;

function counter(input, describe) {
  const line = element("p", "field__count");
  line.setAttribute("aria-live", "polite");
  (input.closest(".field__line") || input).after(line);
  const show = () => {
    const { text, within } = describe(input.value);
    line.textContent = text;
    line.classList.toggle("is-within", within === true);
    line.classList.toggle("is-outside", within === false);
  };
  input.addEventListener("input", show);
  input.addEventListener("segue:put", show);
  show();
}

function wordRange(input) {
  const [least, most] = input.dataset.wordRange.split("-").map(Number);
  counter(input, (text) => {
    const words = wordsIn(text);
    const wanted = most ? `${least} to ${most}` : `at least ${least}`;
    const within = words === 0 ? null : words >= least && (!most || words <= most);
    return { text: `${words} ${words === 1 ? "word" : "words"}, ${wanted} wanted`, within };
  });
}

function characterLimit(input) {
  const limit = Number(input.dataset.characterLimit);
  counter(input, (text) => {
    const left = limit - [...text].length;
    return { text: left >= 0 ? `${left} of ${limit} characters left` : `${-left} characters too many (limit ${limit})`, within: text ? left >= 0 : null };
  });
}

/* Small conveniences. */
function conveniences(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  for (const button of root.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const label = button.textContent;
      try { await navigator.clipboard.writeText(source.value ?? source.innerText); button.textContent = "Copied"; } catch { button.textContent = "Select and copy by hand"; }
      setTimeout(() => { button.textContent = label; }, 2500);
    });
  }
  for (const input of root.querySelectorAll("[data-submit-on-change]")) input.addEventListener("change", () => input.form.requestSubmit());
}

// A slider says where it stands while it is moved.
function slider(input) {
  const shown = input.form.querySelector(`output[for="${input.id}"] > span`);
  input.addEventListener("input", () => { shown.textContent = input.value; });
}

// Minutes since a text was begun, for who works with the book closed.
function elapsed(target) {
  const begun = Date.parse(target.dataset.elapsed);
  const show = () => { target.textContent = `${Math.max(0, Math.floor((Date.now() - begun) / 60000))} min`; };
  show();
  setInterval(show, 15000);
}

// A file that is too large is told before it is sent: a browser that is stopped in the middle of it shows no page.
function fileLimit(input) {
  const most = Number(input.dataset.mostBytes);
  const megabytes = (bytes) => Math.ceil(bytes / 2 ** 20).toLocaleString("en");
  const note = document.createElement("p");
  note.className = "field__error";
  note.setAttribute("role", "alert");
  input.after(note);
  const fits = () => {
    const large = [...input.files].filter((file) => file.size > most);
    note.textContent = large.map((file) => `“${file.name}” has ${megabytes(file.size)} MB; ${megabytes(most)} MB is the most for one file.`).join(" ");
    return !large.length;
  };
  input.addEventListener("change", fits);
  input.form?.addEventListener("submit", (event) => {
    if (fits()) return;
    event.preventDefault();
    input.focus();
  });
}

// A key presses what is marked with it, unless one is typing.
function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input:not([type='checkbox'], [type='radio']), textarea, select")) return;
    if (event.key === " " && event.target.closest("button, a, summary, input")) return;
    const target = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key && each.checkVisibility());
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}

// A popup of the navigation closes by Escape and by a press elsewhere, as people expect.
function popups() {
  const close = (popup) => { popup.open = false; };
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const popup of document.querySelectorAll("[data-popup][open]")) { close(popup); popup.querySelector("summary").focus(); }
  });
  document.addEventListener("click", ({ target }) => {
    for (const popup of document.querySelectorAll("[data-popup][open]")) if (!popup.contains(target)) close(popup);
  });
}

// What is folded away belongs on paper too.
function printing() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open], .no-print)")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
}

const DONE = new WeakSet();
const once = (found, act) => { for (const item of found) if (!DONE.has(item)) { DONE.add(item); act(item); } };

function enliven(root) {
  if (!root.querySelectorAll) return;
  once(root.querySelectorAll("form[data-autosave-url]"), (form) => new Autosave(form));
  once(root.querySelectorAll("form[data-keep-here]"), (form) => new KeptHere(form));
  once(root.querySelectorAll("[data-forget-draft]"), (target) => store.remove(`segue:draft:${target.dataset.forgetDraft}`));
  once(root.querySelectorAll("[data-word-range]"), wordRange);
  once(root.querySelectorAll("[data-slider]"), slider);
  once(root.querySelectorAll("[data-elapsed]"), elapsed);
  once(root.querySelectorAll("[data-character-limit]"), characterLimit);
  once(root.querySelectorAll("input[data-most-bytes]"), fileLimit);
  once(root.querySelectorAll("[data-focus]:not([data-specimen] *)"), (target) => target.focus());
}

themeSwitch(document);
conveniences(document);
popups();
printing();
keys();
enliven(document);
// htmx brings new parts in: enliven them as well. Marked items are done once only.
document.addEventListener("htmx:after:swap", () => { enliven(document); });
