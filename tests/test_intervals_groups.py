"""Intervals that compare groups: against worked examples, against simulation, and what must hold whatever the numbers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, ttest_ind

from feedback_lab.intervals import (
    Sums,
    adjusted,
    chance_of_shares,
    difference,
    largest_difference,
    leaves_out,
    mean_difference,
    mean_of_sums,
    share_ratio,
    stretched,
    wilson,
)
from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Floats


def sums(values: Floats) -> Sums:
    return Sums(len(values), float(values.sum()), float((values**2).sum()))


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_difference_of_shares_is_newcombes(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    found = difference(wilson(*first), wilson(*second))
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_the_difference_of_means_is_welchs() -> None:
    first, second = np.array([1.0, 2, 3]), np.array([4.0, 6, 8, 10])
    found = mean_difference(sums(first), sums(second))
    known = ttest_ind(first, second, equal_var=False).confidence_interval()
    assert (found.value, found.n) == (-5, 3)
    assert [found.low, found.high] == pytest.approx([known.low, known.high])


@pytest.mark.parametrize(
    ("first", "second"),
    [([], [1.0, 2]), ([4.0], [1.0, 2]), ([1.0, 2], [])],
)
def test_fewer_than_two_values_give_no_bounds(first: list[float], second: list[float]) -> None:
    found = mean_difference(sums(np.array(first)), sums(np.array(second)))
    assert np.isnan(found.low)
    assert np.isnan(found.high)
    assert not leaves_out(found, 0)


def test_two_equal_values_do_not_settle_anything() -> None:
    """Two ones among ratings from 1 to 5: without the others' spread, the interval would have almost no width."""
    others = np.array([1.0, 2, 3, 4, 5] * 20)
    found = mean_difference(sums(np.array([1.0, 1])), sums(others))
    assert found.low < -3.9
    assert not leaves_out(found, 0)


def test_values_all_alike_leave_a_bare_difference() -> None:
    assert mean_difference(sums(np.full(5, 3.0)), sums(np.full(9, 1.0))) == Estimate(2, 2, 2, 5)
    assert sums(np.full(7, 3.3)).variance == 0


def test_katz_by_hand() -> None:
    """30 of 100 against 50 of 1,000: 6 times, log spread from 30.5/100.5 and 50.5/1000.5."""
    found = share_ratio(30, 100, 50, 1_000)
    spread = (1 / 30.5 - 1 / 100.5 + 1 / 50.5 - 1 / 1_000.5) ** 0.5
    centre = (30.5 / 100.5) / (50.5 / 1_000.5)
    assert found.value == pytest.approx(6)
    assert found.low == pytest.approx(centre * np.exp(-1.959964 * spread), rel=1e-5)
    assert found.high == pytest.approx(centre * np.exp(1.959964 * spread), rel=1e-5)


def test_a_ratio_to_nothing_is_large_and_bounded() -> None:
    found = share_ratio(5, 50, 0, 500)
    assert 0 < found.low < 10 < found.value < found.high < np.inf
    assert np.isnan(share_ratio(0, 0, 5, 10).value)


@pytest.mark.parametrize("counts", [(3, 10, 8, 12), (0, 20, 5, 20), (30, 100, 50, 1_000), (5, 5, 0, 5), (0, 0, 1, 2)])
def test_chance_is_fishers(counts: tuple[int, int, int, int]) -> None:
    hits, n, other_hits, other_n = counts
    table = [[hits, n - hits], [other_hits, other_n - other_hits]]
    tails = [fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
    assert chance_of_shares(*counts) == pytest.approx(min(1, 2 * min(tails)))


def test_many_looks_ask_for_more() -> None:
    assert adjusted(1) == adjusted(0) == pytest.approx(0.95)
    assert adjusted(10) == pytest.approx(0.995)
    same, wider = (stretched(Estimate(1, 0, 3, 9), level) for level in (0.95, 0.99))
    assert [same.low, same.high] == pytest.approx([0, 3])
    assert wider.low == pytest.approx(1 - 2.575829 / 1.959964)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(40, 60)), min_size=2, max_size=6))
def test_the_largest_difference_holds_its_value(shares: list[tuple[int, int]]) -> None:
    groups = [wilson(hits, n) for hits, n in shares]
    found = largest_difference(groups)
    widest = max(abs(one.value - other.value) for one, other in combinations(groups, 2))
    assert found.value == pytest.approx(widest)
    assert 0 <= found.low <= found.value <= found.high
    assert largest_difference(list(reversed(groups))).value == pytest.approx(found.value)


def test_one_group_has_no_distance() -> None:
    assert np.isnan(largest_difference([wilson(4, 10)]).value)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30), st.integers(1, 29))
def test_sums_of_parts_are_the_sum(values: list[float], at: int) -> None:
    whole, one, other = (sums(np.array(part)) for part in (values, values[:at], values[at:]))
    assert (one + other).n == whole.n
    assert (whole - other).n == one.n
    assert (one + other).mean == pytest.approx(np.mean(values), abs=1e-9)
    assert mean_of_sums(whole).n == len(values)


def test_intervals_hold_what_they_should() -> None:
    """Of 400 draws with a fixed seed, each kind of interval holds the true figure about 95 times of 100."""
    random, held = np.random.default_rng(11), np.zeros(4)
    for _ in range(400):
        own, others = random.integers(1, 6, 40).astype(float), random.integers(1, 4, 300).astype(float)
        hits, other_hits = random.binomial(80, 0.2), random.binomial(900, 0.1)
        found = (
            (mean_difference(sums(own), sums(others)), 1.0),
            (mean_of_sums(sums(own)), 3.0),
            (difference(wilson(hits, 80), wilson(other_hits, 900)), 0.1),
            (share_ratio(hits, 80, other_hits, 900), 2.0),
        )
        held += [not leaves_out(estimate, true) for estimate, true in found]
    assert (held / 400 > 0.92).all()
    assert (held / 400 < 0.98).all()


def test_equal_groups_are_rarely_called_different() -> None:
    """Eight equal groups, picked for their largest distance: the low end is above 0 in about one of twenty draws."""
    random = np.random.default_rng(5)
    false = sum(largest_difference([wilson(random.binomial(90, 0.7), 90) for _ in range(8)]).low > 0 for _ in range(150))
    assert false / 150 < 0.1
