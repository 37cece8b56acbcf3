"""Macro-F1 of drawn rows: for predictions that may name no class at all, and for two models on the same rows."""

from __future__ import annotations

import numpy as np

from feedback_lab.intervals import LEVEL, RESAMPLES, wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Floats, Ints

NOTHING = Estimate(float("nan"), float("nan"), float("nan"), 0)


def macro_f1_with_gaps(truth: Ints, said: Ints, classes: int, seed: int = 0) -> Estimate:
    """Macro-F1 with a percentile bootstrap interval. Places (n,) in the classes; -1 in ``said`` is no class, which is wrong.

    As ``intervals.macro_f1`` where nothing is -1, but for rows that are all right: there the interval is Wilson's of the share.
    """
    if not len(truth):
        return NOTHING
    kinds, counts = np.unique(np.stack([truth, said]), axis=1, return_counts=True)
    value, *draws = _resampled(kinds[0], [kinds[1]], counts, classes, seed)[0]
    found = _estimate(float(value), np.array(draws), len(truth))
    if found.low < found.high:
        return found
    # All right, or all wrong: such rows draw only their like. Their share has an interval nevertheless.
    share = wilson(int((truth == said).sum()), len(truth))
    return Estimate(found.value, min(found.low, share.low), max(found.high, share.high), found.n)


def paired_difference(truth: Ints, first: Ints, second: Ints, classes: int, seed: int = 0) -> Estimate:
    """Macro-F1 of ``second`` minus ``first`` on the same rows (n,), with a percentile bootstrap over rows."""
    if not len(truth):
        return NOTHING
    kinds, counts = np.unique(np.stack([truth, first, second]), axis=1, return_counts=True)
    one, two = _resampled(kinds[0], [kinds[1], kinds[2]], counts, classes, seed)
    value, *draws = two - one
    return _estimate(float(value), np.array(draws), len(truth))


def _estimate(value: float, draws: Floats, n: int) -> Estimate:
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, float(low), float(high), n)


def _resampled(truth: Ints, said: list[Ints], counts: Ints, classes: int, seed: int) -> list[Floats]:
    """Macro-F1 (1 + resamples,) of each prediction, first of the rows themselves, then of rows drawn with replacement.

    ``truth`` and ``said`` are kinds of rows, ``counts`` how many of each there are: rows of a kind are alike, so drawing rows
    is drawing their counts.
    """
    n = int(counts.sum())
    draws = np.random.default_rng(seed).multinomial(n, counts / n, RESAMPLES)
    weights = np.concatenate([counts[None, :], draws]).astype(np.float64)
    return [_macro_f1(weights, truth, each, classes) for each in said]


def _macro_f1(weights: Floats, truth: Ints, said: Ints, classes: int) -> Floats:
    is_truth, is_said = (np.arange(classes) == places[:, None] for places in (truth, said))
    hits = weights @ (is_truth & is_said).astype(np.float64)
    total = weights @ (is_truth.astype(np.float64) + is_said)
    occurs = total > 0
    f1 = np.where(occurs, 2 * hits / np.where(occurs, total, 1), 0.0)
    return np.asarray(f1.sum(-1) / np.maximum(occurs.sum(-1), 1))
