"""Can a classifier tell new texts from old ones? If it can, they differ, whatever the difference is."""

from __future__ import annotations

import numpy as np

from feedback_lab.intervals import LEVEL
from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Bools, Floats, Vectors

FOLDS = 5
LEAST = 30


def separation(reference: Vectors, new: Vectors, seed: int = 0) -> Estimate | None:
    """AUC of a logistic regression that tells new vectors (m, d) from reference vectors (n, d): 0.5 is chance, 1 is always.

    Each row is scored by a model that did not see it (five folds). The interval is DeLong's. None below ``LEAST`` rows a side.
    """
    if min(len(reference), len(new)) < LEAST:
        return None
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from threadpoolctl import threadpool_limits

    vectors = np.concatenate([reference, new]).astype(np.float64)
    is_new = np.arange(len(vectors)) >= len(reference)
    # Both sides weigh the same however many rows they have; AUC does not mind, the intercepts of the folds do.
    model = LogisticRegression(class_weight="balanced", max_iter=1_000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    with threadpool_limits(1):
        scores = cross_val_predict(model, vectors, is_new, cv=folds, method="decision_function")
    return auc(np.asarray(scores, dtype=np.float64), is_new)


def auc(scores: Floats, positive: Bools) -> Estimate:
    """Area under the ROC curve with DeLong's interval (DeLong, DeLong and Clarke-Pearson 1988; computed as in Sun and Xu 2014).

    ``scores``: float (n,); ``positive``: bool (n,), at least two rows of each kind. Equal scores count half.
    """
    from scipy.special import ndtri
    from scipy.stats import rankdata

    high, low = scores[positive], scores[~positive]
    m, n = len(high), len(low)
    ranks = rankdata(np.concatenate([high, low]))
    of_high = (ranks[:m] - rankdata(high)) / n
    of_low = 1 - (ranks[m:] - rankdata(low)) / m
    value = float(of_high.mean())
    half = float(ndtri(0.5 + LEVEL / 2)) * float(np.sqrt(of_high.var(ddof=1) / m + of_low.var(ddof=1) / n))
    return Estimate(value, max(0.0, value - half), min(1.0, value + half), m + n)
