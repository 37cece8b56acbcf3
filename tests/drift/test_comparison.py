from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from feedback_lab.drift import Drift, drift, seeded_shift, split_rows
from feedback_lab.drift.comparison import oldest_first
from feedback_lab.errors import NotEnoughData
from feedback_lab.files import json_text, plain
from feedback_lab.records.models import DriftResult
from feedback_lab.records.restoring import restore
from feedback_lab.records.rows import Rows
from tests.drift.samples import ROLES, HashedWords, rows, train

ENCODER = HashedWords()


def halves(n: int, seed: int) -> tuple[Rows, Rows]:
    """Random halves of the same rows."""
    found = rows(n, seed)
    order = np.random.default_rng(seed + 1_000).permutation(n)
    return found.take(np.sort(order[: n // 2])), found.take(np.sort(order[n // 2 :]))


@pytest.mark.parametrize("n", [120, 600])
@pytest.mark.parametrize("seed", range(8))
def test_random_halves_of_the_same_rows_alarm_nobody(n: int, seed: int) -> None:
    result = drift(*halves(n, seed), ROLES, ENCODER, seed=seed, train=train).result
    assert result.fired == ()
    assert result.recommendation in {"hold", "watch"}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("kind", "trigger"), [("class", "PSI of label"), ("short", "PSI of words in a text"), ("ratings", "PSI of rating")]
)
def test_a_shift_made_on_purpose_is_seen(kind: str, trigger: str, seed: int) -> None:
    old, new = halves(800, seed)
    result = drift(old, seeded_shift(new, seed, kind), ROLES, ENCODER, seed=seed).result
    assert any(phrase.startswith(trigger) for phrase in result.fired)
    assert result.recommendation == "watch"


def test_a_new_topic_makes_the_model_worse_and_a_challenger_mends_it() -> None:
    old = rows(600, shares=(0.5, 0.5, 0.0))
    found = drift(old, rows(500, seed=1, shares=(0.2, 0.2, 0.6), first=601), ROLES, ENCODER, train=train)
    assert isinstance(found, Drift)
    result = found.result
    assert result.recommendation == "retrain"
    assert {phrase.split(":")[0] for phrase in result.fired} >= {"PSI of label (topic)", "Drop in macro-F1"}
    assert result.difference is not None
    assert result.difference.low > 0
    assert found.challenger is not None
    assert "fit" in found.challenger.classes


def test_a_model_that_is_there_already_is_taken() -> None:
    old, new = halves(400, 0)
    model = train(old)
    found = drift(old, new, ROLES, ENCODER, model)
    assert found.challenger is None
    assert (found.result.champion_reference, found.result.challenger_new) == (None, None)
    assert found.result.champion_new is not None
    assert found.result.champion_new.n == 200
    assert found.result.predictions_psi is not None


def test_without_a_model_only_inputs_are_compared() -> None:
    result = drift(*halves(400, 0), ROLES, ENCODER).result
    assert (result.predictions_psi, result.champion_new) == (None, None)
    assert result.recommendation == "hold"


def test_another_may_say_what_the_class_of_a_row_is() -> None:
    old, new = halves(400, 0)
    unknown = drift(old, new, ROLES, ENCODER, train(old), truth=lambda rows, _: [None] * len(rows)).result
    assert unknown.champion_new is None


def test_the_same_seed_gives_the_same_bytes_and_they_come_back() -> None:
    old, new = split_rows(rows(400))
    result = drift(old, new, ROLES, ENCODER, train=train, seed=4).result
    assert json_text(result) == json_text(drift(old, new, ROLES, ENCODER, train=train, seed=4).result)
    assert json_text(restore(DriftResult, plain(result))) == json_text(result)


def test_few_rows_are_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="29 new ones"):
        drift(rows(100), rows(29), ROLES, ENCODER)


def test_rows_without_a_time_are_not_the_newest() -> None:
    found = rows(4)
    assert found.times is not None
    times = found.times[::-1].copy()
    times[0] = np.datetime64("NaT")
    assert oldest_first(replace(found, times=times), "time").number.tolist() == [1, 4, 3, 2]
