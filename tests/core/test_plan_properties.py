from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segue.core.activity import PeopleNeed, Wait
from segue.core.plan import Availability, Choices, Session, Span, Task, make_plan
from tests.core.plan_cases import EVENINGS, MONDAY, PHASES, Case, a_phase, random_case, with_more
from tests.core.plan_checker import broken_rules
from tests.core.small_plans import day

# --- the made-up programme --------------------------------------------------------------------------------------------------


def test_half_a_year_at_five_hours_a_week() -> None:
    case = Case()
    plan = case.plan()
    assert broken_rules(plan, case) == []
    assert (plan.unplaced, plan.warnings) == ((), ())
    assert (len(case.tasks), sum(t.minutes for t in case.tasks)) == (104, 7740)
    assert plan.ends_on == date(2027, 4, 30)
    assert [m.on.isoformat() for m in plan.milestones] == [
        *("2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26", "2027-04-02", "2027-04-30", "2027-04-30"),
    ]
    starts = [plan.start_of(f"w{phase.first_week}.0") for phase in PHASES]
    plan_ends = [m.on for m in plan.milestones if m.id != "end"]
    assert starts == [MONDAY, *plan_ends[:-1]]


def test_with_all_the_hours_there_are_the_months_still_open_by_the_calendar() -> None:
    case = Case(availability=Availability(MONDAY, (720,) * 7))
    plan = case.plan()
    assert broken_rules(plan, case) == []
    starts = [plan.start_of(f"w{phase.first_week}.0") for phase in PHASES]
    assert starts == [MONDAY + timedelta(weeks=phase.opens_week - 1) for phase in PHASES]


SEEDS = 500


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
def test_two_thousand_learners(chunk: int) -> None:
    for seed in range(chunk * SEEDS, (chunk + 1) * SEEDS):
        assert faults(seed) == [], f"seed {seed}"


def faults(seed: int) -> list[str]:
    """What is wrong with the plan of a random learner, and with their plan when they have more time."""
    random_ = random.Random(seed)
    case = random_case(random_)
    plan = case.plan()
    found = broken_rules(plan, case)
    if case.plan() != plan:
        found.append("not the same twice")
    if len(with_more(random_, case).plan().unplaced) > len(plan.unplaced):
        found.append("more time, less placed")
    return found


# --- any programme at all ---------------------------------------------------------------------------------------------------

IDS = [f"t{n}" for n in range(10)]
LEAP = date(2028, 2, 29)
days = st.integers(-10, 60).map(lambda n: LEAP + timedelta(days=n))
minutes_a_day = st.sampled_from((0, 0, 5, 14, 15, 16, 20, 29, 30, 31, 60))


@st.composite
def any_task(draw: st.DrawFn, task_id: str) -> Task:
    return Task(
        id=task_id,
        title=f"Task {task_id}",
        minutes=draw(st.sampled_from((1, 5, 14, 15, 16, 25, 40, 60, 100, 700))),
        week=draw(st.integers(0, 8)),
        requires=tuple(draw(st.lists(st.sampled_from([*IDS, "gone"]), max_size=2))),
        waits=tuple(draw(st.lists(st.builds(Wait, st.sampled_from(IDS), st.sampled_from((0, 1, 7, 30))), max_size=1))),
        people=tuple(
            draw(st.lists(st.builds(PeopleNeed, st.just("mentor"), st.sampled_from((0, 7, 40)), st.just("")), max_size=1))
        ),
        optional=draw(st.booleans()),
        buffer=draw(st.sampled_from((False, False, False, True))),
    )


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    some = st.sampled_from(ids)
    opens = draw(st.tuples(st.sampled_from((1, 1, 3)), st.sampled_from((1, 2, 4)), st.sampled_from((1, 3, 6))))
    phases = (a_phase(1, 1, 2, opens[0]), a_phase(2, 3, 4, opens[1]), a_phase(3, 5, 8, opens[2]))[: draw(st.integers(0, 3))]
    spans = draw(st.lists(st.tuples(days, st.sampled_from((0, 3, 20))), max_size=2))
    choices = Choices(
        pinned=draw(st.dictionaries(some, days, max_size=2)),
        skipped=draw(st.dictionaries(some, st.just(""), max_size=2)),
        deferred=draw(st.dictionaries(some, days, max_size=2)),
        split=draw(st.dictionaries(some, st.integers(1, 9), max_size=2)),
    )
    time_off = tuple(Span(first, first + timedelta(days=n)) for first, n in spans)
    availability = Availability(draw(days), draw(st.tuples(*[minutes_a_day] * 7)), time_off)
    today = draw(days)
    tasks = tuple(draw(any_task(task_id)) for task_id in ids)
    done = draw(st.dictionaries(some, days, max_size=2))
    return Case(tasks, availability, choices, phases, done, today, {today: draw(st.sampled_from((0, 5, 20)))})


