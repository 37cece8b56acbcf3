"""When to explain an idea to a listener again: understanding that is shown once fades, so the gap grows with each success."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

FIRST, MOST = 30, 240  # days after one success, and at most
AFTER_A_MISS = 7  # days: soon, while one remembers what went wrong


def next_check(heard: Sequence[tuple[date, bool]]) -> date | None:
    """The day from which an idea wants a listener again; ``None`` where nobody has heard it yet.

    ``heard``: the days on which it was told, and whether it was said back, in any order. Each success in a row since the last
    miss doubles the gap.
    """
    if not heard:
        return None
    days = sorted(heard)
    successes = 0
    for _, said_back in reversed(days):
        if not said_back:
            break
        successes += 1
    gap = min(FIRST * 2 ** min(successes - 1, 10), MOST) if successes else AFTER_A_MISS
    return days[-1][0] + timedelta(days=gap)
