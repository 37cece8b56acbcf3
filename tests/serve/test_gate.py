from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.errors import LabError
from feedback_lab.intervals import wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.serve import EvalSet, gate
from tests.serve.samples import NEW, OLD, Keywords

TEXTS = [f"invoice {at}" for at in range(40)] + [f"parcel {at}" for at in range(40)] + [f"hello {at}" for at in range(20)]
LABELS = ["billing"] * 40 + ["delivery"] * 40 + ["other"] * 20
SET = EvalSet(tuple(TEXTS), tuple(LABELS), "0" * 64)


def test_a_good_model_passes() -> None:
    found = gate(Keywords(OLD), SET, 0.9)
    assert found.passed
    assert found.exit_code == 0
    assert found.macro_f1 == Estimate(1.0, wilson(100, 100).low, 1.0, 100)
    assert found.eval_sha256 == "0" * 64
    assert found.says == "Passed: macro-F1 1.000 (95% interval 0.963 to 1.000, n = 100), the threshold is 0.9."


def test_a_worse_one_does_not_and_its_regressions_are_named() -> None:
    found = gate(Keywords(NEW), SET, 0.8, baseline=Estimate(1.0, 0.97, 1.0, 100), previous=Keywords(OLD))
    assert (found.passed, found.exit_code) == (False, 3)
    assert "below the threshold of 0.8 and it lies below the interval of the version before (0.970 to 1.000)" in found.says
    assert "40 rows were right before and wrong now." in found.says
    assert [each.row for each in found.regressions] == list(range(1, 41))
    assert (found.regressions[0].text, found.regressions[0].label, found.regressions[0].said) == ("invoice 0", "billing", "other")
    by_class = {each.name: each for each in found.by_class}
    assert (by_class["billing"].recall, by_class["delivery"].f1) == (0, 1)
    assert by_class["other"].precision == pytest.approx(1 / 3)


def test_earlier_answers_will_do_for_a_previous_version() -> None:
    assert len(gate(Keywords(NEW), SET, 0.5, previous=LABELS).regressions) == 40
    with pytest.raises(LabError, match="99 earlier answers for 100 rows"):
        gate(Keywords(NEW), SET, 0.5, previous=LABELS[1:])


def test_above_the_threshold_and_below_the_version_before_is_not_enough() -> None:
    assert gate(Keywords(NEW), SET, 0.3).passed
    assert not gate(Keywords(NEW), SET, 0.3, baseline=Estimate(0.9, 0.8, 1.0, 100)).passed


def test_no_valid_answer_is_wrong() -> None:
    class Silent(Keywords):
        def predict(self, texts):  # type: ignore[no-untyped-def]
            places, scores = super().predict(texts)
            return np.where(np.arange(len(texts)) % 2, -1, places), scores

    found = gate(Silent(OLD), SET, 0.9, previous=Keywords(OLD))
    assert found.invalid == 50
    assert not found.passed
    assert found.macro_f1.value == pytest.approx(2 / 3)  # recall one half, precision 1
    assert found.regressions[0].said == ""
    assert "50 rows were without a valid answer, counted as wrong." in found.says


def test_a_class_that_the_model_does_not_know_can_not_be_right() -> None:
    found = gate(Keywords({"billing": "invoice", "delivery": "parcel"}), SET, 0.9)
    assert {each.name: each.recall for each in found.by_class}["other"] == 0


def test_an_interval_that_reaches_below_is_said() -> None:
    few = EvalSet(tuple(TEXTS[:30] + TEXTS[80:84]), (*LABELS[:29], "other", *LABELS[80:84]), "1" * 64)
    found = gate(Keywords(OLD), few, 0.85)
    assert found.passed
    assert "more rows would make it surer" in found.says


def test_the_model_sees_redacted_texts() -> None:
    model = Keywords(OLD)
    gate(model, EvalSet(("invoice to anna.smith@example.com",), ("billing",), ""), 0.5)
    assert model.seen == ["invoice to [EMAIL]"]


def test_a_threshold_that_is_none() -> None:
    with pytest.raises(LabError, match="0 to 1"):
        gate(Keywords(OLD), SET, 80)
