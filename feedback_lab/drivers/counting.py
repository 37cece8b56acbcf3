"""What one part adds: rows, ratings, groups and months of each theme, as sums that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_lab.errors import DamagedRun
from feedback_lab.intervals import Sums
from feedback_lab.parts import read_rows, read_table
from feedback_lab.records.rows import Floats, Ints, Rows, Times, Values

MISSING = "(missing)"
MOST_VALUES = 1_000  # a column with more different values does not cut rows into groups

Assign = Callable[[Rows], Ints]


@dataclass(frozen=True)
class Task:
    """A part and where its themes are: a Parquet file with ``theme``, or a function of its rows."""

    part: Path
    themes_of: Path | Assign
    themes: tuple[int, ...]
    segments: tuple[str, ...] = ()  # columns


@dataclass
class Tallies:
    """Sums by theme. Arrays have a place for each theme, in the order asked for, and a last one for rows without any of them.

    ``groups``: by column and value; None for a column of too many values. ``months``: by months since January 1970.
    """

    rows: Ints
    rated: Floats  # (3, themes + 1): how many, sum, sum of squares
    groups: dict[str, dict[str, Ints] | None] = field(default_factory=dict)
    months: dict[int, Ints] = field(default_factory=dict)

    def sums(self, place: int) -> Sums:
        """Ratings of one theme."""
        n, total, squares = self.rated[:, place].tolist()
        return Sums(int(n), total, squares)

    def all_sums(self) -> Sums:
        """Ratings of all rows."""
        n, total, squares = self.rated.sum(1).tolist()
        return Sums(int(n), total, squares)


def count_part(task: Task) -> Tallies:
    """Count one part. Raises ``DamagedRun`` where its themes are not those of its rows."""
    rows = read_rows(task.part)
    if isinstance(task.themes_of, Path):
        found = read_table(task.themes_of, ["theme"])["theme"]
    else:
        found = np.asarray(task.themes_of(rows))
    if len(found) != len(rows):
        raise DamagedRun(f"{task.part.name} has {len(rows):,} rows and {len(found):,} themes.", "Find the themes anew.")
    places = places_of(found.astype(np.int64), task.themes)
    return count_rows(rows, places, len(task.themes) + 1, task.segments)


def places_of(found: Ints, themes: Sequence[int]) -> Ints:
    """Where each row's theme stands in ``themes``; the place behind the last for any other."""
    places = np.full(len(found), len(themes), np.int64)
    for place, theme in enumerate(themes):
        places[found == theme] = place
    return places


def count_rows(rows: Rows, places: Ints, width: int, segments: Sequence[str]) -> Tallies:
    """Count rows whose themes stand at ``places``, by these columns of segments."""
    tallies = Tallies(np.bincount(places, minlength=width).astype(np.int64), np.zeros((3, width)))
    if rows.ratings is not None:
        known = ~np.isnan(rows.ratings)
        at, values = places[known], rows.ratings[known]
        tallies.rated = np.array([np.bincount(at, weights, width) for weights in (np.ones(len(at)), values, values**2)])
    for name in segments:
        tallies.groups[name] = _by_value(rows.segments[name], places, width)
    if rows.times is not None:
        tallies.months = _by_month(rows.times, places, width)
    return tallies


def _by_value(column: Values, places: Ints, width: int) -> dict[str, Ints] | None:
    codes: dict[str, int] = {}
    coded = np.array([codes.setdefault(value or MISSING, len(codes)) for value in column], np.int64)
    if len(codes) > MOST_VALUES:
        return None
    table = _table(coded, len(codes), places, width)
    return {value: table[code] for value, code in codes.items()}


def _by_month(times: Times, places: Ints, width: int) -> dict[int, Ints]:
    known = ~np.isnat(times)
    months, coded = np.unique(times[known].astype("datetime64[M]").astype(np.int64), return_inverse=True)
    return dict(zip(months.tolist(), _table(coded, len(months), places[known], width), strict=True))


def _table(coded: NDArray[Any], count: int, places: Ints, width: int) -> Ints:
    return np.bincount(coded * width + places, minlength=count * width).reshape(count, width).astype(np.int64)


def total(parts: Iterable[Tallies], width: int) -> Tallies:
    """The sum of all parts, in their order."""
    whole = Tallies(np.zeros(width, np.int64), np.zeros((3, width)))
    for part in parts:
        whole.rows = whole.rows + part.rows
        whole.rated = whole.rated + part.rated
        for name, groups in part.groups.items():
            whole.groups[name] = _joined(whole.groups.get(name, {}), groups)
        for month, row in part.months.items():
            whole.months[month] = whole.months.get(month, 0) + row
    return whole


def _joined(one: dict[str, Ints] | None, other: dict[str, Ints] | None) -> dict[str, Ints] | None:
    if one is None or other is None:
        return None
    for value, row in other.items():
        one[value] = one[value] + row if value in one else row
    return one if len(one) <= MOST_VALUES else None
