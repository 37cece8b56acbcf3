"""A bar for each day, drawn by the server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

WIDTH, HEIGHT = 720, 170
LEFT, TOP, FOOT = 34, 10, 26


def bars(figure_id: str, title: str, days: Sequence[date], values: Sequence[float], most: float) -> str:
    """The values as bars from 0 to ``most``, labelled at each Monday."""
    step = (WIDTH - LEFT) / max(len(days), 1)
    full = HEIGHT - TOP - FOOT
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{figure_id}-title" class="phase-1">',
        f'<title id="{figure_id}-title">{escape(title)}</title>',
    ]
    for value in (0, most / 2, most):
        y = TOP + full * (1 - value / most)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--line)" stroke-width="1"/>')
        parts.append(
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" font-size="12" text-anchor="end" fill="var(--ink-soft)">{value:g}</text>'
        )
    for number, (day, value) in enumerate(zip(days, values, strict=True)):
        x, height = LEFT + number * step, full * min(value / most, 1)
        if height:
            at = f'x="{x + 2:.1f}" y="{TOP + full - height:.1f}" width="{step - 4:.1f}" height="{height:.1f}"'
            parts.append(f'<rect {at} fill="var(--phase)"/>')
        if day.weekday() == 0:
            parts.append(
                f'<text x="{x + 2:.1f}" y="{HEIGHT - 6}" font-size="12" fill="var(--ink-soft)">{day.day} {day:%b}</text>'
            )
    return "".join([*parts, "</svg>"])
