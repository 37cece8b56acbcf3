from __future__ import annotations

import pytest

from feedback_lab.ingest.headers import guess_delimiter, is_data


@pytest.mark.parametrize(
    ("first", "below", "expected"),
    [
        (["text", "rating"], [["good", "5"]], False),
        (["What do you like about us?", "How satisfied are you?"], [["the price", "5"], ["nothing", "2"]], False),
        (["5", "It was good"], [["4", "Not so good"], ["3", "Bad"]], True),
        (["2026-11-03", "It was good"], [["2026-11-04", "Not so good"]], True),
        (["I love this app.", "x"], [["I hate it.", "y"]], True),
        (["Please help me", "card"], [["Help", "card"], ["Please", "card"]], True),
        (["2019", "2020"], [["a", "b"], ["c", "d"]], False),
        (["2019", "age"], [["1", "2"]], False),
        (["alone"], [], False),
        (["", ""], [["1", "2"]], False),
    ],
)
def test_a_first_line_of_names_is_told_from_one_of_data(first: list[str], below: list[list[str]], expected: bool) -> None:
    assert is_data(first, below) is expected


@pytest.mark.parametrize(
    ("text", "suffix", "delimiter"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ".csv", ";"),
        ("a,b\n1;2,3;4\n", ".csv", ","),
        ("a\tb,c\nd\te,f\n", ".csv", ","),
        ("a\tb,c\nd\te,f\n", ".tsv", "\t"),
        ("text\nWell, I like it\nGood, fast, cheap\n", ".csv", ""),
        ("text, comments\nWell\nGood, fast, cheap\nOh\n", ".csv", ""),
        ('a|b\n"x|y"|z\n', ".txt", "|"),
        ("a,b\n", ".csv", ","),
        ("one\n", ".csv", ""),
    ],
)
def test_the_delimiter_that_fits_most_rows(text: str, suffix: str, delimiter: str) -> None:
    assert guess_delimiter(text.splitlines(keepends=True), suffix) == delimiter
