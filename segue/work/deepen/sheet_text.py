"""A sheet as the text that is recorded, printed and sent: its parts under their headings, then what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from segue.core.wording import written_date
from segue.work.deepen.findings import Finding, Level, Outcome
from segue.work.deepen.law import CERTAINTIES, Fact, Law
from segue.work.deepen.outline import Answers, Column, Part, Row

LEVELS = {Level.STOP: "Settle first", Level.GAP: "Missing", Level.NOTE: "To know"}
NOT_ADVICE = "This is no legal advice. It is a sheet to take to somebody who may give it."
MOST_ACROSS = 4  # columns that a table on paper holds; wider ones are set row by row


def text_of(answers: Answers, outcome: Outcome, law: Law) -> str:
    """The sheet in Markdown. What was left empty is left out, but for the rows that are given: they say so."""
    parts = [*_results(outcome), said_in(answers), *_findings(outcome)]
    if answers.outline.is_legal:
        parts.append(_law(rests_on(outcome), law))
    return "\n\n".join(filter(None, parts)) + "\n"


def said_in(answers: Answers) -> str:
    """What was answered, part by part, without what follows."""
    return "\n\n".join(filter(None, (_part(part, answers) for part in answers.outline.parts)))


def checksum_of(text: str) -> str:
    """Tells whether what would be recorded is what was."""
    return sha256(text.encode()).hexdigest()


def rests_on(outcome: Outcome) -> tuple[str, ...]:
    """The rules that the findings rest on, each once."""
    return tuple(dict.fromkeys(fact for finding in outcome.findings for fact in finding.law))


def _results(outcome: Outcome) -> Iterator[str]:
    if outcome.lines:
        yield "## In short\n\n" + _list(outcome.lines)


def _part(part: Part, answers: Answers) -> str:
    if part.field is not None:
        said = part.field.says(answers.text(part.id))
        return f"## {part.heading}\n\n{said}" if said else ""
    rows = answers.rows(part.id)
    if not rows or not any(any(row.values.values()) for row in rows):
        return ""
    labels = {item.id: item.label for item in part.items}
    across = len(part.columns) + bool(labels)
    is_short = across <= MOST_ACROSS and not any("\n" in value for row in rows for value in row.values.values())
    return f"## {part.heading}\n\n" + (_table if is_short else _blocks)(part.columns, rows, labels)


def _table(columns: Sequence[Column], rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    head = ([""] if labels else []) + [column.label for column in columns]
    asked = [[labels[row.id]] if labels else [] for row in rows]
    body = [first + [column.says(row[column.id]) or "–" for column in columns] for first, row in zip(asked, rows, strict=True)]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def _blocks(columns: Sequence[Column], rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    return "\n\n".join(_block(columns, row, labels.get(row.id, "")) for row in rows)


def _block(columns: Sequence[Column], row: Row, label: str) -> str:
    first, *others = columns
    heading, rest = (label, columns) if label else (row[first.id], others)
    heading = " ".join(heading.split()) or f"{first.label}: not said"
    said = [f"- {column.label}: {' '.join(column.says(row[column.id]).split())}" for column in rest if row[column.id]]
    return f"### {heading}\n\n" + ("\n".join(said) or "- Nothing said yet")


def _findings(outcome: Outcome) -> Iterator[str]:
    if outcome.findings:
        yield "## What follows\n\n" + _list([f"{LEVELS[each.level]}: {each.says}" for each in ranked(outcome.findings)])


def ranked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The gravest first, in their order otherwise."""
    order = [*Level]
    return tuple(sorted(findings, key=lambda finding: order.index(finding.level)))


def _law(ids: Sequence[str], law: Law) -> str:
    facts = [law.by_id[each] for each in ids if each in law.by_id]
    checked = f"{NOT_ADVICE} The rules are as of {written_date(law.as_of)}."
    return "## Rules and their dates\n\n" + checked + ("\n\n" + _list(map(cited, facts)) if facts else "")


def cited(fact: Fact) -> str:
    """A rule with its place, from when it applies, and how sure that is."""
    since = f", from {written_date(fact.applies_from)}" if fact.applies_from else ""
    return f"{fact.name}: {fact.citation}{since} ({CERTAINTIES[fact.certainty]})"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
