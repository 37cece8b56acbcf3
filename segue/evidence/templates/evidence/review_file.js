// The page of a reviewer, behind evidence/answer_file.js and the vendored sha256: what is sent back is signed with the key of the request.
const MARK = "mark_";
const fields = () => Object.fromEntries(new FormData(form));

for (const [name, value] of Object.entries(kept())) {
  const field = form.elements[name];
  if (!field || typeof value !== "string") continue;
  if (field.type === "checkbox") field.checked = true; else field.value = value;
}
if (!keep(kept())) one("stays").textContent = "This browser keeps nothing of what you type, so finish before you close this page.";
form.addEventListener("input", () => { one("answer").hidden = true; one("wrong").textContent = ""; keep(fields()); });

function marks(typed) {
  return Object.fromEntries(data.criteria.filter((id) => typed[MARK + id]).map((id) => [id, typed[MARK + id] === "met"]));
}

// The first thing that is missing, as [name of its field, what to say].
function missing(typed) {
  const years = form.elements.years;
  if (!typed.comment.trim() && !Object.keys(marks(typed)).length) return ["comment", data.criteria.length ? "Mark what you looked at, or say what you think." : "Say what you think of it."];
  if (!typed.name.trim()) return ["name", "Put your name in: a review without one proves nothing."];
  if (!typed.relation) return ["relation", "Say how you know each other."];
  if (!typed.role.trim()) return ["role", "Say what your work is."];
  if (years.validity.badInput || (typed.years && !(Number.isInteger(Number(typed.years)) && typed.years >= 0 && typed.years <= data.most_years))) {
    return ["years", `Give a whole number of years, from 0 to ${data.most_years}, or leave it empty.`];
  }
  return null;
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// The letters that are signed are the letters that are sent: what reads them need not write JSON as this browser does.
function signed(said) {
  const letters = JSON.stringify(said);
  const secret = data.secret.match(/../g).map((pair) => parseInt(pair, 16));
  return { format: data.format, signed: letters, mac: sha256.hmac(secret, letters) };
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = fields();
  const gap = missing(typed);
  one("wrong").textContent = gap ? gap[1] : "";
  if (gap) { form.elements[gap[0]].focus(); return; }
  offer(signed({
    token: data.token, name: typed.name.trim(), relation: typed.relation, role: typed.role.trim(),
    years: typed.years ? Number(typed.years) : null, practises_ai: typed.practises_ai === "on",
    marks: marks(typed), comment: typed.comment.trim(), on: today(),
  }));
});
