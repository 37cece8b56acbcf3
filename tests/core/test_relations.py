"""Relationships by rules: reach of roles, cadence, balance, follow-up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.relations import FOLLOW_UP, Balance, Reach, balance_of, coverage, follow_up, next_touch

DAY = date(2027, 3, 1)
ENDED = datetime(2027, 3, 1, 15, tzinfo=UTC)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_each_role_has_what_was_reached_with_its_people() -> None:
    rows = coverage(("a", "b", "c"), {("a", Reach.ASKED), ("a", Reach.SHARED), ("b", Reach.MET), ("z", Reach.CONFIRMED)})
    assert [row.role for row in rows] == ["a", "b", "c"]
    assert [row.reached for row in rows] == [{Reach.ASKED, Reach.SHARED}, {Reach.MET}, frozenset()]
    assert [row.furthest for row in rows] == [Reach.SHARED, Reach.MET, None]


def test_the_order_of_what_is_reached() -> None:
    (row,) = coverage(("a",), {("a", reach) for reach in Reach})
    assert row.furthest is Reach.CONFIRMED


@given(last=DAYS, cadence=st.integers(1, 730), since=DAYS)
def test_the_next_touch_follows_the_last_contact(last: date, cadence: int, since: date) -> None:
    assert next_touch(last, cadence, since) == last + timedelta(days=cadence)
    assert next_touch(None, cadence, since) == since + timedelta(days=cadence)


@given(last=DAYS, later=st.integers(0, 1000), cadence=st.integers(1, 730))
def test_a_later_contact_never_brings_the_next_touch_nearer(last: date, later: int, cadence: int) -> None:
    assert next_touch(last + timedelta(days=later), cadence, DAY) >= next_touch(last, cadence, DAY)


@pytest.mark.parametrize(
    ("sorts", "balance", "is_one_sided"),
    [
        ({}, Balance(0, 0), False),
        ({"asked": 1}, Balance(1, 0), False),
        ({"asked": 2}, Balance(2, 0), True),
        ({"asked": 2, "gave": 1}, Balance(2, 1), False),
        ({"asked": 5, "gave": 3, "talk": 9}, Balance(5, 3), True),
        ({"gave": 4}, Balance(0, 4), False),
    ],
)
def test_balance(sorts: dict[str, int], balance: Balance, is_one_sided: bool) -> None:
    assert balance_of(sorts) == balance
    assert balance.is_one_sided is is_one_sided


@pytest.mark.parametrize(
    ("thanked", "now", "state"),
    [
        (None, FOLLOW_UP, "open"),
        (None, FOLLOW_UP + timedelta(seconds=1), "overdue"),
        (timedelta(0), FOLLOW_UP * 9, "within-48h"),
        (FOLLOW_UP, FOLLOW_UP * 9, "within-48h"),
        (FOLLOW_UP + timedelta(seconds=1), FOLLOW_UP * 9, "later"),
    ],
)
def test_follow_up(thanked: timedelta | None, now: timedelta, state: str) -> None:
    assert follow_up(ENDED, None if thanked is None else ENDED + thanked, ENDED + now) == state
