"""Sums over parts: nothing is lost or counted twice, wherever the parts are cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.profile.counting import MOST_VALUES, OTHER, count_rows, fold, repeated, total
from feedback_lab.records.rows import Rows

TEXTS = st.lists(st.text("abA \t👍", max_size=4), max_size=30)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Good", "good ", True),
        ("a  b\n c", "A b c", True),
        ("straße", "STRASSE", True),
        ("good", "good!", False),
        ("ab", "a b", False),
        ("\ud800", "\ud800", True),
    ],
)
def test_case_and_spaces_make_no_difference(one: str, other: str, same: bool) -> None:
    assert (fold(one) == fold(other)) is same


@given(TEXTS, st.integers(0, 30))
def test_duplicates_are_those_that_a_set_finds(texts: list[str], cut: int) -> None:
    rows = Rows(np.arange(1, len(texts) + 1), texts)
    parts = [rows.take(np.arange(0, min(cut, len(texts)))), rows.take(np.arange(min(cut, len(texts)), len(texts)))]
    seen: set[str] = set()
    again = []
    for number, text in enumerate(texts, 1):
        plain = " ".join(text.split()).casefold()
        if plain in seen:
            again.append(number)
        seen.add(plain)
    whole = total(map(count_rows, parts))
    assert repeated(whole).tolist() == again
    assert whole.rows == whole.words.total() == len(texts)
    assert whole.examples["short"] == total([count_rows(rows)]).examples["short"]


def test_a_column_of_very_many_values_keeps_its_rows() -> None:
    several = [
        Rows(
            np.arange(800),
            ["t"] * 800,
            labels=[f"label {number + begin}" for number in range(800)],
            segments={"who": ["x"] * 800},
        )
        for begin in (0, 800, 1_600)
    ]
    whole = total(map(count_rows, several))
    assert len(whole.labels) <= MOST_VALUES + 1
    assert whole.labels.total() == 2_400
    assert whole.labels[OTHER] >= 1_400
    assert whole.segments["who"] == {"x": 2_400}


def test_texts_without_words() -> None:
    counts = count_rows(Rows(np.arange(1, 6), ["👍", "", "!!!", "ok", "7"]))
    assert counts.without_words == 3
    assert counts.examples == {"no-words": [1, 2, 3], "short": [1, 2, 3, 4, 5]}
