from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.select.letters import BUCKETS, HIGHEST, LOWEST, MOST_CHARACTERS, letter_groups


def expected(text: str) -> int:
    """How many groups a text has, counted one by one."""
    words = [f" {word} " for word in text.lower().split()]
    return sum(max(0, len(word) - length + 1) for word in words for length in range(LOWEST, HIGHEST + 1))


@pytest.mark.parametrize(
    "text", ["", "   ", "a", "ab", "late again", "환불 요청", "😀😀", "\ud800", "x\u0000y", "line\nbreak\ttab"]
)
def test_groups_lie_within_words(text: str) -> None:
    assert letter_groups([text]).sum() == expected(text)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_a_text_has_the_same_groups_whatever_stands_beside_it(texts: list[str]) -> None:
    together = letter_groups(texts)
    assert together.shape == (len(texts), BUCKETS)
    for at, text in enumerate(texts):
        alone = letter_groups([text])
        assert (together[at] != alone).nnz == 0
        assert alone.sum() == expected(text)


def test_like_spellings_share_groups() -> None:
    late, later, cheap = letter_groups(["delivery late", "delivry LATE", "price cheap"]).toarray()
    assert late @ later > 10
    assert late @ cheap < 3


def test_groups_rarely_share_a_bucket() -> None:
    words = [f"{a}{b}{c}{d}" for a in "abcdefgh" for b in "abcdefgh" for c in "abcdefgh" for d in "abcdefgh"]
    found = letter_groups(words)
    different = {f" {word} "[at : at + n] for word in words for n in range(LOWEST, HIGHEST + 1) for at in range(7 - n)}
    assert len(np.unique(found.indices)) > 0.97 * len(different)


def test_long_texts_are_cut() -> None:
    assert (letter_groups(["ab " * MOST_CHARACTERS]) != letter_groups([("ab " * MOST_CHARACTERS)[:MOST_CHARACTERS]])).nnz == 0
    assert pickle.dumps(letter_groups([])) is not None
