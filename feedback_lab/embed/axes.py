"""Principal axes of sparse texts: latent semantic analysis (Deerwester et al. 1990)."""

from __future__ import annotations

from typing import Any

import numpy as np

from feedback_lab.records.rows import Vectors

AXES = 256
PASSES = 2  # of the randomised decomposition; five of them moved no figure


def principal_axes(weights: Any, seed: int) -> Vectors:
    """Axes of TF-IDF rows, sparse (n, columns), as float32 (columns, a), a <= 256.

    A column that fewer than two rows hold ties nothing together and has no part. Where too few are left, the axes are zeros.
    """
    from sklearn.utils.extmath import randomized_svd

    shared = np.flatnonzero(np.bincount(weights.indices, minlength=weights.shape[1]) > 1)
    count = max(1, min(AXES, weights.shape[0] - 1, len(shared) - 1))
    axes = np.zeros((weights.shape[1], count), np.float32)
    if len(shared) > count:
        _, _, found = randomized_svd(weights[:, shared], count, n_iter=PASSES, random_state=seed)
        axes[shared] = found.T
    return axes
