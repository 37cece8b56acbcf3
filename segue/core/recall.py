"""How much recall a day holds: what is due is taken oldest first, up to ten minutes; the rest waits for the days after.

When a card is due is the scheduler's business (FSRS); here is only what of it fits a day. Nothing is lost by being away, and
whatever the backlog, no day gets more than its minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median

DAY_SECONDS = 600
NEW_A_DAY = 8
ENOUGH = 20  # reviews of a sort, before its seconds are taken from them
SITTING_SECONDS = 120  # between two ratings: more, and something came between
LEAST_SECONDS = 5
# What a card of each sort takes, in seconds, question and answer read: our estimate, until there are reviews to go by.
SECONDS: Mapping[str, int] = {"definition": 30, "belief": 15, "item": 35, "note": 20}


@dataclass(frozen=True)
class Waiting:
    """A card that has been seen before: what it takes, in seconds, and the moment from which it is due."""

    id: str
    seconds: int
    due_at: datetime


def pace(ratings: Iterable[tuple[str, datetime]]) -> Mapping[str, int]:
    """Seconds by sort, from somebody's own ratings (sort of card, moment) in the order they were given.

    A card takes the time since the rating before it, the median over all of a sort; the estimate stands until there are enough.
    """
    taken: dict[str, list[float]] = {}
    for (_, before), (sort, at) in pairwise(ratings):
        seconds = (at - before).total_seconds()
        if 1 <= seconds <= SITTING_SECONDS:
            taken.setdefault(sort, []).append(seconds)
    measured = {sort: max(LEAST_SECONDS, ceil(median(each))) for sort, each in taken.items() if len(each) >= ENOUGH}
    return {**SECONDS, **measured}


def due_today(cards: Iterable[Waiting], today: date, spent: int = 0) -> tuple[str, ...]:
    """Ids of what to review today, the one due longest first, while the day's seconds last. ``spent``: seconds so far today."""
    return _fitting(sorted((c for c in cards if _day(c) <= today), key=_order), DAY_SECONDS - spent)


def new_today(cards: Sequence[tuple[str, int]], met: int, left: int) -> tuple[str, ...]:
    """Ids of new cards (id, seconds) to meet today, in their order. ``met``: new ones so far today; ``left``: seconds left."""
    chosen: list[str] = []
    for card, seconds in cards[: max(0, NEW_A_DAY - met)]:
        left -= seconds
        if left < 0:
            break
        chosen.append(card)
    return tuple(chosen)


def forecast(cards: Iterable[Waiting], today: date, days: int, spent: int = 0) -> tuple[int, ...]:
    """Seconds of review on each of the coming days, today first, if every card were remembered and none came back meanwhile."""
    waiting = sorted(cards, key=_order)
    seconds = []
    for number in range(days):
        day = today + timedelta(days=number)
        due = [card for card in waiting if _day(card) <= day]
        taken = set(_fitting(due, DAY_SECONDS - (spent if number == 0 else 0)))
        seconds.append(sum(card.seconds for card in due if card.id in taken))
        waiting = [card for card in waiting if card.id not in taken]
    return tuple(seconds)


def _fitting(due: Sequence[Waiting], left: int) -> tuple[str, ...]:
    chosen: list[str] = []
    for card in due:
        left -= card.seconds
        if left < 0:
            break
        chosen.append(card.id)
    return tuple(chosen)


def _day(card: Waiting) -> date:
    return card.due_at.astimezone().date()


def _order(card: Waiting) -> tuple[datetime, str]:
    return card.due_at, card.id
