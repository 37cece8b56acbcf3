"""Numbers in a text, and whether the evidence has them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from segue.work.transition.resume_numbers import figures_in, is_shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cut cost by 12% on 1,200 comments", ["12%", "1,200"]),
        ("Saved 3.5 million and 2k hours", ["3.5 million", "2k"]),
        ("1\u202f842 rows, 1’000 more, 0,81 of them", ["1\u202f842", "1’000", "0,81"]),
        ("GPT-4, F1, B2B, p95, ISO 42001, Web3, a 0-to-1 product, 24/7", []),
        ("the 3rd release, the 2nd of 5", ["5"]),
        ("3x faster in 90s", ["3", "90"]),
        ("no number", []),
        ("\u0663 and ½", ["\u0663"]),
        ("9" * 400, ["9" * 400]),
    ],
)
def test_numbers_are_found_and_names_are_none(text: str, words: list[str]) -> None:
    assert [figure.words for figure in figures_in(text)] == words


@pytest.mark.parametrize(
    ("claim", "said", "facts", "shown"),
    [
        ("0.81", "", {"f1": 0.8134}, True),
        ("81%", "", {"f1": 0.8134}, True),
        ("82%", "", {"f1": 0.8134}, False),
        ("81%", "", {"f1": 81}, True),
        ("0.8", "It reached 0.8134.", {}, True),
        ("81 percent", "It reached 81%.", {}, True),
        ("1,200", "on 1200 comments", {}, True),
        ("2k", "2,000 rows", {}, True),
        ("1,000", "on 1,043 comments", {}, False),
        ("12", "on 120 comments", {}, False),
        ("12%", "on 12 comments", {}, False),
        ("12", "costs 12%", {}, False),
        ("5", "", {"name": "5"}, False),
    ],
)
def test_a_number_is_shown_at_the_digits_with_which_it_is_written(
    claim: str, said: str, facts: dict[str, float | str], shown: bool
) -> None:
    (figure,) = figures_in(claim)
    numbers = [Decimal(str(value)) for value in facts.values() if not isinstance(value, str)]
    assert is_shown(figure, figures_in(said), numbers) is shown
