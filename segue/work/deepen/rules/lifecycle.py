"""What follows from the sheets about the life of a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from math import sqrt

from segue.work.deepen.findings import Finding, Level, Outcome, Rule, Setting
from segue.work.deepen.outline import Answers, Row
from segue.work.deepen.rules.bias import as_day
from segue.work.deepen.rules.costing import cost
from segue.work.deepen.rules.deciding import lifecycle_decision
from segue.work.deepen.rules.remarks import counted, has_figure, is_somebody, is_something, joined, missing, short, unsaid
from segue.work.deepen.rules.scoring import ml_test_score

# --- the map ---

MAP_PARTS = {
    "model": "Say which model it is, what it does and for whom.",
    "weakest": "Name the weakest link.",
}
PHASE_COLUMNS = {"who": "say who", "decided": "say what is decided", "wrong": "say what can go wrong"}
CRITERIA_COLUMNS = {"figure": "name the figure", "line": "say from which value on it is good enough"}


def lifecycle_map(answers: Answers, setting: Setting) -> Outcome:
    """Phases that are drawn and heard of, and what is missing in the others."""
    del setting
    rows = answers.rows("phases")
    drawn = [row for row in rows if row["who"] and (row["decided"] or row["wrong"])]
    heard = [row for row in rows if is_heard(row)]
    findings = [*unsaid(answers, MAP_PARTS), *_criteria(answers), *_phases(answers, rows)]
    if len(heard) * 2 <= len(rows):
        says = f"{len(heard)} of {len(rows)} phases are heard of, the others guessed. Aim at more heard than guessed."
        findings.append(Finding(Level.GAP, says, "phases"))
    if not answers.text("guessed"):
        findings.append(Finding(Level.NOTE, "Say what you only suppose, and whom you would ask.", "guessed"))
    line = f"{len(drawn)} of {len(rows)} phases drawn, {len(heard)} of them heard of from a person."
    return Outcome((line,), tuple(findings), {"stages": len(drawn), "heard": len(heard)})


def is_heard(row: Row) -> bool:
    """Whether a person told of it: what they said, and who they are."""
    return bool(row["heard"]) and is_something(row["heard"]) and is_somebody(row["source"])


def _phases(answers: Answers, rows: tuple[Row, ...]) -> Iterator[Finding]:
    labels = {item.id: item.label for item in answers.outline.by_id["phases"].items}
    for row in rows:
        yield from missing(row, PHASE_COLUMNS, labels[row.id], "phases")
        if row["heard"] and not is_somebody(row["source"]):
            yield Finding(Level.GAP, f"{labels[row.id]}: say from whom you heard it, or it counts as guessed.", "phases")
    if not any(row["check"] for row in rows):
        yield Finding(Level.NOTE, "No phase says how it is checked. If nobody does, write that.", "phases")


def _criteria(answers: Answers) -> Iterator[Finding]:
    labels = {item.id: item.label for item in answers.outline.by_id["criteria"].items}
    for row in answers.rows("criteria"):
        yield from missing(row, CRITERIA_COLUMNS, f"Success, {labels[row.id].lower()}", "criteria")


# --- the monitoring plan ---

LEAST_SIGNALS = 4
SORTS = {
    "inputs": "No signal is about inputs: that other texts come in than before would show there first.",
    "outputs": "No signal is about outputs: a class that is suddenly said twice as often would show there.",
    "quality": "No signal comes from labels. If the right answer itself changes, neither inputs nor outputs need show it.",
    "users": "No signal comes from users. They often notice first.",
}
SIGNAL_COLUMNS = {
    "signal": "say what is watched",
    "sort": "choose what it is about",
    "where": "say where it is read, and how often",
    "within": "say within what time",
}
PLAN_PARTS = {
    "unnoticed": "Say what none of the signals would show, and how a user could tell you.",
    "gate": "Say what a new model must pass: the same gates, and better than the old one on the same recent rows.",
}
PSI = "PSI: the lines 0.1 and 0.25 are a habit of credit scoring and no test. They depend on the bins and on the number of rows."


def monitoring(answers: Answers, setting: Setting) -> Outcome:
    """Signals with what is missing of line and owner, the sample by hand, and when it is trained again."""
    del setting
    rows = [row for row in answers.rows("signals") if row["signal"]]
    owned = sum(is_somebody(row["owner"]) for row in rows)
    sorts = Counter(row["sort"] for row in rows)
    findings = [*_signals(answers.rows("signals"), sorts), *_sample(answers, sorts), *_triggers(answers)]
    findings += unsaid(answers, PLAN_PARTS)
    spread = ", ".join(f"{sort} {sorts[sort]}" for sort in SORTS)
    line = f"{counted(len(rows), 'signal')}, {owned} with a named owner. By sort: {spread}."
    return Outcome((line,), tuple(findings), {"signals": len(rows), "owned": owned})


def _signals(rows: tuple[Row, ...], sorts: Mapping[str, int]) -> Iterator[Finding]:
    named = sum(bool(row["signal"]) for row in rows)
    if named < LEAST_SIGNALS:
        yield Finding(Level.GAP, f"{counted(named, 'signal')} so far; four are the least.", "signals")
    for sort, says in SORTS.items():
        if not sorts[sort]:
            yield Finding(Level.GAP, says, "signals")
    for row in rows:
        yield from _signal(row)
    if any("psi" in f"{row['signal']} {row['line']}".casefold().split() for row in rows):
        yield Finding(Level.NOTE, PSI, "signals")


def _signal(row: Row) -> Iterator[Finding]:
    name = f"Signal {row.id} ({short(row['signal'] or 'unnamed')})"
    yield from missing(row, SIGNAL_COLUMNS, name, "signals")
    if not row["line"]:
        yield Finding(Level.GAP, f"{name}: it has no line. Say at which value somebody acts.", "signals")
    elif not has_figure(row["line"]):
        yield Finding(Level.GAP, f"{name}: “{short(row['line'])}” holds no figure, so nobody knows when to act.", "signals")
    if not row["owner"]:
        yield Finding(Level.GAP, f"{name}: nobody acts. Name one person or role.", "signals")
    elif not is_somebody(row["owner"]):
        yield Finding(Level.GAP, f"{name}: “{short(row['owner'])}” is no owner. Name one person or role.", "signals")


def _sample(answers: Answers, sorts: Mapping[str, int]) -> Iterator[Finding]:
    rows, who = answers.number("sample", "monthly", "rows"), answers.value("sample", "monthly", "who")
    if not rows or rows < 1:
        says = "Say how many rows are labelled by hand each month."
        if sorts["quality"]:
            says += " The signal of quality has nothing to stand on without them."
        yield Finding(Level.GAP, says, "sample")
    else:
        points = margin(rows)
        says = (
            f"With {rows:,.0f} rows a share is known to within {points:.0f} points either way, at worst. "
            "A smaller fall looks like chance; a line inside that range will fire for nothing."
        )
        yield Finding(Level.NOTE, says, "sample")
    if not is_somebody(who):
        yield Finding(Level.GAP, "Say who labels the sample.", "sample")


def margin(rows: float) -> float:
    """Half of the 95% interval of a share of one half, in points: the widest there is. By the normal approximation."""
    return 100 * 1.96 * sqrt(0.25 / rows)


def is_used(row: Row) -> bool:
    """Whether a trigger is set, and not ruled out."""
    return is_something(row["line"]) and not row["line"].casefold().startswith("not used")


def _triggers(answers: Answers) -> Iterator[Finding]:
    labels = {item.id: item.label for item in answers.outline.by_id["triggers"].items}
    used = [row for row in answers.rows("triggers") if is_used(row)]
    bare = [labels[row.id] for row in used if not is_somebody(row["owner"])]
    if not used:
        yield Finding(Level.GAP, "Nothing says when it is trained again. Set one line at least, with an owner.", "triggers")
    if bare:
        yield Finding(Level.GAP, f"Nobody starts the training: {'; '.join(bare)}. Name one person or role.", "triggers")
    if [row.id for row in used] == ["schedule"]:
        says = "Only the calendar starts a training. Add a line for quality, or it may come too late."
        yield Finding(Level.NOTE, says, "triggers")
    blank = [labels[row.id] for row in answers.rows("triggers") if not row["line"]]
    if used and blank:
        yield Finding(Level.NOTE, f"Not said whether it is used: {'; '.join(blank)}.", "triggers")


# --- the incident review ---

LEAST_MOMENTS, LEAST_CAUSES = 3, 2
INCIDENT_PARTS = {
    "what": "Say in two sentences what happened.",
    "noticed": "Say how it was noticed, and how long it had been going on.",
    "worse": "Say what made it worse, or that nothing did.",
    "well": "Say what went well.",
    "next": "Say which monitor will catch it next time, at which line. If none would, that is an action.",
}
BLAME = ("human error", "careless", "negligent", "’s fault", "'s fault", "to blame", "incompetent", "should have known")
NO_ACTION = ("be more careful", "more careful", "pay attention", "pay more attention", "remind everyone", "try harder")
IMPACT_COLUMNS = {"who": "say who was hit", "number": "say how many, even as an estimate", "how": "say what it did to them"}


def incident(answers: Answers, setting: Setting) -> Outcome:
    """Actions with an owner and a date, and what is missing of the story."""
    rows = [row for row in answers.rows("actions") if row["action"]]
    settled = sum(is_somebody(row["owner"]) and as_day(row["due"]) is not None for row in rows)
    findings = [*unsaid(answers, INCIDENT_PARTS), *_story(answers), *_causes(answers), *_actions(answers, setting.today)]
    people = sum(answers.number("impact", row.id, "number") or 0 for row in answers.rows("impact"))
    lines = [f"{counted(len(rows), 'action')}, {settled} with an owner and a date."]
    if people:
        lines.append(f"{people:,.0f} people hit, as far as counted.")
    return Outcome(tuple(lines), tuple(findings), {"actions": settled})


def _story(answers: Answers) -> Iterator[Finding]:
    if len(answers.rows("timeline")) < LEAST_MOMENTS:
        yield Finding(Level.GAP, "A timeline has three moments at least: it began, it was noticed, users were safe.", "timeline")
    for row in answers.rows("timeline"):
        if not row["when"]:
            yield Finding(Level.GAP, f"Moment {row.id} ({short(row['what'] or 'unnamed')}): say when.", "timeline")
    if not answers.rows("impact"):
        yield Finding(Level.GAP, "Say who was hit, how many, and what it did to them.", "impact")
    for row in answers.rows("impact"):
        yield from missing(row, IMPACT_COLUMNS, f"Impact {row.id} ({short(row['who'] or 'unnamed')})", "impact")
    by = answers.text("noticed-by")
    if by in ("user", "outside"):
        yield Finding(Level.NOTE, "People outside noticed it before you did. One action should make you see it first.", "actions")
    elif not by:
        yield Finding(Level.GAP, "Say who noticed first.", "noticed-by")


def _causes(answers: Answers) -> Iterator[Finding]:
    rows = answers.rows("causes")
    if len(rows) < LEAST_CAUSES:
        yield Finding(Level.GAP, f"{counted(len(rows), 'cause')} so far; there is hardly ever just one.", "causes")
    for row in rows:
        said = f"{row['cause']} {row['sense']}".casefold()
        if any(words in said for words in BLAME):
            says = f"Cause {row.id} reads as blame. Ask what made the mistake easy to make, and hard to see."
            yield Finding(Level.GAP, says, "causes")
        if not row["sense"]:
            yield Finding(Level.GAP, f"Cause {row.id}: say why it looked reasonable at the time.", "causes")


def _actions(answers: Answers, today: date) -> Iterator[Finding]:
    rows = answers.rows("actions")
    if not rows:
        yield Finding(Level.GAP, "Nothing changes yet. Name an action, with somebody and a day.", "actions")
    for row in rows:
        yield from _action(row, today)
    if rows and not any(row["kind"] == "notice" for row in rows):
        yield Finding(Level.NOTE, "No action shows it sooner. It may come back in another dress.", "actions")


def _action(row: Row, today: date) -> Iterator[Finding]:
    name, due = f"Action {row.id} ({short(row['action'] or 'unnamed')})", as_day(row["due"])
    lacks = [] if is_somebody(row["owner"]) else ["name one person or role who does it"]
    lacks += ["say by when"] if due is None else []
    if lacks:
        yield Finding(Level.GAP, f"{name}: {joined(lacks)}.", "actions")
    if due is not None and due < today:
        yield Finding(Level.NOTE, f"{name}: its day has passed. Is it done, or late?", "actions")
    if any(words in row["action"].casefold() for words in NO_ACTION):
        yield Finding(Level.GAP, f"{name}: a resolve changes nothing. What would make the slip harmless?", "actions")


RULES: Mapping[str, Rule] = {
    "lifecycle-map": lifecycle_map,
    "monitoring": monitoring,
    "cost": cost,
    "lifecycle-decision": lifecycle_decision,
    "test-score": ml_test_score,
    "incident": incident,
}
