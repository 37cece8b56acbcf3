"""Groups of vectors: how many, where their centres are, and to which a text belongs.

Two levels. Broad themes are for people, so there are at most ``MOST_BROAD``, and only as many as two halves of the data agree
on. Fine themes lie underneath, as many as keep the groups apart. Centres are found on a sample; every text is then given to the
nearest.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_lab.embed.tokens import unit
from feedback_lab.records.rows import Ints, Vectors

MOST_BROAD = 50
MOST_FINE = 150
ROWS_PER_THEME = 10  # on average, at least
AXES = 96  # clusters are found on so many principal axes: on all 384 they were worse
SAMPLE = 20_000
TRIAL_SAMPLE = 8_000  # for choosing how many
BROAD_GRID = (2, 3, 5, 8, 12, 17, 25, 35, MOST_BROAD)
FINE_FACTORS = (1.5, 2.0, 2.5, 3.0)
# Adjusted Rand index of two clusterings from different halves. 1: the same, 0: no more alike than by chance.
STABLE = 0.55
# The fewest fine themes whose separation comes this near the best.
NEAR_BEST = 0.98


@dataclass(frozen=True)
class ThemeModel:
    """Centres of fine themes and the broad theme that each belongs to.

    ``mean``: (d,). ``axes``: (d, a). ``centres``: (f, a), rows of unit length. ``broad_of``: (f,), ids of broad themes.
    """

    mean: Vectors
    axes: Vectors
    centres: Vectors
    broad_of: Ints

    def project(self, vectors: Vectors) -> Vectors:
        """Vectors (n, d) on the principal axes, (n, a), rows of unit length."""
        return unit((vectors - self.mean) @ self.axes)

    def assign(self, vectors: Vectors) -> tuple[Ints, Vectors]:
        """For each of n vectors its fine theme and the cosine to its centre. A vector of zeros belongs nowhere: -1 and 0."""
        if len(vectors) == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        similar = self.project(vectors) @ self.centres.T
        fine = similar.argmax(1)
        cosine = similar[np.arange(len(fine)), fine]
        empty = ~vectors.any(1)
        return np.where(empty, -1, fine), np.where(empty, 0, cosine).astype(np.float32)

    def broad(self, fine: Ints) -> Ints:
        """Broad themes of fine ones; -1 stays."""
        return np.asarray(np.where(fine < 0, -1, self.broad_of[fine]), np.int64)

    def regrouped(self, broad_of: Ints) -> ThemeModel:
        """The same fine themes under other broad ones."""
        return replace(self, broad_of=broad_of)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What there is to store."""
        return {"mean": self.mean, "axes": self.axes, "centres": self.centres, "broad_of": self.broad_of}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> ThemeModel:
        """The model that ``arrays`` came from."""
        return cls(**{name: arrays[name] for name in ("mean", "axes", "centres", "broad_of")})


@dataclass(frozen=True)
class Clustering:
    """A model, how its numbers of themes were chosen, and how stable the broad level is (adjusted Rand index, NaN: not tried)."""

    model: ThemeModel
    chosen_by: str  # data or given
    stability: float
    reason: str


def cluster(vectors: Vectors, seed: int, broad: int = 0) -> Clustering:
    """Find themes in n vectors (n, d), looking at ``SAMPLE`` of them.

    ``broad`` sets the number of broad themes; 0 leaves it to the data.

    Sums run in one thread, so that the same vectors give the same themes to the byte.
    """
    from threadpoolctl import threadpool_limits

    order = np.random.default_rng(seed).permutation(len(vectors))[:SAMPLE]
    chosen = vectors[order]
    chosen = chosen[chosen.any(1)] if chosen.any() else chosen
    with threadpool_limits(1):
        mean, axes = _principal_axes(chosen)
        points = unit((chosen - mean) @ axes)
        return _clustering(points, mean, axes, seed, broad)


