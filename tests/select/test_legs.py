from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.records.rows import Ints
from feedback_lab.select.features import Reader, reader_of
from feedback_lab.select.legs import LexiconLeg, MajorityLeg, fit_linear, fit_rule, log_prior
from feedback_lab.sentiment.tones import compound_tones
from tests.select.shop import HashEncoder

TEXTS = ["parcel late", "parcel lost", "late parcel again", "price high", "price too high", "size small", "size too small"]
LABELS = np.array([0, 0, 0, 1, 1, 2, 2])


def test_the_majority_is_always_said() -> None:
    leg = MajorityLeg(log_prior(LABELS, 3))
    assert leg.decide({"constant": np.ones((2, 1))}).argmax(1).tolist() == [0, 0]


@pytest.mark.parametrize("tones", [(0, 1, 2), (0, 2), (1, 2)])
def test_the_lexicon_keeps_to_its_own_limits(tones: tuple[int, ...]) -> None:
    compound = np.array([-1, -0.05, -0.049, 0.0, 0.049, 0.05, 1.0])
    said = LexiconLeg(tones).decide({"tone": compound[:, None]}).argmax(1)
    theirs = compound_tones(compound)
    agrees = [tones[place] == tone for place, tone in zip(said, theirs, strict=True) if tone in tones]
    assert all(agrees)


def test_the_rule_knows_the_words_of_each_class() -> None:
    reader = reader_of(TEXTS)
    leg = fit_rule(reader.read(TEXTS, {"words"}), LABELS, 3)
    said = leg.decide(reader.read(["the price", "my size is small", "late", "nothing known"], {"words"}))
    assert said.argmax(1).tolist() == [1, 2, 0, 0]  # without a word of any: the most frequent class


@pytest.mark.parametrize(
    ("learner", "spaces"),
    [
        ("margin", ("words",)),
        ("margin", ("words", "letters")),
        ("logistic", ("words",)),
        ("logistic", ("words", "letters")),
        ("logistic", ("meaning",)),
    ],
)
@pytest.mark.parametrize("labels", [LABELS, np.minimum(LABELS, 1)])
def test_a_linear_leg_learns_what_is_plain(learner: str, spaces: tuple[str, ...], labels: Ints) -> None:
    reader = reader_of(TEXTS, HashEncoder())
    features = reader.read(TEXTS, set(spaces))
    leg = fit_linear(spaces, learner, 10.0, int(labels.max()) + 1, features, labels, 0)
    assert leg.decide(features).argmax(1).tolist() == labels.tolist()
    assert leg.refit(features, labels, 0).decide(features).tobytes() == leg.decide(features).tobytes()


def test_a_class_that_was_not_seen_is_never_said() -> None:
    reader = Reader((), HashEncoder())
    features = reader.read(TEXTS, {"meaning"})
    values = fit_linear(("meaning",), "logistic", 1.0, 4, features, LABELS + (LABELS > 0), 0).decide(features)
    assert values.shape == (7, 4)
    assert (values[:, 1] < values[:, [0, 2, 3]].min(1)).all()
