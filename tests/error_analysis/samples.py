"""Predictions to look at, drawn so that their scores are true probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from feedback_lab.records.models import Predictions

TONES = ("negative", "neutral", "positive")


def predictions(
    truth: Sequence[int], predicted: Sequence[int], classes: Sequence[str] = TONES, confidence: Sequence[float] | None = None
) -> Predictions:
    """What was said, with the given confidence (0.8 by default) and the rest shared by the other classes."""
    n, k = len(truth), len(classes)
    sure = np.array(confidence if confidence is not None else [0.8] * n, dtype=np.float64)
    scores = np.repeat(((1 - sure) / (k - 1))[:, None], k, axis=1)
    scores[np.arange(n), predicted] = sure
    return Predictions(
        number=np.arange(1, n + 1) * 10,
        classes=tuple(classes),
        truth=np.array(truth, dtype=np.int64),
        predicted=np.array(predicted, dtype=np.int64),
        scores=scores,
    )


def honest(n: int, classes: int = 3, seed: int = 0) -> Predictions:
    """A calibrated model: the truth is drawn from its scores."""
    rng = np.random.default_rng(seed)
    scores = rng.dirichlet(np.full(classes, 0.7), n)
    truth = (rng.random(n)[:, None] > scores.cumsum(1)).sum(1).clip(0, classes - 1)
    names = TONES if classes == 3 else tuple(f"class {at}" for at in range(classes))
    return Predictions(np.arange(1, n + 1), names, truth.astype(np.int64), scores.argmax(1).astype(np.int64), scores)
