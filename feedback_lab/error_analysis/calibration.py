"""Whether a model that says 90% is right in nine of ten cases."""

from __future__ import annotations

import numpy as np

from feedback_lab.intervals import LEVEL, RESAMPLES, wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import CalibrationBin
from feedback_lab.records.rows import Bools, Floats, Ints

BINS = 10


def calibration(confidence: Floats, right: Bools, bins: int = BINS) -> tuple[CalibrationBin, ...]:
    """Rows in at most ``bins`` groups of about equal size by their confidence, each with the share that was right.

    ``confidence``: float (n,), 0-1, the score of the class that was said. ``right``: bool (n,). Equal scores stay in one
    group, so there may be fewer groups; without rows there are none.
    """
    if not len(confidence):
        return ()
    edges, place = _binned(confidence, bins)
    found = []
    for at in range(len(edges) - 1):
        inside = place == at
        mean = float(confidence[inside].mean())
        accuracy = wilson(int(right[inside].sum()), int(inside.sum()))
        found.append(CalibrationBin(float(edges[at]), float(edges[at + 1]), int(inside.sum()), mean, accuracy))
    return tuple(found)


def calibration_error(confidence: Floats, right: Bools, seed: int = 0, bins: int = BINS) -> Estimate:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015), 0-1: distance of confidence and accuracy over all rows.

    An error of chance makes each distance larger, never smaller, and in resampled rows more so. That is why the interval is
    the basic bootstrap's (Davison and Hinkley 1997, 5.2), which mirrors the resampled figures at the estimate, and is cut at 0.
    """
    n = len(confidence)
    if not n:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    _, place = _binned(confidence, bins)
    distance = right.astype(np.float64) - confidence
    value = _error(place, distance)
    rng = np.random.default_rng(seed)
    draws = np.empty(RESAMPLES)
    for at in range(RESAMPLES):
        chosen = rng.integers(0, n, n)
        draws[at] = _error(place[chosen], distance[chosen])
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, min(value, max(0.0, float(2 * value - high))), max(value, float(2 * value - low)), n)


def _error(place: Ints, distance: Floats) -> float:
    return float(np.abs(np.bincount(place, weights=distance)).sum() / len(distance))


def _binned(confidence: Floats, bins: int) -> tuple[Floats, Ints]:
    """Edges (b + 1,) and the group of each row; group i holds what lies in (edges[i], edges[i + 1]], and no group is empty."""
    inner = np.unique(np.quantile(confidence, np.arange(1, bins) / bins, method="inverted_cdf"))
    place = np.searchsorted(inner, confidence, side="left")
    used, renumbered = np.unique(place, return_inverse=True)
    # The lowest edge lies just outside, so that the lowest score is in its group.
    edges = np.concatenate([[min(0.0, float(confidence.min()))], inner[used[used < len(inner)]]])
    if len(edges) == len(used):
        edges = np.concatenate([edges, [max(1.0, float(confidence.max()))]])
    return edges, renumbered.astype(np.int64)
