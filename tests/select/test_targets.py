from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.records.models import Target
from feedback_lab.records.rows import Roles, Rows
from feedback_lab.select.targets import MOST_CLASSES, classes_of, examples, narrowed, target_of

NAN = float("nan")


def rows(n: int = 4, **columns: object) -> Rows:
    return Rows(np.arange(1, n + 1), [f"text {at}" for at in range(n)], **columns)  # type: ignore[arg-type]


def test_the_label_comes_before_the_rating() -> None:
    both = rows(labels=["b", "a", None, " "], ratings=np.array([1.0, 2, 3, 4]))
    assert target_of(both, Roles("t", rating="stars", label="kind")) == Target("label", "kind", ("a", "b"))


@pytest.mark.parametrize(
    ("ratings", "classes"),
    [
        ([1, 2, 3, 4], ("negative", "neutral", "positive")),
        ([1, 5, 5, NAN], ("negative", "positive")),
        ([2, 2.5, 3, 4.5], ("negative", "neutral", "positive")),
        ([5, 5, 5, 5], ("positive",)),
    ],
)
def test_ratings_from_1_to_5_are_folded(ratings: list[float], classes: tuple[str, ...]) -> None:
    target = target_of(rows(ratings=np.array(ratings)), Roles("t", rating="stars"))
    assert (target.kind, target.classes, target.cuts) == ("rating", classes, (3.0, 3.0))


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([1, 3, 4, 10], ["negative", "negative", "neutral", "positive"]),
        ([-1, 0, 1, NAN], ["negative", "neutral", "positive", None]),
        ([0, 1, 1, 0], ["negative", "positive", "positive", "negative"]),
        ([7, 7, 7, 7], ["neutral"] * 4),
    ],
)
def test_other_scales_are_cut_into_thirds_and_it_is_said(ratings: list[float], expected: list[str | None]) -> None:
    some = rows(ratings=np.array(ratings, float))
    target = target_of(some, Roles("t", rating="score"))
    assert list(classes_of(some, target)) == expected
    assert "thirds" in target.says


def test_a_wish_names_label_rating_or_segment() -> None:
    some = rows(labels=list("abab"), ratings=np.array([1.0, 3, 5, 5]), segments={"branch": ["n", "s", None, "n"]})
    roles = Roles("t", rating="stars", label="kind")
    assert target_of(some, roles, "stars").kind == "rating"
    assert target_of(some, roles, "kind").classes == ("a", "b")
    branch = target_of(some, roles, "branch")
    assert branch == Target("label", "branch", ("n", "s"))
    assert list(classes_of(some, branch)) == ["n", "s", None, "n"]
    with pytest.raises(LabError, match="no column 'colour'") as fault:
        target_of(some, roles, "colour")
    assert "kind, stars, branch" in fault.value.hint


@pytest.mark.parametrize("columns", [{}, {"labels": [None, "", " ", None]}, {"ratings": np.full(4, NAN)}])
def test_nothing_to_predict(columns: dict[str, object]) -> None:
    with pytest.raises(NotEnoughData, match="neither a label nor a rating"):
        target_of(rows(4, **columns), Roles("t"))


def test_an_empty_column_that_was_wished_for() -> None:
    some = rows(ratings=np.full(4, NAN), labels=[None] * 4)
    for wish in ("stars", "kind"):
        with pytest.raises(NotEnoughData, match=f"column {wish} is empty"):
            target_of(some, Roles("t", rating="stars", label="kind"), wish)


def test_examples_leave_out_rows_without_class_or_text() -> None:
    some = Rows(np.arange(4), ["one", "  ", "three", "four"], labels=["a", "a", None, "b"])
    texts, labels, kept = examples(some, Target("label", "kind", ("a", "b")))
    assert (texts, labels.tolist(), kept.tolist()) == (["one", "four"], [0, 1], [0, 3])


def test_classes_with_too_few_different_texts_are_dropped_and_named() -> None:
    target = Target("label", "kind", ("few", "many", "same"))
    texts = [*(f"a{at}" for at in range(4)), *(f"b{at}" for at in range(5)), *["Same text", "same  TEXT"] * 5]
    labels = np.array([0] * 4 + [1] * 5 + [2] * 10)
    found, dropped = narrowed(target, texts, labels)
    assert (found.classes, dropped) == (("many",), ("few", "same"))


def test_only_so_many_classes_are_kept() -> None:
    names = tuple(f"c{at:04}" for at in range(MOST_CLASSES + 2))
    labels = np.repeat(np.arange(len(names)), 5)
    found, dropped = narrowed(Target("label", "kind", names), [f"t{at}" for at in range(len(labels))], labels)
    assert (len(found.classes), dropped) == (MOST_CLASSES, names[-2:])
