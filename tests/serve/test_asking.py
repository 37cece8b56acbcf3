from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.serve.asking import MAX_CHARACTERS, MAX_TEXTS, Refusal, texts_of

SECRET = "zanzibar"


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (b"", "line 1, column 1"),
        (b'{"texts": ["zanzibar"', "line 1, column 22"),
        (b'{"texts": ["\xff"]}', "byte 12"),
        (b"[" * 200_000, "body"),
        (b'{"texts": [' + b"1" * 5_000 + b"]}", "body"),
        (b'["zanzibar"]', "texts"),
        (b'{"text": "zanzibar"}', "texts"),
        (b'{"texts": "zanzibar"}', "texts"),
        (b'{"texts": []}', "texts"),
        (b'{"texts": ["fine"], "zanzibar": 1}', "body"),
        (b'{"texts": ["fine", 3]}', "texts[1]"),
        (b'{"texts": ["fine", null]}', "texts[1]"),
        (b'{"texts": ["fine", "zanzibar", "  "]}', "texts[2]"),
        (b'{"texts": ["zanzibar \\ud83d"]}', "texts[0]"),
        (json.dumps({"texts": [SECRET] * (MAX_TEXTS + 1)}).encode(), "texts"),
        (json.dumps({"texts": ["z" * (MAX_CHARACTERS + 1)]}).encode(), "texts[0]"),
    ],
)
def test_a_wrong_request_is_told_where_and_never_repeated(body: bytes, at: str) -> None:
    with pytest.raises(Refusal) as caught:
        texts_of(body)
    assert (caught.value.status, caught.value.at) == (400, at)
    assert caught.value.hint
    assert SECRET not in json.dumps(caught.value.body())


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_texts_come_through(texts: list[str]) -> None:
    assert texts_of(json.dumps({"texts": texts}).encode()) == texts


@given(st.binary(max_size=60))
def test_any_bytes_are_texts_or_a_refusal(body: bytes) -> None:
    with suppress(Refusal):
        assert texts_of(body)
