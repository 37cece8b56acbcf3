"""What kind of column each one is, from a sample of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback_lab.ingest import hints, times
from feedback_lab.ingest.ratings import NO_VALUE, number, rating

# Values that are read closely; they are spread evenly over the sample.
PROBED = 1_000
NUMBER_SHARE = 0.95
DATE_SHARE = 0.9
RATING_SHARE = 0.8
# A category recurs, and its names are short.
CATEGORY_CHARACTERS = 60
MOST_CATEGORIES = 1_000
# A column whose values hardly ever recur names its rows.
UNIQUE_SHARE = 0.95
UNIQUE_ROWS = 20
GAPS = 1.1
_CODE = re.compile(r"(?=.*[0-9@/])\S+")


@dataclass(frozen=True)
class Look:
    """A column in the sample. ``values``: filled cells, trimmed; ``probe``: some of them.

    ``kind``: text, number, date, category, identifier, empty. Shares are 0-1 of the probe; ``letters`` of its characters.
    ``span``: least and greatest number, where it holds numbers or ratings.
    """

    name: str
    place: int
    rows: int
    values: Sequence[str]
    probe: Sequence[str]
    distinct: int
    kind: str
    numbers: float
    dates: float
    ratings: float
    numeric_dates: float
    characters: float
    words: float
    letters: float
    span: tuple[float, float] | None

    @property
    def filled(self) -> float:
        """Share of rows with a value, 0-1."""
        return len(self.values) / self.rows if self.rows else 0.0


def look_at(name: str, place: int, cells: Sequence[str]) -> Look:
    """What a column's cells in the sample are like."""
    values = [trimmed for cell in cells if (trimmed := cell.strip()) not in NO_VALUE]
    step = max(1, len(values) // PROBED)
    probe = values[::step][:PROBED]
    n = max(1, len(probe))
    found = [value for cell in probe if (value := rating(cell)) is not None]
    moments = [found_at for cell in probe if (found_at := times.moment(cell)) is not None]
    joined = "".join(probe)
    visible = sum(not letter.isspace() for letter in joined) or 1
    draft = Look(
        name=name,
        place=place,
        rows=len(cells),
        values=values,
        probe=probe,
        distinct=len(set(values)),
        kind="",
        numbers=sum(number(cell) is not None for cell in probe) / n,
        dates=sum(found_at.form not in times.NUMERIC for found_at in moments) / n,
        ratings=len(found) / n,
        numeric_dates=len(moments) / n,
        characters=len(joined) / n,
        words=sum(len(cell.split()) for cell in probe) / n,
        letters=sum(letter.isalpha() for letter in joined) / visible,
        span=(min(found), max(found)) if found else None,
    )
    return replace(draft, kind=_kind(draft))


def _kind(look: Look) -> str:
    if not look.values:
        return "empty"
    if look.dates >= DATE_SHARE:
        return "date"
    if look.numbers >= NUMBER_SHARE:
        return "identifier" if _names_rows(look) else "number"
    if _is_coded(look):
        return "identifier"
    recurs = look.distinct <= min(MOST_CATEGORIES, len(look.values) / 2)
    return "category" if recurs and look.characters <= CATEGORY_CHARACTERS else "text"


def _names_rows(look: Look) -> bool:
    """Numbers that count or name something: by the name of the column, or as a run 1, 2, 3."""
    if hints.names_rows(look.name) and look.distinct > 2:
        return True
    if len(look.values) < UNIQUE_ROWS or look.distinct < len(look.values):
        return False
    if hints.any_in(look.name, hints.GROUP_NUMBER | hints.RATING):
        return False
    counted = [value for cell in look.values if (value := number(cell)) is not None]
    # Rows that were set aside leave gaps in the run.
    return max(counted) - min(counted) < GAPS * len(look.values)


def _is_coded(look: Look) -> bool:
    if len(look.values) < UNIQUE_ROWS or look.distinct < UNIQUE_SHARE * len(look.values):
        return False
    return sum(_CODE.fullmatch(value) is not None for value in look.probe) >= UNIQUE_SHARE * len(look.probe)
