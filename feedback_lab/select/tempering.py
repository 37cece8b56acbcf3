"""From decision values to scores that add up to one, mean what they say, and suit macro-F1.

A temperature (Guo et al. 2017) brings the confidence near the share that is right. Then the log share of each class, times a
strength between 0 and 1, is taken off (logit adjustment, Menon et al. 2021): a rare class is called oftener, as macro-F1 asks
for. Both are learnt from out-of-fold values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback_lab.intervals import confusion, macro_f1_of
from feedback_lab.records.rows import Floats, Ints
from feedback_lab.select.legs import log_prior

STRENGTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
BLENDS = (0.25, 0.5, 1.0, 2.0, 4.0)
TEMPERED_ROWS = 5_000  # enough for one number


@dataclass(frozen=True)
class Temper:
    """How decision values of one or more legs become scores.

    ``scales``: of each leg's values. ``weights``: of each leg. ``scale``, ``shift`` (k,): of the sum.
    """

    scales: tuple[float, ...]
    weights: tuple[float, ...]
    scale: float
    shift: Floats

    def scores(self, decisions: Sequence[Floats]) -> Floats:
        """Scores float64 (n, k), rows add up to 1. ``decisions``: (n, k) of each leg."""
        return np.exp(log_softmax(self.scale * _sum(decisions, self.scales, self.weights) - self.shift))


def log_softmax(values: Floats) -> Floats:
    """Log of the softmax of each row."""
    shifted = values - values.max(1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(1, keepdims=True)))


def _sum(decisions: Sequence[Floats], scales: Sequence[float], weights: Sequence[float]) -> Floats:
    parts = [weight * log_softmax(scale * values) for values, scale, weight in zip(decisions, scales, weights, strict=True)]
    return np.asarray(sum(parts[1:], parts[0]))


def plain_temper(decisions: Floats, labels: Ints) -> Temper:
    """For a baseline: only a temperature, so that it says what it would say by itself."""
    return Temper((1.0,), (1.0,), temperature(log_softmax(decisions), labels), np.zeros(decisions.shape[1]))


def tuned_temper(decisions: Sequence[Floats], labels: Ints) -> tuple[Temper, float]:
    """The temper with the highest macro-F1 on out-of-fold values of one or two legs, and that macro-F1."""
    scales = tuple(temperature(values, labels) for values in decisions)
    tries = [(1.0,)] if len(decisions) == 1 else [(1.0, blend) for blend in BLENDS]
    found = [_adjusted(decisions, labels, scales, weights) for weights in tries]
    return max(found, key=lambda pair: pair[1])  # the first of the best


def _adjusted(
    decisions: Sequence[Floats], labels: Ints, scales: tuple[float, ...], weights: tuple[float, ...]
) -> tuple[Temper, float]:
    values = _sum(decisions, scales, weights)
    prior = log_prior(labels, values.shape[1])
    scale = temperature(values, labels)
    graded = {strength: score(labels, (scale * values - strength * prior).argmax(1), len(prior)) for strength in STRENGTHS}
    strength = max(graded, key=lambda each: graded[each])
    again = temperature(scale * values - strength * prior, labels)
    return Temper(scales, weights, again * scale, again * strength * prior), graded[strength]


def score(labels: Ints, predicted: Ints, classes: int) -> float:
    """Macro-F1 of predictions (n,)."""
    return float(macro_f1_of(confusion(labels, predicted, classes)))


def temperature(values: Floats, labels: Ints) -> float:
    """The factor, 0.02 to 50, that makes the softmax of ``values`` (n, k) most likely given the labels (n,)."""
    from scipy.optimize import minimize_scalar

    step = -(-len(labels) // TEMPERED_ROWS)
    values, labels = values[::step], labels[::step]
    rows = np.arange(len(labels))

    def loss(exponent: float) -> float:
        return -float(log_softmax(np.exp(exponent) * values)[rows, labels].mean())

    found = minimize_scalar(loss, bounds=(np.log(0.02), np.log(50.0)), method="bounded", options={"xatol": 0.05})
    return float(np.exp(found.x))
