"""Every candidate on the same folds of the training rows: settings chosen, out-of-fold verdicts kept, then learnt from all of
them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from feedback_lab.records.models import Target
from feedback_lab.records.rows import Floats, Ints, Texts
from feedback_lab.select.candidates import LegPlan, Plan, learner_of
from feedback_lab.select.features import Features, Reader, take
from feedback_lab.select.legs import Leg, LexiconLeg, MajorityLeg, fit_linear, fit_rule, log_prior
from feedback_lab.select.model import TextModel
from feedback_lab.select.tempering import Temper, plain_temper, score, tuned_temper
from feedback_lab.sentiment.tones import TONES

TUNABLE = 1_000_000  # training rows x classes beyond which the first of the grid is taken untried


@dataclass(frozen=True)
class Lesson:
    """What there is to learn from: n training rows, read already.

    ``labels``, ``folds``: int (n,). ``seconds``: what reading each space took.
    """

    target: Target
    reader: Reader
    features: Features
    labels: Ints
    folds: Ints
    seconds: Mapping[str, float]
    seed: int

    @property
    def classes(self) -> int:
        """How many there are."""
        return len(self.target.classes)


@dataclass(frozen=True)
class TunedLeg:
    """A leg learnt from all training rows, and out-of-fold decision values (n, k) of its kind."""

    leg: Leg
    decisions: Floats
    seconds: float


@dataclass(frozen=True)
class Trial:
    """A candidate after training. ``predicted``: out-of-fold classes of the training rows (n,). ``folds``: macro-F1 of each
    fold.
    """

    plan: Plan
    model: TextModel
    predicted: Ints
    folds: tuple[float, ...]
    seconds: float


def read_lesson(
    target: Target, reader: Reader, texts: Texts, labels: Ints, folds: Ints, spaces: frozenset[str], seed: int
) -> Lesson:
    """Read the training texts once for all candidates."""
    features, seconds = {}, {}
    for space in sorted(spaces):
        begun = time.perf_counter()
        features[space] = reader.read_one(texts, space)
        seconds[space] = time.perf_counter() - begun
    return Lesson(target, reader, features, labels, folds, seconds, seed)


def try_all(plans: tuple[Plan, ...], lesson: Lesson, on_progress: Callable[[float], None]) -> tuple[Trial, ...]:
    """A trial of each plan, in their order. Legs that plans share are fitted once."""
    wanted = dict.fromkeys(leg for plan in plans for leg in plan.legs)
    tuned: dict[LegPlan, TunedLeg] = {}
    for done, leg in enumerate(wanted, start=1):
        tuned[leg] = _tune(leg, lesson)
        on_progress(done / len(wanted))
    return tuple(_trial(plan, [tuned[leg] for leg in plan.legs], lesson) for plan in plans)


def _trial(plan: Plan, legs: list[TunedLeg], lesson: Lesson) -> Trial:
    decisions = [leg.decisions for leg in legs]
    temper = _temper(plan, decisions, lesson.labels)
    model = TextModel(plan.name, lesson.target, lesson.reader, tuple(leg.leg for leg in legs), temper)
    predicted = temper.scores(decisions).argmax(1).astype(np.int64)
    inside = [lesson.folds == fold for fold in range(lesson.folds.max() + 1)]
    folds = tuple(score(lesson.labels[rows], predicted[rows], lesson.classes) for rows in inside)
    seconds = sum(leg.seconds for leg in legs) + sum(lesson.seconds[space] for space in plan.spaces)
    return Trial(plan, model, predicted, folds, seconds)


def _temper(plan: Plan, decisions: list[Floats], labels: Ints) -> Temper:
    if plan.legs[0].kind in {"counts", "vectors"}:
        return tuned_temper(decisions, labels)[0]
    return plain_temper(decisions[0], labels)


def _tune(plan: LegPlan, lesson: Lesson) -> TunedLeg:
    """Choose the strength by folds, fill in the out-of-fold values of the other folds, then learn from all rows.

    With five folds the strength is judged on all of them, with three, where there are many rows, on the first.
    """
    count = int(lesson.folds.max()) + 1
    judged = range(count) if count > 3 else range(1)
    strengths = learner_of(plan, lesson.classes)[1]
    if len(lesson.labels) * lesson.classes > TUNABLE:
        strengths = strengths[:1]
    found = {strength: {fold: _held_out(plan, strength, lesson, fold) for fold in judged} for strength in strengths}
    best = max(found, key=lambda each: _graded(found[each], lesson)) if len(found) > 1 else strengths[0]
    decisions = np.zeros((len(lesson.labels), lesson.classes))
    for fold in range(count):
        values = found[best][fold] if fold in found[best] else _held_out(plan, best, lesson, fold)
        decisions[lesson.folds == fold] = values
    begun = time.perf_counter()
    leg = _fit(plan, best, lesson, lesson.features, lesson.labels)
    return TunedLeg(leg, decisions, time.perf_counter() - begun)


def _graded(by_fold: Mapping[int, Floats], lesson: Lesson) -> float:
    values = np.concatenate([by_fold[fold] for fold in sorted(by_fold)])
    labels = np.concatenate([lesson.labels[lesson.folds == fold] for fold in sorted(by_fold)])
    return tuned_temper([values], labels)[1]


def _held_out(plan: LegPlan, strength: float, lesson: Lesson, fold: int) -> Floats:
    """Decision values of a fold's rows, learnt from the others."""
    seen, held = np.flatnonzero(lesson.folds != fold), np.flatnonzero(lesson.folds == fold)
    leg = _fit(plan, strength, lesson, take(_of(plan, lesson), seen), lesson.labels[seen])
    return leg.decide(take(_of(plan, lesson), held))


def _of(plan: LegPlan, lesson: Lesson) -> Features:
    return {space: lesson.features[space] for space in plan.spaces}


def _fit(plan: LegPlan, strength: float, lesson: Lesson, features: Features, labels: Ints) -> Leg:
    if plan.kind == "majority":
        return MajorityLeg(log_prior(labels, lesson.classes))
    if plan.kind == "lexicon":
        return LexiconLeg(tuple(TONES.index(name) for name in lesson.target.classes))
    if plan.kind == "rule":
        return fit_rule(features, labels, lesson.classes)
    return fit_linear(plan.spaces, learner_of(plan, lesson.classes)[0], strength, lesson.classes, features, labels, lesson.seed)
