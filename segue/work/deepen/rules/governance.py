"""What follows from the sheets about data and who may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from segue.work.deepen.findings import Finding, Level, Outcome, Rule, Setting
from segue.work.deepen.outline import Answers, Row
from segue.work.deepen.rules.bias import as_day
from segue.work.deepen.rules.remarks import counted, is_somebody, joined, missing, short, unsaid

SECTIONS = ("motivation", "composition", "collection", "cleaning", "uses", "distribution", "maintenance")
LEAST_COPIES = 3
EVERYBODY = ("everyone", "everybody", "all", "anyone", "anybody", "the team", "the whole team", "the company", "staff")
WITH_PEOPLE = ("personal", "special", "masked")  # classes in which a person may still be found

# --- the datasheet ---


def datasheet(answers: Answers, setting: Setting) -> Outcome:
    """Parts in which every question has an answer, and the questions that have none."""
    del setting
    blank = {part: _unanswered(answers, part) for part in SECTIONS}
    filled = sum(not questions for questions in blank.values())
    findings = [
        Finding(Level.GAP, f"{answers.outline.by_id[part].heading}, not answered: {' '.join(questions)}", part)
        for part, questions in blank.items()
        if questions
    ]
    findings += _sizes(answers)
    data = answers.text("data")
    numbers = {name: answers.number(name) for name in ("rows", "fields")}
    facts: dict[str, float | str] = {"sections": filled, **{name: n for name, n in numbers.items() if n is not None and n >= 0}}
    if data:
        facts["data"] = data
    return Outcome((f"{filled} of {len(SECTIONS)} parts are answered in full.",), tuple(findings), facts)


def _unanswered(answers: Answers, part: str) -> list[str]:
    labels = {item.id: item.label for item in answers.outline.by_id[part].items}
    return [labels[row.id] for row in answers.rows(part) if not row["answer"]]


def _sizes(answers: Answers) -> Iterator[Finding]:
    for part, says in (("rows", "rows"), ("fields", "fields")):
        if not answers.number(part) or (answers.number(part) or 0) < 0:
            yield Finding(Level.GAP, f"Say how many {says} it has.", part)
    if not answers.text("data"):
        yield Finding(Level.GAP, "Say which sort of data it is.", "data")


# --- copies, access and retention ---

COPY_COLUMNS = {
    "copy": "say what it is and where it lies",
    "sees": "say who may see it",
    "how": "say how it is deleted, and by whom",
    "class": "say how delicate it is",
}
ROLE_COLUMNS = {"role": "name the role", "what": "say what they see", "why": "say what for", "until": "say until when"}
ACCESS_PARTS = {
    "removal": "Say how the rows of one person are found in every copy, and what becomes of a model that learned from them.",
    "trail": "Say where it can be seen from which file a figure comes.",
}
QUIET = (
    "Fewer than three copies is rare. Think of the download, the backup, the runs of the Lab, the sheet for the second labeller, "
    "a test set, and the model that learned from it."
)


def data_access(answers: Answers, setting: Setting) -> Outcome:
    """Copies with what is missing of owner and end, who may see what, and the guides that labels were made by."""
    rows = [row for row in answers.rows("copies") if row["copy"]]
    owned = sum(is_owned(row) for row in rows)
    findings = [finding for row in answers.rows("copies") for finding in _copy(row, setting.today)]
    if not rows:
        findings.append(Finding(Level.GAP, "No copy is listed yet.", "copies"))
    elif len(rows) < LEAST_COPIES:
        findings.append(Finding(Level.NOTE, QUIET, "copies"))
    findings += [*_roles(answers, setting.today), *_guides(answers), *_parts(answers)]
    lines = (f"{counted(len(rows), 'copy', 'copies')} listed, {owned} with an owner and a date of deletion.",)
    return Outcome(lines, tuple(findings), {"copies": len(rows), "owned": owned})


def is_owned(row: Row) -> bool:
    """Whether a copy has somebody who looks after it, and an end."""
    return is_somebody(row["owner"]) and as_day(row["deletes_on"]) is not None


def _copy(row: Row, today: date) -> Iterator[Finding]:
    name, day = f"Copy {row.id} ({short(row['copy'] or 'unnamed')})", as_day(row["deletes_on"])
    yield from missing(row, COPY_COLUMNS, name, "copies")
    if not is_somebody(row["owner"]):
        yield Finding(Level.GAP, f"{name}: name one person or role who owns it.", "copies")
    if day is not None and day < today:
        yield Finding(Level.STOP, f"{name}: its day of deletion has passed. Delete it, or say why it stays.", "copies")
    elif day is None and row["class"] in WITH_PEOPLE:
        says = "it holds personal data and has no end. Keep it no longer than it is needed, and set the day."
        yield Finding(Level.GAP, f"{name}: {says}", "copies", ("gdpr-minimisation",))
    elif day is None:
        yield Finding(Level.GAP, f"{name}: set the day on which it is deleted.", "copies")
    if is_for_all(row["sees"]) and row["class"] in WITH_PEOPLE:
        says = f"“{short(row['sees'])}” is too many for personal data. Name the roles that need it."
        yield Finding(Level.GAP, f"{name}: {says}", "copies", ("gdpr-minimisation",))
    if row["class"] == "special":
        says = "texts about health, religion and the like have rules of their own. See the triage before you go on."
        yield Finding(Level.NOTE, f"{name}: {says}", "copies", ("gdpr-special-categories",))


def is_for_all(text: str) -> bool:
    """Whether it gives access to everybody."""
    return text.casefold().strip(" .") in EVERYBODY


def _roles(answers: Answers, today: date) -> Iterator[Finding]:
    rows = answers.rows("access")
    if not rows:
        yield Finding(Level.GAP, "Say for each role what it may see, and what for.", "access")
    for row in rows:
        name, until = f"Role {row.id} ({short(row['role'] or 'unnamed')})", as_day(row["until"])
        yield from missing(row, ROLE_COLUMNS, name, "access")
        if until is not None and until < today:
            yield Finding(Level.STOP, f"{name}: its access has run out. Take it away, or ask for more time.", "access")


def _guides(answers: Answers) -> Iterator[Finding]:
    rows = answers.rows("guides")
    if not rows:
        yield Finding(
            Level.GAP, "Name the label guide in force and since when, or write that nothing is labelled by hand.", "guides"
        )
    for row in rows:
        lacks = [says for column, says in (("version", "its number"), ("since", "its day")) if not row[column]]
        if lacks:
            yield Finding(Level.GAP, f"Guide {row.id} ({short(row['version'] or 'unnamed')}): give {joined(lacks)}.", "guides")
    if any(row["again"] in ("left", "unknown") for row in rows):
        says = "Labels by an earlier guide were not looked at again. A model that learns from both learns two meanings."
        yield Finding(Level.NOTE, says, "guides")


def _parts(answers: Answers) -> Iterator[Finding]:
    for finding in unsaid(answers, ACCESS_PARTS):
        law = ("gdpr-rights", "gdpr-trained-models") if finding.part == "removal" else ()
        yield Finding(finding.level, finding.says, finding.part, law)


RULES: Mapping[str, Rule] = {"datasheet": datasheet, "data-access": data_access}
