"""Groups and periods: none is lost, however many there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.drivers.crossing import MOST_GROUPS, MOST_PAIRS, OTHER, largest_groups, pairs, periods, strongest
from tests.drivers.samples import THEMES

WIDTH = len(THEMES) + 1
ROW = st.lists(st.integers(0, 9), min_size=WIDTH, max_size=WIDTH).map(lambda row: np.array(row, np.int64))


@given(st.dictionaries(st.one_of(st.just(OTHER), st.text("abc", min_size=1, max_size=4)), ROW, max_size=90))
def test_the_largest_groups_hold_all_rows(groups: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]) -> None:
    kept = largest_groups(groups)
    assert len(kept) <= MOST_GROUPS
    assert sum(int(row.sum()) for row in kept.values()) == sum(int(row.sum()) for row in groups.values())


@given(st.dictionaries(st.integers(-600, 1_200), ROW, max_size=200))
def test_periods_hold_all_rows_in_their_order(months: dict[int, np.ndarray[tuple[int], np.dtype[np.int64]]]) -> None:
    period, found = periods(months)
    assert (period == "") == (not months)
    assert len(found) <= MOST_GROUPS
    assert sum(int(row.sum()) for row in found.values()) == sum(int(row.sum()) for row in months.values())
    assert [name for name in found if not name.startswith("before")] == sorted(name for name in found if name[0] != "b")


@given(st.lists(ROW, min_size=2, max_size=5))
def test_pairs_and_their_others_are_all_rows(rows: list[np.ndarray[tuple[int], np.dtype[np.int64]]]) -> None:
    everyone = np.sum(rows, axis=0)
    for pair in pairs({str(place): row for place, row in enumerate(rows)}, THEMES):
        assert pair.n + pair.other_n == everyone.sum()
        assert 0 <= pair.hits <= pair.n
        assert 0 <= pair.other_hits <= pair.other_n


def test_what_is_established_is_kept_before_what_is_large() -> None:
    """Twenty shops of 100 rows; one speaks of parcels half the time, the others a tenth; colour makes up the rest."""
    groups = {f"shop {place:02}": np.array([0, 90, 10, 0], np.int64) for place in range(20)}
    groups["shop 07"] = np.array([0, 50, 50, 0], np.int64)
    found = strongest(pairs(groups, THEMES), looks=60)
    assert len(found) == MOST_PAIRS
    assert [(each.group, each.theme) for each in found[:2]] == [("shop 07", 7), ("shop 07", 9)]
    assert [each.established for each in found] == sorted((each.established for each in found), reverse=True)
