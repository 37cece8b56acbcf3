"""How much recall a day holds: what is due is taken oldest first, up to ten minutes; the rest waits for the days after.

When a card is due is the scheduler's business (FSRS); here is only what of it fits a day. Nothing is lost by being away, and
whatever the backlog, no day gets more than its minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY_SECONDS = 600
NEW_A_DAY = 8
# What a card of each sort takes, in seconds, question and answer read: our estimate, until there are reviews to go by.
SECONDS: Mapping[str, int] = {"definition": 30, "belief": 15, "item": 35}


@dataclass(frozen=True)
class Waiting:
    """A card that has been seen before, with the moment from which it is due."""

    id: str
    sort: str
    due_at: datetime

    @property
    def seconds(self) -> int:
        """What it takes."""
        return SECONDS[self.sort]


def due_today(cards: Iterable[Waiting], today: date, spent: int = 0) -> tuple[str, ...]:
    """Ids of what to review today, the one due longest first, while the day's seconds last. ``spent``: seconds so far today."""
    return _fitting(sorted((c for c in cards if _day(c) <= today), key=_order), DAY_SECONDS - spent)


def new_today(cards: Sequence[tuple[str, str]], met: int, left: int) -> tuple[str, ...]:
    """Ids of new cards (id, sort) to meet today, in the order given. ``met``: new ones so far today; ``left``: seconds left."""
    chosen: list[str] = []
    for card, sort in cards[: max(0, NEW_A_DAY - met)]:
        left -= SECONDS[sort]
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