@settings(max_examples=300, deadline=None)
@given(any_case())
def test_no_plan_breaks_a_rule(case: Case) -> None:
    plan = case.plan()
    assert broken_rules(plan, case) == []
    assert case.plan() == plan


@settings(max_examples=150, deadline=None)
@given(any_case(), st.tuples(*[st.integers(0, 60)] * 7), st.booleans())
def test_more_time_never_leaves_more_without_a_day(case: Case, more: tuple[int, ...], no_time_off: bool) -> None:
    # Not a theorem: a task longer than five years that wakes a day earlier can starve a small one. No programme has such a task.
    now = case.availability
    richer = tuple(minutes + extra for minutes, extra in zip(now.weekday_minutes, more, strict=True))
    availability = Availability(now.starts_on, richer, () if no_time_off else now.time_off)
    assert len(replace(case, availability=availability).plan().unplaced) <= len(case.plan().unplaced)


def test_the_order_of_what_has_no_order_does_not_matter() -> None:
    case = Case(choices=Choices(pinned={"w3.0": day(20), "w5.1": day(20)}, split={"w2.0": 2, "w2.1": 3}))
    pinned, split = dict([*case.choices.pinned.items()][::-1]), dict([*case.choices.split.items()][::-1])
    phases = tuple(reversed(case.phases))
    assert replace(case, choices=Choices(pinned=pinned, split=split), phases=phases).plan() == case.plan()


# --- the checker itself -----------------------------------------------------------------------------------------------------


def spoilt(sessions: tuple[Session, ...], n: int, **changes: object) -> tuple[Session, ...]:
    return (*sessions[:n], replace(sessions[n], **changes), *sessions[n + 1 :])  # type: ignore[arg-type]


def test_the_checker_sees_a_spoilt_plan() -> None:
    case = Case()
    plan = case.plan()
    s = plan.sessions
    bad = {
        "lost": s[:-1],
        "twice": (*s, s[-1]),
        "long": spoilt(s, 0, minutes=61),
        "short": spoilt(s, 1, minutes=s[1].minutes - 1),
        "moved": spoilt(s, 0, on=MONDAY - timedelta(days=1)),
        "swapped": (s[1], s[0], *s[2:]),
        "part": spoilt(s, 0, part=2),
        "unknown": spoilt(s, 0, task_id="w1.1"),
    }
    seen = {name: bool(broken_rules(replace(plan, sessions=sessions), case)) for name, sessions in bad.items()}
    assert seen == dict.fromkeys(bad, True)


def test_the_checker_sees_a_plan_made_for_another() -> None:
    case = Case()
    plan = case.plan()
    others = {
        "wait": replace(case, tasks=tuple(replace(t, waits=(Wait("w1.0", 99),)) if t.id == "w5.1" else t for t in case.tasks)),
        "requirement": replace(case, tasks=tuple(replace(t, requires=("w26.0",)) if t.id == "w5.1" else t for t in case.tasks)),
        "pin": replace(case, choices=Choices(pinned={"w1.2": day(20)})),
        "deferral": replace(case, choices=Choices(deferred={"w1.2": day(20)})),
        "split": replace(case, choices=Choices(split={"w1.1": 4})),
        "month": replace(case, phases=tuple(replace(p, opens_week=p.opens_week + 9) for p in PHASES)),
        "spent": replace(case, spent={MONDAY: 30}),
        "time off": replace(case, availability=Availability(MONDAY, EVENINGS, (Span(day(20), day(20)),))),
        "idle": replace(case, availability=Availability(MONDAY, (60, 60, 60, 60, 60, 60, 0))),
        "order": replace(case, tasks=tuple(reversed(case.tasks))),
        "lead": replace(case, tasks=tuple(replace(t, people=()) for t in case.tasks)),
    }
    seen = {name: bool(broken_rules(plan, other)) for name, other in others.items()}
    assert seen == dict.fromkeys(others, True)


def test_the_plan_is_a_function_of_what_it_is_given() -> None:
    case = Case()
    again = make_plan(list(case.tasks), case.availability, case.choices, list(case.phases), {}, case.today)
    assert again == case.plan()
