"""The law as dated data: what applies where, from when, by which source, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from segue.curriculum.document import parse
from segue.curriculum.faults import ContentError, Fault
from segue.curriculum.reading import Placed, Reader, place_all
from segue.curriculum.values import Sheet

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


NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def distance(days: int) -> str:
    """How far ahead a day is: ``today``, ``tomorrow``, ``in nine days``, ``in 374 days``. Behind us it says nothing."""
    if days < 2:
        return {0: "today", 1: "tomorrow"}.get(days, "")
    return f"in {NUMBERS[days - 2] if days - 2 < len(NUMBERS) else f'{days:,}'} days"


@cache
def law() -> Law:
    """The law that comes with this version of Segue. Raises ``ContentError`` with every fault of the file."""
    return read_law(PATH.read_bytes())


def read_law(raw: bytes, path: str = PATH.name) -> Law:
    """The law in a file. Raises ``ContentError`` with every fault, each at its line."""
    root, faults = parse(path, raw)
    sheet = Sheet(path, faults)
    placed = place_all(sheet, root, "the file", _fact) if root else ()
    faults += _repeated(placed)
    if faults:
        raise ContentError(sorted(set(faults)))
    return Law(tuple(each.value for each in placed))


def _fact(reader: Reader) -> Fact:
    found = Fact(
        id=reader.identifier("id"),
        jurisdiction=reader.text("jurisdiction"),
        topic=reader.text("topic"),
        name=reader.text("name"),
        asks=reader.text("asks"),
        says=reader.text("says"),
        citation=reader.text("citation"),
        applies_from=_day(reader, "applies_from") if reader.has("applies_from") else None,
        as_of=_day(reader, "as_of"),
        review_by=_day(reader, "review_by"),
        source=reader.text("source"),
        certainty=reader.choice("certainty", tuple(CERTAINTIES)),
        stale=reader.text("stale", ""),
    )
    are_days = date.max not in (found.as_of, found.review_by)
    if are_days and not 0 < (found.review_by - found.as_of).days <= STALE_DAYS:
        reader.fault("review_by", f"'review_by' must come after 'as_of', by {STALE_DAYS} days at most")
    return found


def _day(reader: Reader, key: str) -> date:
    # What is no date was told of; the last day there is stands in for it.
    return date.fromisoformat(reader.day(key) or date.max.isoformat())


def _repeated(placed: Sequence[Placed[Fact]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for each in placed:
        if each.value.id in seen and each.value.id:
            yield each.fault(f"the id '{each.value.id}' was given before", "id")
        seen.add(each.value.id)
