"""When an idea wants a listener again."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from segue.core.listening import FIRST, MOST, next_check

DAY = date(2026, 11, 23)


def told(*results: bool) -> list[tuple[date, bool]]:
    return [(DAY + timedelta(days=n), result) for n, result in enumerate(results)]


def gap(*results: bool) -> int:
    due = next_check(told(*results))
    assert due is not None
    return (due - told(*results)[-1][0]).days


def test_each_success_doubles_the_gap_and_a_miss_comes_back_soon() -> None:
    assert next_check([]) is None
    assert [gap(*[True] * n) for n in (1, 2, 3, 4, 5, 40)] == [30, 60, 120, 240, 240, 240]
    assert gap(False) == 7
    assert gap(True, True, False) == 7
    assert gap(True, False, True) == 30


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.booleans()), min_size=1))
def test_it_is_always_after_the_last_time_and_needs_no_order(heard: list[tuple[date, bool]]) -> None:
    due = next_check(heard)
    assert due == next_check(list(reversed(heard)))
    assert due is not None
    assert FIRST > (due - max(day for day, _ in heard)).days >= 7 or FIRST <= (due - max(d for d, _ in heard)).days <= MOST
