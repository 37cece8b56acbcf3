// The page of a second labeller, behind evidence/answer_file.js: one text after the other, a label for each.
const said = kept().said || {};  // by row: [place of the label, note]
const undone = [];  // places labelled in this sitting, the last at the end
let at = 0;

function save() { one("answer").hidden = true; one("wrong").textContent = ""; keep({ said, name: one("name").value }); }
function labelled() { return data.rows.filter(({ row }) => said[row]).length; }
function firstOpen(from) {
  const places = data.rows.map((_, place) => (from + place) % data.rows.length);
  return places.find((place) => !said[data.rows[place].row]);
}

const buttons = data.classes.map((name, place) => {
  const button = document.createElement("button");
  button.type = "button";
  const sign = document.createElement("kbd");
  sign.textContent = data.keys[place];
  const words = document.createElement("span");
  words.textContent = name;
  button.append(sign, words);
  button.addEventListener("click", () => choose(place));
  one("keys").append(button);
  return button;
});

function show(place) {
  at = place;
  const { row, text } = data.rows[at];
  const done = labelled();
  one("place").textContent = `Text ${at + 1} of ${data.rows.length}`;
  one("count").textContent = done === data.rows.length ? "All have a label." : `${done} labelled`;
  one("progress").value = done;
  one("told").textContent = text;
  one("note").value = said[row]?.[1] || note[row] || "";
  buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(said[row]?.[0] === index)));
  one("before").disabled = at === 0;
  one("after").disabled = at === data.rows.length - 1;
  const open = firstOpen(at + 1);
  one("open").hidden = open === undefined || open === at || open === at + 1;
}

// A note may be typed before the label is chosen.
const note = {};
one("note").addEventListener("input", () => {
  const { row } = data.rows[at];
  note[row] = one("note").value;
  if (said[row]) said[row][1] = note[row];
  save();
});

function choose(place) {
  const { row } = data.rows[at];
  const isNew = !said[row];
  said[row] = [place, one("note").value];
  undone.push(at);
  save();
  const open = firstOpen(at + 1);
  if (isNew && open === undefined) { show(at); one("name").focus(); return; }
  show(isNew ? open : Math.min(at + 1, data.rows.length - 1));
  one("told").focus({ preventScroll: true });
}

function takeBack() {
  const last = undone.pop();
  if (last === undefined) return;
  delete said[data.rows[last].row];
  save();
  show(last);
}

one("before").addEventListener("click", () => show(Math.max(0, at - 1)));
one("after").addEventListener("click", () => show(Math.min(data.rows.length - 1, at + 1)));
one("open").addEventListener("click", () => show(firstOpen(at + 1)));
one("name").addEventListener("input", save);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, textarea, select")) return;
  const place = data.keys.indexOf(event.key);
  const moves = { ArrowLeft: "before", ArrowRight: "after" };
  if (place >= 0) choose(place);
  else if (event.key === "z") takeBack();
  else if (moves[event.key]) one(moves[event.key]).click();
  else return;
  event.preventDefault();
});

let warned = -1;  // labels there were when the gap was told: who presses again sends what there is
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const done = labelled();
  const gap = data.rows.length - done;
  const name = one("name").value.trim();
  let wrong = "";
  if (!done) wrong = "No text has a label yet.";
  else if (!name) wrong = "Put your name in: an answer without one proves nothing.";
  else if (gap && warned !== done) wrong = `${gap} ${gap === 1 ? "text has" : "texts have"} no label. Go on with them, or press once more to send what there is.`;
  one("wrong").textContent = wrong;
  if (wrong) {
    if (!done || name) show(firstOpen(0));
    if (done && !name) one("name").focus();
    if (done && name) warned = done;
    return;
  }
  const labels = data.rows.filter(({ row }) => said[row]).map(({ row }) => [row, said[row][0], said[row][1].trim()]);
  offer({ sort: data.sort, token: data.token, name, labels });
});

one("name").value = kept().name || "";
if (labelled()) one("guide").open = false;
show(firstOpen(0) ?? 0);
