from __future__ import annotations

import csv
import pickle
from collections import Counter

import numpy as np
import pytest

from feedback_lab.records.rows import Rows
from feedback_lab.redact import KINDS, NOT_CAUGHT, Span, preview, redact, redact_rows, redact_texts, result
from tests.shared_data import shared_data


def test_spans_are_places_in_the_original() -> None:
    text = "Mail jo@example.com\u200b or call 541-714-1388"
    assert redact(text).spans == (Span("EMAIL", 5, 19), Span("PHONE", 29, 41))
    assert redact("Mail j\u200bo@example.com now").spans == (Span("EMAIL", 5, 20),)


def test_a_text_with_placeholders_stays() -> None:
    text = "Mail [EMAIL] or call [PHONE] about card [CARD]"
    assert redact(text).text == text
    assert redact("[EMAIL] jo@example.com").text == "[EMAIL] [EMAIL]"


def test_spans_found_in_a_second_look_are_places_in_the_original() -> None:
    text = "call me " + "4111111111111111, " * 4 + "or 9498777106"
    redacted = redact(text)
    assert redacted.text == "call me " + "[CARD], " * 4 + "or [PHONE]"
    last = redacted.spans[-1]
    assert text[last.start : last.end] == "9498777106"


def test_texts() -> None:
    texts, found, changed = redact_texts(["fine", "", "jo@example.com, al@example.com", "call 541-714-1388"])
    assert texts == ["fine", "", "[EMAIL], [EMAIL]", "call [PHONE]"]
    assert found == Counter(EMAIL=2, PHONE=1)
    assert changed == 2


def test_rows() -> None:
    rows = Rows(
        number=np.arange(3),
        texts=["fine", "my name is Jo", "fine"],
        labels=["late", "late", "jo@example.com"],
        segments={"who": ["jo@example.com", None, "jo@example.com"], "city": ["12 Main Street", "Oslo", "Mr Smith"]},
    )
    redacted, found, changed = redact_rows(rows)
    assert redacted.texts == ["fine", "my name is [NAME]", "fine"]
    assert redacted.labels == ["late", "late", "[EMAIL]"]
    assert redacted.segments == {"who": ["[EMAIL]", None, "[EMAIL]"], "city": ["12 Main Street", "Oslo", "Mr Smith"]}
    assert found == Counter(EMAIL=3, NAME=1)
    assert changed == 3
    assert rows.texts[1] == "my name is Jo"
    assert pickle.loads(pickle.dumps(redact_rows)) is redact_rows


def test_rows_without_optional_columns() -> None:
    redacted, found, changed = redact_rows(Rows(np.zeros(0, np.int64), []))
    assert (list(redacted.texts), redacted.labels, dict(redacted.segments), found, changed) == ([], None, {}, Counter(), 0)


def test_result() -> None:
    record = result(10, 2, Counter(PHONE=1, EMAIL=2, CARD=0))
    assert record.found == {"EMAIL": 2, "PHONE": 1}
    assert (record.rows, record.rows_changed, record.not_caught) == (10, 2, NOT_CAUGHT)
    assert all(sentence.endswith(".") for sentence in NOT_CAUGHT)


def test_preview_shows_different_kinds_first() -> None:
    texts = ["a@example.com", "b@example.com", "fine", "call 541-714-1388 or c@example.com", "my name is Jo"]
    assert preview(texts, 3) == [
        ("call ⟦541-714-1388⟧ or ⟦c@example.com⟧", "call [PHONE] or [EMAIL]"),
        ("my name is ⟦Jo⟧", "my name is [NAME]"),
        ("⟦a@example.com⟧", "[EMAIL]"),
    ]
    assert preview(texts, 0) == preview(["fine"], 5) == []


def test_kinds_are_named_once() -> None:
    assert len(set(KINDS)) == len(KINDS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "column", "at_most"), [("banking77/train.csv", "text", 1), ("womens_clothing/reviews.csv", "Review Text", 1)]
)
def test_real_feedback_stays(name: str, column: str, at_most: int) -> None:
    """Sizes, prices and dates stay: at most so many replacements in 10,000 texts."""
    with shared_data(name).open(encoding="utf-8", newline="") as file:
        texts = [row[column] for row in csv.DictReader(file) if row[column]]
    _, found, _ = redact_texts(texts)
    assert found.total() <= at_most * len(texts) / 10_000
