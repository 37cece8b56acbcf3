from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, log_loss

from feedback_lab.records.rows import Floats, Ints
from feedback_lab.select.tempering import log_softmax, plain_temper, score, temperature, tuned_temper


def noisy(n: int = 3_000, shares: tuple[float, ...] = (0.9, 0.1), scale: float = 1.0, seed: int = 0) -> tuple[Floats, Ints]:
    """Decision values that are log odds times ``scale``, and labels drawn by these odds."""
    random = np.random.default_rng(seed)
    values = random.normal(size=(n, len(shares))) + np.log(shares)
    odds = np.exp(log_softmax(values))
    return scale * values, (odds.cumsum(1) < random.random((n, 1))).sum(1)


@pytest.mark.parametrize("scale", [0.2, 1.0, 7.0])
def test_the_temperature_undoes_a_wrong_scale(scale: float) -> None:
    values, labels = noisy(scale=scale)
    assert temperature(values, labels) == pytest.approx(1 / scale, rel=0.15)


def test_a_baseline_says_what_it_says_by_itself() -> None:
    values, labels = noisy()
    assert np.array_equal(plain_temper(values, labels).scores([values]).argmax(1), values.argmax(1))


def test_a_rare_class_is_called_oftener() -> None:
    values, labels = noisy(shares=(0.93, 0.07))
    temper, reached = tuned_temper([values], labels)
    predicted = temper.scores([values]).argmax(1)
    assert reached > score(labels, values.argmax(1), 2) + 0.02
    assert reached == pytest.approx(f1_score(labels, predicted, average="macro"))
    assert (predicted == 1).sum() > (values.argmax(1) == 1).sum()


def test_two_legs_are_better_than_one_where_each_knows_something() -> None:
    random = np.random.default_rng(1)
    labels = random.integers(0, 3, 2_000)
    legs = [np.eye(3)[labels] + random.normal(size=(2_000, 3)) for _ in range(2)]
    assert tuned_temper(legs, labels)[1] > max(tuned_temper([leg], labels)[1] for leg in legs) + 0.05


def test_a_useless_leg_does_little_harm() -> None:
    values, labels = noisy()
    useless = np.random.default_rng(3).normal(size=values.shape)
    assert tuned_temper([values, useless], labels)[1] > tuned_temper([values], labels)[1] - 0.03


@given(st.integers(2, 6), st.integers(1, 30), st.integers(0, 9))
def test_scores_add_up_to_one(classes: int, n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    values, labels = 30 * random.normal(size=(n, classes)), random.integers(0, classes, n)
    scores = tuned_temper([values, -values], labels)[0].scores([values, -values])
    assert np.allclose(scores.sum(1), 1)
    assert (scores >= 0).all()


def test_confidence_is_honest_where_macro_f1_asks_for_nothing() -> None:
    values, labels = noisy(shares=(0.5, 0.5), scale=9.0)
    temper, _ = tuned_temper([values], labels)
    honest = log_loss(labels, temper.scores([values]))
    assert honest < log_loss(labels, np.exp(log_softmax(values))) - 0.5
