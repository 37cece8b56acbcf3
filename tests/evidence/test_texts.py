from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.evidence.texts import clean_line, clean_text, finds, short_title

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_a_cleaned_text_can_be_stored_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert "\r" not in cleaned
    assert clean_text(cleaned) == cleaned
    assert "\n" not in clean_line(text)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_what_a_keyboard_types_stays_as_it_is(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("label", True),
        ("LABEL rule", True),
        ("rule label", True),
        ("straße", True),
        ("STRASSE", True),
        ("e\u0301tude", True),
        ("étude", True),
        ("labels model", False),
        ("", True),
        ("%", False),
        ("_", False),
    ],
)
def test_a_search_finds_every_word_whatever_its_capitals(query: str, found: bool) -> None:
    assert finds(query, "Labelling needs a rule", "Straße, étude") is found


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("\n\n# A heading\n\nText", "A heading"),
        ("- **bold** start", "bold** start"),
        ("one two", "one two"),
        ("word " * 40, f"{('word ' * 14).strip()}…"),
        ("x" * 10_000, "x" * 70 + "…"),
    ],
)
def test_the_first_line_makes_a_title(text: str, title: str) -> None:
    assert short_title(text) == title
