"""What follows from the sheets about bias, harm, and how a product fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from segue.work.deepen.findings import Finding, Level, Outcome, Rule, Setting
from segue.work.deepen.outline import Answers, Row

LEAST_RISKS, LEAST_FAILURES, LEAST_OPTIONS, MOST_TOP, LEAST_MENDS = 5, 5, 2, 5, 3
WORST = 5  # the severity of what cannot be put right
NONE_YET = (
    "",
    "none",
    "none yet",
    "no measure",
    "no measure yet",
    "nothing",
    "nothing yet",
    "not yet",
    "unknown",
    "tbd",
    "?",
    "-",
    "–",
    "n/a",
)
NOBODY = (
    "",
    "nobody",
    "no one",
    "no-one",
    "none",
    "everyone",
    "everybody",
    "all",
    "all of us",
    "us",
    "we",
    "the team",
    "team",
    "tbd",
    "?",
    "-",
    "–",
    "n/a",
)
MEASURES = {
    "parity": "the same share selected in each group",
    "opportunity": "true cases found equally often in each group",
    "odds": "both errors equally frequent in each group",
    "predictive": "a flag equally trustworthy in each group",
    "calibration": "a score that means the same in each group",
}
PHASES = ("start", "during", "wrong", "time")
VERDICTS = {"met": "met", "partial": "partly met", "gap": "a gap", "na": "not applicable"}


def as_day(text: str) -> date | None:
    """A day as its field holds it; ``None`` where none stands there."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _says(value: str, nothing: tuple[str, ...]) -> bool:
    return value.strip().strip(".").casefold() not in nothing


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


# --- the risk register ---


def risk_register(answers: Answers, setting: Setting) -> Outcome:
    """Risks by weight, and for each what is missing of map, measure, manage and acceptance."""
    rows = answers.rows("risks")
    findings = [finding for row in rows for finding in _risk(row, setting.today)]
    findings += _around(answers, len(rows))
    facts = {
        "risks": len(rows),
        "measured": sum(_says(row["measure"], NONE_YET) for row in rows),
        "owned": sum(_says(row["owner"], NOBODY) for row in rows),
        "accepted": sum(_says(row["accepted_by"], NOBODY) for row in rows),
    }
    return Outcome(_top(rows), tuple(findings), facts)


def weight(row: Row) -> int:
    """How likely times how badly; 0 where one of them is not said."""
    return _grade(row["likelihood"]) * _grade(row["severity"])


def _grade(text: str) -> int:
    return int(text) if text in ("1", "2", "3", "4", "5") else 0  # a working copy may hold anything


def _top(rows: tuple[Row, ...]) -> tuple[str, ...]:
    # Of equal weight the one that is harder to put right comes first: a rare disaster must not hide behind a frequent nuisance.
    weighed = sorted(filter(weight, rows), key=lambda row: (-weight(row), -_grade(row["severity"])))
    return tuple(f"{weight(row)} of 25: {_named(row)}" for row in weighed[:MOST_TOP])


def _named(row: Row) -> str:
    return _short(": ".join(filter(None, (row["who"], row["how"]))), 110) or f"risk {row.id}"


def _risk(row: Row, today: date) -> Iterator[Finding]:
    name = f"Risk {row.id} ({_short(row['who'] or row['how'] or 'unnamed')})"
    for level, says in (*_mapped(row), *_managed(row, today), *_accepted(row, today)):
        yield Finding(level, f"{name}: {says}", "risks")


def _mapped(row: Row) -> Iterator[tuple[Level, str]]:
    if not row["who"]:
        yield Level.GAP, "say who is harmed; a risk to a system is not one yet."
    if not row["how"]:
        yield Level.GAP, "say what happens to them."
    if not weight(row):
        yield Level.GAP, "choose how likely and how badly, or it cannot be weighed against the others."
    if not row["measure"]:
        yield Level.GAP, "it has no measure. Name the figure that would show it, or write “none yet”."
    elif not _says(row["measure"], NONE_YET):
        yield Level.NOTE, "nothing would show it yet. Until there is a figure, nobody knows whether the measure taken helps."


