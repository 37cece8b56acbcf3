"""Measures of fairness: the worked examples to the digit, and the formulas against other people's libraries."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.deepen import fairness_tables
from segue.work.deepen.fairness import (
    BY_ID,
    MEASURES,
    Holds,
    Pool,
    Ratio,
    Table,
    fisher,
    fpr_of,
    gap_of,
    impossible,
    ratios,
    thousand,
    verdicts,
    wilson,
)
from segue.work.deepen.outline import outlines
from segue.work.deepen.rules.bias import MEASURES as OF_THE_MEMO

SHARES = st.floats(0.01, 0.99)
COUNTS = st.integers(0, 400)


def ratio(*counts: tuple[int, int]) -> Ratio:
    (found,) = ratios([Pool(f"Group {place}", selected, n) for place, (selected, n) in enumerate(counts)])
    return found


# --- the impossibility ---


def test_the_worked_example_of_the_impossibility() -> None:
    assert [f"{fpr_of(base, 0.70, 0.80):.1%}" for base in (0.3, 0.5)] == ["14.7%", "34.3%"]
    low, high = thousand("A", 0.3, 0.7, 0.8), thousand("B", 0.5, 0.7, 0.8)
    assert [(round(each.tp), round(each.fp)) for each in (low, high)] == [(240, 103), (400, 171)]
    held = {verdict.measure.id: verdict.holds for verdict in verdicts(low, high, counted=False)}
    assert held == {
        "parity": Holds.NO,
        "opportunity": Holds.YES,
        "odds": Holds.NO,
        "predictive": Holds.YES,
        "calibration": Holds.NO,
    }
    figure = fairness_tables.thousand_figure(low, high)
    assert figure.caption == "Of those to whom it does not apply, 14.7% are flagged in “A” and 34.3% in “B”."
    assert figure.table is not None
    assert [list(row) for row in figure.table.rows][:2] == [
        ["Rightly flagged (TP)", "240", "400"],
        ["Wrongly flagged (FP)", "103", "171"],
    ]


@given(base=SHARES, ppv=SHARES, tpr=SHARES)
def test_what_follows_has_the_rates_that_were_asked_for(base: float, ppv: float, tpr: float) -> None:
    table = thousand("A", base, ppv, tpr)
    assert table.n == pytest.approx(1000)
    found = {rate: table.rate(rate) for rate in ("base", "ppv", "tpr", "fpr")}
    assert found == pytest.approx({"base": base, "ppv": ppv, "tpr": tpr, "fpr": fpr_of(base, ppv, tpr)})
    assert bool(impossible(base, ppv, tpr)) == (fpr_of(base, ppv, tpr) > 1)


@given(base=SHARES, tpr=SHARES)
def test_the_least_ppv_that_is_told_is_the_edge_of_the_possible(base: float, tpr: float) -> None:
    least = base * tpr / (base * tpr + 1 - base)
    assert fpr_of(base, least, tpr) == pytest.approx(1)
    if least > 0.02:
        assert f"at least {least:.0%} of the flags" in impossible(base, least * 0.9, tpr)


def test_equal_base_rates_let_all_measures_hold() -> None:
    same = thousand("A", 0.3, 0.7, 0.8), thousand("B", 0.3, 0.7, 0.8)
    assert {verdict.holds for verdict in verdicts(*same, counted=False)} == {Holds.YES}
    assert "all the measures can hold" in fairness_tables.conclusion(*same, 0.7)
    other = thousand("C", 0.4, 1.0, 0.8)
    assert other.fp == 0
    assert "Every flag is right" in fairness_tables.conclusion(same[0], other, 1.0)
    assert "cannot be equal" in fairness_tables.conclusion(same[0], other, 0.7)


# --- on counts of rows ---


def test_counts_say_when_rows_are_too_few_to_tell() -> None:
    few = Table("A", 4, 2, 3, 11), Table("B", 6, 1, 2, 15)
    assert {verdict.holds for verdict in verdicts(*few, counted=True)} == {Holds.OPEN}
    many = Table("A", 400, 200, 300, 1100), Table("B", 900, 100, 100, 1500)
    held = {verdict.measure.id: verdict.holds for verdict in verdicts(*many, counted=True)}
    assert held["opportunity"] == held["odds"] == held["predictive"] == Holds.NO
    empty = gap_of("ppv", Table("A", 0, 0, 3, 5), many[1], counted=True)
    assert (empty.value, empty.holds) == (None, Holds.OPEN)
    assert fairness_tables.rates_figure(Table("A", 0, 0, 0, 0), many[0]).caption == "A slice is empty."


def test_the_table_of_slices_shows_ranges() -> None:
    first, second = Table("A", 40, 20, 30, 110), Table("B", 90, 10, 10, 150)
    table = fairness_tables.verdict_table(verdicts(first, second, counted=True), first, second, counted=True)
    rows = {str(row[0]): list(map(str, row)) for row in table.rows}
    assert rows["Equal opportunity"][2:5] == ["TPR", "57.1%", "90.0%"]
    assert rows["Equal opportunity"][5].startswith("−32.9 (−4")
    assert rows["Equal opportunity"][6] == "Breaks"
    assert rows["Equalized odds"][2] == "TPR; FPR"
    assert fairness_tables.together(first, second) == pytest.approx((130 / 160, 130 / 170))


# --- the four-fifths rule ---


def test_the_worked_examples_of_the_four_fifths_rule() -> None:
    flagged = ratio((48, 80), (21, 50))
    assert (f"{flagged.highest.rate:.0%}", f"{flagged.pool.rate:.0%}") == ("60%", "42%")
    assert (f"{flagged.value:.2f}", f"{flagged.p:.4f}", flagged.is_flagged) == ("0.70", "0.0495", True)
    small = ratio((3, 5), (2, 5))
    assert (f"{small.value:.2f}", fairness_tables.p_words(small.p), small.z) == ("0.67", "1.0", None)
    assert small.is_flagged
    assert "the flag is noise" in small.says
    large = ratio((5200, 10_000), (4900, 10_000))
    assert (f"{large.value:.2f}", f"{large.z:.1f}", large.is_flagged) == ("0.94", "4.2", False)
    assert "Passes, yet the test finds a real gap" in large.says


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (((600, 1000), (300, 1000)), "Flagged, and a gap of this size is unlikely"),
        (((48, 80), (21, 50)), "the range of the ratio still reaches 1"),
        (((5, 10), (5, 10)), "Passes, and no gap is established"),
    ],
)
def test_conclusions(counts: tuple[tuple[int, int], ...], says: str) -> None:
    assert says in ratio(*counts).says


def test_four_fifths_itself_is_not_below_four_fifths() -> None:
    assert not ratio((50, 100), (40, 100)).is_flagged
    assert not ratio((5, 6), (2, 3)).is_flagged  # 0.8 in fractions, a little less in floating point or more
    assert ratio((50, 100), (39, 100)).is_flagged


def test_several_groups_and_nobody_selected() -> None:
    found = ratios([Pool("A", 10, 50), Pool("B", 30, 50), Pool("C", 0, 50)])
    assert [(each.pool.name, each.highest.name) for each in found] == [("A", "B"), ("C", "B")]
    nobody = found[1]
    assert nobody.value == nobody.low == 0 < nobody.high < 0.8
    assert ratios([Pool("A", 0, 5), Pool("B", 0, 5)]) == ()
    assert ratios([]) == ()
    figure = fairness_tables.pools_figure(found)
    assert figure.table is not None
    assert [row[-1] for row in figure.table.rows] == ["–", "Flagged", "Flagged"]
    assert "p under 0.0001" in fairness_tables.ratio_words(nobody)
    assert "p = 0.0495, z = 2.0" in fairness_tables.ratio_words(ratio((48, 80), (21, 50)))


# --- against other libraries ---


@given(hits=COUNTS, others=COUNTS, more=COUNTS, rest=COUNTS)
def test_fisher_is_that_of_scipy(hits: int, others: int, more: int, rest: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    expected = stats.fisher_exact([[hits, more], [others, rest]]).pvalue
    assert fisher(hits, hits + more, others, others + rest) == pytest.approx(expected, abs=1e-9)


def test_fisher_of_large_numbers() -> None:
    assert fisher(500_000, 1_000_000, 500_000, 1_000_000) == pytest.approx(1)
    assert fisher(0, 1_000_000, 1_000_000, 1_000_000) == 0


@given(hits=st.integers(1, 400), others=st.integers(1, 400), more=COUNTS, rest=COUNTS)
def test_the_range_of_a_ratio_is_that_of_scipy(hits: int, others: int, more: int, rest: int) -> None:
    contingency = pytest.importorskip("scipy.stats.contingency")
    pools = [Pool("A", hits, hits + more), Pool("B", others, others + rest)]
    (found,) = ratios(pools)
    other = contingency.relative_risk(found.pool.selected, found.pool.n, found.highest.selected, found.highest.n)
    interval = other.confidence_interval(0.95)
    assert (found.value, found.low, found.high) == pytest.approx((other.relative_risk, interval.low, interval.high))


@given(hits=COUNTS, more=COUNTS)
def test_wilson_is_that_of_scipy(hits: int, more: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    if hits + more:
        interval = stats.binomtest(hits, hits + more).proportion_ci(method="wilson")
        assert wilson(hits, hits + more) == pytest.approx((interval.low, interval.high), abs=1e-9)
    else:
        assert wilson(hits, hits + more) == (0, 1)


def rows_of(table: Table) -> tuple[list[int], list[int]]:
    cells = ((1, 1, table.tp), (0, 1, table.fp), (1, 0, table.fn), (0, 0, table.tn))
    truth = [t for t, _, n in cells for _ in range(int(n))]
    return truth, [said for _, said, n in cells for _ in range(int(n))]


@given(st.tuples(*(st.integers(1, 60),) * 4))
def test_rates_are_those_of_scikit_learn(counts: tuple[int, int, int, int]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    table = Table("A", *counts)
    truth, said = rows_of(table)
    assert table.rate("ppv") == pytest.approx(metrics.precision_score(truth, said))
    assert table.rate("tpr") == pytest.approx(metrics.recall_score(truth, said))
    assert table.rate("fpr") == pytest.approx(1 - metrics.recall_score(truth, said, pos_label=0))
    assert table.rate("npv") == pytest.approx(metrics.precision_score(truth, said, pos_label=0))


def test_gaps_are_those_of_fairlearn() -> None:
    fairlearn = pytest.importorskip("fairlearn.metrics")
    first, second = Table("A", 40, 20, 30, 110), Table("B", 90, 10, 10, 150)
    rows = [rows_of(each) for each in (first, second)]
    truth, said = ([value for each in rows for value in each[place]] for place in (0, 1))
    group = ["A"] * int(first.n) + ["B"] * int(second.n)
    gaps = {name: abs(gap_of(name, first, second, counted=True).value or 0) for name in ("selected", "tpr", "fpr")}
    told = {"sensitive_features": group}
    assert gaps["selected"] == pytest.approx(fairlearn.demographic_parity_difference(truth, said, **told))
    assert gaps["tpr"] == pytest.approx(fairlearn.equal_opportunity_difference(truth, said, **told))
    assert max(gaps["tpr"], gaps["fpr"]) == pytest.approx(fairlearn.equalized_odds_difference(truth, said, **told))


# --- words ---


def test_the_memo_knows_the_same_measures() -> None:
    assert set(BY_ID) == set(OF_THE_MEMO)
    field = outlines()["trade-off"].by_id["fairness"].field
    assert field is not None
    assert set(BY_ID) <= {value for value, _ in field.choices}
    assert len(fairness_tables.measures_table().rows) == len(MEASURES) == 5


def test_shares_and_points_are_printed_in_their_way() -> None:
    assert fairness_tables.share(None) == "–"
    assert fairness_tables.points(-0.0321) == "−3.2"
    assert math.isclose(thousand("A", 0.5, 0.5, 1.0).fp, 500)
