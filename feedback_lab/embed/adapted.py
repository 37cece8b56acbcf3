"""Adapted embeddings: cheap features of every text, mapped into the transformer's space by a ridge map fitted on a sample.

Features of a text, each of unit length: the mean of its word pieces' vectors weighted by IDF, the plain mean, and the TF-IDF of
its word pieces on 256 axes (latent semantic analysis). Decision 0013 has the figures and what did not help.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from feedback_lab.embed import teacher
from feedback_lab.embed.axes import principal_axes
from feedback_lab.embed.tokens import BATCH, bags, table, unit
from feedback_lab.records.rows import Floats, Texts, Vectors

ALPHAS = (0.03, 0.1, 0.3, 1.0, 3.0)
HELD_OUT = 5  # one of so many sample texts chooses alpha


@dataclass(frozen=True)
class AdaptedEncoder:
    """Texts to unit vectors float32 (n, 384), near those of the transformer.

    ``idf``: (pieces,). ``axes``: (pieces, a). ``map``: (512 + a, 384). ``offset``: (384,).
    """

    idf: Vectors
    axes: Vectors
    map: Vectors
    offset: Vectors
    path = "adapted"

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.map.shape[1])

    def transform(self, texts: Texts) -> Vectors:
        """Unit vectors; zeros for a text in which no word piece was found."""
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):  # several threads cut the sums another way, and the last digits with them
            parts = [self._transformed(texts[begin : begin + BATCH]) for begin in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimensions), np.float32)

    def _transformed(self, texts: Texts) -> Vectors:
        counts = bags(texts)
        vectors = unit(features(counts, self.idf, self.axes) @ self.map + self.offset)
        vectors[np.diff(counts.indptr) == 0] = 0
        return vectors

    def teach(self, texts: Texts) -> Vectors:
        """Vectors of the transformer itself: slower by a hundred times, and better."""
        return teacher.teach(texts)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What there is to store."""
        return {"idf": self.idf, "axes": self.axes, "map": self.map, "offset": self.offset}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> AdaptedEncoder:
        """The encoder that ``arrays`` came from."""
        return cls(**{name: arrays[name] for name in ("idf", "axes", "map", "offset")})


def features(counts: Any, idf: Vectors, axes: Vectors) -> Vectors:
    """Cheap features of bags of word pieces, float32 (n, 512 + a)."""
    weighted = counts.copy()
    weighted.data = weighted.data * idf[weighted.indices]
    return np.hstack([unit(weighted @ table()), unit(counts @ table()), unit(tf_idf(counts, idf) @ axes)])


def tf_idf(counts: Any, idf: Vectors) -> Any:
    """Sublinear TF times IDF, rows of unit length, sparse as ``counts``."""
    weights = counts.copy()
    weights.data = (1 + np.log(weights.data)) * idf[weights.indices]
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(1)).ravel())
    return sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)).astype(np.float32) @ weights


def idf_of(counts: Any) -> Vectors:
    """Smoothed inverse document frequency, log((1 + n) / (1 + df)) + 1 as in scikit-learn, float32 (pieces,)."""
    n = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + n) / (1 + frequency)) + 1, np.float32)


def fit(
    texts: Texts, sample: Texts, seed: int, teach: Callable[[Texts], Vectors] = teacher.teach
) -> tuple[AdaptedEncoder, float]:
    """An encoder for texts like these, and its mean cosine to the transformer on a fifth of ``sample`` that the map did not see.

    ``texts`` give frequencies and axes; ``sample`` is what the transformer embeds. The map returned is fitted on all of it.
    """
    counts = bags(texts)
    idf = idf_of(counts)
    axes = principal_axes(tf_idf(counts, idf), seed)
    inputs, outputs = features(bags(sample), idf, axes), teach(sample)
    alpha, cosine = _best_alpha(inputs, outputs)
    weights, offset = _ridge(inputs, outputs, alpha)
    return AdaptedEncoder(idf, axes, weights, offset), cosine


def _best_alpha(inputs: Vectors, outputs: Vectors) -> tuple[float, float]:
    """The regularisation with the highest mean cosine on held-out texts, and that cosine."""
    held = np.arange(len(inputs)) % HELD_OUT == 0
    scores = {}
    for alpha in ALPHAS:
        weights, offset = _ridge(inputs[~held], outputs[~held], alpha)
        scores[alpha] = float((unit(inputs[held] @ weights + offset) * outputs[held]).sum(1).mean())
    best = max(scores, key=lambda alpha: scores[alpha])
    return best, scores[best]


def _ridge(inputs: Vectors, outputs: Vectors, alpha: float) -> tuple[Vectors, Vectors]:
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=alpha, solver="cholesky").fit(inputs.astype(np.float64), outputs.astype(np.float64))
    weights: Floats = model.coef_.T
    return np.ascontiguousarray(weights, np.float32), np.asarray(model.intercept_, np.float32)
