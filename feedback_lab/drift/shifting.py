"""Shifts made on purpose, to see what the figures say of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.records.rows import Bools, Floats, Rows

SHIFTS: dict[str, str] = {
    "class": "The most frequent label (without labels: rating) no longer occurs.",
    "short": "Of each text only the first four words are left.",
    "ratings": "Of rows whose rating is not low, only one in five is left.",
}
WORDS_LEFT = 4
SHARE_LEFT = 0.2


def seeded_shift(rows: Rows, seed: int, kind: str) -> Rows:
    """The rows after a known shift, see ``SHIFTS``; the same ones for the same seed.

    Raises ``LabError`` for a kind that does not exist, ``NotEnoughData`` where rows lack the ratings or labels that it needs.
    """
    if kind == "short":
        return replace(rows, texts=[" ".join(text.split()[:WORDS_LEFT]) for text in rows.texts])
    if kind == "class":
        return rows.take(_without_the_most_frequent(rows))
    if kind == "ratings":
        # No row is taken twice: a model would be tested on what it was trained on.
        return rows.take(np.random.default_rng(seed).random(len(rows)) < _chances(rows))
    raise LabError(f"There is no shift “{kind}”.", f"Choose one of: {', '.join(SHIFTS)}.")


def _without_the_most_frequent(rows: Rows) -> Bools:
    values = _categories(rows)
    counts = Counter(value for value in values if value is not None)
    if len(counts) < 2:
        raise NotEnoughData("There are fewer than two labels or ratings.", "Use rows with labels or ratings.")
    most = min(counts, key=lambda value: (-counts[value], value))
    return np.array([value != most for value in values])


def _categories(rows: Rows) -> list[str | None]:
    if rows.labels is not None and any(rows.labels):
        return list(rows.labels)
    return [None if np.isnan(rating) else f"{rating:g}" for rating in rows.ratings.tolist()] if rows.ratings is not None else []


def _chances(rows: Rows) -> Floats:
    """Chance of each row (n,) to stay: low is what lies below the middle of the scale that occurs."""
    if rows.ratings is None or np.isnan(rows.ratings).all():
        raise NotEnoughData("No row has a rating.", "Use rows with ratings.")
    middle = (np.nanmin(rows.ratings) + np.nanmax(rows.ratings)) / 2
    return np.where(rows.ratings < middle, 1.0, SHARE_LEFT)
