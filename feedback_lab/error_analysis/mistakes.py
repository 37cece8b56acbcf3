"""Fifty mistakes to read: spread over the pairs of classes, half of them where the model was surest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from feedback_lab.error_analysis.taxonomy import Case, guess, words
from feedback_lab.records.models import Mistake, Predictions
from feedback_lab.records.rows import Floats, Ints

MOST = 50
Pair = tuple[int, int]


def mistakes(predictions: Predictions, texts: Sequence[str], seed: int = 0, most: int = MOST) -> tuple[Mistake, ...]:
    """At most ``most`` wrong predictions, texts aligned to ``predictions.number``; the same ones for the same seed.

    One of each pair of truth and prediction at a time, the worst pair first: the first half takes the mistakes of which the
    model was surest, the second half any. No text comes twice. They are ordered by pair, then by confidence.
    """
    wrong = np.flatnonzero(predictions.predicted != predictions.truth)
    confidence = predictions.scores[np.arange(len(texts)), predictions.predicted]
    pairs = _pairs(predictions, wrong)
    surest = {pair: sorted(places, key=lambda at: (-confidence[at], at)) for pair, places in pairs.items()}
    rng = np.random.default_rng(seed)
    any_order = {pair: rng.permutation(places).tolist() for pair, places in pairs.items()}
    chosen: dict[str, int] = {}
    _take(chosen, texts, list(surest), surest, (most + 1) // 2)
    # Go on where the first half stopped, so that many small pairs all get their turn.
    begin = len(chosen) % max(len(pairs), 1)
    order = list(pairs)
    _take(chosen, texts, order[begin:] + order[:begin], any_order, most)
    rank = {pair: place for place, pair in enumerate(pairs)}
    sorted_places = sorted(chosen.values(), key=lambda at: (rank[_pair(predictions, at)], -confidence[at], at))
    tags = _tags(predictions, texts, sorted_places)
    return tuple(_mistake(predictions, texts, at, tag) for at, tag in zip(sorted_places, tags, strict=True))


def _pair(predictions: Predictions, at: int) -> Pair:
    return int(predictions.truth[at]), int(predictions.predicted[at])


def _pairs(predictions: Predictions, wrong: Ints) -> dict[Pair, list[int]]:
    """Places of the mistakes by pair, the pair with most of them first."""
    found: dict[Pair, list[int]] = defaultdict(list)
    for at in wrong.tolist():
        found[_pair(predictions, at)].append(at)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _take(chosen: dict[str, int], texts: Sequence[str], order: Sequence[Pair], queues: dict[Pair, list[int]], until: int) -> None:
    """Add one place of each pair in turn to ``chosen``, by text, until it holds so many or all queues are empty."""
    waiting = [iter(queues[pair]) for pair in order]
    while waiting and len(chosen) < until:
        going_on = []
        for queue in waiting:
            if len(chosen) >= until:
                break
            at = next((at for at in queue if texts[at] not in chosen), None)
            if at is not None:
                chosen[texts[at]] = at
                going_on.append(queue)
        waiting = going_on


def _tags(predictions: Predictions, texts: Sequence[str], places: Sequence[int]) -> list[str]:
    known = _texts_with(texts)
    usual = _usual(predictions)
    cases = (
        Case(
            texts[at],
            float(predictions.scores[at, predictions.predicted[at]]),
            float(predictions.scores[at, predictions.truth[at]]),
            float(usual[predictions.predicted[at]]),
            _unknown(words(texts[at]), known),
        )
        for at in places
    )
    return [guess(case) for case in cases]


def _texts_with(texts: Iterable[str]) -> Counter[str]:
    """In how many different texts each word occurs."""
    return Counter(word for text in set(texts) for word in set(words(text)))


def _unknown(found: Sequence[str], known: Counter[str]) -> float:
    return sum(known[word] <= 1 for word in found) / len(found) if found else 0.0


def _usual(predictions: Predictions) -> Floats:
    """Mean score (k,) of each class among the rows that bear it; 1 for a class that no row bears."""
    k = len(predictions.classes)
    own = predictions.scores[np.arange(len(predictions.truth)), predictions.truth]
    rows = np.bincount(predictions.truth, minlength=k)
    sums = np.bincount(predictions.truth, weights=own, minlength=k)
    return np.where(rows > 0, sums / np.maximum(rows, 1), 1.0)


def _mistake(predictions: Predictions, texts: Sequence[str], at: int, tag: str) -> Mistake:
    truth, said = _pair(predictions, at)
    return Mistake(
        row=int(predictions.number[at]),
        text=texts[at],
        truth=predictions.classes[truth],
        predicted=predictions.classes[said],
        confidence=float(predictions.scores[at, said]),
        tag=tag,
    )
