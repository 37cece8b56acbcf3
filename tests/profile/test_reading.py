"""The rows to read by hand: a hundred, of every kind some, the same ones each time."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.profile.reading import MOST, rows_to_read
from feedback_lab.records.rows import Rows


def uneven(n: int = 5_000) -> Rows:
    """One label in a hundred is rare, most ratings are 5, one shop has nearly all rows."""
    random = np.random.default_rng(0)
    return Rows(
        np.arange(1, n + 1),
        ["x" * int(size) for size in random.integers(1, 400, n)],
        None,
        random.choice([1.0, 2, 3, 4, 5], n, p=[0.05, 0.05, 0.1, 0.1, 0.7]),
        [f"label {number}" for number in random.choice(20, n, p=[0.81, *[0.01] * 19])],
        {"shop": random.choice(["large", "small"], n, p=[0.97, 0.03]).tolist()},
    )


def test_rare_kinds_are_among_them() -> None:
    rows = uneven()
    chosen = np.array(rows_to_read(rows)) - 1
    read = rows.take(chosen)
    assert len(set(chosen.tolist())) == MOST
    assert min(Counter(read.labels or ()).values()) >= 3
    assert len(Counter(read.labels or ())) == 20
    assert read.ratings is not None
    assert min(Counter(read.ratings.tolist()).values()) >= 15
    assert min(Counter(read.segments["shop"]).values()) >= 40
    lengths = [len(text) for text in read.texts]
    assert sum(length < 133 for length in lengths) >= 25
    assert sum(length > 266 for length in lengths) >= 25


def test_more_labels_than_rows_to_read() -> None:
    """No label is read twice while another was not read at all."""
    rows = Rows(np.arange(3_000), ["text"] * 3_000, labels=[f"label {row % 150}" for row in range(3_000)])
    read = rows.take(np.array(rows_to_read(rows)))
    assert len(set(read.labels or ())) == MOST


def test_the_seed_decides() -> None:
    rows = uneven(1_000)
    assert rows_to_read(rows, 1) == rows_to_read(rows, 1) != rows_to_read(rows, 2)


@given(st.integers(0, 130), st.integers(1, 120))
def test_as_many_as_there_are(n: int, most: int) -> None:
    found = rows_to_read(Rows(np.arange(10, n + 10), ["a"] * n), most=most)
    assert len(found) == min(n, most)
    assert list(found) == sorted(set(found))
