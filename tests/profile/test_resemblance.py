"""Nearly equal texts."""

from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.profile.resemblance import near_duplicates

LONG = (
    "the parcel with the two blue shirts came a week late and the box was open when the courier gave it to my neighbour at noon"
)


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (LONG.replace("noon", "night"), True),
        (LONG + " thanks", True),
        (LONG.replace("blue", "green"), True),
        (LONG.replace("blue", "green").replace("late", "early"), False),
        (LONG.upper(), False),  # equal, which is another finding
        (" ".join(sorted(LONG.split())), False),
        ("the parcel came late", False),
        ("ok", False),
    ],
)
def test_pairs(other: str, near: bool) -> None:
    assert near_duplicates([LONG, other]) == ([1] if near else [])


def test_a_template_in_thousands_of_rows_is_counted_whole() -> None:
    """With the name of a customer in it each is different, and copies of one don't hide the others."""
    template = "Dear team, my name is {} and I would like to have my money back for the order that never came, many thanks"
    texts = (
        [LONG] * 500
        + [template.format(f"name{row}") for row in range(1_500)]
        + [f"this one is number {row} of its own kind {row * 7}" for row in range(100)]
    )
    found = near_duplicates(texts)
    assert len(found) >= 1_450
    assert all(500 < place < 2_000 for place in found)


def test_different_texts_are_left_alone() -> None:
    random = np.random.default_rng(0)
    words = [f"word{number}" for number in range(300)]
    assert near_duplicates([" ".join(random.choice(words, 20)) for _ in range(500)]) == []


def test_no_texts() -> None:
    assert near_duplicates([]) == []
    assert near_duplicates(["", "👍", "ok"]) == []
