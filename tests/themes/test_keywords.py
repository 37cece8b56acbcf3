"""Keywords name what a group is about, in any language, and never a placeholder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.redact import KINDS
from feedback_lab.themes.keywords import KEYWORDS, MOST_CHARACTERS, count_words, keywords, name_of

FRAME = "the {} of this one is really very {} and I would have liked it to be so for the rest of my days with the shop"
PLANTED = (("delivery", "late"), ("battery", "weak"), ("colour", "faded"))


def planted(rows: int = 60) -> list[str]:
    """Texts that differ in two words, group by group in turn."""
    return [FRAME.format(*PLANTED[row % len(PLANTED)]) for row in range(rows)]


def found(texts: list[str], count: int = 3, english: bool = True) -> list[tuple[str, ...]]:
    return keywords(count_words(texts, english), np.arange(len(texts)) % count, count)


@pytest.mark.parametrize("rows", [9, 60, 3_000])
def test_planted_words_come_first(rows: int) -> None:
    for words, planted_words in zip(found(planted(rows)), PLANTED, strict=True):
        assert set(words[:2]) == set(planted_words)


@pytest.mark.parametrize("kind", KINDS)
def test_placeholders_are_no_words(kind: str) -> None:
    texts = [f"[{kind}] {text} write to [{kind}]." if row % 3 == 0 else text for row, text in enumerate(planted())]
    assert kind.lower() not in {word for words in found(texts) for word in words}


@pytest.mark.parametrize(
    ("english", "texts", "expected"),
    [
        (False, ["배송이 너무 늦어요", "색상이 정말 예뻐요"], ("배송이", "색상이")),
        (False, ["die Lieferung kam zu spät", "die Größe fällt klein aus"], ("lieferung", "größe")),
        (False, ["доставка опоздала снова", "цвет очень красивый"], ("доставка", "цвет")),
        (True, ["the café's don’t-care naïve", "the top top shop"], ("café's", "top")),
    ],
)
def test_any_script(english: bool, texts: list[str], expected: tuple[str, str]) -> None:
    for words, word in zip(found(texts * 40, 2, english), expected, strict=True):
        assert word in words


def test_stop_words_are_left_out_of_english_only() -> None:
    texts = ["the delivery was so late", "the battery isn't good", "the battery isn’t good"]
    assert not {"the", "was", "so", "isn't", "isn’t"} & set(count_words(texts, english=True).words)
    assert {"the", "was", "so"} <= set(count_words(texts, english=False).words)
    # The usual list throws these out, and feedback is about them.
    assert count_words(["top bill full"], english=True).words == ["bill", "full", "top"]


@pytest.mark.parametrize(
    "texts", [["", "  "], ["👍", "🎉🎉"], ["1", "22 333"], ["the", "of and"], ["[EMAIL]", "[PHONE] [PHONE]"]]
)
def test_texts_without_words_have_no_keywords(texts: list[str]) -> None:
    assert found(texts, 2) == [(), ()]


def test_a_plural_or_a_part_of_a_word_adds_nothing() -> None:
    texts = ["dress dresses dressed t-shirt shirt", "colour"] * 30
    words = found(texts, 2)[0]
    assert len({"dress", "dresses", "dressed"} & set(words)) == 1
    assert len({"t-shirt", "shirt"} & set(words)) == 1


@pytest.mark.parametrize("rows", [10, 100])
def test_a_theme_of_most_rows_is_named_too(rows: int) -> None:
    texts = ["late delivery" if row % 10 < 7 else "faded colour" for row in range(rows)]
    words = keywords(count_words(texts, english=True), np.array([int(row % 10 >= 7) for row in range(rows)]), 2)
    assert words == [("delivery", "late"), ("colour", "faded")]


@pytest.mark.parametrize("texts", [["late delivery"] * 40, ["late delivery"] * 400, ["late delivery"] * 9 + ["late again"]])
def test_a_theme_that_is_all_there_is_has_its_most_frequent_words(texts: list[str]) -> None:
    assert found(texts, 1)[0][0] in {"late", "delivery"}
    assert found(["fine"] * len(texts), 1) == [("fine",)]


def test_one_huge_text_does_not_name_its_theme() -> None:
    texts = planted()
    texts[0] = texts[0] + " " + "spam spam eggs " * 70_000
    assert len(texts[0]) > 1_000_000
    assert set(found(texts)[0][:2]) == {"delivery", "late"}
    assert "late" not in count_words(["x " * MOST_CHARACTERS + "late"], english=False).words


def test_a_group_of_nobody_has_no_keywords_and_texts_in_no_group_have_no_say() -> None:
    texts = planted()
    groups = np.arange(len(texts)) % 3
    groups[groups == 2] = -1
    words = keywords(count_words(texts, english=True), groups, 4)
    assert words[2] == words[3] == ()
    assert "colour" not in {word for each in words for word in each}


@given(st.lists(st.text(max_size=60), min_size=1, max_size=20), st.booleans())
def test_any_text_at_all(texts: list[str], english: bool) -> None:
    words = found(texts, 2, english)
    assert len(words) == 2
    assert all(len(each) <= KEYWORDS and len(set(each)) == len(each) for each in words)
    assert found(texts, 2, english) == words


def test_names() -> None:
    assert name_of(("late", "parcel", "courier", "rain"), 4) == "late, parcel, courier"
    assert name_of((), 4) == "Theme 5"
