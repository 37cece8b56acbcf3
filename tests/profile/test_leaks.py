"""A column or a word that gives the answer away is found; one that merely goes with it is not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.profile.leaks import leaks
from feedback_lab.records.rows import Rows, Values

N = 600
RANDOM = np.random.default_rng(0)
LABELS: list[str] = RANDOM.choice(["refund", "praise", "question"], N).tolist()
FILLER = ["i", "bought", "this", "at", "the", "shop", "and", "wrote", "some", "words", "about", "it"]


def text_of(row: int) -> str:
    return " ".join(np.random.default_rng(row).permutation(FILLER))


TEXTS = [text_of(row) for row in range(N)]


def rows(
    labels: Values | None = LABELS, texts: list[str] = TEXTS, ratings: list[float] | None = None, **segments: Values
) -> Rows:
    return Rows(np.arange(1, N + 1), texts, None, None if ratings is None else np.array(ratings), labels, segments)


def names(data: Rows) -> list[str]:
    return [finding.name for finding in leaks(data)]


def noisy(share: float) -> list[str | None]:
    """The label's code, in a share of the rows."""
    keep = np.random.default_rng(1).random(N) < share
    return [label[:1] if kept else "?" for label, kept in zip(LABELS, keep, strict=True)]


RARE = ["churned" if row % 20 == 0 else "stayed" for row in range(N)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (lambda: rows(), []),
        (lambda: rows(queue=noisy(1)), ["leak: queue"]),
        (lambda: rows(queue=noisy(0.5)), []),
        (lambda: rows(shop=RANDOM.choice(["a", "b"], N).tolist()), []),
        (lambda: rows(number=[str(row) for row in range(N)]), []),
        # Accuracy would not show it: always "stayed" is right in 95%.
        (lambda: rows(RARE, closed=["yes" if label == "churned" else None for label in RARE]), ["leak: closed"]),
        (lambda: rows(RARE, shop=["a", "b"] * 300), []),
        (
            lambda: rows(None, ratings=[row % 5 + 1.0 for row in range(N)], tone=[str(row % 5) for row in range(N)]),
            ["leak: tone"],
        ),
        (lambda: rows(None), []),
        (lambda: rows(["same"] * N, queue=["same"] * N), []),
    ],
)
def test_columns(data: Callable[[], Rows], expected: list[str]) -> None:
    assert names(data()) == expected


@pytest.mark.parametrize(
    ("share", "elsewhere", "expected"),
    [(1, 0, True), (0.6, 0, True), (0.4, 0, False), (0.8, 0.1, False)],
)
def test_words(share: float, elsewhere: float, expected: bool) -> None:
    """A tag in so many texts of a class, and so many of all others."""
    chance = np.random.default_rng(2).random(N)
    texts = [
        f"{text} autotag" if one < (share if label == "refund" else elsewhere) else text
        for text, label, one in zip(TEXTS, LABELS, chance, strict=True)
    ]
    found = leaks(rows(texts=texts))
    assert [finding.name for finding in found] == ["leak: words of the label"] * expected
    assert all("“autotag”" in finding.says for finding in found)


@pytest.mark.parametrize(
    ("label", "said", "expected"),
    [("card_arrival", "my Card  arrival is late", True), ("late", "the plate is fine", False), ("late", "it is LATE", True)],
)
def test_texts_that_hold_the_name_of_their_label(label: str, said: str, expected: bool) -> None:
    labels = [label if row % 3 == 0 else "other thing" for row in range(N)]
    texts = [f"{text} {said}" if row % 3 == 0 else text for row, text in enumerate(TEXTS)]
    found = {finding.name: finding for finding in leaks(rows(labels, texts))}
    assert ("leak: name of the label" in found) is expected
    if expected:
        assert found["leak: name of the label"].examples == (1, 4, 7, 10, 13)


def test_few_rows_are_no_ground_for_suspicion() -> None:
    few = rows(queue=noisy(1)).take(np.arange(30))
    assert leaks(few) == []


@given(st.lists(st.tuples(st.text(max_size=8), st.one_of(st.none(), st.text(max_size=3))), min_size=40, max_size=60))
def test_any_data_is_looked_at(pairs: list[tuple[str, str | None]]) -> None:
    texts, labels = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    leaks(Rows(np.arange(len(pairs)), texts, None, None, labels, {"column": labels}))
