"""Controls take whatever an address may hold, and say so where they had to give way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.learn.figures import FIGURES
from segue.work.learn.figures.shape import Choice, PlayFigure, Slider, Switches, TextLine

DEGREE = Slider("degree", "Degree", 1, 15, 3)
HALF = Slider("half", "Half", 0, 1, 0.5, 0.25)
WAY = Choice("way", "Way", {"a": "one", "b": "other"}, "a")
STEPS = Switches("steps", "Steps", {"a": "one", "b": "other"})
LINE = TextLine("line", "Line", "Hello", most=10)


@pytest.mark.parametrize(
    ("slider", "given_", "value", "told"),
    [
        (DEGREE, "4", 4, False), (DEGREE, "4.4", 4, False), (DEGREE, "99", 15, True), (DEGREE, "-1", 1, True),
        (DEGREE, "1e999", 15, True), (DEGREE, "nan", 3, True), (DEGREE, "x", 3, True), (DEGREE, "", 3, True),
        (DEGREE, "٣", 3, False), (DEGREE, "9" * 5000, 15, True), (HALF, "0.3", 0.25, False), (HALF, "2", 1, True),
    ],
)  # fmt: skip
def test_a_slider_takes_the_nearest_value(slider: Slider, given_: str, value: float, told: bool) -> None:
    read = slider.read([given_])
    assert read.value == value
    assert bool(read.note) is told


def test_the_last_of_several_values_counts() -> None:
    assert DEGREE.read(["2", "5"]).value == 5
    assert WAY.read(["a", "b"]).value == "b"


def test_a_choice_falls_back_and_says_so() -> None:
    assert WAY.read(["b"]).note == ""
    read = WAY.read(["\0'; drop"])
    assert (read.value, bool(read.note)) == ("a", True)


def test_switches_may_all_be_off() -> None:
    assert STEPS.read([""]).value == ()
    assert STEPS.read(["", "b", "a"]).value == ("a", "b")
    assert STEPS.read(["", "zz"]).note


def test_a_line_is_one_line_of_limited_length() -> None:
    assert LINE.read([" a\n\tb\0c "]).value == "a b c"
    assert LINE.read(["   "]).value == "Hello"
    read = LINE.read(["x" * 5000])
    assert (read.value, bool(read.note)) == ("x" * 10, True)


@given(st.lists(st.text(), min_size=1), st.sampled_from(FIGURES))
def test_no_address_breaks_a_control(values: list[str], figure: PlayFigure) -> None:
    settings, _ = figure.read({control.id: values for control in figure.controls})
    for control in figure.controls:
        if isinstance(control, Slider):
            number = settings.number(control.id)
            assert control.least <= number <= control.most
            assert math.isfinite(number)
        if isinstance(control, Choice):
            assert settings.word(control.id) in control.options
        if isinstance(control, Switches):
            assert set(settings.steps(control.id)) <= set(control.options)
