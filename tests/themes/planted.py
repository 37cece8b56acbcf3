"""Vectors and texts whose groups are known."""

from __future__ import annotations

import numpy as np

from feedback_lab.records.rows import Ints, Vectors

DIMENSIONS = 64


def blobs(count: int, n: int, spread: float = 0.5, seed: int = 0) -> tuple[Vectors, Ints]:
    """n unit vectors around ``count`` centres in random order, and the centre of each. ``spread``: how far off they lie."""
    random = np.random.default_rng(seed)
    groups = random.permutation(np.arange(n) % count)
    vectors = unit(random.normal(size=(count, DIMENSIONS)))[groups]
    return unit(vectors + spread / np.sqrt(DIMENSIONS) * random.normal(size=vectors.shape)), groups.astype(np.int64)


def unit(vectors: Vectors | np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
