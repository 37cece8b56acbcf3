"""The weeks of a replay as a picture: scores with their intervals, the floor, what was decided, and afterwards the truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from segue.shared.components import Column, Figure, Table
from segue.work.deepen.monitors import Monitors, scored
from segue.work.deepen.replaying import WEEKS, Course, Week, name_of

TOP, BOTTOM, HIGH = 30, 214, 264
LEFT, RIGHT = 11.0, 99.0  # per cent of the width


def _x(week: float) -> float:
    return LEFT + (RIGHT - LEFT) * (week - 0.5) / WEEKS


def _y(score: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, score))


def figure_of(course: Course, monitors: Monitors, begins: int = 0, with_truth: bool = False) -> Figure:
    """The weeks seen so far. ``with_truth``: the scores on all rows too, and where a shift was put in."""
    title = f"Macro-F1 in {len(course.weeks)} of {WEEKS} weeks"
    parts = [*_grid(), *_floor(monitors.floor), *(_truth(course.weeks, begins) if with_truth else ())]
    parts += [_week(week) for week in course.weeks]
    named = f'<title id="replay-title">{escape(title)}</title>'
    attributes = f'class="drawing" width="100%" height="{HIGH}" role="img" aria-labelledby="replay-title"'
    svg = f"<svg {attributes}>{named}{''.join(parts)}</svg>"
    note = "Dots: macro-F1 on the rows labelled by hand in the week, with 95% intervals. Hollow: something fired."
    note += " Dashed across: your floor." if monitors.floor is not None else ""
    note += " Dashed line from week to week: the score on all rows, which nobody sees while it runs." if with_truth else ""
    return Figure("replay", _says(course), table_of(course, with_truth), svg, note=note)


def _says(course: Course) -> str:
    last = course.weeks[-1]
    fired = sum(bool(week.signals) for week in course.weeks)
    return f"Week {last.number}: macro-F1 {scored(last.score)}. Something fired in {fired} of {len(course.weeks)} weeks."


def _text(x: float, y: float, words: str, sort: str, anchor: str = "middle") -> str:
    return f'<text class="{sort}" x="{x:.2f}%" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, sort: str) -> str:
    return f'<line class="{sort}" x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}"/>'


def _grid() -> Iterator[str]:
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield _line(LEFT, _y(tick), RIGHT, _y(tick), "axis" if tick == 0 else "grid")
        yield _text(0, _y(tick) + 4, f"{tick:.2f}", "t tick", "start")
    for week in range(1, WEEKS + 1):
        yield _text(_x(week), BOTTOM + 18, str(week), "t tick")
    yield _text((LEFT + RIGHT) / 2, BOTTOM + 42, "Week", "t soft")


def _floor(floor: float | None) -> Iterator[str]:
    if floor is not None:
        yield _line(LEFT, _y(floor), RIGHT, _y(floor), "guide")


def _truth(weeks: Sequence[Week], begins: int) -> Iterator[str]:
    for before, after in pairwise(weeks):
        yield _line(_x(before.number), _y(before.true_score), _x(after.number), _y(after.true_score), "forecast")
    if begins:
        yield _line(_x(begins - 0.5), TOP - 12, _x(begins - 0.5), BOTTOM, "guide")
        yield _text(_x(begins - 0.5), TOP - 18, "the shift begins", "t soft", "middle")


def _week(week: Week) -> str:
    value, low, high = week.score
    x, said = _x(week.number), ", ".join(decision.words.lower() for decision in week.decisions)
    tip = f"Week {week.number}: {scored(week.score)}{', ' + said if said else ''}"
    marks = [_line(x, _y(low), x, _y(high), "interval")]
    marks.append(f'<circle class="dot{" chosen" if week.signals else ""}" cx="{x:.2f}%" cy="{_y(value):.1f}" r="5"/>')
    return f"<g><title>{escape(tip)}</title>{''.join(marks)}</g>"


def table_of(course: Course, with_truth: bool = False) -> Table:
    """The weeks as a table, the oldest first."""
    columns = [Column("Week"), Column("In use"), Column("Rows", is_number=True), Column("Labelled", is_number=True)]
    columns += [Column("Macro-F1 (95% interval)", is_number=True), Column("PSI of answers", is_number=True)]
    columns += [Column("PSI of length", is_number=True), Column("Fired", is_number=True), Column("Decided")]
    columns += [Column("Macro-F1 on all rows", is_number=True)] if with_truth else []
    return Table("What was measured week by week", columns, [_row(week, with_truth) for week in course.weeks])


def _row(week: Week, with_truth: bool) -> list[object]:
    found = week.found
    psi = found["models"][week.model].get("psi")
    decided = ", then ".join(decision.words.lower() for decision in week.decisions) or "–"
    row: list[object] = [week.number, name_of(week.model), f"{found['rows']:,}", found["labels"], scored(week.score)]
    row += [f"{psi[0]:.2f}" if psi else "–", f"{found['length'][0]:.2f}", len(week.signals) or "–", decided]
    return row + ([f"{week.true_score:.2f}"] if with_truth else [])


def chances_of(rows: Sequence[tuple[str, float, float]]) -> Table:
    """Shares of what the model says, then and now."""
    columns = [Column("It says"), Column("Then", is_number=True), Column("This week", is_number=True)]
    return Table("What the model in use says, in shares of the rows", columns, [[n, f"{a:.0%}", f"{b:.0%}"] for n, a, b in rows])
