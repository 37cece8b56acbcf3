"""Negative, neutral, positive: what a rating says, and what a lexicon says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from feedback_lab.records.rows import Floats, Ints, Texts

TONES = ("negative", "neutral", "positive")
# VADER's own limits: a compound score from 0.05 on is positive, up to -0.05 negative (Hutto and Gilbert 2014).
LIMIT = 0.05
MOST_CHARACTERS = 2_000  # of a text: VADER's time grows with the square of the length


def rating_cuts(ratings: Floats) -> tuple[tuple[float, float], str]:
    """Where negative ends and positive begins, and a sentence that says so. ``ratings``: (n,) with at least one that is not
    NaN.

    On a scale from 1 to 5, 3 is neutral. The range of any other is cut into thirds.
    """
    known = ratings[~np.isnan(ratings)]
    low, high = float(known.min()), float(known.max())
    if low >= 1 and 3 < high <= 5 and bool((known * 2 == np.round(known * 2)).all()):
        return (3.0, 3.0), "Ratings from 1 to 5: below 3 is negative, 3 is neutral, above 3 is positive."
    first, second = (round(low + part * (high - low) / 3, 6) for part in (1, 2))  # rounded, as JSON keeps nine digits
    says = (
        f"Ratings run from {low:g} to {high:g}, so the range was cut into thirds: below {first:.3g} is negative, above "
        f"{second:.3g} is positive, the rest is neutral."
    )
    return (first, second), says


def rating_tones(ratings: Floats, cuts: tuple[float, float]) -> Ints:
    """The place in ``TONES`` of each rating, int64 (n,); -1 where there is none."""
    low, high = cuts
    found = 1 - (ratings < low).astype(np.int64) + (ratings > high).astype(np.int64)
    return np.where(np.isnan(ratings), -1, found)


def compound_tones(compounds: Floats) -> Ints:
    """The place in ``TONES`` of each compound score, int64 (n,)."""
    return 1 - (compounds <= -LIMIT).astype(np.int64) + (compounds >= LIMIT).astype(np.int64)


def compounds(texts: Texts) -> Floats:
    """VADER's compound score of each text, from -1 to 1, float64 (n,). It knows English words only."""
    analyser = _analyser()
    return np.array([analyser.polarity_scores(text[:MOST_CHARACTERS])["compound"] for text in _plain(texts)], np.float64)


def _plain(texts: Texts) -> Sequence[str]:
    """Surrogates that stand alone are no characters, and VADER's emoji table need not see them."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


@cache
def _analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
