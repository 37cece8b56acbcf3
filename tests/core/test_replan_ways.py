from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.activity import Wait
from segue.core.errors import UserError
from segue.core.plan import Availability, Choices, Plan, Span, Task
from segue.core.replan import (
    Situation,
    Way,
    at_pace,
    fit,
    pace,
    ways,
)
from tests.core.plan_cases import EVENINGS, MONDAY, PHASES, Case
from tests.core.small_plans import a_plan, a_task, day

HOURS = Availability(MONDAY, EVENINGS)
FIVE_WEEKS = tuple(a_task(f"t{n}", 60) for n in range(25))
BASELINE = a_plan(*FIVE_WEEKS)


def three(tasks: tuple[Task, ...], today: date, baseline: Plan, **others: object) -> tuple[Way, Way, Way]:
    given_ = {"availability": HOURS, "choices": Choices(), "phases": (), "done": {}, **others}
    return ways(tasks, today=today, baseline=baseline, **given_)  # type: ignore[arg-type]


MIXED = (
    *(
        a_task("a", 120),
        a_task("extra 1", 30, optional=True),
        a_task("b", 90, week=2),
        a_task("extra 2", 30, week=2, optional=True),
    ),
    *(a_task("extra 3", 30, week=2, optional=True), a_task("c", 60, week=3)),
)


def test_moving_everything_keeps_all_and_moves_the_end() -> None:
    shift, _, _ = three(MIXED, day(4), a_plan(*MIXED))
    assert (shift.id, shift.dropped, shift.pause, shift.ends_on) == ("shift", (), None, day(11))
    assert shift.detail == (
        "Nothing is left out. The end moves from Monday 9 November 2026 to Wednesday 11 November 2026, 2 days later."
    )
    assert shift.plan == a_plan(*MIXED, today=day(4))


def test_trimming_leaves_out_the_latest_optional_work_and_only_as_much_as_is_needed() -> None:
    baseline = a_plan(*MIXED)
    _, trim, _ = three(MIXED, day(3), baseline)
    assert (trim.id, trim.dropped, trim.ends_on) == ("trim", ("extra 2", "extra 3"), day(9))
    assert trim.detail == ("Leaves out “EXTRA 2” and “EXTRA 3” (1 h). The end is Monday 9 November 2026, as planned.")
    assert trim.plan == a_plan(*MIXED, today=day(3), choices=Choices(skipped=dict.fromkeys(trim.dropped, "")))
    one_less = a_plan(*MIXED, today=day(3), choices=Choices(skipped={"extra 3": ""}))
    assert one_less.ends_on == day(10)


def test_trimming_leaves_out_what_weighs_least_where_weights_are_given() -> None:
    weights = {"extra 1": 0.1, "extra 2": 0.5, "extra 3": 0.2}
    _, trim, _ = three(MIXED, day(3), a_plan(*MIXED), weights=weights)
    assert trim.dropped == ("extra 1", "extra 3")


def test_trimming_leaves_out_the_later_of_two_in_a_week() -> None:
    tasks = tuple(a_task(i, 30, optional=i != "a") for i in ("a", "x", "y", "z"))
    _, trim, _ = three(tasks, day(3), a_plan(*tasks), done={"a": day(2)})
    assert (trim.dropped, trim.ends_on) == (("z",), day(3))


def test_trimming_says_so_when_all_that_is_optional_is_not_enough() -> None:
    _, trim, _ = three(MIXED, day(5), a_plan(*MIXED))
    assert trim.dropped == ("extra 1", "extra 2", "extra 3")
    assert trim.detail == (
        "Even without all that is optional, “EXTRA 1”, “EXTRA 2” and “EXTRA 3” (1 h 30 min), the end can't be kept. "
        "The end moves from Monday 9 November 2026 to Wednesday 11 November 2026, 2 days later."
    )


def test_trimming_has_nothing_to_do_or_nothing_to_do_it_with() -> None:
    baseline = a_plan(*MIXED)
    _, trim, _ = three(MIXED, MONDAY, baseline)
    assert (trim.dropped, trim.detail) == ((), "Nothing has to be left out. The end is Monday 9 November 2026, as planned.")
    must = tuple(t for t in MIXED if not t.optional)
    _, trim, _ = three(must, day(9), a_plan(*must))
    assert trim.dropped == ()
    assert trim.detail.startswith("Nothing optional is left to leave out. The end moves from Friday 6 November 2026 to ")


