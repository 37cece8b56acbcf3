"""What a model stands on: one or two legs, each of which gives every class a decision value for every text.

Decision values of different legs are on different scales; ``tempering`` makes scores of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from feedback_lab.records.rows import Floats, Ints
from feedback_lab.select.features import MOST_USED, MOST_WEIGHTS, Features, Weighting, joined, weighting_of
from feedback_lab.sentiment.tones import LIMIT

KEYWORDS = 10  # of a class
# Small enough never to outvote a keyword, large enough to settle a text without any in favour of the most frequent class.
HUNCH = 0.01


class Leg(Protocol):
    """Decision values from features."""

    @property
    def spaces(self) -> tuple[str, ...]:
        """What it reads."""
        ...

    def decide(self, features: Features) -> Floats:
        """Decision values, float64 (n, k)."""
        ...

    def refit(self, features: Features, labels: Ints, seed: int) -> Leg:
        """The same kind with the same settings, learnt from other examples of the same k classes."""
        ...


@dataclass(frozen=True)
class MajorityLeg:
    """Shares of the classes, whatever the text. ``prior``: log shares (k,)."""

    prior: Floats
    spaces: tuple[str, ...] = ("constant",)

    def decide(self, features: Features) -> Floats:
        """The same for every text."""
        return np.tile(self.prior, (_rows(features), 1))

    def refit(self, features: Features, labels: Ints, seed: int) -> MajorityLeg:
        """Count anew."""
        return MajorityLeg(log_prior(labels, len(self.prior)))


@dataclass(frozen=True)
class LexiconLeg:
    """VADER with its own limits. ``tones``: for each of k classes its place in ``TONES``."""

    tones: tuple[int, ...]
    spaces: tuple[str, ...] = ("tone",)

    def decide(self, features: Features) -> Floats:
        """How far the compound score lies beyond the limit of each class; the highest is what VADER says."""
        compound = features["tone"][:, 0]
        beyond = np.stack([-LIMIT - compound, np.full_like(compound, -1e-9), compound - LIMIT], axis=1)
        return np.asarray(beyond[:, list(self.tones)])

    def refit(self, features: Features, labels: Ints, seed: int) -> LexiconLeg:
        """A lexicon learns nothing."""
        return self


@dataclass(frozen=True)
class RuleLeg:
    """The class whose own words occur most often. ``keywords``: int64 (k, KEYWORDS), columns of the counted words, -1 where a
    class has fewer. ``prior``: log shares (k,).
    """

    keywords: Ints
    prior: Floats
    spaces: tuple[str, ...] = ("words",)

    def decide(self, features: Features) -> Floats:
        """How many of each class's words occur in the text."""
        counts = features["words"]
        of_class = [row[row >= 0] for row in self.keywords]
        ends = np.cumsum([0, *map(len, of_class)])
        table = sparse.csr_matrix((np.ones(ends[-1]), np.concatenate(of_class), ends), shape=(len(of_class), counts.shape[1]))
        present = sparse.csr_matrix((np.ones_like(counts.data), counts.indices, counts.indptr), shape=counts.shape)
        return np.asarray((present @ table.T).toarray() + HUNCH * self.prior, np.float64)

    def refit(self, features: Features, labels: Ints, seed: int) -> RuleLeg:
        """Find the words anew."""
        return fit_rule(features, labels, len(self.prior))


@dataclass(frozen=True)
class LinearLeg:
    """A linear classifier of scikit-learn over one or more spaces.

    ``learner``: margin (linear support vectors, one class against the rest) or logistic. ``strength``: C, the inverse of the
    regularisation. ``classes``: k. ``weightings``: TF-IDF of the sparse spaces; none for dense vectors.
    """

    spaces: tuple[str, ...]
    learner: str
    strength: float
    classes: int
    weightings: Mapping[str, Weighting]
    linear: Any

    def decide(self, features: Features) -> Floats:
        """Decision values; a class that the examples lacked gets less than any other."""
        seen = _scale(self.learner, self.weightings) * joined(features, self.spaces, self.weightings)
        values = np.asarray(self.linear.decision_function(seen), np.float64)
        if values.ndim == 1:
            values = np.stack([np.zeros_like(values), values], axis=1)
        known = np.asarray(self.linear.classes_, np.int64)
        if len(known) == self.classes:
            return values
        spread = np.full((len(values), self.classes), values.min(initial=0.0) - 1)
        spread[:, known] = values
        return spread

    def refit(self, features: Features, labels: Ints, seed: int) -> LinearLeg:
        """Learn anew, TF-IDF included."""
        return fit_linear(self.spaces, self.learner, self.strength, self.classes, features, labels, seed)


def fit_linear(
    spaces: Sequence[str], learner: str, strength: float, classes: int, features: Features, labels: Ints, seed: int
) -> LinearLeg:
    """Learn from n examples; ``labels``: int (n,) with at least two different ones."""
    most = {space: min(count, MOST_WEIGHTS // (2 * classes)) for space, count in MOST_USED.items()}
    weightings = {space: weighting_of(features[space], most[space]) for space in spaces if space in MOST_USED}
    linear = _learner(learner, strength, seed)
    with warnings.catch_warnings():
        # Stopping a little before the optimum costs nothing that a fold could show.
        warnings.filterwarnings("ignore", category=UserWarning, module="sklearn")
        linear.fit(_scale(learner, weightings) * joined(features, spaces, weightings), labels)
    linear.coef_ = linear.coef_.astype(np.float32)
    return LinearLeg(tuple(spaces), learner, strength, classes, weightings, linear)


def _scale(learner: str, weightings: Mapping[str, Weighting]) -> float:
    """Rows of unit length hold tiny numbers; logistic regression takes half the steps to the same end where they are larger."""
    return 1.0 if learner == "margin" else 3.0 if weightings else 5.0


def _learner(learner: str, strength: float, seed: int) -> Any:
    if learner == "margin":
        from sklearn.svm import LinearSVC

        return LinearSVC(C=strength, random_state=seed)
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=100, tol=4e-4)


def fit_rule(features: Features, labels: Ints, classes: int) -> RuleLeg:
    """Words of each class by class-based TF-IDF (Grootendorst 2022): share of the class's words x log(1 + words of a class /
    uses).

    A word must stand in at least two texts of the class, where the class has that many.
    """
    counts = features["words"]
    member = sparse.csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(classes, len(labels)))
    uses = np.asarray((member @ counts).toarray(), np.float64)
    share = uses / np.maximum(uses.sum(1, keepdims=True), 1)
    rarity = np.log1p(uses.sum() / classes / np.maximum(uses.sum(0), 1))
    telling = np.where(uses >= 2, share * rarity, 0)
    best = np.argsort(-telling, axis=1, kind="stable")[:, :KEYWORDS]
    keywords = np.where(np.take_along_axis(telling, best, 1) > 0, best, -1)
    return RuleLeg(keywords.astype(np.int64), log_prior(labels, classes))


def log_prior(labels: Ints, classes: int) -> Floats:
    """Log share of each class, (k,); a class without a row counts as half a row."""
    counts = np.maximum(np.bincount(labels, minlength=classes), 0.5)
    return np.asarray(np.log(counts / counts.sum()))


def _rows(features: Features) -> int:
    return int(next(iter(features.values())).shape[0])
