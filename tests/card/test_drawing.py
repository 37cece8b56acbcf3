"""Scales with round ticks, coordinates as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.card.drawing import Scale, label, number, round_step, scale


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 10], ["0.0", "2.5", "5.0", "7.5", "10.0"]),
        ([0.21, 0.78], ["0.2", "0.4", "0.6", "0.8"]),
        ([0.61, 0.70], ["0.600", "0.625", "0.650", "0.675", "0.700"]),
        ([-1.2, 0.9], ["−2", "−1", "0", "1"]),
        ([3, 3], ["1", "2", "3", "4", "5"]),
        ([0, 0], ["−0.50", "−0.25", "0.00", "0.25", "0.50"]),
        ([0, 123_456], ["0", "50,000", "100,000", "150,000"]),
        ([], ["0.00", "0.25", "0.50", "0.75", "1.00"]),
    ],
)
def test_ticks_are_round(values: list[float], ticks: list[str]) -> None:
    made = scale(values, 0, 100)
    assert [made.name(tick) for tick in made.ticks] == ticks


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_scale_covers_its_values(values: list[float]) -> None:
    made = scale(values, 10, 90)
    slack = 1e-6 * (made.high - made.low)
    assert made.low <= min(values) + slack
    assert made.high >= max(values) - slack
    assert all(10 <= made.at(value) <= 90 for value in values)
    assert 2 <= len(made.ticks) <= 12


@pytest.mark.parametrize(("rough", "step"), [(0.9, 1), (1.2, 2), (2.2, 2.5), (3, 5), (6, 10), (0.03, 0.05)])
def test_steps(rough: float, step: float) -> None:
    assert round_step(rough) == pytest.approx(step)


def test_logarithmic_scale_gives_each_factor_the_same_room() -> None:
    made = Scale(100, 10_000, 0, 100, (), logarithmic=True)
    assert made.at(1_000) == pytest.approx(50)
    assert made.at(0) == 0


@pytest.mark.parametrize(("value", "shown"), [(1.0, "1"), (0.125, "0.12"), (-0.0001, "0"), (12.5, "12.5"), (100, "100")])
def test_coordinates_are_short(value: float, shown: str) -> None:
    assert number(value) == shown


def test_short_label_is_drawn_once() -> None:
    assert label(0, 0, "short").count("<text") == 1
    assert label(0, 0, "long " * 30).count("<text") == 2