def test_trimming_keeps_what_required_work_needs_and_takes_with_it_what_builds_on_it() -> None:
    tasks = (
        *(
            a_task("needed", 60, optional=True),
            a_task("far", 60, optional=True),
            a_task("near", 60, optional=True, requires=("far",)),
        ),
        *(a_task("waiting", 60, optional=True, waits=(Wait("near", 0),)), a_task("must", 60, requires=("needed",))),
    )
    weights = {"needed": 0.0, "far": 0.0, "near": 9.0, "waiting": 5.0}
    _, trim, _ = three(tasks, day(20), a_plan(*tasks), weights=weights)
    assert trim.dropped == ("far", "near", "waiting")
    assert trim.plan.warnings == ()
    _, trim, _ = three(tasks, day(3), a_plan(*tasks), weights={**weights, "waiting": 10.0})
    assert trim.dropped == ("waiting",)


def test_trimming_leaves_out_neither_catch_up_time_nor_what_is_skipped_or_done_already() -> None:
    tasks = (*MIXED, a_task("free", 60, week=3, buffer=True, optional=True))
    choices = Choices(skipped={"extra 3": "no need"})
    _, trim, _ = three(tasks, day(20), a_plan(*tasks), choices=choices, done={"extra 1": day(2)})
    assert trim.dropped == ("extra 2",)


def test_trimming_a_plan_that_never_had_an_end_makes_one_where_it_can() -> None:
    tasks = (a_task("a"), a_task("stuck", 30, optional=True, requires=("stuck",)))
    _, trim, _ = three(tasks, MONDAY, a_plan(*tasks))
    assert (trim.dropped, trim.detail) == (("stuck",), "Leaves out “STUCK” (30 min). The end is Monday 2 November 2026.")


def test_pausing_adds_time_off_from_today() -> None:
    baseline = a_plan(*MIXED)
    _, _, pause = three(MIXED, day(4), baseline)
    assert (pause.id, pause.pause, pause.ends_on, pause.dropped) == ("pause", Span(day(4), day(17)), day(25), ())
    assert pause.detail == (
        "No work until the end of Tuesday 17 November 2026. Work begins again on Wednesday 18 November 2026. "
        "The end moves from Monday 9 November 2026 to Wednesday 25 November 2026, 16 days later."
    )
    _, _, pause = three(MIXED, day(4), baseline, pause_until=day(4))
    assert (pause.pause, pause.ends_on) == (Span(day(4), day(4)), day(12))


def test_a_pause_ends_no_earlier_than_it_begins() -> None:
    with pytest.raises(UserError):
        three(MIXED, day(4), a_plan(*MIXED), pause_until=day(3))


def test_ways_count_what_was_worked_today() -> None:
    shift, _, pause = three(MIXED, day(4), a_plan(*MIXED), spent={day(4): 60})
    assert (shift.ends_on, pause.ends_on) == (day(12), day(25))


def test_ways_where_there_is_no_end() -> None:
    for way in three(MIXED, MONDAY, a_plan(*MIXED), availability=Availability(MONDAY, (0,) * 7)):
        assert way.ends_on is None
        assert way.detail.endswith("there are no minutes on any weekday. Give at least one day some minutes.")


def test_ways_where_nothing_is_left() -> None:
    for way in three((), MONDAY, Plan(MONDAY)):
        assert way.detail.endswith("There is nothing left to do.")


def test_the_three_ways_of_half_a_year_after_two_missed_weeks() -> None:
    case = Case()
    baseline = case.plan()
    today = MONDAY + timedelta(weeks=10)
    done = {t.id: MONDAY for t in case.tasks if (end := baseline.end_of(t.id)) and end < today - timedelta(weeks=2)}
    now = tuple(t for t in case.tasks if t.id not in done)
    shift, trim, pause = three(now, today, baseline, phases=PHASES, done=done)
    assert (baseline.ends_on, shift.ends_on, pause.ends_on) == (date(2027, 4, 30), date(2027, 5, 14), date(2027, 5, 28))
    assert trim.ends_on is not None
    assert trim.ends_on <= date(2027, 4, 30)
    kept = [t for t in now if t.optional and t.id not in trim.dropped]
    assert kept
    assert max(t.week for t in kept) <= min(t.week for t in now if t.id in trim.dropped)
    one_less = [i for i in trim.dropped if i != min(trim.dropped, key=lambda i: next(t.week for t in now if t.id == i))]
    assert (Situation(now, HOURS, Choices(), PHASES, done, today).plan(dropped=one_less).ends_on or MONDAY) > date(2027, 4, 30)


