"""One turn of the loop on the sample programme: what is still to do, what was agreed, what slipped, what is expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from segue.core.activity import Course, CourseUnit, Programme
from segue.core.availability import Availability, Choices
from segue.core.competency import Criterion, Level, Need
from segue.core.evidence import Entry, Sort
from segue.core.loop import COURSE_WEEK, Attending, Inputs, Turn, course_activities, gate_of, turn
from segue.core.projection import project_activities
from tests.core.random_ledgers import FAIR
from tests.core.sample import ACTIVITIES, APPLY, C1, MONDAY, READY, SAMPLE, Book, activity, day, inputs, leaves, programme

COURSE = Course(
    "c",
    "Course",
    "A school",
    "free",
    "nothing",
    "2026-11-01",
    "",
    "",
    units=(CourseUnit("a", "Alpha", 1), CourseUnit("b", "Beta", 0.75), CourseUnit("z", "Nothing", 0)),
    slice=("b",),
)


def turned(entries: Iterable[Entry] = (), on: int = 0, decided: Inputs | None = None, of: Programme = SAMPLE) -> Turn:
    return turn(of, entries, decided or inputs(), day(on))


def after(ids: Iterable[str], on: int = 0) -> tuple[Entry, ...]:
    """The ledger of somebody who did these activities on one day."""
    done = [SAMPLE.by_id[i] for i in ids]
    return project_activities(done, {a.id: day(on) for a in done})


def open_ids(found: Turn) -> list[str]:
    return [task.id for task in found.state.tasks]


def minutes(found: Turn, task_id: str) -> int:
    return next(task.minutes for task in found.state.tasks if task.id == task_id)


# --- what is still to do ----------------------------------------------------------------------------------------------------


def test_at_the_start_everything_is_open_and_planned() -> None:
    found = turned()
    assert open_ids(found) == [a.id for a in ACTIVITIES]
    assert {s.task_id for s in found.plan.sessions} == {a.id for a in ACTIVITIES}
    assert (found.plan.unplaced, found.plan.warnings, found.state.done) == ((), (), {})
    assert found.plan == found.agreed
    assert (found.today, found.progress, found.readiness) == (MONDAY, found.state.progress, found.state.readiness)
    assert (found.ledger, found.activities) == (found.state.ledger, found.state.activities)


@pytest.mark.parametrize("count", range(len(FAIR) + 1))
def test_what_is_done_is_no_task_any_more(count: int) -> None:
    found = turned(FAIR[:count], on=40)
    done = {i for i, p in found.progress.items() if p.done}
    assert set(found.state.done) == done
    assert not done & set(open_ids(found))
    assert all(task.minutes > 0 for task in found.state.tasks)


def test_minutes_left_are_those_of_the_progress() -> None:
    book = Book()
    book.append(Sort.TIME, activity_id="w1-study", minutes=25)
    book.work("explanation", activity_id="w1-explain")
    found = turned(book.entries, on=1)
    assert (minutes(found, "w1-study"), minutes(found, "w1-explain")) == (35, 30)


def test_minutes_worked_today_count_against_today() -> None:
    book = Book()
    book.append(Sort.TIME, on=1, activity_id="w1-study", minutes=20)
    taken_back = book.append(Sort.TIME, on=1, activity_id="w1-study", minutes=5)
    book.withdraw(taken_back, on=1)
    book.append(Sort.TIME, on=0, activity_id="w1-study", minutes=10)
    assert turned(on=1).plan.minutes_on(day(1)) == 30  # the diagnostic; 10 minutes are too short for a session
    # Of 40 minutes 20 are left: 15 of the diagnostic's 30, so that another 15 remain.
    assert turned(book.entries, on=1).plan.minutes_on(day(1)) == 15


def test_when_everything_is_done_nothing_is_left_and_nothing_binds() -> None:
    extra = project_activities([SAMPLE.by_id["w2-extra"], SAMPLE.by_id["w6-teach"]], dict.fromkeys(SAMPLE.by_id, day(36)))
    everything = (*FAIR, *extra)
    found = turned(everything, on=38)
    assert [gate.met for gate in found.readiness.gates] == [True, True]
    assert (found.state.tasks, found.plan.sessions, found.gaps, found.gate_opens_on) == ((), (), (), None)
    assert found.plan.ends_on == day(36)
    assert (found.binding.sort, found.binding.gap) == ("none", None)
    assert (found.standing.behind_minutes, found.standing.slipped, found.standing.offer) == (0, (), False)


def test_evidence_of_a_retired_activity_counts() -> None:
    later = programme(replaced={"w1-old": "w1-study"})
    book = Book()
    book.work("note", activity_id="w1-old")
    assert "w1-study" not in open_ids(turned(book.entries, of=later))


# --- courses ----------------------------------------------------------------------------------------------------------------


def attending(whole: bool = True) -> Inputs:
    return replace(inputs(), attending=(Attending(COURSE, whole),))


def test_a_course_is_taken_unit_by_unit() -> None:
    a, b, z = course_activities(Attending(COURSE, whole=True))
    assert [(u.id, u.minutes, u.requires, u.week) for u in (a, b, z)] == [
        ("course:c:a", 60, (), COURSE_WEEK),
        ("course:c:b", 45, ("course:c:a",), COURSE_WEEK),
        ("course:c:z", 1, ("course:c:b",), COURSE_WEEK),
    ]
    assert all(u.optional and not u.buffer and not u.yields for u in (a, b, z))
    assert [u.id for u in course_activities(Attending(COURSE, whole=False))] == ["course:c:b"]
    found = turned(decided=attending())
    assert found.activities["course:c:a"].title == "Course: Alpha"
    assert found.plan.end_of("course:c:a") is not None


def test_a_unit_is_done_when_its_minutes_are_logged_on_the_day_of_the_last() -> None:
    book = Book()
    for on, logged in ((1, 30), (3, 15)):
        book.append(Sort.TIME, on=on, activity_id="course:c:a", minutes=logged)
    found = turned(book.entries, 5, attending())
    assert minutes(found, "course:c:a") == 15
    book.append(Sort.TIME, on=6, activity_id="course:c:a", minutes=15)
    book.append(Sort.TIME, on=8, activity_id="w1-study", minutes=15)
    found = turned(book.entries, 9, attending())
    assert found.state.done == {"course:c:a": day(6)}
    assert "course:c:a" not in open_ids(found)
    book.withdraw(3, on=9)
    assert minutes(turned(book.entries, 9, attending()), "course:c:a") == 15


def test_a_unit_is_done_when_something_shows_it() -> None:
    book = Book()
    book.work("note", on=4, activity_id="course:c:b")
    assert turned(book.entries, 9, attending(whole=False)).state.done == {"course:c:b": day(4)}


def test_a_certificate_says_that_every_unit_is_done_until_it_is_withdrawn() -> None:
    book = Book()
    book.append(Sort.TIME, on=2, activity_id="course:c:a", minutes=20)
    book.work("note", on=6, activity_id=COURSE.certificate_id)
    found = turned(book.entries, 9, attending())
    assert found.state.done == dict.fromkeys(["course:c:a", "course:c:b", "course:c:z"], day(6))
    assert not [i for i in open_ids(found) if i.startswith("course:")]
    book.withdraw(2, on=8)
    found = turned(book.entries, 9, attending())
    assert found.state.done == {}
    assert minutes(found, "course:c:a") == 60 - 20


def test_a_unit_teaches_its_concepts() -> None:
    unit = CourseUnit("k", "Kappa", 0.01, ("labelling-and-ground-truth",))
    (activity,) = course_activities(Attending(replace(COURSE, units=(unit,)), whole=True))
    assert (activity.concepts, activity.minutes) == (("labelling-and-ground-truth",), 1)


@pytest.mark.parametrize(("agreed_on", "knew"), [(0, False), (4, False), (5, True), (6, True)])
def test_a_plan_agreed_before_a_course_was_taken_knows_nothing_of_it(agreed_on: int, knew: bool) -> None:
    decided = replace(inputs(day(agreed_on)), attending=(Attending(COURSE, whole=True, since=day(5)),))
    found = turned(on=20, decided=decided)
    assert bool(found.agreed.sessions_of("course:c:a")) is knew
    assert found.plan.sessions_of("course:c:a")
    assert ("course:c:a" in {slip.task_id for slip in found.standing.slipped}) is knew


def test_a_course_taken_on_the_day_is_in_the_plan_of_the_day() -> None:
    decided = replace(inputs(), attending=(Attending(COURSE, whole=True, since=day(1)),))
    found = turned(on=0, decided=decided)  # the clock was set back since
    assert (found.agreed.sessions_of("course:c:a"), bool(found.plan.sessions_of("course:c:a"))) == ((), True)


# --- catch-up time ----------------------------------------------------------------------------------------------------------


def buffers(found: Turn) -> dict[str, int]:
    return {task.id: task.minutes for task in found.state.tasks if task.buffer}


def until(week: int) -> list[str]:
    """Everything required before a week."""
    return [a.id for a in ACTIVITIES if a.week < week and not a.optional and not a.buffer]


def test_catch_up_time_is_overtaken_by_required_work_of_a_later_week() -> None:
    both = {"w2-buffer": 60, "w4-buffer": 60}
    assert buffers(turned(after(until(2)))) == both
    assert buffers(turned(after(until(3)))) == both
    assert buffers(turned(after(["w6-teach"]))) == both  # optional
    assert buffers(turned(after(["w2-quiz"]))) == both  # of its own week
    assert buffers(turned(after(["w4-memo"]))) == {"w4-buffer": 60}
    assert buffers(turned(after(["w5-stories"]))) == {}


def test_catch_up_time_that_has_passed_is_gone() -> None:
    on_time = after([*until(3), "w2-extra"], on=8)
    assert turned(on_time, on=8).agreed.end_of("w2-buffer") == day(10)
    assert buffers(turned(on_time, on=9)) == {"w2-buffer": 60, "w4-buffer": 60}
    # On day 10 one of its two evenings has passed; on day 11 both, and 20 minutes of the report slipped.
    assert buffers(turned(on_time, on=10)) == {"w2-buffer": 20, "w4-buffer": 60}
    assert buffers(turned(on_time, on=11)) == {"w4-buffer": 40}


@pytest.mark.parametrize(
    ("on", "left", "behind", "ends"),
    [
        (0, {"w2-buffer": 60, "w4-buffer": 60}, 0, 29),
        (1, {"w2-buffer": 30, "w4-buffer": 60}, 0, 30),  # the diagnostic slipped
        (2, {"w4-buffer": 50}, 0, 29),
        (3, {"w4-buffer": 10}, 0, 29),
        (4, {}, 30, 30),
    ],
)
def test_catch_up_time_is_given_to_work_that_slipped_the_earliest_first(
    on: int, left: dict[str, int], behind: int, ends: int
) -> None:
    found = turned(on=on)
    assert (buffers(found), found.standing.behind_minutes, found.plan.ends_on) == (left, behind, day(ends))


def test_work_that_was_skipped_takes_no_catch_up_time() -> None:
    found = turned(on=2, decided=inputs(choices=Choices(skipped={"w1-diagnostic": "no need"})))
    assert found.agreed.sessions_of("w1-diagnostic") == ()
    # Without the 30 minutes of the diagnostic, 80 minutes of study and explaining were planned for the first two days.
    assert buffers(found) == {"w4-buffer": 40}


# --- what was agreed --------------------------------------------------------------------------------------------------------


def test_slipped_work_moves_and_says_from_when_to_when() -> None:
    found = turned(on=2)
    assert [(s.task_id, s.was, s.now) for s in found.standing.slipped] == [("w1-diagnostic", day(0), day(2))]
    assert found.plan.sessions[0].on == day(2)
    assert found.plan.sessions[0].task_id == "w1-diagnostic"


@pytest.mark.parametrize(
    ("on", "missed", "offer"), [(0, 0, False), (6, 0, False), (7, 1, False), (13, 1, False), (14, 2, True), (21, 3, True)]
)
def test_after_two_missed_weeks_ways_on_are_offered(on: int, missed: int, offer: bool) -> None:
    now = turned(on=on).standing
    assert (now.missed_weeks, now.offer) == (missed, offer)


def test_a_week_with_a_minute_in_it_is_not_missed() -> None:
    book = Book()
    book.append(Sort.TIME, on=10, activity_id="w1-study", minutes=1)
    now = turned(book.entries, on=14).standing
    assert (now.missed_weeks, now.offer) == (0, False)
    book.withdraw(1, on=12)
    assert turned(book.entries, on=14).standing.missed_weeks == 2


def test_what_is_recorded_later_does_not_change_what_was_agreed() -> None:
    book = Book()
    book.work("note", on=1, activity_id="w1-study")
    then = turned(book.entries, on=3, decided=inputs(agreed_on=day(3)))
    book.withdraw(1, on=4)
    book.work("explanation", on=4, activity_id="w1-explain")
    book.work("diagnostic", on=5, activity_id="w1-diagnostic", facts={"known": "model label"})
    later = turned(book.entries, on=9, decided=inputs(agreed_on=day(3)))
    assert later.agreed == then.agreed
    assert "w1-study" not in {s.task_id for s in later.agreed.sessions}
    assert "w1-study" in {s.task_id for s in later.plan.sessions}


def test_agreeing_anew_leaves_nothing_slipped() -> None:
    found = turned(on=20, decided=inputs(agreed_on=day(20)))
    assert (found.standing.behind_minutes, found.standing.missed_weeks, found.standing.slipped) == (0, 0, ())
    assert found.plan == found.agreed
    assert found.expected == found.readiness.levels()


# --- days out of order ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [-400, -1, 0, 5])
def test_a_clock_that_was_set_back_is_not_minded(on: int) -> None:
    found = turned(FAIR, on=on, decided=inputs(agreed_on=day(30)))
    assert found.today == day(on)
    assert found.agreed.today == day(on)
    assert (found.standing.behind_minutes, found.standing.slipped) == (0, ())
    assert all(s.on >= max(day(on), MONDAY) for s in found.plan.sessions)


def test_entries_of_later_days_are_not_seen() -> None:
    seen = [e for e in FAIR if e.on <= day(14)]
    now, later = turned(seen, on=14), turned(FAIR, on=14)
    assert (now.state.done, now.gaps, now.plan, now.binding) == (later.state.done, later.gaps, later.plan, later.binding)
    assert later.expected == now.expected


def test_someone_without_any_hours_has_a_plan_that_says_so() -> None:
    found = turned(decided=Inputs(Availability(MONDAY, (0,) * 7), Choices(), MONDAY))
    assert found.plan.sessions == ()
    assert [u.task_id for u in found.plan.unplaced] == [a.id for a in ACTIVITIES if not a.buffer]
    assert found.gate_opens_on is None
    assert (found.binding.sort, found.binding.competency) == ("next", "C1")
    assert found.binding.gap is not None
    assert found.binding.gap.on is None


# --- what is expected -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [(0, (0, 0, 0)), (8, (1, 0, 0)), (18, (1, 1, 0)), (19, (3, 2, 0)), (28, (3, 2, 0)), (29, (3, 2, 1)), (30, (3, 2, 1))],
)
def test_levels_expected_by_a_day_follow_from_the_agreed_plan(on: int, expected: tuple[int, ...]) -> None:
    assert tuple(turned(on=on).expected.values()) == expected


@pytest.mark.parametrize(("wanted", "level"), [(3, 1), (5, 0)])
def test_what_is_there_is_not_expected_again(wanted: int, level: int) -> None:
    # Two of three are there. Were three more expected, five would do.
    thrice = activity("w1-explain", 60, leaves("explanation", 3))
    asked = Level(1, "", (Criterion("c", "", Need(("explanation",), wanted)),))
    small = programme(
        activities=(thrice,),
        competencies=(replace(C1, levels=(asked,)),),
        gates=(replace(APPLY, levels={"C1": 1}),),
        rules=(),
    )
    book = Book()
    for _ in range(2):
        book.work("explanation", activity_id="w1-explain")
    assert turned(book.entries, on=10, of=small).expected == {"C1": level}


def test_the_same_always_gives_the_same() -> None:
    book = Book()
    book.work("report", "C1 C2", on=3, activity_id="w3-report")
    first, second = (turn(SAMPLE, iter(book.entries), inputs(), day(12)) for _ in range(2))
    for one in ("agreed", "plan", "standing", "expected", "gaps", "binding"):
        assert getattr(first, one) == getattr(second, one)
    assert first.state.tasks == second.state.tasks


def test_a_gate_by_its_id() -> None:
    assert (gate_of(SAMPLE, "ready"), gate_of(SAMPLE, "apply")) == (READY, APPLY)
    with pytest.raises(KeyError):
        gate_of(SAMPLE, "none")
