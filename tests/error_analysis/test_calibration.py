from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.error_analysis.calibration import calibration, calibration_error
from feedback_lab.intervals import wilson


def test_bins_hold_equal_numbers_of_rows() -> None:
    confidence = np.linspace(0.3, 0.99, 200)
    bins = calibration(confidence, confidence > 0.5)
    assert [each.n for each in bins] == [20] * 10
    assert bins[0].accuracy == wilson(0, 20)
    assert bins[-1].confidence == pytest.approx(confidence[-20:].mean())


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 0.50001, 0.9, 1.0]), st.booleans()), min_size=1, max_size=60))
def test_each_row_is_in_the_bin_that_its_confidence_says(rows: list[tuple[float, bool]]) -> None:
    confidence = np.array([each[0] for each in rows])
    right = np.array([each[1] for each in rows])
    bins = calibration(confidence, right)
    assert sum(each.n for each in bins) == len(rows)
    for place, each in enumerate(bins):
        inside = (confidence > each.low) & (confidence <= each.high) | ((confidence == each.low) & (place == 0))
        assert inside.sum() == each.n > 0
        assert each.accuracy.value == pytest.approx(right[inside].mean())
    error = calibration_error(confidence, right)
    assert 0 <= error.low <= error.value <= error.high


def test_the_error_by_hand() -> None:
    # Two groups of scores: 0.6 with 1 of 4 right (off by 0.35), 0.9 with 6 of 6 right (off by 0.1).
    confidence = np.array([0.6] * 4 + [0.9] * 6)
    right = np.array([True, False, False, False] + [True] * 6)
    assert calibration_error(confidence, right).value == pytest.approx(0.4 * 0.35 + 0.6 * 0.1)


def test_the_interval_of_an_honest_model_reaches_down_to_little_and_a_boaster_is_caught() -> None:
    rng = np.random.default_rng(5)
    confidence = rng.uniform(0.4, 1, 2_000)
    right = rng.random(2_000) < confidence
    honest, boaster = calibration_error(confidence, right), calibration_error(np.minimum(1, confidence + 0.2), right)
    assert honest.low < 0.01
    assert boaster.low > 0.1


def test_no_rows() -> None:
    assert calibration(np.zeros(0), np.zeros(0, bool)) == ()
    assert np.isnan(calibration_error(np.zeros(0), np.zeros(0, bool)).value)