def _managed(row: Row, today: date) -> Iterator[tuple[Level, str]]:
    if not row["action"]:
        yield Level.GAP, "say what you do about it, even if that is to watch it."
    if not row["owner"]:
        yield Level.GAP, "it has no owner."
    elif not _says(row["owner"], NOBODY):
        yield Level.GAP, f"“{_short(row['owner'])}” is no owner. Name one person or role."
    due = as_day(row["due"])
    if due is None:
        yield Level.GAP, "say by when."
    elif due < today:
        yield Level.NOTE, "its day has passed. Is it done, or late?"


def _accepted(row: Row, today: date) -> Iterator[tuple[Level, str]]:
    is_accepted, until = _says(row["accepted_by"], NOBODY), as_day(row["accepted_until"])
    if not row["remains"]:
        yield Level.GAP, "say what risk is left after that."
    if not is_accepted and row["remains"] == "high":
        yield (
            Level.STOP,
            "what is left is high, and nobody has accepted it. Somebody who would answer for it has to, or it is not built.",
        )
    elif not is_accepted and (row["remains"] == "medium" or row["severity"] == str(WORST)):
        yield Level.NOTE, "what is left is not small. Ask somebody who would answer for it whether they accept it."
    if is_accepted and until is None:
        yield Level.GAP, "it is accepted without an end. Say until when, so that it is looked at again."
    elif is_accepted and until is not None and until < today:
        yield Level.STOP, "its acceptance has run out. Ask again."
    if is_accepted and row["owner"].casefold() == row["accepted_by"].casefold():
        yield Level.NOTE, "its owner accepts it too. A second pair of eyes is worth more."


def _around(answers: Answers, risks: int) -> Iterator[Finding]:
    if risks < LEAST_RISKS:
        yield Finding(Level.GAP, f"{_count(risks, 'risk')} so far; five are the least that a product has.", "risks")
    if not answers.text("outsiders"):
        yield Finding(Level.GAP, "Name a harm to people who are not your users, or say where you looked.", "outsiders")
    if not answers.text("removed"):
        yield Finding(Level.GAP, "Say what you took out because of a risk, or why nothing.", "removed")


# --- the trade-off memo ---


def trade_off(answers: Answers, setting: Setting) -> Outcome:
    """Options with their figures and ranges, and the choice with its measure of fairness."""
    del setting
    rows, fairness, data = answers.rows("options"), answers.text("fairness"), answers.text("data")
    findings = [*_unsaid(answers, TRADE_PARTS), *(finding for row in rows for finding in _option(row))]
    if len(rows) < LEAST_OPTIONS:
        findings.append(Finding(Level.GAP, f"{_count(len(rows), 'option')} so far; a trade-off has two or more.", "options"))
    lines = [f"{_count(len(rows), 'option')} weighed."]
    if fairness in MEASURES:
        lines.append(f"The choice follows one measure: {MEASURES[fairness]}. The others may differ between the groups.")
    if data == "toy":
        findings.append(
            Finding(Level.NOTE, "The figures come from made-up data: they show the way, not the size of the gap.", "data")
        )
    return Outcome(tuple(lines), tuple(findings), {"options": len(rows), **({"data": data} if data else {})})


TRADE_PARTS = {
    "trade": "Say what is traded: who gains and who loses.",
    "choice": "Choose an option and give the reason.",
    "fairness": "Choose the measure of fairness that it follows. They cannot all hold; left open, it is a choice by default.",
    "losers": "Say what you would tell those who lose, and what they can do.",
    "data": "Say which data the figures come from.",
}
OPTION_COLUMNS = {
    "gains": "say who gains",
    "loses": "say who loses; if nobody does, it is no trade-off",
    "figures": "give the figures for each group",
    "range": "add the range or the number of cases; without it nobody can tell a gap from noise",
}


def _unsaid(answers: Answers, parts: Mapping[str, str]) -> Iterator[Finding]:
    return (Finding(Level.GAP, says, part) for part, says in parts.items() if not answers.text(part))


def _option(row: Row) -> Iterator[Finding]:
    name = f"Option {row.id} ({_short(row['option'] or 'unnamed')})"
    for column, says in OPTION_COLUMNS.items():
        if not row[column]:
            yield Finding(Level.GAP, f"{name}: {says}.", "options")
    for column in ("figures", "range"):
        if row[column] and not any(letter.isdigit() for letter in row[column]):
            yield Finding(Level.GAP, f"{name}: “{_short(row[column])}” holds no figure.", "options")


