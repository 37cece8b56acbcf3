"""How good the model in use is on new rows, and whether one that has seen some of them is better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from feedback_lab.drift.resampling import paired_difference
from feedback_lab.errors import NotEnoughData
from feedback_lab.intervals import macro_f1
from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Floats, Ints, Rows, Texts, Values

LEAST = 30
HELD_OUT = 0.2
TONES = frozenset({"negative", "neutral", "positive"})


class Model(Protocol):
    """Anything that names a class for a text."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the k classes."""
        ...

    def predict(self, texts: Texts) -> tuple[Ints, Floats]:
        """Places in ``classes`` (n,), and scores (n, k) whose rows add up to 1."""
        ...


Train = Callable[[Rows], Model]
Truth = Callable[[Rows, Sequence[str]], Values]


def known_truth(rows: Rows, classes: Sequence[str]) -> Values:
    """The class of each row, None where it is not known: the label, or a rating from 1 to 5 as negative, neutral or positive.

    The label counts where any label is one of ``classes``; the rating where the classes are tones.
    """
    if rows.labels is not None and not set(classes).isdisjoint(label for label in rows.labels if label is not None):
        return rows.labels
    if rows.ratings is not None and set(classes) <= TONES:
        return [_tone(rating) for rating in rows.ratings.tolist()]
    return [None] * len(rows)


def _tone(rating: float) -> str | None:
    return None if np.isnan(rating) else "negative" if rating < 3 else "positive" if rating > 3 else "neutral"


@dataclass(frozen=True)
class Champion:
    """The model in use, its macro-F1 on reference rows that it did not see, and the rows that it was trained on."""

    model: Model
    reference: Estimate | None
    rows: Rows


def train_champion(reference: Rows, train: Train, truth: Truth, seed: int) -> Champion | None:
    """A champion trained on four fifths of the reference and scored on the rest; None where the rows are not enough."""
    order = np.random.default_rng(seed).permutation(len(reference))
    cut = round(len(reference) * (1 - HELD_OUT))
    seen, held_out = reference.take(np.sort(order[:cut])), reference.take(np.sort(order[cut:]))
    try:
        model = train(seen)
    except NotEnoughData:
        return None
    return Champion(model, score(model, seen, held_out, truth, seed), seen)


def score(model: Model, seen: Rows, rows: Rows, truth: Truth, seed: int) -> Estimate | None:
    """Macro-F1 on rows whose class is known and is one of the model's. None below ``LEAST`` of them.

    Texts that stand among the rows that the model has ``seen`` are left out, as they are where models are selected.
    """
    known = _known(_unseen(rows, seen), model.classes, truth)
    if known is None:
        return None
    tested, right = known
    return macro_f1(right, _said(model, tested.texts, model.classes), len(model.classes), seed)


@dataclass(frozen=True)
class Contest:
    """Champion and challenger on the same newest rows, and challenger minus champion."""

    challenger: Model
    champion_new: Estimate
    challenger_new: Estimate
    difference: Estimate


def contest(champion: Champion, new: Rows, train: Train, truth: Truth, seed: int) -> Contest | None:
    """Train a challenger on the champion's rows and the older half of the new ones; score both on the newer half.

    ``new`` comes oldest first. None where there are too few rows with a known class. A class that only the challenger knows
    counts: that the champion can't name it is a fault of the champion.
    """
    half = len(new) // 2
    older, newest = new.take(np.arange(half)), new.take(np.arange(half, len(new)))
    if all(name is None for name in truth(older, champion.model.classes)):
        return None  # it would learn nothing new
    try:
        challenger = train(Rows.joined([champion.rows, _shaped(older, champion.rows)]))
    except NotEnoughData:
        return None
    classes = tuple(sorted({*champion.model.classes, *challenger.classes}))
    known = _known(_unseen(newest, champion.rows, older), classes, truth)
    if known is None:
        return None
    rows, right = known
    of_champion, of_challenger = (_said(model, rows.texts, classes) for model in (champion.model, challenger))
    k = len(classes)
    return Contest(
        challenger,
        macro_f1(right, of_champion, k, seed),
        macro_f1(right, of_challenger, k, seed),
        paired_difference(right, of_champion, of_challenger, k, seed),
    )


def _shaped(rows: Rows, like: Rows) -> Rows:
    """Rows with the optional columns of others: what they lack is empty, what those lack goes."""
    n = len(rows)
    times = np.full(n, "NaT", dtype="datetime64[s]") if rows.times is None else rows.times
    ratings = np.full(n, np.nan) if rows.ratings is None else rows.ratings
    return Rows(
        number=rows.number,
        texts=rows.texts,
        times=None if like.times is None else times,
        ratings=None if like.ratings is None else ratings,
        labels=None if like.labels is None else rows.labels or [None] * n,
        segments={name: rows.segments.get(name, [None] * n) for name in like.segments},
    )


def _unseen(rows: Rows, *seen: Rows) -> Rows:
    """Rows whose text stands in none of the others."""
    texts = {text for each in seen for text in each.texts}
    return rows.take(np.array([text not in texts for text in rows.texts], dtype=bool))


def _known(rows: Rows, classes: Sequence[str], truth: Truth) -> tuple[Rows, Ints] | None:
    """Rows whose class is one of these, with its place (n,)."""
    place = {name: at for at, name in enumerate(classes)}
    found = np.array([-1 if name is None else place.get(name, -1) for name in truth(rows, classes)], dtype=np.int64)
    if (found >= 0).sum() < LEAST:
        return None
    return rows.take(found >= 0), found[found >= 0]


def _said(model: Model, texts: Texts, classes: Sequence[str]) -> Ints:
    """Predictions as places in ``classes``."""
    labels, _ = model.predict(texts)
    return np.array([classes.index(name) for name in model.classes], dtype=np.int64)[labels]
