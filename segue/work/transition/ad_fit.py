"""How far the evidence covers an ad: three lists, five bands in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SUPPORTED, EXPLAINED, CLAIMED, GAP = "supported", "explained", "claimed", "gap"
COUNTS = {SUPPORTED: 1.0, EXPLAINED: 0.5, CLAIMED: 0.0, GAP: 0.0}
LEAST_TERMS = 3


@dataclass(frozen=True)
class Band:
    """How well an ad fits, in words. ``step``: 5 is the closest."""

    step: int
    name: str
    says: str


BANDS = (
    (0.85, Band(5, "A close fit", "Nearly all that it asks for has work of yours behind it.")),
    (0.65, Band(4, "A good fit", "Most of what it asks for has work of yours behind it.")),
    (0.45, Band(3, "A fit with gaps", "About half of what it asks for has work of yours behind it.")),
    (0.25, Band(2, "A stretch", "Less than half of what it asks for has work of yours behind it.")),
    (0.0, Band(1, "Far off today", "Little of what it asks for has work of yours behind it yet.")),
)
HOW = (
    "Each term of the trade counts by its place: three times where it is a must, twice where it is part of the work, once "
    "elsewhere. Work of yours counts it whole, an explanation half, a claim or a gap not at all. The share falls into five "
    "bands: from 85%, 65%, 45%, 25%, and below. What is asked of any product manager does not count."
)


def band_of(terms: Iterable[tuple[int, str]]) -> Band | None:
    """The band of an ad by weight and state of each term; ``None`` where it asks for too few terms of the trade to tell."""
    told = list(terms)
    whole = sum(weight for weight, _ in told)
    if len(told) < LEAST_TERMS or not whole:
        return None
    share = sum(weight * COUNTS[state] for weight, state in told) / whole
    return next(band for least, band in BANDS if share >= least)
