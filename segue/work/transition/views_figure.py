"""Three views of each competency as a picture, with the table behind it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from segue.shared.components import Column, Figure, Table
from segue.work.transition.three_views import ViewRow, Views

LEFT, RIGHT = 2.0, 98.0  # per cent of the width
TOP, STEP, LEVELS = 34, 46, 4


def _x(level: float) -> float:
    return LEFT + (RIGHT - LEFT) * level / LEVELS


def figure_of(views: Views) -> Figure:
    """A line for each competency: where the views stand on it from 0 to 4."""
    high = TOP + STEP * len(views.rows)
    parts = [*_grid(high), *(part for i, row in enumerate(views.rows) for part in _row(row, TOP + STEP * i + 30))]
    title = "Levels 0 to 4: self, evidence, reviewers and the gate"
    attributes = f'class="drawing" width="100%" height="{high + 8}" role="img" aria-labelledby="views-title"'
    svg = f'<svg {attributes}><title id="views-title">{title}</title>{"".join(parts)}</svg>'
    note = "Filled: what the evidence shows. Hollow: you. Bar below: the most careful reviewer. Dashed: what the gate wants."
    return Figure("views", _says(views), _table(views), svg, note=note)


def _says(views: Views) -> str:
    count = len(views.differing)
    if not count:
        return "The views agree in every competency, as far as they are known."
    return f"The views differ by a level or more in {count} of {len(views.rows)} competencies."


def _grid(high: int) -> Iterator[str]:
    for level in range(LEVELS + 1):
        anchor = "start" if level == 0 else "end" if level == LEVELS else "middle"
        yield f'<line class="grid" x1="{_x(level):.1f}%" x2="{_x(level):.1f}%" y1="{TOP - 12}" y2="{high}"/>'
        yield f'<text class="t tick" x="{_x(level):.1f}%" y="14" text-anchor="{anchor}">{level}</text>'


def _row(row: ViewRow, y: int) -> Iterator[str]:
    name = f"{row.competency.id} {row.competency.short}"
    yield f'<text class="t halo" x="{LEFT:.1f}%" y="{y - 16}" text-anchor="start">{escape(name)}</text>'
    known = [level for level in (row.self_level, row.level, row.reviewed_level) if level is not None]
    marks = [f"<title>{escape(_tip(row, name))}</title>"]
    marks.append(_line("axis", _x(0), _x(LEVELS), y, y))
    if max(known) > min(known):
        marks.append(_line("interval", _x(min(known)), _x(max(known)), y, y))
    marks.append(_line("guide", _x(row.needed), _x(row.needed), y - 11, y + 11))
    if row.self_level is not None:
        marks.append(f'<circle class="dot chosen" cx="{_x(row.self_level):.1f}%" cy="{y}" r="8"/>')
    marks.append(f'<circle class="dot" cx="{_x(row.level):.1f}%" cy="{y}" r="5"/>')
    if row.reviewed_level is not None:
        bar = f'x="{_x(row.reviewed_level):.1f}%" y="{y + 11}" width="14" height="5" transform="translate(-7 0)"'
        marks.append(f'<rect class="dot core" {bar}/>')
    yield f"<g>{''.join(marks)}</g>"


def _line(sort: str, x1: float, x2: float, y1: int, y2: int) -> str:
    return f'<line class="{sort}" x1="{x1:.1f}%" x2="{x2:.1f}%" y1="{y1}" y2="{y2}"/>'


def _tip(row: ViewRow, name: str) -> str:
    reviewers = "" if row.reviewed_level is None else f", reviewers {row.named(row.reviewed_level)}"
    return f"{name}: you {row.self_words}, evidence {row.level_words}{reviewers}; the gate wants {row.needed_words}"


def _table(views: Views) -> Table:
    columns = [Column("Competency"), Column("I think"), Column("Evidence"), Column("Reviewers"), Column("The gate")]
    rows = [
        [
            f"{row.competency.id} {row.competency.short}",
            row.self_words,
            row.level_words,
            "–" if row.reviewed_level is None else row.named(row.reviewed_level),
            row.needed_words,
        ]
        for row in views.rows
    ]
    return Table("Levels from 0 to 4", columns, rows)
