from __future__ import annotations

from collections import Counter

import numpy as np

from feedback_lab.error_analysis import mistakes
from tests.error_analysis.samples import honest, predictions

TEXTS = [f"Text number {at} of a customer" for at in range(1_000)]


def test_fifty_are_spread_over_the_pairs() -> None:
    # 500 of one pair, 12 of another, 3 of a third: the small ones are all there.
    truth = [0] * 500 + [1] * 12 + [2] * 3
    found = mistakes(predictions(truth, [1] * 500 + [2] * 12 + [0] * 3), TEXTS[:515])
    assert Counter((each.truth, each.predicted) for each in found) == {
        ("negative", "neutral"): 35,
        ("neutral", "positive"): 12,
        ("positive", "negative"): 3,
    }


def test_half_of_them_are_those_of_which_the_model_was_surest() -> None:
    confidence = np.linspace(0.5, 0.99, 400)
    found = mistakes(predictions([0] * 400, [1] * 400, confidence=list(confidence)), TEXTS[:400])
    assert {each.confidence for each in found} >= set(confidence[-25:])
    assert sum(each.confidence < confidence[-25] for each in found) == 25
    assert min(each.confidence for each in found) < 0.7


def test_with_more_pairs_than_places_in_the_first_half_the_second_goes_on_with_others() -> None:
    pairs = [(truth, said) for truth in range(8) for said in range(8) if truth != said][:48]
    model = predictions([t for t, _ in pairs] * 3, [s for _, s in pairs] * 3, classes=[f"c{at}" for at in range(8)])
    found = mistakes(model, TEXTS[:144])
    assert len({(each.truth, each.predicted) for each in found}) == 48


def test_a_text_comes_once() -> None:
    found = mistakes(predictions([0] * 80, [1] * 80), ["the same text again"] * 79 + ["another text"])
    assert sorted(each.text for each in found) == ["another text", "the same text again"]


def test_the_seed_decides() -> None:
    model = honest(600)
    assert mistakes(model, TEXTS[:600], 1) == mistakes(model, TEXTS[:600], 1)
    assert mistakes(model, TEXTS[:600], 1) != mistakes(model, TEXTS[:600], 2)


def test_they_come_by_pair_and_the_surest_first() -> None:
    found = mistakes(honest(600), TEXTS[:600])
    by_pair: dict[tuple[str, str], list[float]] = {}
    for each in found:
        by_pair.setdefault((each.truth, each.predicted), []).append(each.confidence)
    assert all(values == sorted(values, reverse=True) for values in by_pair.values())
    assert [pair for pair in by_pair] == list(dict.fromkeys((each.truth, each.predicted) for each in found))


def test_fewer_mistakes_than_asked_for() -> None:
    assert len(mistakes(predictions([0, 1, 2], [1, 1, 2]), TEXTS[:3])) == 1
    assert mistakes(predictions([0], [0]), TEXTS[:1]) == ()
