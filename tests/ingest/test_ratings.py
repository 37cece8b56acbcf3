from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.ingest.ratings import is_missing, number, rating


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[("4", 4.0), ("4.5", 4.5), ("4,5", 4.5), (" 4 ", 4.0), ("-1", -1.0), ("1e1", 10.0)],
        *[("4 stars", 4.0), ("1 Star", 1.0), ("4/5", 4.0), ("4 / 5", 4.0), ("5.0 out of 5 stars", 5.0), ("80%", 80.0)],
        *[("★★★★", 4.0), ("★★★★☆", 4.0), ("★★½", 2.5), ("⭐️⭐️", 2.0), ("☆☆☆", 0.0)],
        *[
            ("", None),
            ("good", None),
            ("four", None),
            ("inf", None),
            ("nan", None),
            ("1_0", None),
            ("٤", None),
            ("4 apples", None),
        ],
    ],
)
def test_ratings_are_read_as_people_write_them(text: str, expected: float | None) -> None:
    assert rating(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("1,000", 1000.0), ("12,345.5", 12345.5), ("0,125", 0.125), ("1,2,3", None), ("1e999", None)]
)
def test_commas_in_numbers(text: str, expected: float | None) -> None:
    assert number(text) == expected


def test_cells_that_say_nothing() -> None:
    assert all(map(is_missing, ["", " ", "NaN", "N/A", "null", "None", "-"]))
    assert not any(map(is_missing, ["0", "no", "nothing"]))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_survives(value: float) -> None:
    assert number(str(value)) == value


@given(st.text(max_size=20))
def test_no_text_is_too_odd(text: str) -> None:
    rating(text)
