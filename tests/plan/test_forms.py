"""What the forms of the plan take and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from segue.accounts.models import Learner
from segue.core.availability import Availability, Span
from segue.plan.course_forms import CourseForm
from segue.plan.forms import (
    WEEKDAYS,
    DeferForm,
    HoursForm,
    PauseForm,
    PinForm,
    SkipForm,
    SplitForm,
    TimeOffForm,
    TimeOffFormSet,
    spans_of,
)
from segue.schedule.queries import hours_of
from tests.conftest import MONDAY, WEEKDAY_MINUTES

GOOD = {"starts_on": "2026-11-23", "session_at": "19:00", **{f"day_{n}": str(m) for n, m in enumerate(WEEKDAY_MINUTES)}}


def rows(*filled: tuple[str, str, str]) -> dict[str, str]:
    """What a browser sends for rows of time off."""
    data = {"off-TOTAL_FORMS": str(len(filled)), "off-INITIAL_FORMS": "0"}
    for n, values in enumerate(filled):
        data |= {f"off-{n}-{name}": value for name, value in zip(("first", "last", "reason"), values, strict=True)}
    return data


def test_good_hours_are_an_availability() -> None:
    form = HoursForm(GOOD)
    assert form.is_valid()
    span = Span(date(2026, 12, 1), date(2026, 12, 2))
    assert form.availability((span,)) == Availability(MONDAY, WEEKDAY_MINUTES, (span,))
    assert form.cleaned_data["session_at"] == time(19)


@given(st.tuples(*[st.integers(0, 720)] * 7).filter(lambda minutes: sum(minutes) >= 30))
def test_minutes_are_taken_as_they_are(minutes: tuple[int, ...]) -> None:
    form = HoursForm({**GOOD, **{f"day_{n}": str(m) for n, m in enumerate(minutes)}})
    assert form.is_valid()
    assert form.weekday_minutes() == minutes


@given(st.integers(0, 6), st.one_of(st.integers(max_value=-1), st.integers(min_value=721)))
def test_other_minutes_are_refused_by_the_name_of_the_day(day: int, minutes: int) -> None:
    form = HoursForm({**GOOD, f"day_{day}": str(minutes)})
    assert not form.is_valid()
    assert list(form.errors) == [f"day_{day}"]
    assert str(form.errors[f"day_{day}"][0]).startswith(f"{WEEKDAYS[day]}: ")


@given(st.text(max_size=20))
def test_no_text_breaks_a_field(text: str) -> None:
    for field in ("starts_on", "session_at", "day_0"):
        HoursForm({**GOOD, field: text}).is_valid()
    TimeOffForm({"first": text, "last": text, "reason": text}).is_valid()
    PinForm({"on": text}).is_valid()
    SplitForm({"parts": text}).is_valid()


def test_empty_days_are_days_off() -> None:
    form = HoursForm({"starts_on": "2026-11-23", "session_at": "19:00", "day_2": "30"})
    assert form.is_valid()
    assert form.weekday_minutes() == (0, 0, 30, 0, 0, 0, 0)


@pytest.mark.parametrize(("days", "valid"), [(732, True), (733, False), (-732, True), (-733, False)])
def test_start_lies_within_two_years(days: int, valid: bool) -> None:
    assert HoursForm({**GOOD, "starts_on": (MONDAY + timedelta(days=days)).isoformat()}).is_valid() is valid


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 24), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
        (date(2028, 2, 29), date(2028, 3, 6)),
    ],
)
def test_first_offer_is_five_hours_a_week_from_the_next_monday(today: date, start: date, settings: Settings) -> None:
    settings.TODAY = today
    initial = HoursForm.initial_of(None)
    assert initial["starts_on"] == start
    assert sum(initial[f"day_{n}"] for n in range(7)) == 300


@pytest.mark.django_db
def test_later_offers_are_what_was_kept(priya: Learner) -> None:
    assert HoursForm.initial_of(hours_of(priya)) == {
        **{"starts_on": MONDAY, "session_at": time(19)},
        **{f"day_{n}": m for n, m in enumerate(WEEKDAY_MINUTES)},
    }


def test_fields_of_the_week_stand_in_its_order() -> None:
    assert [str(f.label) for f in HoursForm().weekday_fields] == list(WEEKDAYS)


@pytest.mark.parametrize(
    ("first", "last", "reason", "problem"),
    [
        ("2026-12-24", "2026-12-24", "", ""),
        ("2026-12-24", "2027-01-02", "Skiing", ""),
        ("", "", "", ""),
        ("0001-01-01", "9999-12-31", "", ""),
        ("2026-12-24", "", "", "Give both days, or clear the row."),
        ("", "2026-12-24", "", "Give both days, or clear the row."),
        ("", "", "Skiing", "Give both days, or clear the row."),
        (
            "2026-12-24",
            "2026-12-23",
            "",
            "It ends on Wednesday 23 December 2026, before it begins on Thursday 24 December 2026. Swap the two days.",
        ),
        ("soon", "2026-12-24", "", "Enter a valid date."),
        ("2026-12-24", "2026-12-32", "", "Enter a valid date."),
    ],
)
def test_time_off_needs_both_days_in_order(first: str, last: str, reason: str, problem: str) -> None:
    form = TimeOffForm({"first": first, "last": last, "reason": reason})
    assert [str(e) for errors in form.errors.values() for e in errors] == ([problem] if problem else [])


def test_filled_rows_become_spans_in_order_of_time() -> None:
    late, early = ("2027-02-01", "2027-02-02", "Launch"), ("2026-12-24", "2026-12-31", "")
    off = TimeOffFormSet(rows(late, ("", "", ""), early), prefix="off")
    assert off.is_valid()
    assert spans_of(off) == (
        (Span(date(2026, 12, 24), date(2026, 12, 31)), ""),
        (Span(date(2027, 2, 1), date(2027, 2, 2)), "Launch"),
    )


def test_sixty_rows_are_taken_and_no_more() -> None:
    assert TimeOffFormSet(rows(*[("2026-12-24", "2026-12-24", "")] * 60), prefix="off").is_valid()
    assert len(TimeOffFormSet(rows(*[("2026-12-24", "2026-12-24", "")] * 61), prefix="off").forms) == 60


@pytest.mark.parametrize("form", [PinForm, DeferForm])
@pytest.mark.parametrize(("days", "valid"), [(0, True), (1, True), (4000, True), (-1, False)])
def test_day_of_a_choice_has_not_passed(form: Callable[[dict[str, str]], PinForm], days: int, valid: bool) -> None:
    assert form({"on": (MONDAY + timedelta(days=days)).isoformat()}).is_valid() is valid


@pytest.mark.parametrize(("parts", "valid"), [("1", False), ("2", True), ("10", True), ("11", False), ("", False)])
def test_parts_are_two_to_ten(parts: str, valid: bool) -> None:
    assert SplitForm({"parts": parts}).is_valid() is valid


@pytest.mark.parametrize(("reason", "valid"), [("Known", True), ("x" * 300, True), ("x" * 301, False), (" \t", False)])
def test_leaving_out_has_a_reason(reason: str, valid: bool) -> None:
    assert SkipForm({"reason": reason}).is_valid() is valid


@pytest.mark.parametrize(("days", "valid"), [(0, False), (1, True), (366, True), (367, False), (-5, False)])
def test_pause_ends_after_today_and_within_a_year(days: int, valid: bool) -> None:
    assert PauseForm({"back_on": (MONDAY + timedelta(days=days)).isoformat()}).is_valid() is valid


@pytest.mark.parametrize(("scope", "valid"), [("slice", True), ("whole", True), ("half", False), ("", False)])
def test_course_is_taken_whole_or_by_its_slice(scope: str, valid: bool) -> None:
    assert CourseForm({"scope": scope}).is_valid() is valid
