"""The metric by group, the gap of each group to all others, and the largest distance between two groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.intervals import LEVEL, adjusted, difference, largest_difference, leaves_out, wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import Predictions, Slice, SliceScore, SlicesResult
from feedback_lab.records.rows import Bools, Values
from feedback_lab.slices.ordering import MISSING, OTHER, in_order
from feedback_lab.slices.saying import NAMES, sentences
from feedback_lab.slices.scoring import Score, score
from feedback_lab.slices.selecting import lowest_to_highest, says_of_rule

MOST_GROUPS = 40
MIN_N = 30
# Macro-F1 of fewer rows a class is too low by its nature: a class that only occurs as a wrong guess counts as 0.
ROWS_A_CLASS = 5


def slices(
    predictions: Predictions,
    segments: Mapping[str, Values],
    metric: str = "macro_f1",
    positive: str | None = None,
    min_n: int = MIN_N,
    seed: int = 0,
) -> SlicesResult:
    """The metric, ``macro_f1`` or ``accuracy``, by group of each column.

    ``segments``: by column, the group of each predicted row (n,), None where missing. ``positive``: the class that counts as
    being selected, where the task selects people or cases; only then are selection rates and the four-fifths rule looked at.
    Groups below ``min_n`` rows are shown, and not judged; for macro-F1 it is raised to ``ROWS_A_CLASS`` for each class.

    The disparity is the largest distance seen between two judged groups. Being picked as the largest it is biased upwards: equal
    groups show one too. The value is given as seen, and its interval is one that holds for all pairs together, so that its low
    end is 0 unless some pair differs by more than picking explains (see ``largest_difference``).

    Raises ``NotEnoughData`` without rows or columns, ``LabError`` for an unknown metric or class and for a column of another
    length.
    """
    _check(predictions, segments, metric, positive)
    if metric == "macro_f1":
        min_n = max(min_n, ROWS_A_CLASS * len(np.union1d(predictions.truth, predictions.predicted)))
    cuts = {column: cut(values) for column, values in segments.items()}
    looks = sum(_judged(mask, min_n) for groups in cuts.values() for mask in groups.values())
    look = _Look(predictions, metric, positive, min_n, adjusted(looks), looks, seed)
    return SlicesResult(tuple(look.slice_of(column, groups) for column, groups in cuts.items()), min_n, positive)


def _check(predictions: Predictions, segments: Mapping[str, Values], metric: str, positive: str | None) -> None:
    if metric not in NAMES:
        raise LabError(f"There is no metric {metric!r}.", f"Choose one of {', '.join(NAMES)}.")
    if positive is not None and positive not in predictions.classes:
        raise LabError(f"There is no class {positive!r}.", f"Choose one of {', '.join(predictions.classes)}.")
    n = len(predictions.truth)
    if n == 0 or not segments:
        raise NotEnoughData("There is no predicted row, or no column that cuts them into groups.", "Name one with --segment.")
    for column, values in segments.items():
        if len(values) != n:
            raise LabError(
                f"The column {column} has {len(values):,} values for {n:,} predicted rows.", "Give a value for each row."
            )


def cut(values: Values) -> dict[str, Bools]:
    """The rows of each group, bool (n,): bands in their order, else the largest first.

    Beyond ``MOST_GROUPS`` the smallest are one group, "(other)".
    """
    named = np.array([value or MISSING for value in values], dtype=object)
    ordered = [name for name, _ in sorted(Counter(named.tolist()).items(), key=lambda item: (-item[1], item[0]))]
    if len(ordered) <= MOST_GROUPS:
        return {name: named == name for name in in_order(ordered)}
    groups = {name: named == name for name in ordered[: MOST_GROUPS - 1] if name != OTHER}
    groups[OTHER] = ~np.any(list(groups.values()), axis=0)
    return {name: groups[name] for name in in_order(list(groups))}


def _judged(mask: Bools, min_n: int) -> bool:
    """Whether group and others have rows enough."""
    return min(int(mask.sum()), int((~mask).sum())) >= min_n


def _largest(metrics: list[Estimate], seed: int) -> Estimate:
    found = largest_difference(metrics, seed)
    return Estimate(found.value, found.low, min(1.0, found.high), found.n)


@dataclass(frozen=True)
class _Look:
    """What is the same for all groups. ``level`` is corrected for ``looks``."""

    predictions: Predictions
    metric: str
    positive: str | None
    min_n: int
    level: float
    looks: int
    seed: int

    def slice_of(self, column: str, groups: Mapping[str, Bools]) -> Slice:
        """One column."""
        scores = tuple(self.score_of(name, mask) for name, mask in groups.items())
        judged = [group for group in scores if group.n >= self.min_n]
        disparity = _largest([group.metric for group in judged], self.seed) if len(judged) > 1 else None
        says = sentences(self.metric, scores, disparity, self.min_n, self.looks)
        ratio = None
        if self.positive is not None:
            ratio = lowest_to_highest([group.selection_rate for group in judged if group.selection_rate], self.seed)
            says = f"{says} {says_of_rule(ratio, self.positive)}"
        return Slice(column, self.metric, scores, disparity, ratio, says)

    def score_of(self, name: str, mask: Bools) -> SliceScore:
        """One group beside all other rows."""
        own, others = self._score(mask), self._score(~mask)
        settled = _judged(mask, self.min_n) and leaves_out(difference(own(self.level), others(self.level)), 0)
        rate = self._rate(mask) if self.positive is not None else None
        return SliceScore(name, int(mask.sum()), own(LEVEL), difference(own(LEVEL), others(LEVEL)), settled, rate)

    def _score(self, mask: Bools) -> Score:
        return score(self.predictions.truth[mask], self.predictions.predicted[mask], self.metric, self.seed)

    def _rate(self, mask: Bools) -> Estimate:
        chosen = self.predictions.predicted[mask] == self.predictions.classes.index(self.positive or "")
        return wilson(int(chosen.sum()), len(chosen))
