"""Gaps in 30, 60 and 90 days: buckets, days that the hours hold, the text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.availability import Availability, Span
from segue.work.transition.gap_plan import LATE, LATER, Planned, begin_on, bucket_of, crowded, text_of

MONDAY = date(2026, 11, 23)
HOURS = Availability(MONDAY, (0, 90, 0, 90, 0, 120, 0))


@pytest.mark.parametrize(
    ("days", "bucket"), [(-1, LATE), (0, 30), (30, 30), (31, 60), (60, 60), (61, 90), (90, 90), (91, LATER), (700, LATER)]
)
def test_a_day_falls_into_its_bucket(days: int, bucket: int) -> None:
    assert bucket_of(MONDAY + timedelta(days=days), MONDAY) == bucket


def test_more_than_three_at_a_time_are_counted() -> None:
    soon, late, far = (MONDAY + timedelta(days=n) for n in (9, -9, 300))
    assert crowded(soon, [soon] * 3, MONDAY) == 0
    assert crowded(soon, [soon] * 4 + [late, far], MONDAY) == 4
    assert crowded(late, [late] * 9, MONDAY) == 0
    assert crowded(far, [far] * 9, MONDAY) == 0


def test_it_begins_early_enough_for_its_day() -> None:
    saturday = MONDAY + timedelta(days=5)
    assert begin_on(saturday, 120, HOURS, MONDAY) == saturday
    assert begin_on(saturday, 121, HOURS, MONDAY) == MONDAY + timedelta(days=3)
    assert begin_on(saturday, 300, HOURS, MONDAY) == MONDAY + timedelta(days=1)
    assert begin_on(saturday, 301, HOURS, MONDAY) is None
    off = Availability(MONDAY, HOURS.weekday_minutes, (Span(saturday, saturday),))
    assert begin_on(saturday, 60, off, MONDAY) == MONDAY + timedelta(days=3)


@given(days=st.integers(0, 60), minutes=st.integers(0, 2000))
def test_the_hours_from_its_beginning_hold_it(days: int, minutes: int) -> None:
    due = MONDAY + timedelta(days=days)
    begin = begin_on(due, minutes, HOURS, MONDAY)
    between = [MONDAY + timedelta(days=n) for n in range(days + 1)]
    if begin is None:
        assert sum(map(HOURS.minutes_on, between)) < max(1, minutes)
    else:
        assert MONDAY <= begin <= due
        assert sum(HOURS.minutes_on(day) for day in between if day >= begin) >= minutes


def test_the_text_has_every_gap_where_it_belongs() -> None:
    due = MONDAY + timedelta(days=40)
    gaps = [
        Planned("a", "C6 Responsible", "A register", 2.5, "Anneke", due),
        Planned("b", "C3 Data", "A data sheet", None, "", due, shown_by="shown by “Sheet”"),
        Planned("c", "C8 Strategy", "A spec", None, "", due, given_up=True),
    ]
    text = text_of(gaps, ["C5: a drift report"], MONDAY)
    assert "## In 30 days\n\nNothing." in text
    assert "- C6 Responsible. Closes it: A register (2.5 hours, with Anneke, by Saturday 2 January 2027)" in text
    assert "## Closed since it was planned\n\n- A data sheet (shown by “Sheet”)" in text
    assert "## Left open on purpose\n\n- C8 Strategy: A spec\n- C5: a drift report" in text
    assert "Nothing that the gate asks for" in text_of([], [], MONDAY)
