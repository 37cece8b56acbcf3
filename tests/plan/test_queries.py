"""What the plan's pages are given to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.accounts.models import Learner
from segue.core.loop import Binding, Turn
from segue.core.readiness import GateLine
from segue.core.wording import written_date
from segue.curriculum import current
from segue.evidence.actions import log_time
from segue.plan.queries import (
    asks_between,
    bound_of,
    chosen_by_activity,
    loggable,
    monday_of,
    next_of,
    span_words,
    timeline,
    today_page,
    week_days,
    week_hours,
    week_page,
)
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from tests.conftest import MONDAY, give_hours
from tests.records import before_week, do

WEEK = timedelta(days=7)


@given(st.dates(min_value=date(1, 1, 1)))
def test_monday_is_the_first_day_of_the_week(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), "23 November 2026"),
        (date(2026, 11, 23), date(2026, 11, 29), "23 to 29 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November to 6 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
        (date(2026, 11, 1), date(2027, 11, 1), "1 November 2026 to 1 November 2027"),
        (None, date(2027, 1, 3), ""),
        (date(2027, 1, 3), None, ""),
    ],
)
def test_span_is_as_short_as_it_can_be(first: date | None, last: date | None, words: str) -> None:
    assert span_words(first, last) == words


@pytest.mark.django_db
class TestTimeline:
    def test_has_every_week_in_its_month(self, turn: Callable[[], Turn]) -> None:
        phases = timeline(turn())
        assert [p.number for p in phases] == [p.number for p in current().programme.phases]
        rows = [row for phase in phases for row in phase.rows]
        assert [row.label for row in rows] == [f"Week {n}" for n in range(1, 27)]
        assert all(row.phase == phase.number for phase in phases for row in phase.rows)
        assert rows[0].state == "now"
        assert {row.state for row in rows[2:]} <= {"later", "now"}

    def test_minutes_of_all_weeks_are_the_plan_without_catch_up(self, turn: Callable[[], Turn]) -> None:
        buffers = {a.id for a in current().programme.activities if a.buffer}
        planned = sum(s.minutes for s in turn().plan.sessions if s.task_id not in buffers)
        assert sum(row.minutes or 0 for phase in timeline(turn()) for row in phase.rows) == planned

    def test_week_that_is_done_says_when_it_was(
        self, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
    ) -> None:
        do(priya, MONDAY + timedelta(days=1), *[a.id for a in current().programme.activities if a.week == 1])
        on_day(MONDAY + 3 * WEEK)
        row = timeline(turn())[0].rows[0]
        assert (row.state, row.dates, row.note, row.minutes) == ("done", "24 November 2026", "5 of 5 done", None)
        assert row.url == "/plan/week/2026-11-23/"

    def test_left_out_week_is_done(self, priya: Learner, turn: Callable[[], Turn]) -> None:
        for activity in current().programme.activities:
            if activity.week == 2:
                choose(priya, ChoiceSort.SKIP, activity.id, reason="Known")
        row = timeline(turn())[0].rows[1]
        assert (row.state, row.note, row.dates) == ("done", "", "")

    def test_week_leads_to_the_calendar_week_of_its_first_open_day(
        self, on_day: Callable[[date], None], turn: Callable[[], Turn]
    ) -> None:
        on_day(MONDAY + 5 * WEEK)
        now = turn()
        for week, row in enumerate((row for phase in timeline(now) for row in phase.rows), start=1):
            starts = [now.plan.start_of(a.id) for a in current().programme.activities if a.week == week and not a.buffer]
            first = min(s for s in starts if s is not None)
            assert row.url == f"/plan/week/{monday_of(first).isoformat()}/"
            assert week_days(now, week)[0] == first


@pytest.mark.django_db
class TestWeek:
    def test_weeks_together_are_the_plan(self, turn: Callable[[], Turn]) -> None:
        now, monday, shown = turn(), MONDAY, []
        while monday is not None:
            week = week_page(now, monday)
            for day in week.days:
                assert day.minutes == sum(s.minutes for s in day.sessions) <= day.room
            shown += [(day.on, s.id, s.minutes) for day in week.days for s in day.sessions]
            if week.after is None:
                break
            monday = week.after
        assert shown == [(s.on, s.task_id, s.minutes) for s in now.plan.sessions]

    def test_before_the_start_and_after_the_end_there_is_nothing(self, turn: Callable[[], Turn]) -> None:
        early, late = week_page(turn(), MONDAY - WEEK), week_page(turn(), MONDAY + 60 * WEEK)
        assert early.before is None
        assert (early.number, early.after) == (0, MONDAY)
        assert late.after is None
        assert not any(day.sessions for day in (*early.days, *late.days))
        assert early.title == "16 to 22 November 2026"
        assert early.crumbs == [("Plan", "/plan/"), ("16 to 22 November 2026", "")]

    def test_start_in_the_middle_of_a_week_is_week_one(self, priya: Learner, turn: Callable[[], Turn]) -> None:
        give_hours(priya)
        hours = priya.hours
        hours.starts_on = MONDAY + timedelta(days=2)
        hours.save()
        week = week_page(turn(), MONDAY)
        assert (week.number, week.before) == (1, None)
        assert [day.room for day in week.days] == [0, 0, 0, 90, 0, 120, 0]

    def test_choices_stand_by_their_activity_in_words(self, priya: Learner, turn: Callable[[], Turn]) -> None:
        saturday = MONDAY + timedelta(days=5)
        choose(priya, ChoiceSort.PIN, "w01-why", on=saturday)
        choose(priya, ChoiceSort.SPLIT, "w01-why", parts=2)
        choose(priya, ChoiceSort.DEFER, "w01-resume", on=saturday)
        found = chosen_by_activity(turn())
        words = {i: [(c.sort, c.words) for c in choices] for i, choices in found.items()}
        assert words == {
            "w01-why": [("pin", f"Pinned to {written_date(saturday)}"), ("split", "In 2 parts")],
            "w01-resume": [("defer", f"Not before {written_date(saturday)}")],
        }
        shown = {s.id: s for day in week_page(turn(), MONDAY).days for s in day.sessions}
        assert shown["w01-why"].choices == found["w01-why"]
        assert shown["w01-diagnostic"].choices == ()

    def test_hours_are_what_was_logged_and_what_is_left(
        self, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
    ) -> None:
        on_day(MONDAY + timedelta(days=3))
        log_time(priya, activity_id="w01-why", minutes=35, on=MONDAY)
        log_time(priya, activity_id="w01-why", minutes=30, on=MONDAY - timedelta(days=1))
        hours = week_hours(turn(), MONDAY)
        planned = sum(s.minutes for s in turn().plan.between(MONDAY, MONDAY + timedelta(days=6)))
        assert 200 <= planned <= 210
        assert (hours.logged, hours.left, hours.planned) == (35, planned, planned + 35)

    def test_people_are_asked_once_over_the_weeks(self, turn: Callable[[], Turn]) -> None:
        now = turn()
        weeks = [asks_between(now, MONDAY + n * WEEK, MONDAY + n * WEEK + timedelta(days=6)) for n in range(40)]
        assert [a.request for asks in weeks for a in asks] == list(now.plan.requests)


@pytest.mark.django_db
class TestToday:
    def test_next_are_the_sessions_of_the_next_day(self, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
        for days in (0, 1, 2, 5):
            on_day(MONDAY + timedelta(days=days))
            page = today_page(turn(), MONDAY + timedelta(days=days))
            first = turn().plan.sessions[0].on
            assert page.next_day == first
            assert [n.id for n in page.activities] == [s.task_id for s in turn().plan.between(first, first)][:3]
            assert not page.clock_is_back
            assert not page.finished

    def test_share_of_today_and_what_is_left_of_the_whole(self, priya: Learner, turn: Callable[[], Turn]) -> None:
        choose(priya, ChoiceSort.SPLIT, "w01-why", parts=2)
        choose(priya, ChoiceSort.PIN, "w01-why", on=MONDAY)
        found = next_of(turn(), "w01-why", 30)
        assert (found.minutes, found.left) == (30, turn().activities["w01-why"].minutes)
        assert found.phase == 1

    def test_begun_is_now(self, priya: Learner, turn: Callable[[], Turn]) -> None:
        assert next_of(turn(), "w01-why", 30).state == ""
        log_time(priya, activity_id="w01-why", minutes=5, on=MONDAY)
        assert next_of(turn(), "w01-why", 30).state == "now"

    def test_can_be_logged_are_twelve_at_most_planned_and_begun(self, priya: Learner, turn: Callable[[], Turn]) -> None:
        log_time(priya, activity_id="w20-drift", minutes=5, on=MONDAY)
        found = [a.id for a in loggable(turn())]
        assert len(found) == len(set(found)) == 12
        assert "w20-drift" in found
        assert found[:2] == [s.task_id for s in turn().plan.sessions[:2]]

    def test_clock_behind_the_plan_is_told(self, turn: Callable[[], Turn]) -> None:
        assert today_page(turn(), MONDAY - timedelta(days=1)).clock_is_back
        assert not today_page(turn(), MONDAY + timedelta(days=1)).clock_is_back


@pytest.mark.django_db
class TestWhatBinds:
    def test_at_the_start_it_is_the_first_line_to_close(self, turn: Callable[[], Turn]) -> None:
        bound, gap = bound_of(turn()), turn().binding.gap
        assert gap is not None
        assert gap.on is not None
        assert bound.heading.startswith("Next to prove: C")
        assert bound.text == f"{gap.line.text}: {gap.line.missing}"
        assert bound.url == f"/readiness/{gap.line.competency}/"
        assert bound.action == f"Planned by {gap.on.day} {gap.on:%B %Y}"

    def test_behind_names_both_levels(self, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
        on_day(MONDAY + 4 * WEEK)
        binding = turn().binding
        assert binding.sort == "behind"
        assert bound_of(turn()).heading.endswith(" holds you")
        assert bound_of(turn()).text.startswith(
            f"Level {binding.level}, where your plan expected level {binding.expected} by now."
        )

    def test_skipped_says_how_to_mend(self, priya: Learner, turn: Callable[[], Turn]) -> None:
        for activity in current().programme.activities:
            if "C2" in activity.competencies:
                choose(priya, ChoiceSort.SKIP, activity.id, reason="No")
        assert turn().binding.sort == "skipped"
        assert bound_of(turn()).heading.endswith("can't be reached as planned")
        assert bound_of(turn()).text.endswith("Bring it back, or prove it another way.")

    def test_open_gate_is_the_only_time_that_nothing_holds(
        self, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
    ) -> None:
        assert bound_of(turn()).heading != "Nothing holds you back"
        do(priya, before_week(27, MONDAY))
        on_day(MONDAY + 26 * WEEK)
        assert turn().readiness.gates[-1].met
        assert bound_of(turn()).heading == "Nothing holds you back"

    def test_people_who_lack_are_told(self, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
        do(priya, before_week(27, MONDAY))
        on_day(MONDAY + 26 * WEEK)
        now = turn()
        gate = now.readiness.gates[-1]
        lines = tuple(replace(line, have=1) if line.id == "reviewers" else line for line in gate.lines)
        assert lines != gate.lines
        readiness = replace(now.readiness, gates=(*now.readiness.gates[:-1], replace(gate, lines=lines)))
        bound = bound_of(replace(now, state=replace(now.state, readiness=readiness), binding=Binding("reviewers")))
        assert bound.heading == "What lacks is people"
        assert bound.text == "2 people have reviewed your work: 1 of 2."
        assert isinstance(lines[-1], GateLine)
