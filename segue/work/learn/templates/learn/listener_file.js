// The page of a listener, behind evidence/answer_file.js.
function show(part, isRead) {
  part.querySelector(".open").hidden = isRead;
  part.querySelector(".closed").hidden = !isRead;
}

for (const part of document.querySelectorAll("[data-idea]")) {
  show(part, false);
  part.querySelector("[data-close]").addEventListener("click", () => { show(part, true); part.querySelector("textarea").focus(); });
  part.querySelector("[data-again]").addEventListener("click", () => { show(part, false); part.querySelector("[data-close]").focus(); });
}

function fields() { return Object.fromEntries(new FormData(form)); }
for (const [name, value] of Object.entries(kept())) {
  const field = form.elements[name];
  if (field && typeof value === "string") field.value = value;
}
for (const part of document.querySelectorAll("[data-idea]")) if (part.querySelector("textarea").value) show(part, true);
form.addEventListener("input", () => { one("answer").hidden = true; one("wrong").textContent = ""; keep(fields()); });

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
  offer({
    token: data.token, name: typed.name.trim(), role: typed.role.trim(), relation: typed.relation,
    background: typed.background, comment: typed.comment.trim(), ideas: heard,
  });
});
