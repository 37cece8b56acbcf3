"""Bars drawn by the server: lying, one for each name, or standing, one for each step of a scale. They fit any screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

ROW = 42  # pixels: a name with its figure, and the bar under it
LONGEST_NAME = 32  # letters, so that name and figure fit on a phone
COLUMNS_HIGH, FOOT = 110, 24
NAMED_COLUMNS, FAR_APART = 8, 20  # so many columns are all named; of more, those that are so many per cent apart


@dataclass(frozen=True)
class Bar:
    """A name, its value (0 or more), and the value in words."""

    name: str
    value: float
    shown: str


def lying(figure_id: str, title: str, bars: Sequence[Bar]) -> str:
    """A bar for each name, its figure beside it. Names are shortened; the table under the picture has them whole."""
    most = max([bar.value for bar in bars], default=0) or 1
    drawn = "".join(_lying(bar, place * ROW, 100 * max(bar.value, 0) / most) for place, bar in enumerate(bars))
    return _svg(figure_id, title, len(bars) * ROW, drawn)


def _lying(bar: Bar, top: int, long: float) -> str:
    name = bar.name if len(bar.name) <= LONGEST_NAME else f"{bar.name[: LONGEST_NAME - 1].rstrip()}…"
    return (
        f"<g><title>{escape(f'{bar.name}: {bar.shown}')}</title>"
        f'<text x="0" y="{top + 15}" font-size="14" fill="var(--ink)">{escape(name)}</text>'
        f'<text x="100%" y="{top + 15}" font-size="13" text-anchor="end" fill="var(--ink-soft)">{escape(bar.shown)}</text>'
        f'<rect x="0" y="{top + 22}" width="100%" height="10" fill="var(--sunk)"/>'
        f'<rect x="0" y="{top + 22}" width="{long:.2f}%" height="10" fill="var(--series-1)"/></g>'
    )


def standing(figure_id: str, title: str, bars: Sequence[Bar]) -> str:
    """A column for each step of a scale, in its order."""
    most, wide = max([bar.value for bar in bars], default=0) or 1, 100 / max(len(bars), 1)
    parts = [f'<line x1="0" x2="100%" y1="{COLUMNS_HIGH}" y2="{COLUMNS_HIGH}" stroke="var(--line-strong)"/>']
    for place, bar in enumerate(bars):
        high = (COLUMNS_HIGH - 4) * max(bar.value, 0) / most
        at = f'x="{(place + 0.1) * wide:.2f}%" y="{COLUMNS_HIGH - high:.1f}" width="{0.8 * wide:.2f}%" height="{high:.1f}"'
        parts.append(f'<rect {at} fill="var(--series-1)"><title>{escape(f"{bar.name}: {bar.shown}")}</title></rect>')
    for place in _named(len(bars)):
        anchor, across = _anchored(place, len(bars))
        at = f'x="{across * wide:.2f}%" y="{COLUMNS_HIGH + 17}" text-anchor="{anchor}"'
        parts.append(f'<text {at} font-size="12" fill="var(--ink-soft)">{escape(bars[place].name)}</text>')
    return _svg(figure_id, title, COLUMNS_HIGH + FOOT, "".join(parts))


def _named(count: int) -> Iterator[int]:
    """Which columns have room for their name: all of a few, else some that are far enough apart."""
    if count <= NAMED_COLUMNS:
        yield from range(count)
        return
    step = -(-count * FAR_APART // 100)
    places = [*range(0, count - 1, step), count - 1]
    for place, after in pairwise([*places, 2 * count]):
        if after - place >= step or place == 0:
            yield place


def _anchored(place: int, count: int) -> tuple[str, float]:
    """How a name stands under its column, and where, in columns; those at the ends of many stay inside the picture."""
    if count > NAMED_COLUMNS and place in (0, count - 1):
        return ("start", place + 0.1) if place == 0 else ("end", place + 0.9)
    return "middle", place + 0.5


def _svg(figure_id: str, title: str, high: int, drawn: str) -> str:
    named = f'<title id="{figure_id}-title">{escape(title)}</title>'
    return f'<svg width="100%" height="{high}" role="img" aria-labelledby="{figure_id}-title">{named}{drawn}</svg>'
