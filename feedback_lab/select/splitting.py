"""Who learns and who is tested: stratified by class, and never the same text on both sides."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from feedback_lab.records.rows import Ints

TEST_SHARE = 0.2
SMALL = 5_000  # training rows up to which there are five folds; three beyond


def fold_text(text: str) -> str:
    """The text without what makes no other text of it: case, spaces, forms of the same character."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def groups_of(texts: Sequence[str]) -> Ints:
    """A number for each text, int64 (n,), equal where folded texts are equal."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(fold_text(text), len(seen)) for text in texts], np.int64)


def split(labels: Ints, seed: int, test_share: float = TEST_SHARE, groups: Ints | None = None) -> tuple[Ints, Ints]:
    """Places of training and of test rows, each in ascending order, stratified by class.

    ``labels``: int (n,). ``groups``: int (n,), rows of one group stay together; without it each row is its own. A group
    counts for the class of its first row. Every class with two groups or more has one on each side.
    """
    groups = np.arange(len(labels)) if groups is None else groups
    _, first, of_row = np.unique(groups, return_index=True, return_inverse=True)
    rank, size = _ranks(labels[first], seed)
    tested = np.clip(np.round(test_share * size), np.minimum(1, size - 1), np.maximum(size - 1, 0))
    in_test = (rank < tested)[of_row]
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)


def folds_of(labels: Ints, groups: Ints, seed: int) -> Ints:
    """The fold of each row, int64 (n,): five folds for up to ``SMALL`` rows, else three; stratified, groups kept together."""
    count = 5 if len(labels) <= SMALL else 3
    _, first, of_row = np.unique(groups, return_index=True, return_inverse=True)
    rank, _ = _ranks(labels[first], seed)
    # Classes start at different folds, or the first fold would get the odd row of every class.
    start = np.cumsum(np.bincount(labels[first])) - np.bincount(labels[first])
    return np.asarray(((rank + start[labels[first]]) % count)[of_row], np.int64)


def nested_order(labels: Ints, seed: int) -> Ints:
    """An order of the rows in which every beginning has the classes in about the proportions of the whole; int64 (n,)."""
    rank, size = _ranks(labels, seed)
    return np.argsort((rank + 0.5) / size, kind="stable").astype(np.int64)


def _ranks(labels: Ints, seed: int) -> tuple[Ints, Ints]:
    """For each row a random rank within its class, from 0, and the size of the class."""
    mixed = np.random.default_rng(seed).permutation(len(labels))
    order = mixed[np.argsort(labels[mixed], kind="stable")]
    sizes = np.bincount(labels)
    starts = np.cumsum(sizes) - sizes
    rank = np.empty(len(labels), np.int64)
    rank[order] = np.arange(len(labels)) - starts[labels[order]]
    return rank, sizes[labels]