# --- failures ---

FAILURE_COLUMNS = {
    "failure": "say what goes wrong",
    "sees": "say what the user sees",
    "can": "say what they can do",
    "falls": "say what the product falls back to",
    "told": "say who is told",
    "noticed": "say whether a user would notice",
}


def fallback(answers: Answers, setting: Setting) -> Outcome:
    """Failures with what is missing in each, and the one that nobody notices."""
    del setting
    rows = answers.rows("failures")
    unnoticed = sum(row["noticed"] == "no" for row in rows)
    findings = [finding for row in rows for finding in _failure(row)]
    if len(rows) < LEAST_FAILURES:
        findings.append(
            Finding(Level.GAP, f"{_count(len(rows), 'failure')} so far; design the five that users meet most.", "failures")
        )
    if not unnoticed:
        findings.append(
            Finding(
                Level.GAP,
                "None is a failure that users would not notice. Look for one: a wrong answer that reads well, say.",
                "failures",
            )
        )
    if not answers.text("unnoticed"):
        findings.append(Finding(Level.GAP, "Say how you would find a failure that nobody notices.", "unnoticed"))
    lines = (f"{_count(len(rows), 'failure')} designed for, {unnoticed} of them unnoticed by users.",)
    return Outcome(lines, tuple(findings), {"failures": len(rows), "unnoticed": unnoticed})


def _failure(row: Row) -> Iterator[Finding]:
    name = f"Failure {row.id} ({_short(row['failure'] or 'unnamed')})"
    # Who would not notice a failure sees nothing of it: that is a fault of the product, not of the sheet.
    missing = [says for column, says in FAILURE_COLUMNS.items() if not row[column] and (column, row["noticed"]) != ("sees", "no")]
    if missing:
        yield Finding(Level.GAP, f"{name}: {_joined(missing)}.", "failures")


def _joined(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


# --- the guidelines ---


def hax(answers: Answers, setting: Setting) -> Outcome:
    """Verdicts counted, and those without a reason or a mend."""
    del setting
    judged = [(part, row) for part in PHASES for row in answers.rows(part)]
    counts = {verdict: sum(row["verdict"] == verdict for _, row in judged) for verdict in VERDICTS}
    done = sum(counts.values())
    findings = [*_unjudged(judged), *(finding for part, row in judged for finding in _verdict(part, row))]
    mends = len(answers.rows("first"))
    wanted = min(LEAST_MENDS, counts["gap"] + counts["partial"])
    if mends < wanted:
        findings.append(
            Finding(
                Level.GAP, f"Say what to mend first, with a sketch of each: {_count(wanted, 'row')}; {mends} so far.", "first"
            )
        )
    if done == len(judged) and not counts["gap"] + counts["partial"]:
        findings.append(
            Finding(Level.NOTE, "No guideline fails. Show it to somebody who does not know the product and ask again.")
        )
    line = (
        f"{done} of {len(judged)} judged: " + ", ".join(f"{counts[verdict]} {says}" for verdict, says in VERDICTS.items()) + "."
    )
    return Outcome((line,), tuple(findings), {"rows": done, "failing": counts["gap"]})


def _unjudged(judged: list[tuple[str, Row]]) -> Iterator[Finding]:
    for phase in PHASES:
        numbers = [row.id.removeprefix("g") for part, row in judged if part == phase and not row["verdict"]]
        if numbers:
            one = "guideline" if len(numbers) == 1 else "guidelines"
            yield Finding(Level.GAP, f"No verdict yet on {one} {_joined(numbers)}.", phase)


def _verdict(part: str, row: Row) -> Iterator[Finding]:
    number, verdict = row.id.removeprefix("g"), row["verdict"]
    if verdict and not row["reason"]:
        why = "say why it does not apply" if verdict == "na" else "give the reason: what you saw in the product"
        yield Finding(Level.GAP, f"Guideline {number} ({VERDICTS.get(verdict, verdict)}): {why}.", part)
    if verdict == "gap" and not row["mend"]:
        yield Finding(Level.GAP, f"Guideline {number} (a gap): sketch a mend in words.", part)


RULES: Mapping[str, Rule] = {"risk-register": risk_register, "trade-off": trade_off, "fallback": fallback, "hax": hax}
