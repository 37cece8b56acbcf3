"""The law as dated data: what applies where, from when, by which source, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "content" / "law.yaml"
STALE_DAYS = 90
CERTAINTIES = {
    "seen": "read on the named page",
    "known": "well known from the law’s own text",
    "uncertain": "uncertain, or likely to have changed: check before you rely on it",
}


@dataclass(frozen=True)
class Fact:
    """A rule of law, or of a voluntary framework.

    ``asks``: the question that decides whether it bites; ``says``: what follows if so. ``applies_from``: ``None`` where it has
    applied for long or is voluntary. ``as_of``: the day on which it was checked, ``review_by``: when it should be checked again.
    ``stale``: what older material says instead, where that is wrong by now.
    """

    id: str
    jurisdiction: str
    topic: str
    name: str
    asks: str
    says: str
    citation: str
    applies_from: date | None
    as_of: date
    review_by: date
    source: str
    certainty: str
    stale: str = ""

    @property
    def checksum(self) -> str:
        """Changes when what it says, cites or from when it applies changes; not when it was only looked at again."""
        said = (self.name, self.asks, self.says, self.citation, str(self.applies_from), self.certainty)
        return sha256("\n".join(said).encode()).hexdigest()[:16]

    def is_stale(self, today: date) -> bool:
        """Whether it was last checked more than 90 days ago, or should have been checked again by now."""
        return (today - self.as_of).days > STALE_DAYS or today > self.review_by

    def days_until(self, today: date) -> int | None:
        """Days until it applies; 0 or less where it does, ``None`` where it has no such day."""
        return (self.applies_from - today).days if self.applies_from else None


@dataclass(frozen=True)
class Law:
    """All rules, in the order of their file."""

    facts: tuple[Fact, ...]

    @property
    def by_id(self) -> Mapping[str, Fact]:
        """The rules by their ids."""
        return {fact.id: fact for fact in self.facts}

    @property
    def as_of(self) -> date:
        """The day of the oldest check among them."""
        return min(fact.as_of for fact in self.facts)


@cache
def law() -> Law:
    """The law that comes with this version of Segue."""
    import yaml

    return Law(tuple(_fact(told) for told in yaml.safe_load(PATH.read_text("utf-8"))))


def _fact(told: Mapping[str, Any]) -> Fact:
    return Fact(**{each.name: told.get(each.name, "") for each in fields(Fact)} | {"applies_from": told.get("applies_from")})
