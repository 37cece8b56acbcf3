"""A hundred rows to read by hand: of every kind some, so that nothing common is missed and something rare is seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from feedback_lab.records.rows import Ints, Rows

MOST = 100
SEGMENTS = 5  # columns that the choice is spread over


def rows_to_read(rows: Rows, seed: int = 0, most: int = MOST) -> tuple[int, ...]:
    """Row numbers, rising, spread evenly over labels, ratings, segments and lengths.

    One row after another is taken whose kinds were taken least so far; among equals chance decides, by ``seed``.
    """
    order = np.random.default_rng(seed).permutation(len(rows))
    kinds = [kind[order] for kind in _kinds(rows)]
    taken = [np.zeros(len(rows) + 1) for _ in kinds]
    left = np.zeros(len(rows))
    chosen: list[int] = []
    for _ in range(min(most, len(rows))):
        cost = left + sum(counts[kind] for counts, kind in zip(taken, kinds, strict=True))
        place = int(cost.argmin())
        chosen.append(place)
        left[place] = np.inf
        for counts, kind in zip(taken, kinds, strict=True):
            counts[kind[place]] += 1
    return tuple(sorted(rows.number[order[chosen]].tolist()))


def _kinds(rows: Rows) -> list[Ints]:
    """A number for each value of each thing that rows differ in, int (n,) each."""
    lengths = np.array([len(text) for text in rows.texts])
    thirds = np.quantile(lengths, [1 / 3, 2 / 3]) if len(rows) else np.zeros(2)
    kinds = [np.searchsorted(thirds, lengths).astype(np.int64)]
    if rows.labels is not None:
        kinds.append(_codes(rows.labels))
    if rows.ratings is not None:
        kinds.append(_codes([f"{rating:g}" for rating in rows.ratings.tolist()]))
    return kinds + [_codes(column) for column in list(rows.segments.values())[:SEGMENTS]]


def _codes(values: Sequence[str | None]) -> Ints:
    known: dict[str, int] = {}
    return np.array([known.setdefault(value or "", len(known)) for value in values], np.int64)
