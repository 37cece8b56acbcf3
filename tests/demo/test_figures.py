from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from segue.demo import figures, tables

# What the texts were written around. A figure that moves makes sentences untrue that no placeholder mends ("the ranges overlap
# widely", "two times in five"), so whoever changes a table reads the texts again.
AGREED = {
    "exported": 1842,
    "usable": 1520,
    "gold": 220,
    "smallest": 12,
    "window_n": 47,
    "window_share": 21,
    "window_low": 16,
    "window_high": 27,
    "second": 60,
    "agreed_n": 45,
    "agreed": 75,
    "kappa": 0.71,
    "settled": 15,
    "quick": 46,
    "quick_base": 23,
    "base": 21,
    "rule": 49,
    "v1": 68,
    "v1_low": 62,
    "v1_high": 74,
    "llm": 72,
    "llm_lead": 9,
    "v2": 72,
    "v2_low": 66,
    "v2_high": 77,
    "fixed": 23,
    "broken": 15,
    "read": 50,
    "error_kinds": 6,
    "largest_kind": 32,
    "cut": 0.62,
    "cut_precision": 85,
    "cut_recall": 62,
    "lo_cost": 97,
    "cut_cost": 79,
    "hi_cost": 92,
    "recipients": 77,
    "shops": 59,
    "gap": 18,
    "newer_n": 80,
    "newer": 61,
    "lockers_n": 19,
    "lockers_right": 6,
    "audit_share": 93,
    "cost_all": 187,
}


@pytest.mark.parametrize("name", AGREED)
def test_figure_that_the_texts_were_written_around(name: str) -> None:
    assert figures.numbers()[name] == AGREED[name]


def test_rows_add_up() -> None:
    n = figures.numbers()
    assert n["exported"] - n["empty"] - n["doubles"] - n["foreign"] == n["usable"]
    assert n["gold"] + n["trial"] + n["quick_n"] + n["train"] == n["usable"]
    assert sum(n["pii_kinds"].values()) == n["pii_before"]
    assert sum(n["pii_left"].values()) == n["pii_after"]
    assert [sum(kind) for kind in zip(*n["audit_kinds"].values(), strict=True)] == [
        n["audit_found"],
        n["audit_missed"],
        n["audit_false"],
    ]
    assert n["leaky"] - n["v1"] == n["leak_points"]
    assert n["v1_right"] + n["fixed"] - n["broken"] == n["v2_right"]
    assert n["lockers_n"] + n["others_n"] == n["newer_n"]
    assert n["lockers_right"] + n["others_right"] == n["newer_right"]
    for one, other in (("recipients", "shops"), ("store", "support"), ("long", "short")):
        assert n[f"{one}_n"] + n[f"{other}_n"] == n["gold"]
        assert n[f"{one}_right"] + n[f"{other}_right"] == n["v2_right"]


def test_no_row_is_used_twice() -> None:
    used = [row["row"] for name in ("gold", "quick", "newer") for row in figures.rows(name)]
    assert len(set(used)) == len(used)
    assert all(1 <= int(row["row"]) <= figures.numbers()["usable"] for name in ("gold", "quick") for row in figures.rows(name))


def test_every_answer_is_one_of_the_eight_reasons() -> None:
    for name, columns in {
        "gold": ("label", "rule", "linear", "linear2", "llm"),
        "quick": ("label", "rule"),
        "newer": ("label", "linear2"),
    }.items():
        assert {row[column] for row in figures.rows(name) for column in columns} <= set(figures.REASONS)


def test_settled_labels_are_one_of_the_two_given() -> None:
    assert all(row["label"] in (row["first"], row["second"]) for row in figures.rows("gold") if row["second"])


def test_errors_read_are_errors() -> None:
    read = [row for row in figures.rows("gold") if row["kind"]]
    assert all(row["linear"] != row["label"] for row in read)
    assert all({row["linear"], row["label"]} == {"late", "window"} for row in read if row["kind"] == "border")
    assert all(row["writer"] == "shop" for row in read if row["kind"] == "shop-words")
    assert all(int(row["words"]) < 12 for row in read if row["kind"] == "too-short")


def test_interval_holds_19_times_in_20() -> None:
    """The range of a share covers the share it was drawn from as often as it says."""
    draw, share, held = random.Random(7), 0.68, 0
    for _ in range(2000):
        low, high = figures.interval(sum(draw.random() < share for _ in range(220)), 220)
        held += low <= 100 * share <= high
    assert 0.93 < held / 2000 < 0.98


@pytest.mark.parametrize(("hits", "count", "low", "high"), [(80, 100, 71, 87), (14, 20, 48, 85), (5, 6, 44, 97), (0, 10, 0, 28)])
def test_interval_of_known_shares(hits: int, count: int, low: int, high: int) -> None:
    assert figures.interval(hits, count) == (low, high)


def test_kappa_is_one_for_twins_and_nought_for_strangers() -> None:
    same = [(reason, reason) for reason in figures.REASONS]
    every = [(a, b) for a in figures.REASONS for b in figures.REASONS]
    assert figures.kappa(same)[0] == 1
    worth, luck = figures.kappa(every)
    assert worth == 0
    assert math.isclose(luck, 1 / 8)


def test_macro_f1_by_precision_and_recall() -> None:
    """The same by another way of counting."""
    rows = figures.rows("gold")
    pairs = Counter((row["label"], row["linear"]) for row in rows)
    scores = []
    for reason in figures.REASONS:
        true = pairs[reason, reason]
        precision = true / sum(count for (_, guess), count in pairs.items() if guess == reason)
        recall = true / sum(count for (label, _), count in pairs.items() if label == reason)
        scores.append(2 / (1 / precision + 1 / recall))
    assert math.isclose(figures.numbers()["macro_v1"], sum(scores) / 8, abs_tol=0.005)


@pytest.mark.parametrize("name", ["labels", "version-1", "version-2", "options", "agreement", "newer", "quick"])
def test_attached_rows_have_no_texts(name: str) -> None:
    header, *rows = tables.table(name).splitlines()
    assert len(rows) == {"agreement": 60, "newer": 80, "quick": 100}.get(name, 220)
    assert {len(row.split(",")) for row in rows} == {len(header.split(","))}
    assert not any(" " in row for row in rows)


def test_attached_counts_are_those_of_the_texts() -> None:
    n = figures.numbers()
    assert f"usable,{n['usable']}" in tables.table("funnel")
    assert f"two-reasons,{n['k_two']}" in tables.table("errors")
    assert f"shops,{n['shops_n']},{n['shops_right']}" in tables.table("slices")
    assert tables.table("summaries").count(",yes,") == n["summaries_passed"]
