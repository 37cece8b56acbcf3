"""The six months as a picture, drawn by the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from segue.core.loop import Turn
from segue.plan.queries import span_words, week_days
from segue.shared.components import Column, Figure, Table

WIDTH, ROW, LEFT, TOP = 720, 30, 92, 26
RIGHT = WIDTH - 8

Scale = Callable[[date], float]


@dataclass(frozen=True)
class _Bar:
    label: str
    phase: int
    first: date
    last: date
    agreed_last: date | None
    done: float


def phases_figure(turn: Turn) -> Figure:
    """When each month begins and ends, how far it is, and where today stands."""
    bars = [bar for phase in turn.programme.phases if (bar := _bar(turn, phase.number)) is not None]
    ends = turn.plan.ends_on
    caption = f"At your hours the plan ends on {ends.day} {ends:%B %Y}." if ends else "The plan has no end yet."
    rows = [[b.label, span_words(b.first, b.last), f"{b.done:.0%}"] for b in bars]
    table = Table("The months of the plan", [Column("Month"), Column("From and to"), Column("Done", is_number=True)], rows)
    svg = _svg(bars, turn.today) if bars else ""
    return Figure(
        "phases",
        caption,
        table=table,
        svg=svg,
        note="The thin line is today; a small mark shows where a month was agreed to end.",
    )


def _bar(turn: Turn, number: int) -> _Bar | None:
    phase = turn.programme.phases[number - 1]
    weeks = range(phase.first_week, phase.last_week + 1)
    days = sorted(day for week in weeks for day in week_days(turn, week))
    if not days:
        return None
    mine = [a for a in turn.programme.activities if a.week in weeks and not a.buffer and a.id not in turn.inputs.choices.skipped]
    agreed = [end for a in mine if (end := turn.agreed.end_of(a.id)) is not None]
    done = sum(1 for a in mine if turn.progress[a.id].done) / len(mine) if mine else 1.0
    return _Bar(phase.months, number, days[0], days[-1], max(agreed, default=None), done)


def _svg(bars: list[_Bar], today: date) -> str:
    first = min([b.first for b in bars] + [today])
    last = max([b.last for b in bars] + [b.agreed_last for b in bars if b.agreed_last])
    days = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / days, 1)

    height = TOP + ROW * len(bars) + 8
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="phases-title" class="plan-figure">',
        '<title id="phases-title">The months of the plan on a line of time</title>',
        *_months(first, last, x, height),
        *(part for n, bar in enumerate(bars) for part in _row(bar, TOP + n * ROW, x)),
        *([_today(x(today), height)] if today <= last else []),
        "</svg>",
    ]
    return "".join(parts)


def _today(at: float, height: int) -> str:
    return f'<line x1="{at}" x2="{at}" y1="{TOP - 8}" y2="{height - 4}" stroke="var(--ink)" stroke-width="1"/>'


def _months(first: date, last: date, x: Scale, height: int) -> list[str]:
    """Hairlines at the first of each month, labelled while there is room."""
    marks: list[str] = []
    day = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    every = 1 if (last - first).days < 400 else 3
    while day <= last:
        at = x(day)
        marks.append(f'<line x1="{at}" x2="{at}" y1="{TOP - 4}" y2="{height - 4}" stroke="var(--line)" stroke-width="1"/>')
        if (day.month - 1) % every == 0 and at < RIGHT - 24:
            marks.append(f'<text x="{at + 3}" y="12" font-size="11" fill="var(--ink-soft)">{day:%b}</text>')
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return marks


def _row(bar: _Bar, top: int, x: Scale) -> list[str]:
    begin, end = x(bar.first), max(x(bar.last), x(bar.first) + 4)
    full = round((end - begin) * bar.done, 1)
    parts = [
        f'<g class="phase-{bar.phase}">',
        f'<text x="0" y="{top + 15}" font-size="12" fill="var(--ink)">{escape(bar.label)}</text>',
        f'<rect x="{begin}" y="{top + 4}" width="{end - begin:.1f}" height="14" rx="3" fill="var(--phase-soft)"/>',
    ]
    if full:
        parts.append(f'<rect x="{begin}" y="{top + 4}" width="{full}" height="14" rx="3" fill="var(--phase)"/>')
    if bar.agreed_last:
        at = x(bar.agreed_last)
        parts.append(f'<path d="M{at - 3} {top + 24} L{at + 3} {top + 24} L{at} {top + 19} Z" fill="var(--phase)"/>')
    return [*parts, "</g>"]
