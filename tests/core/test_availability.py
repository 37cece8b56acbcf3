from __future__ import annotations

from datetime import date

import pytest

from segue.core.availability import Availability, Choices, Span
from segue.core.errors import UserError

MONDAY = date(2026, 11, 2)


def test_a_span_has_both_ends() -> None:
    span = Span(MONDAY, date(2026, 11, 4))
    assert [date(2026, 11, n) in span for n in (1, 2, 3, 4, 5)] == [False, True, True, True, False]
    assert MONDAY in Span(MONDAY, MONDAY)


def test_a_span_that_ends_before_it_begins_can_be_mended() -> None:
    with pytest.raises(UserError, match="ends on Sunday 1 November 2026, before it begins on Monday 2 November 2026") as error:
        Span(MONDAY, date(2026, 11, 1))
    assert error.value.hint


@pytest.mark.parametrize("minutes", [(), (60,) * 6, (60,) * 8, (60, 60, 60, 60, 60, 0, -1), (721, 0, 0, 0, 0, 0, 0)])
def test_minutes_are_seven_numbers_that_a_day_can_have(minutes: tuple[int, ...]) -> None:
    with pytest.raises(UserError):
        Availability(MONDAY, minutes)


def test_the_bounds_of_a_day_are_allowed() -> None:
    assert Availability(MONDAY, (0, 720, 0, 0, 0, 0, 0)).weekly_minutes == 720


def test_minutes_of_a_day_follow_weekday_start_and_time_off() -> None:
    span = Span(date(2026, 11, 9), date(2026, 11, 10))
    availability = Availability(MONDAY, (10, 20, 30, 40, 50, 60, 70), (span, Span(date(2026, 11, 10), date(2026, 11, 11))))
    days = [date(2026, 11, n) for n in (1, 2, 3, 7, 8, 9, 10, 11, 12)]
    assert [availability.minutes_on(day) for day in days] == [0, 10, 20, 60, 70, 0, 0, 0, 40]
    assert availability.weekly_minutes == 280


@pytest.mark.parametrize("parts", [0, -1])
def test_a_task_has_at_least_one_part(parts: int) -> None:
    with pytest.raises(UserError):
        Choices(split={"a": parts})
