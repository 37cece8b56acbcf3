"""Days and minutes in words, for the sentences that the rules write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def written_date(day: date) -> str:
    """``Tuesday 24 November 2026``."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def spoken_minutes(minutes: int) -> str:
    """``45 min``, ``3 h``, ``1 h 25 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def counted(number: float, unit: str) -> str:
    """``1 week``, ``6.6 weeks``: at most one decimal."""
    shown = f"{round(number, 1):g}"
    return f"{shown} {unit}" if shown == "1" else f"{shown} {unit}s"


def quoted(titles: Sequence[str]) -> str:
    """``“A”, “B” and “C”``."""
    marked = [f"“{title}”" for title in titles]
    return " and ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)
