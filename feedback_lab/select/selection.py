"""The comparison from rows to a recommended model."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.intervals import confusion, macro_f1_draws, percentiles, unless_flawless, wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import (
    Candidate,
    CandidateCost,
    ClassScore,
    CurvePoint,
    Forecast,
    Predictions,
    SelectResult,
    Target,
)
from feedback_lab.records.rows import Floats, Ints, Roles, Rows
from feedback_lab.select.candidates import BY_NAME, CANDIDATES, Plan, fits
from feedback_lab.select.choosing import choose
from feedback_lab.select.curve import forecast_of, learning_curve
from feedback_lab.select.features import Features, Reader, reader_of
from feedback_lab.select.model import TextModel
from feedback_lab.select.splitting import folds_of, groups_of, nested_order, split
from feedback_lab.select.storing import packed
from feedback_lab.select.targets import LEAST_TEXTS, examples, narrowed, target_of
from feedback_lab.select.tempering import score
from feedback_lab.select.trials import Lesson, Trial, read_lesson, try_all

LEAST_ROWS = 30
MOST_ROWS = 50_000  # for training and test together; more are drawn from, class by class
# The transformer reads a few hundred texts a second, so it is tried where reading them all takes a minute at most, and where
# classes have few rows, which is where it pays: wording alone needs more examples.
TAUGHT_ROWS = 15_000
TAUGHT_PER_CLASS = 200
TAUGHT_CHARACTERS = 1_500_000
TAUGHT_OF_A_TEXT = 300  # characters; it reads no further
TIMED_TEXTS = 500
TIMED_TAUGHT = 100

OnShare = Callable[[float], None]


@dataclass(frozen=True)
class Selection:
    """What the comparison found, the recommended model, and what that said of the test rows."""

    result: SelectResult
    model: TextModel
    predictions: Predictions


@dataclass(frozen=True)
class _Examples:
    """n examples. ``labels``, ``number``: int64 (n,), places of classes and row numbers."""

    texts: Sequence[str]
    labels: Ints
    number: Ints

    def take(self, index: Ints) -> _Examples:
        return _Examples([self.texts[at] for at in index], self.labels[index], self.number[index])


def select(
    rows: Rows,
    roles: Roles,
    encoder: Any = None,
    seed: int = 0,
    target: str = "",
    on_progress: OnShare | None = None,
    candidates: Sequence[str] | None = None,
    test_rows: Rows | None = None,
) -> Selection:
    """Compare candidates on one split and recommend one; ``choosing`` has the rule.

    ``encoder``: of the step ``embed``; without one, candidates that read meaning are left out. ``target``: a column, "" for
    the label, else the rating. ``candidates``: names from ``CANDIDATES``; without them all that fit the data, the transformer
    only for labels, where classes have few rows and reading takes a minute at most. ``test_rows``: test rows of your own, taken
    as they are; without them a fifth of ``rows``, so drawn that no text is on both sides.

    Raises ``NotEnoughData`` for fewer than two classes or too few rows, ``LabError`` for unknown names.
    """
    from threadpoolctl import threadpool_limits

    wanted, dropped = _narrow(rows, target_of(rows, roles, target))
    learn, test = _sides(rows, test_rows, wanted, seed)
    plans = _plans(candidates, wanted, encoder, (*learn.texts, *test.texts))
    tell = on_progress or (lambda share: None)
    with threadpool_limits(1):
        lesson = _lesson(learn, wanted, encoder, plans, seed)
        tell(0.2)
        trials = try_all(plans, lesson, lambda share: tell(0.2 + 0.6 * share))
        chosen, reason = choose(trials, lesson.labels, lesson.classes, seed)
        tested = lesson.reader.read(test.texts, frozenset[str]().union(*(plan.spaces for plan in plans)))
        said = [trial.model.scores(tested) for trial in trials]
        tell(0.85)
        curve, forecast = _curve(chosen, lesson, tested, test.labels)
    result = SelectResult(
        target=wanted,
        n_train=len(learn.texts),
        n_test=len(test.texts),
        candidates=_scored(trials, said, test.labels, wanted, seed),
        recommended=chosen.plan.name,
        reason=" ".join(filter(None, [reason, _baseline_note(chosen), wanted.says])),
        curve=curve,
        forecast=forecast,
        dropped_classes=dropped,
        costs=tuple(_cost(trial, test.texts) for trial in trials),
    )
    tell(1.0)
    scores = next(scores for trial, scores in zip(trials, said, strict=True) if trial is chosen)
    return Selection(result, chosen.model, _predictions(test, wanted, scores))


def _narrow(rows: Rows, target: Target) -> tuple[Target, tuple[str, ...]]:
    texts, labels, _ = examples(rows, target)
    wanted, dropped = narrowed(target, texts, labels)
    if len(wanted.classes) < 2:
        found = f"{len(target.classes):,} in all" if len(target.classes) > 1 else f"only {target.classes[0]!r}"
        raise NotEnoughData(
            f"To compare models, {target.column} needs two classes with {LEAST_TEXTS} different texts each; it has "
            f"{len(wanted.classes)} such ({found}).",
            "Label more rows, or choose another column to predict.",
        )
    return wanted, dropped


def _sides(rows: Rows, test_rows: Rows | None, target: Target, seed: int) -> tuple[_Examples, _Examples]:
    """What is learnt from, and what is tested on."""
    learn = _examples(rows, target)
    if len(learn.texts) > MOST_ROWS:
        learn = learn.take(np.sort(nested_order(learn.labels, seed)[:MOST_ROWS]))
    if test_rows is not None:
        test = _examples(test_rows, target)
    else:
        seen, held = split(learn.labels, seed, groups=groups_of(learn.texts))
        learn, test = learn.take(seen), learn.take(held)
    if len(learn.texts) + len(test.texts) < LEAST_ROWS or not len(test.texts):
        raise NotEnoughData(
            f"To compare models, {LEAST_ROWS} rows with a class are the least; there are {len(learn.texts) + len(test.texts)}.",
            "Label more rows: feedback-lab label shows which.",
        )
    return learn, test


def _examples(rows: Rows, target: Target) -> _Examples:
    texts, labels, kept = examples(rows, target)
    return _Examples(texts, labels, rows.number[kept])


def _plans(names: Sequence[str] | None, target: Target, encoder: Any, texts: Sequence[str]) -> tuple[Plan, ...]:
    if names is None:
        return tuple(
            plan for plan in CANDIDATES if fits(plan, target) and _readable(plan, encoder) and _worth(plan, texts, target)
        )
    unknown = [name for name in names if name not in BY_NAME]
    if unknown or not names:
        raise LabError(f"There is no candidate {', '.join(map(repr, unknown))}.", f"Choose from: {', '.join(BY_NAME)}.")
    plans = tuple(plan for plan in CANDIDATES if plan.name in names)
    for plan in plans:
        if not _readable(plan, encoder):
            raise LabError(f"The candidate {plan.name!r} needs an encoder that can do it.", "Leave it out.")
        if plan.legs[0].kind == "lexicon" and target.kind != "rating":
            raise LabError("The lexicon knows tones only, and the target is no rating.", "Leave it out.")
    return plans


def _readable(plan: Plan, encoder: Any) -> bool:
    return ("meaning" not in plan.spaces or encoder is not None) and (
        "transformer" not in plan.spaces or hasattr(encoder, "teach")
    )


def _worth(plan: Plan, texts: Sequence[str], target: Target) -> bool:
    if "transformer" not in plan.spaces:
        return True
    few = len(texts) <= min(TAUGHT_ROWS, TAUGHT_PER_CLASS * len(target.classes))
    return few and sum(min(len(text), TAUGHT_OF_A_TEXT) for text in texts) <= TAUGHT_CHARACTERS


def _lesson(learn: _Examples, target: Target, encoder: Any, plans: tuple[Plan, ...], seed: int) -> Lesson:
    spaces = frozenset[str]().union(*(plan.spaces for plan in plans))
    begun = time.perf_counter()
    reader = reader_of(learn.texts, encoder) if "words" in spaces else Reader((), encoder)
    seconds = time.perf_counter() - begun
    folds = folds_of(learn.labels, groups_of(learn.texts), seed)
    lesson = read_lesson(target, reader, learn.texts, learn.labels, folds, spaces, seed)
    return replace(lesson, seconds={**lesson.seconds, "words": lesson.seconds.get("words", 0.0) + seconds})


def _curve(chosen: Trial, lesson: Lesson, tested: Features, truth: Ints) -> tuple[tuple[CurvePoint, ...], Forecast | None]:
    if not chosen.plan.learns:
        return (), None
    curve = learning_curve(chosen.model, lesson.features, lesson.labels, tested, truth, lesson.seed)
    return curve, forecast_of(curve)


def _scored(trials: Sequence[Trial], said: Sequence[Floats], truth: Ints, target: Target, seed: int) -> tuple[Candidate, ...]:
    """Every candidate with its figures on the same test rows."""
    predicted = np.stack([scores.argmax(1) for scores in said])
    k, n = len(target.classes), len(truth)
    draws = macro_f1_draws(truth, predicted, k, seed)
    return tuple(
        Candidate(
            name=trial.plan.name,
            says=trial.plan.says,
            macro_f1=unless_flawless(Estimate(score(truth, predicted[at], k), *percentiles(draws[:, at]), n)),
            accuracy=wilson(int((truth == predicted[at]).sum()), n),
            folds=trial.folds,
            classes=class_scores(confusion(truth, predicted[at], k), target.classes),
        )
        for at, trial in enumerate(trials)
    )


def class_scores(matrix: Ints, classes: Sequence[str]) -> tuple[ClassScore, ...]:
    """Precision, recall and F1 of each class; 0 where nothing was called so or nothing is so, as in scikit-learn."""
    hits, called, true = np.diagonal(matrix), matrix.sum(0), matrix.sum(1)
    return tuple(
        ClassScore(
            name,
            float(hits[at] / max(called[at], 1)),
            float(hits[at] / max(true[at], 1)),
            float(2 * hits[at] / max(called[at] + true[at], 1)),
            int(true[at]),
        )
        for at, name in enumerate(classes)
    )


def _cost(trial: Trial, texts: Sequence[str]) -> CandidateCost:
    """Measured: learning from all training rows once, reading and labelling texts, files without the encoder."""
    some = texts[: TIMED_TAUGHT if "transformer" in trial.plan.spaces else TIMED_TEXTS]
    begun = time.perf_counter()
    trial.model.predict(some)
    seconds = time.perf_counter() - begun
    size = sum(map(len, packed(trial.model).values()))
    return CandidateCost(trial.plan.name, trial.seconds, 1_000_000 * seconds / len(some), size)


def _baseline_note(chosen: Trial) -> str:
    return "" if chosen.plan.learns else "It learns nothing from labels, so there is no learning curve."


def _predictions(test: _Examples, target: Target, scores: Floats) -> Predictions:
    return Predictions(test.number, target.classes, test.labels, scores.argmax(1).astype(np.int64), scores)
