from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.clarity import clarity_of, grade_of, sentences_of, syllables_of, unexplained
from segue.core.terms import Vocabulary, Word

WORDS = Vocabulary(
    (Word("precision", "Precision"), Word("recall", "Recall"), Word("embedding", "Embedding"), Word("classifier", "Classifier"))
)
GOOD = (
    "Think of a new colleague in support. You show her a thousand old messages with the right folder on each, and she picks up "
    "what goes where. This works the same way: a program sees many sorted messages and then sorts new ones. For instance, in our "
    "app it sends refund requests to billing. But it only knows the folders we gave it. If a new kind of complaint turns up next "
    "month, it will push it into an old folder, so somebody looks at a few of them every week."
)


def marked(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in unexplained(text, WORDS)]


@pytest.mark.parametrize(
    "text",
    [
        "Precision is the share of alarms that are right.",
        "Precision means how many alarms are right.",
        "Precision (the share of alarms that are right) went up.",
        "Precision, that is, the share of right alarms, went up.",
        "Precision: of all alarms, how many are right.",
        "Precision - of all alarms, how many are right - went up.",
        "We call the share of right alarms precision.",
        "The share of right alarms is called precision.",
        "The share of alarms that are right (precision) went up.",
        "We look at precision. That is the share of alarms that are right.",
        "“Precision” tells you how many alarms are right.",
        "The technical word for this is precision.",
        "Precision measures how often an alarm is right. Later, precision fell.",
    ],
)
def test_a_term_that_is_explained_at_once_is_not_marked(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our precision is 80%.", ["precision"]),
        ("We raised precision and recall.", ["precision", "recall"]),
        ("Precision fell. Much later we say that precision is the share of right alarms.", ["Precision"]),
        ("It needs an embedding and a classifier.", ["embedding", "classifier"]),
        ("Precision or recall?", ["Precision", "recall"]),
        ("I recall that precision was fine.", ["recall", "precision"]),
    ],
)
def test_a_term_that_comes_before_its_explanation_is_marked_at_its_first_use(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


def test_three_unexplained_terms_come_back_with_exactly_these_three() -> None:
    text = GOOD + " We check precision and recall, and an embedding helps."
    found = clarity_of(text, WORDS)
    assert [text[mark.start : mark.end] for mark in found.marks] == ["precision", "recall", "embedding"]
    assert [check.name for check in found.checks if not check.met] == ["terms"]


def test_what_the_text_explains_as_a_whole_is_never_marked() -> None:
    assert unexplained("Precision went up, and recall fell.", WORDS, frozenset({"precision"}))[0].term == "recall"


def test_a_good_text_passes() -> None:
    found = clarity_of(GOOD, WORDS)
    assert found.passed, found.checks
    assert found.has_comparison


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("", {"length", "example", "limit"}),
        ("Too short, for instance, but honest.", {"length"}),
        (GOOD + " " + "And so on it goes. " * 20, {"length"}),
        ("It sorts things into groups. " * 15, {"example", "limit"}),
        ("For instance, it sorts, but " + "this and that and " * 15 + "the end. " + "It is so. " * 6, {"sentences"}),
        (
            "For instance, organisational characteristics necessitate interdisciplinary considerations, however. " * 8,
            {"sentences"},
        ),
    ],
)
def test_each_check_fails_by_itself(text: str, failed: set[str]) -> None:
    assert {check.name for check in clarity_of(text, WORDS).checks if not check.met} == failed


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("table", 2),
        ("make", 1),
        ("idea", 2),
        ("model", 2),
        ("classification", 5),
        ("started", 2),
        ("x", 1),
        ("boxes", 2),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_the_grade_is_the_published_formula() -> None:
    assert grade_of(["the", "cat", "sat"], 1) == max(0.0, round(0.39 * 3 + 11.8 * 1 - 15.59, 1))
    assert grade_of(["classification"] * 10, 1) == round(0.39 * 10 + 11.8 * 5 - 15.59, 1)
    assert grade_of([], 0) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("It costs 3.5 euro. Fine.", 2),
        ("E.g. this, i.e. that.", 1),
        ("- one\n- two", 2),
        ("...", 0),
        ("no end", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    found = clarity_of(text, WORDS)
    assert found.grade >= 0
    assert all(text[mark.start : mark.end] for mark in found.marks)
