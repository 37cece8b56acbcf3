"""The units of a course of one's own, as its row keeps them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from segue.core.activity import CourseUnit

MOST_HOURS = 200
MOST_UNITS = 60
MOST_TITLE = 120
ID = re.compile(r"u[1-9]\d{0,5}")


@dataclass(frozen=True)
class Unit:
    """A unit as it was typed. ``id`` is empty for a new one; ``sliced``: worth the time where the whole is too much."""

    title: str
    hours: float
    concepts: tuple[str, ...] = ()
    sliced: bool = False
    id: str = ""


def numbered(units: tuple[Unit, ...], last: int = 0) -> list[dict[str, Any]]:
    """Units as the row keeps them; new ones get the numbers after ``last``."""
    fresh = iter(range(last + 1, last + 1 + len(units)))
    return [asdict(unit) | {"id": unit.id or f"u{next(fresh)}", "concepts": list(unit.concepts)} for unit in units]


def mark_of(rows: list[dict[str, Any]]) -> str:
    """What a form remembers of the units that it began from, so that a second window is noticed."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]


def last_number(rows: list[dict[str, Any]]) -> int:
    """The highest number that a unit of a row has."""
    return max((int(row["id"][1:]) for row in rows), default=0)


def unit_from(row: Mapping[str, Any]) -> CourseUnit:
    """A unit as the plan takes it."""
    return CourseUnit(row["id"], row["title"], row["hours"], tuple(row["concepts"]))


def are_units(value: object) -> bool:
    """Whether a value from outside is what a row may hold."""
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_UNITS or not all(map(_is_unit, value)):
        return False
    ids = [row["id"] for row in value]
    return len(ids) == len(set(ids))


def _is_unit(row: object) -> bool:
    if not isinstance(row, dict) or row.keys() != {"id", "title", "hours", "concepts", "sliced"}:
        return False
    texts = all(isinstance(row[name], str) for name in ("id", "title"))
    named = texts and ID.fullmatch(row["id"]) and 0 < len(row["title"]) <= MOST_TITLE
    hours = type(row["hours"]) in (int, float) and 0 < row["hours"] <= MOST_HOURS
    concepts = isinstance(row["concepts"], list) and all(isinstance(i, str) for i in row["concepts"])
    return bool(named and hours and concepts and isinstance(row["sliced"], bool))
