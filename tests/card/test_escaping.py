"""Words of others, made safe and short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.card.escaping import escape, shorten, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b a=\"1\" c='2'>&", "&lt;b a=&quot;1&quot; c=&#x27;2&#x27;&gt;&amp;"),
        ("a\x00b\x07c\x9f\x7f", "abc"),
        ("tab\tline\n", "tab\tline\n"),
        ("half \ud800 pair", "half ? pair"),
        ("turned \u202egnorw\u2066", "turned gnorw"),
        (3.5, "3.5"),
    ],
)
def test_escape(text: object, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("short", 10, "short"),
        ("two  words\nhere", 20, "two words here"),
        ("cut between words here", 16, "cut between…"),
        ("Q" * 50, 10, "QQQQQQQQQ…"),
        ("配送很慢很慢", 7, "配送很…"),
        ("", 5, ""),
    ],
)
def test_shorten(text: str, columns: int, shown: str) -> None:
    assert shorten(text, columns) == shown


@given(st.text(), st.integers(2, 80))
def test_shortened_text_fits(text: str, columns: int) -> None:
    assert width(shorten(text, columns)) <= columns


@given(st.text())
def test_escaped_text_can_be_written(text: str) -> None:
    assert not set(escape(text)) & set("<>\"'")
    escape(text).encode("utf-8")
