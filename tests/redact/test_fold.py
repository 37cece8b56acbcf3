from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.redact.fold import fold

# Letters and digits as wide as Chinese characters.
WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("jo@example.com".translate(WIDE), "jo@example.com"),
        ("٠١٢ " + "456".translate(WIDE), "012 456"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("541\u2011714–1388", "541-714-1388"),
        ("jo\u200b@exa\u00admple.com\ufeff", "jo@example.com"),
        ("İstanbul ß ﬁ 12³", "İstanbul ß ﬁ 12³"),
        ("\U0001d41a\U0001d7cf", "a1"),
    ],
)
def test_fold(text: str, plain: str) -> None:
    assert fold(text)[0] == plain


@given(st.text())
def test_places_lead_back(text: str) -> None:
    plain, places = fold(text)
    if places is None:
        assert len(plain) == len(text)
    else:
        assert len(places) == len(plain)
        assert places == sorted(set(places))
        assert all(fold(text[place])[0] == character for place, character in zip(places, plain, strict=True))
