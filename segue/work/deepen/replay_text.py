"""A replay as the report that is recorded: what was parted, what changed, what was decided, and what hindsight says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from segue.work.deepen.models import Replay
from segue.work.deepen.monitors import CONVENTION, lines_of, monitors_of, scored, signed
from segue.work.deepen.replaying import FIRST, RETRAIN, SHIP, Course, Hindsight, Week, hindsight_of, name_of
from segue.work.lab.replay import TIME

SPLITS = {TIME: "time"}  # what the kind of evidence calls a split; a seeded shift is drawn at random, and said to be
HONEST = (
    "The weeks are drawn at random from rows without dates, and the shift was put in on purpose by a seed. So this shows how the "
    "monitors and the decisions work, and not how this product’s world changes."
)


def checksum_of(text: str) -> str:
    """Tells whether what would be recorded is what was."""
    return sha256(text.encode()).hexdigest()


def facts_of(replay: Replay, course: Course) -> dict[str, float | str]:
    """The figures of a drift report: the first model on older rows, and on the rows labelled by hand in the last weeks."""
    recent = course.weeks[-1].found["recent"]
    return {
        "split": SPLITS.get(replay.split, "random"),
        "items": recent["n"],
        "before": _percent(replay.plan["about"]["score"]),
        "after": _percent(recent["scores"][FIRST]),
        "data": replay.plan["data"],
    }


def _percent(figure: list[float]) -> float:
    return round(100 * figure[0], 1)


def report_of(replay: Replay, course: Course) -> str:
    """The report in Markdown."""
    seen = hindsight_of(replay.plan, course)
    parts = (
        ("The two parts", _parts(replay)),
        ("What changed in the data", _data(replay, course)),
        ("What changed in the score", _score(replay, course)),
        ("Likely cause", [replay.plan.get("words", "") or "Not said yet."]),
        ("What was watched", [_list(lines_of(monitors_of(replay.plan)))]),
        ("What was decided", [_list(_decisions(course)) or "Nothing fired, and nothing was decided."]),
        ("In hindsight", [_list(lines_of_hindsight(seen, course))]),
    )
    return "\n\n".join(f"## {heading}\n\n" + "\n\n".join(filter(None, lines)) for heading, lines in parts) + "\n"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _parts(replay: Replay) -> Iterator[str]:
    about, weeks = replay.plan["about"], replay.weeks
    rows, labels = sum(week["rows"] for week in weeks), sum(week["labels"] for week in weeks)
    until = f", up to {about['older_until']}" if about["older_until"] else ""
    yield (
        f"{replay.file_name}, version {replay.version} of its analysis in the Lab. A model of the same kind, which predicts "
        f"“{about['target']}”, was trained on {about['older']:,} older rows{until}, and scored on {about['held']:,} others. "
        f"Then {len(weeks)} weeks with {rows:,} rows in all, of which {labels:,} were labelled by hand for the monitors. "
        "No row is on two sides, and no text comes twice."
    )
    if replay.split == TIME:
        yield f"Split by time: a week is one twelfth of the newer half, from {weeks[0]['from']} to {weeks[-1]['to']}."
    else:
        yield f"Seed {replay.seed}; {replay.plan['labels']} labels a week. {HONEST}"


def _data(replay: Replay, course: Course) -> Iterator[str]:
    about, last = replay.plan["about"], course.weeks[-1].found
    then, now = about["mix"], last["models"][FIRST]["mix"]
    pairs = zip(about["classes"], then, now, strict=True)
    mix = "; ".join(f"“{name}” {before:.0%} then, {after:.0%} in week {len(course.weeks)}" for name, before, after in pairs)
    psi, chance = last["models"][FIRST]["psi"]
    yield f"What the first model says: {mix}. PSI {psi:.2f}; chance alone reaches {chance:.2f} with so many rows."
    value, reached = last["length"]
    yield (
        f"Words in a text, in the middle: {about['words']:g} then, {last['words']:g} in week {len(course.weeks)}. "
        f"PSI {value:.2f}; chance alone reaches {reached:.2f}. {CONVENTION}"
    )


def _score(replay: Replay, course: Course) -> Iterator[str]:
    about, last = replay.plan["about"], course.weeks[-1]
    recent = last.found["recent"]
    before, after = scored(about["score"]), scored(recent["scores"][FIRST])
    yield (
        f"Macro-F1 of the first model: {before} on {about['held']:,} older rows; {after} "
        f"on {recent['n']} rows labelled by hand in the last weeks. Ranges are 95% intervals. Always naming the commonest class "
        f"would have had {scored(about['simple'])} on the older rows."
    )
    apart = recent["scores"][FIRST][2] < about["score"][1]
    yield "The two ranges do not meet." if apart else "The two ranges meet, so the difference may be chance."


def _decisions(course: Course) -> Iterator[str]:
    for week in course.weeks:
        if week.signals:
            yield f"Week {week.number}, fired: " + " ".join(signal.says for signal in week.signals)
        for decision in week.decisions:
            yield f"Week {week.number}, {decision.words.lower()}: {_one_line(decision.why)}{_compared(week, decision.choice)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _compared(week: Week, choice: str) -> str:
    return f" ({comparison_of(week)})" if choice == RETRAIN else ""


def comparison_of(week: Week) -> str:
    """The challenger of a week against the model in use, on the same rows."""
    recent, new = week.found["recent"], f"c{week.number}"
    gain = signed(recent["gains"][week.model])
    was, now = scored(recent["scores"][week.model]), scored(recent["scores"][new])
    return f"challenger {now} against {was} on the same {recent['n']} rows; difference {gain}"


def lines_of_hindsight(seen: Hindsight, course: Course) -> tuple[str, ...]:
    """What could be known only afterwards, in sentences."""
    return tuple(_hindsight(seen, course))


def _hindsight(seen: Hindsight, course: Course) -> Iterator[str]:
    if seen.begins:
        yield f"The shift began in week {seen.begins}: {seen.says}"
        yield _noticed(seen)
        yield f"False alarms before it: {len(seen.false_alarms)}{_weeks(seen.false_alarms)}."
    else:
        yield "Nobody put a shift in, so nobody knows whether and when one began. The scores on all rows are the nearest to it."
        yield f"Weeks with an alarm: {len(seen.alarms)}{_weeks(seen.alarms)}."
    yield (
        f"Mean macro-F1 on all rows: {seen.used:.2f} of what was in use, {seen.held:.2f} of the first model had it stayed, "
        f"{seen.best:.2f} of the best model each week."
    )
    shipped = [d for week in course.weeks for d in week.decisions if d.choice == SHIP]
    trainings = "once" if seen.trained == 1 else f"{seen.trained} times" if seen.trained else "never"
    last = name_of(course.uses)
    yield f"It took {seen.labels:,} labels. It was trained again {trainings}; {len(shipped)} shipped. In use at the end: {last}."


def _noticed(seen: Hindsight) -> str:
    if not seen.noticed:
        return "No alarm of yours noticed it."
    if not seen.delay:
        return "An alarm fired in that very week."
    return f"The first alarm came in week {seen.noticed}, {seen.delay} week{'s' if seen.delay > 1 else ''} later."


def _weeks(numbers: tuple[int, ...]) -> str:
    return f" (week{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))})" if numbers else ""


def proposal_of(replay: Replay, course: Course) -> Mapping[str, Any] | None:
    """The figures that a sheet of the decision asks for, from the last real decision; ``None`` where nothing was decided."""
    taken = [(week, decision) for week in course.weeks for decision in week.decisions]
    if not taken:
        return None
    week, decision = taken[-1]
    recent = week.found["recent"]
    after = f"c{week.number}" if week.trained else week.model
    return {
        "decision": decision.words,
        "week": week.number,
        "before": scored(recent["scores"][week.model]),
        "after": scored(recent["scores"][after]) if week.trained else "",
        "n": recent["n"],
        "back": name_of(week.model) if decision.choice == SHIP else "",
        "why": decision.why,
    }
