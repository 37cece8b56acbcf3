"""The board of roles as a picture and as a table: what was reached with each role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from segue.core.relations import Reach, RoleReach
from segue.shared.components import Column, Figure, Table

WORDS: Mapping[Reach, str] = {
    Reach.ASKED: "asked",
    Reach.MET: "met",
    Reach.UNDERSTOOD: "workflow understood",
    Reach.SHARED: "insight shared",
    Reach.FEEDBACK: "feedback received",
    Reach.CONFIRMED: "confirmed",
}
LEFT, TOP, ROW, STEP, WIDTH = 210, 44, 34, 86, 740


def board_figure(rows: Sequence[tuple[RoleReach, str]]) -> Figure:
    """The board. ``rows``: how far each role is known, and its words."""
    table = Table(
        "What was reached with each role",
        [Column("Role"), *(Column(words[0].upper() + words[1:]) for words in WORDS.values())],
        [[words, *("yes" if reach in row.reached else "" for reach in Reach)] for row, words in rows],
    )
    caption = "What was reached with each role. A filled mark is reached, an empty one is not."
    return Figure("coverage", caption, table=table, svg=_svg(rows))


def _svg(rows: Sequence[tuple[RoleReach, str]]) -> str:
    height = TOP + ROW * len(rows) + 4
    heads = [
        _head(word, LEFT + STEP * place + STEP // 2, y)
        for place, words in enumerate(WORDS.values())
        for y, word in zip((14, 29), words.split(), strict=False)
    ]
    lines = [part for at, (row, words) in enumerate(rows) for part in _row(row, words, TOP + ROW * at)]
    title = "Roles by what was reached with them"
    return "".join(
        (
            f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" class="figure__whole" ',
            f'role="img" aria-label="{title}">',
            *heads,
            *lines,
            "</svg>",
        )
    )


def _head(word: str, x: int, y: int) -> str:
    return f'<text x="{x}" y="{y}" font-size="11.5" text-anchor="middle" fill="var(--ink-soft)">{word}</text>'


def _row(row: RoleReach, words: str, top: int) -> list[str]:
    middle = top + ROW // 2
    weight = "600" if row.reached else "400"
    return [
        f'<line x1="0" x2="{WIDTH}" y1="{top}" y2="{top}" stroke="var(--line)" stroke-width="1"/>',
        f'<text x="0" y="{middle + 4}" font-size="12.5" font-weight="{weight}" fill="var(--ink)">{escape(words)}</text>',
        *(_mark(reach in row.reached, LEFT + STEP * place + STEP // 2, middle) for place, reach in enumerate(Reach)),
    ]


def _mark(is_reached: bool, x: int, y: int) -> str:
    """A filled disc with a tick, or an empty ring: it is not the colour alone that tells."""
    if not is_reached:
        return f'<circle cx="{x}" cy="{y}" r="4" fill="none" stroke="var(--line-strong)" stroke-width="1"/>'
    tick = f"M{x - 4} {y} L{x - 1} {y + 3.5} L{x + 4.5} {y - 3.5}"
    return (
        f'<circle cx="{x}" cy="{y}" r="9" fill="var(--good)"/>'
        f'<path d="{tick}" fill="none" stroke="var(--paper)" stroke-width="2" stroke-linecap="round"/>'
    )