def test_a_pace_says_when_the_end_would_be() -> None:
    situation = Situation(FIVE_WEEKS, HOURS, Choices(), (), {}, MONDAY)
    found = pace(situation, 180)
    # Days of 36 min take an hour in two days, and leave a crumb of 12 min on the second.
    assert (found.weekly_minutes, found.ends_on) == (180, date(2027, 1, 8))
    assert found.text == "At 3 h a week you end on Friday 8 January 2027."
    assert pace(situation, 300).ends_on == BASELINE.ends_on


def test_a_pace_of_nothing_has_no_end() -> None:
    found = pace(Situation(FIVE_WEEKS, HOURS, Choices(), (), {}, MONDAY), 0)
    assert found.ends_on is None
    assert "no minutes on any weekday" in found.text
    assert pace(Situation((), HOURS, Choices(), (), {}, MONDAY), 60).text == "There is nothing left to do."


@pytest.mark.parametrize(
    ("shares", "weekly", "minutes"),
    [
        (EVENINGS, 150, (30, 30, 30, 30, 30, 0, 0)),
        (EVENINGS, 152, (30, 30, 31, 30, 31, 0, 0)),
        ((0, 0, 0, 0, 0, 120, 60), 90, (0, 0, 0, 0, 0, 60, 30)),
        ((0,) * 7, 300, EVENINGS),
        ((0, 0, 0, 0, 0, 0, 60), 1000, (0, 0, 0, 0, 0, 0, 720)),
        (EVENINGS, 0, (0,) * 7),
    ],
)
def test_another_pace_keeps_the_shape_of_the_week(shares: tuple[int, ...], weekly: int, minutes: tuple[int, ...]) -> None:
    assert at_pace(replace(HOURS, weekday_minutes=shares), weekly).weekday_minutes == minutes


@given(st.tuples(*[st.integers(0, 720)] * 7), st.integers(0, 720))
def test_another_pace_adds_up(shares: tuple[int, ...], weekly: int) -> None:
    found = at_pace(replace(HOURS, weekday_minutes=shares), weekly)
    assert found.weekly_minutes == weekly
    if any(shares):
        assert all(minutes == 0 for minutes, share in zip(found.weekday_minutes, shares, strict=True) if share == 0)


@pytest.mark.parametrize(
    ("weekly", "window", "fits", "text"),
    [
        (
            300,
            8,
            True,
            "5 h a week 19 weeks. The slice is about 33 h: 6.6 weeks. The slice fits into the 8 weeks there are for it; ",
        ),
        (
            300,
            19,
            True,
            "5 h a week 19 weeks. The slice is about 33 h: 6.6 weeks. The whole course fits into the 19 weeks there are",
        ),
        (
            300,
            6,
            False,
            "6.6 weeks. That does not fit into the 6 weeks there are for it: choose fewer units, or give the week more",
        ),
        (
            5700,
            1,
            True,
            "95 h a week 1 week. The slice is about 33 h: 0.3 weeks. The whole course fits into the 1 week there are",
        ),
    ],
)
def test_whether_a_course_fits(weekly: int, window: int, fits: bool, text: str) -> None:
    found = fit(95, weekly, window, 33)
    assert found.fits == fits
    assert text in found.text
    assert found.text.startswith("The whole course is about 95 h: at ")


def test_a_course_without_a_slice() -> None:
    found = fit(12.5, 90, 8)
    assert (found.weeks, found.slice_weeks, found.fits) == (12.5 * 60 / 90, None, False)
    assert found.text == (
        "The whole course is about 12.5 h: at 1 h 30 min a week 8.3 weeks. "
        "That does not fit into the 8 weeks there are for it: choose fewer units, or give the week more hours."
    )


def test_a_course_without_hours() -> None:
    found = fit(95, 0, 8, 33)
    assert (found.weeks, found.slice_weeks, found.fits) == (None, None, False)
    assert "no minutes on any weekday" in found.text
