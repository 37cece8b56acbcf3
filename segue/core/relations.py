"""Relationships by rules: when to be in touch again, who is asked more than given to, how far each role is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

FOLLOW_UP = timedelta(hours=48)
MOST_ASKS_AHEAD = 2  # asks that may stand before something is given


class Reach(StrEnum):
    """What has been reached with people of one role, in the order in which it mostly comes. Each stands for itself."""

    ASKED = "asked"
    MET = "met"
    UNDERSTOOD = "understood"
    SHARED = "shared"
    FEEDBACK = "feedback"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class RoleReach:
    """A role and what has been reached with it; nothing means that it is still unknown."""

    role: str
    reached: frozenset[Reach]

    @property
    def furthest(self) -> Reach | None:
        """The last of the order that was reached; ``None`` where the role is unknown."""
        return max(self.reached, key=list(Reach).index, default=None)


def coverage(roles: Sequence[str], happened: Collection[tuple[str, Reach]]) -> tuple[RoleReach, ...]:
    """How far each role is known, in the order given. ``happened``: role and what was reached with one of its people."""
    return tuple(RoleReach(role, frozenset(reach for there, reach in happened if there == role)) for role in roles)


def next_touch(last: date | None, cadence_days: int, known_since: date) -> date:
    """The day to be in touch again: the last contact and the cadence; where there was none yet, from when they are known."""
    return (last or known_since) + timedelta(days=cadence_days)


@dataclass(frozen=True)
class Balance:
    """How often somebody was asked for something, and how often something was given."""

    asked: int
    gave: int

    @property
    def is_one_sided(self) -> bool:
        """Whether it is time to give: more asks than one may run ahead with."""
        return self.asked - self.gave >= MOST_ASKS_AHEAD


def balance_of(sorts: Mapping[str, int]) -> Balance:
    """The balance from the number of contacts by sort (``asked``, ``gave``; the others weigh nothing)."""
    return Balance(sorts.get("asked", 0), sorts.get("gave", 0))


def follow_up(ended_at: datetime, thanked_at: datetime | None, now: datetime) -> str:
    """How a talk was followed up: ``within-48h``, ``later``, ``open`` while there is time, ``overdue``. All moments are aware."""
    if thanked_at is not None:
        return "within-48h" if thanked_at <= ended_at + FOLLOW_UP else "later"
    return "open" if now <= ended_at + FOLLOW_UP else "overdue"
