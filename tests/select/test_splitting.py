from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.select.splitting import SMALL, fold_text, folds_of, groups_of, nested_order, split

labelled = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12)), min_size=1, max_size=80)


@pytest.mark.parametrize(
    ("one", "other"), [("Too  small\n", "too small"), ("Café", "CAFE\u0301"), ("\uff2f\uff2b", "ok"), ("STRASSE", "straße")]
)
def test_texts_that_are_the_same(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@given(labelled, st.integers(0, 5))
def test_no_text_is_on_both_sides(pairs: list[tuple[int, int]], seed: int) -> None:
    labels, groups = np.array(pairs, np.int64).T
    train, test = split(labels, seed, groups=groups)
    assert sorted([*train, *test]) == list(range(len(pairs)))
    assert not set(groups[train]) & set(groups[test])


@given(labelled, st.integers(0, 5))
def test_folds_keep_texts_together(pairs: list[tuple[int, int]], seed: int) -> None:
    labels, groups = np.array(pairs, np.int64).T
    folds = folds_of(labels, groups, seed)
    assert all(len(set(folds[groups == group])) == 1 for group in set(groups))


def test_the_split_is_stratified_and_each_class_on_both_sides() -> None:
    labels = np.repeat([0, 1, 2], [100, 50, 5])
    _, test = split(labels, 0)
    assert np.bincount(labels[test]).tolist() == [20, 10, 1]
    assert np.array_equal(test, split(labels, 0)[1])
    assert not np.array_equal(test, split(labels, 1)[1])


def test_a_class_of_one_text_stays_in_training() -> None:
    train, test = split(np.array([0] * 10 + [1]), 0)
    assert 10 in train
    assert len(test) == 2


@pytest.mark.parametrize(("rows", "folds"), [(50, 5), (SMALL, 5), (SMALL + 1, 3)])
def test_folds_are_even(rows: int, folds: int) -> None:
    labels = np.arange(rows) % 7
    sizes = np.bincount(folds_of(labels, np.arange(rows), 0))
    assert len(sizes) == folds
    assert sizes.max() - sizes.min() <= 1


def test_equal_texts_are_one_group() -> None:
    assert groups_of(["a b", "c", "A  B", "d"]).tolist() == [0, 1, 0, 2]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=60))
def test_each_beginning_of_the_order_is_stratified(labels: list[int]) -> None:
    order = nested_order(np.array(labels, np.int64), 0)
    assert sorted(order) == list(range(len(labels)))
    shares = np.bincount(labels, minlength=3) / len(labels)
    for size in range(1, len(labels) + 1):
        found = np.bincount(np.array(labels)[order[:size]], minlength=3)
        assert np.abs(found - shares * size).max() <= 1.5 + 1e-9