def _clustering(points: Vectors, mean: Vectors, axes: Vectors, seed: int, broad: int) -> Clustering:
    most = max(1, min(len(np.unique(points, axis=0)), len(points) // ROWS_PER_THEME))
    trial = points[:TRIAL_SAMPLE]
    if broad:
        count = min(broad, len(np.unique(points, axis=0)))
        stability, reason = _stability(trial, count, seed), ""
    else:
        count, stability, reason = _choose_broad(trial, min(most, MOST_BROAD), seed)
    fine = _choose_fine(trial, count, max(count, min(most, MOST_FINE)), seed)
    centres, sizes = _centres(points, fine, seed)
    model = ThemeModel(mean, axes, centres, _group(centres, sizes, count, seed))
    return Clustering(model, "given" if broad else "data", stability, reason or _asked(broad, len(np.unique(model.broad_of))))


def _asked(broad: int, found: int) -> str:
    return f"You asked for {broad} themes" + ("." if found == broad else f"; only {found} can be told apart.")


def _choose_broad(points: Vectors, most: int, seed: int) -> tuple[int, float, str]:
    """The largest number, up to ``most``, on which two halves of the data agree; if none, the one they agree on best."""
    grid = [count for count in BROAD_GRID if count <= most] or [most]
    found = {count: _stability(points, count, seed) for count in grid}
    stable = [count for count in grid if found[count] >= STABLE]
    if stable:
        count = max(stable)
        words = (
            f"The most themes, up to {MOST_BROAD}, that two separate halves of the texts agree on "
            f"(agreement {found[count]:.2f} of 1)."
        )
    else:
        count = max(grid, key=lambda each: (found[each], -each))
        words = (
            f"Two separate halves of the texts agree only in part on any number of themes (at best {found[count]:.2f} of 1), "
            "so borders between themes are soft. Read the quotes before you count on a theme."
        )
    return count, found[count], words


def _choose_fine(points: Vectors, broad: int, most: int, seed: int) -> int:
    """The fewest fine themes whose simplified silhouette comes near the best of those tried."""
    grid = sorted({min(most, round(factor * broad)) for factor in FINE_FACTORS})
    if len(grid) == 1:
        return grid[0]
    found = {count: _separation(points, _fit(points, count, seed)) for count in grid}
    best = max(found.values())
    return next(count for count in grid if found[count] >= NEAR_BEST * best)


def _stability(points: Vectors, count: int, seed: int) -> float:
    """Adjusted Rand index, over all points, of two clusterings fitted on one half each (Ben-Hur et al. 2002)."""
    from sklearn.metrics import adjusted_rand_score

    if count == 1 or len(points) < 2 * count:
        return float(count == 1)
    first, second = (_fit(half, count, seed) for half in (points[0::2], points[1::2]))
    return float(adjusted_rand_score(_nearest(points, first), _nearest(points, second)))


def _separation(points: Vectors, centres: Vectors) -> float:
    """Simplified silhouette, 0-1: how much nearer the own centre is than the next (Vendramin et al. 2010)."""
    near = np.sort(np.maximum(2 - 2 * (points @ centres.T), 0), axis=1)[:, :2] ** 0.5
    return float(np.mean((near[:, 1] - near[:, 0]) / np.maximum(near[:, 1], 1e-9)))


def _fit(points: Vectors, count: int, seed: int, tries: int = 1) -> Vectors:
    """Centres of k-means, (k, a), turned to unit length."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        # Half of the texts may hold fewer different ones than centres are asked for.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = KMeans(count, n_init=tries, max_iter=50, random_state=seed).fit(points.astype(np.float64))
    return unit(found.cluster_centers_)


def _centres(points: Vectors, count: int, seed: int) -> tuple[Vectors, Ints]:
    """Centres and sizes of the fine themes, the largest first; a theme that nothing is nearest to is left out."""
    centres = _fit(points, count, seed, tries=2)
    sizes = np.bincount(_nearest(points, centres), minlength=len(centres))
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] > 0]
    return centres[order], sizes[order]


def _group(centres: Vectors, sizes: Ints, count: int, seed: int) -> Ints:
    """Broad theme of each fine one, by k-means over their centres weighted by size; numbered by size, 0 the largest."""
    from sklearn.cluster import KMeans

    count = min(count, len(centres))
    found = KMeans(count, n_init=10, random_state=seed).fit(centres, sample_weight=sizes).labels_
    weight = np.bincount(found, weights=sizes, minlength=count)
    rank = np.empty(count, np.int64)
    rank[np.argsort(-weight, kind="stable")] = np.arange(count)
    return np.asarray(rank[found], np.int64)


def _nearest(points: Vectors, centres: Vectors) -> Ints:
    return np.asarray((points @ centres.T).argmax(1), np.int64)


def _principal_axes(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """Mean (d,) and principal axes (d, a), signs fixed."""
    mean = vectors.mean(0)
    centred = (vectors - mean).astype(np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, : min(AXES, vectors.shape[1])]
    axes *= np.where(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])] < 0, -1, 1)
    return mean, axes.astype(np.float32)
