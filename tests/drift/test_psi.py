from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.drift.psi import psi, psi_of_numbers, psi_of_values

COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=8)


def counts(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_by_hand() -> None:
    # With half a row more in each: 60.5, 30.5, 10.5 of 101.5 and 30.5, 40.5, 30.5 of 101.5.
    by_hand = (
        (30.5 - 60.5) / 101.5 * math.log(30.5 / 60.5)
        + (40.5 - 30.5) / 101.5 * math.log(40.5 / 30.5)
        + (30.5 - 10.5) / 101.5 * math.log(30.5 / 10.5)
    )
    found = psi(counts(60, 30, 10), counts(30, 40, 30))
    assert found.psi == pytest.approx(by_hand)
    assert found.psi == pytest.approx(0.4405, abs=1e-4)
    assert (found.reference_n, found.new_n) == (100, 100)
    # 13.816 is the point that chi-squared with two degrees of freedom exceeds in one of 1,000.
    assert found.by_chance == pytest.approx(13.816 * (1 / 100 + 1 / 100), abs=1e-3)


def test_an_empty_bin_gives_a_number_and_one_that_is_empty_on_both_sides_nothing() -> None:
    found = psi(counts(50, 50, 0), counts(50, 0, 0))
    assert math.isfinite(found.psi)
    assert found == psi(counts(50, 50), counts(50, 0))


@given(COUNTS)
def test_it_is_symmetric_and_never_negative(pairs: list[tuple[int, int]]) -> None:
    left, right = (counts(*side) for side in zip(*pairs, strict=True))
    assert psi(left, right).psi == pytest.approx(psi(right, left).psi)
    assert psi(left, right).psi >= 0
    assert psi(left, left).psi == 0


def test_numbers_are_cut_at_quantiles_of_the_reference() -> None:
    reference = np.arange(1_000.0)
    assert psi_of_numbers(reference, reference).psi == 0
    # All new numbers lie in the last tenth.
    last = psi(counts(*[100] * 10, 0), counts(*[0] * 9, 1_000, 0))
    assert psi_of_numbers(reference, np.linspace(900, 2_000, 1_000)).psi == pytest.approx(last.psi)


def test_few_numbers_are_taken_one_by_one_and_missing_ones_are_a_bin() -> None:
    reference = np.array([3.0] * 100)
    assert psi_of_numbers(reference, np.array([1.0] * 50 + [3.0] * 50)).psi > 0.25
    assert psi_of_numbers(reference, np.array([np.nan] * 50 + [3.0] * 50)).psi > 0.25
    assert psi_of_numbers(reference, np.array([3.0] * 50)).psi == 0


def test_values_that_are_rare_or_new_are_one_bin() -> None:
    reference: list[str | None] = [f"product {at % 60:02}" for at in range(600)]
    new: list[str | None] = ["a product of this spring"] * 300
    # 20 products of ten rows, 400 rows of others.
    assert psi_of_values(reference, new).psi == pytest.approx(psi(counts(*[10] * 20, 400), counts(*[0] * 20, 300)).psi)
    assert psi_of_values(reference, [None] * 300).psi > psi_of_values(reference, new).psi


@pytest.mark.parametrize("bins", [2, 5, 10, 20])
@pytest.mark.parametrize(("n", "m"), [(60, 40), (400, 400), (5_000, 300)])
def test_rows_of_one_source_seldom_pass_what_chance_does(bins: int, n: int, m: int) -> None:
    rng = np.random.default_rng(bins)
    shares = rng.dirichlet(np.full(bins, 2.0))
    found = [psi(rng.multinomial(n, shares), rng.multinomial(m, shares)) for _ in range(300)]
    assert sum(each.psi > each.by_chance for each in found) <= 3


def test_no_rows_on_a_side() -> None:
    assert psi_of_values([], ["a"]).psi == 0
    assert psi_of_numbers(np.zeros(0), np.zeros(0)).psi == 0
