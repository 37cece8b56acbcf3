from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.ingest import times
from feedback_lab.ingest.times import Calendar, day_comes_first, moment

NOON = datetime(2026, 11, 3, 10, 20, 30, tzinfo=UTC)
DAY = datetime(2026, 11, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected", "form"),
    [
        ("2026-11-03", DAY, times.ISO),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC), times.ISO),
        ("20261103", DAY, times.ISO),
        ("2026/11/03", DAY, times.ISO),
        ("2026-11-03T10:20:30", NOON, times.ISO),
        ("2026-11-03T10:20:30Z", NOON, times.ISO),
        ("2026-11-03T12:20:30+02:00", NOON, times.ISO),
        ("2026-11-03 02:20:30 -0800", NOON, times.ISO),
        ("2026-11-03 10:20:30 UTC", NOON, times.ISO),
        ("2026-11-03T10:20:30.123456789", NOON, times.ISO),
        ("1793701230", NOON, times.SECONDS),
        ("1793701230000", NOON, times.MILLIS),
        ("46329", DAY, times.EXCEL),
        ("46329.5", datetime(2026, 11, 3, 12, tzinfo=UTC), times.EXCEL),
        ("25/11/2026", datetime(2026, 11, 25, tzinfo=UTC), times.DAY_FIRST),
        ("11/25/2026 1:05 PM", datetime(2026, 11, 25, 13, 5, tzinfo=UTC), times.MONTH_FIRST),
        ("11/25/26 12:05 am", datetime(2026, 11, 25, 0, 5, tzinfo=UTC), times.MONTH_FIRST),
        ("3.11.2026", DAY, times.DOTTED),
        ("03.11.2026 10:20:30", NOON, times.DOTTED),
        ("Nov 3, 2026", DAY, times.MONTH_FIRST_NAME),
        ("November 3rd 2026 at 10:20:30", NOON, times.MONTH_FIRST_NAME),
        ("3 November 2026", DAY, times.DAY_FIRST_NAME),
        ("03-Nov-2026", DAY, times.DAY_FIRST_NAME),
        ("Tue, 3 Nov 2026 11:20:30 +0100", NOON, times.DAY_FIRST_NAME),
        ("Tue Nov 03 10:20:30 +0000 2026", NOON, times.MONTH_FIRST_NAME),
    ],
)
def test_times_are_read_as_people_write_them(text: str, expected: datetime, form: str) -> None:
    found = moment(text)
    assert found is not None
    assert datetime.fromtimestamp(found.day_first, UTC) == expected
    assert (found.day_first, found.form) == (found.month_first, form)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "4", "4.5", "2026", "30/02/2026", "13/13/2026", "99999999", "2026-13-01", "Nov 31, 2026", "1/2/2026 25:00"],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert moment(text) is None


def test_a_date_that_may_be_two_is_read_both_ways() -> None:
    found = moment("3/11/2026")
    assert found is not None
    assert found.form == times.EITHER
    assert datetime.fromtimestamp(found.day_first, UTC).month == 11
    assert datetime.fromtimestamp(found.month_first, UTC).month == 3


@pytest.mark.parametrize(
    ("forms", "delimiter", "expected"),
    [
        ({times.DAY_FIRST: 2, times.MONTH_FIRST: 1}, ",", True),
        ({times.DAY_FIRST: 1, times.MONTH_FIRST: 2}, ";", False),
        ({times.EITHER: 9}, ",", False),
        ({times.EITHER: 9}, ";", True),
    ],
)
def test_sure_dates_decide_the_order(forms: dict[str, int], delimiter: str, expected: bool) -> None:
    assert day_comes_first(Counter(forms), delimiter) is expected


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)))
def test_every_day_survives_every_form(day: date) -> None:
    expected = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    calendar = Calendar()
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%B %d, %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m/%y"):
        found = calendar.moment(day.strftime(form))
        assert found is not None
        assert found.day_first == expected
    american = moment(day.strftime("%m/%d/%Y"))
    assert american is not None
    assert american.month_first == expected


@given(st.text(max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    moment(text)
