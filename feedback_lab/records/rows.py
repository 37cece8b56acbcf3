"""Rows of feedback in memory, and what each column of a file is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Texts = Sequence[str]
Values = Sequence[str | None]
Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Times = NDArray[np.datetime64]


@dataclass(frozen=True)
class Segment:
    """A column that cuts the rows into groups. A column of numbers is cut at ``edges``: (25, 35) gives <25, 25-34, 35+."""

    column: str
    edges: tuple[float, ...] = ()


@dataclass(frozen=True)
class Roles:
    """Which column of the source is used for what. A column without a role is not kept."""

    text: str
    time: str | None = None
    rating: str | None = None
    label: str | None = None
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class Rows:
    """A run of n rows, column by column. Optional columns are None where the source has none.

    ``number``: int64 (n,), the record's number in the source, from 1. ``texts``: n strings. ``times``: datetime64[s] (n,), NaT
    where missing. ``ratings``: float64 (n,), NaN where missing. ``labels``: n strings or None. ``segments``: by column, n
    strings or None.
    """

    number: Ints
    texts: Texts
    times: Times | None = None
    ratings: Floats | None = None
    labels: Values | None = None
    segments: Mapping[str, Values] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, index: NDArray[Any]) -> Rows:
        """The rows at these places: int (m,) or bool (n,), in that order."""
        at = np.flatnonzero(index) if index.dtype == bool else index
        places: list[int] = at.tolist()
        return Rows(
            number=self.number[at],
            texts=[self.texts[i] for i in places],
            times=None if self.times is None else self.times[at],
            ratings=None if self.ratings is None else self.ratings[at],
            labels=None if self.labels is None else [self.labels[i] for i in places],
            segments={name: [values[i] for i in places] for name, values in self.segments.items()},
        )

    @staticmethod
    def joined(parts: Iterable[Rows]) -> Rows:
        """One run of rows from several that have the same columns. Without any: no rows and no optional columns."""
        several = list(parts)
        if not several:
            return Rows(np.zeros(0, np.int64), [])
        first = several[0]
        return Rows(
            number=np.concatenate([part.number for part in several]),
            texts=[text for part in several for text in part.texts],
            times=None if first.times is None else np.concatenate([p.times for p in several if p.times is not None]),
            ratings=None if first.ratings is None else np.concatenate([p.ratings for p in several if p.ratings is not None]),
            labels=None if first.labels is None else [label for part in several for label in part.labels or ()],
            segments={name: [value for part in several for value in part.segments[name]] for name in first.segments},
        )
