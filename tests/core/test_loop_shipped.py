"""The shipped programme through the loop: whoever follows the plan gets there, on the day that was said at the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pytest

from segue.core.activity import Programme
from segue.core.availability import Availability, Choices
from segue.core.evidence import Entry, Ledger, Sort
from segue.core.loop import Inputs, Turn, turn
from segue.core.projection import project, project_activities
from segue.core.readiness import assess
from segue.curriculum import current

START = date(2026, 11, 2)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Pace:
    """Hours of a week, and the weeks within which the plan should end with them."""

    name: str
    weekdays: tuple[int, ...]
    weeks: tuple[int, int]


PACES = (
    Pace("3 h", (36, 36, 36, 36, 36, 0, 0), (40, 52)),
    Pace("5 h in evenings", (60, 60, 60, 60, 60, 0, 0), (25, 27)),
    Pace("5 h with a Saturday", (0, 60, 0, 60, 0, 180, 0), (25, 27)),
    Pace("5 h at weekends", (0, 0, 0, 0, 0, 180, 120), (25, 27)),
    Pace("10 h", (120, 120, 120, 120, 120, 0, 0), (15, 18)),
)
paces = pytest.mark.parametrize("pace", PACES, ids=lambda pace: pace.name)


def programme() -> Programme:
    return current().programme


def inputs(pace: Pace) -> Inputs:
    return Inputs(Availability(START, pace.weekdays), Choices(), START)


@cache
def at_start(pace: Pace) -> Turn:
    return turn(programme(), (), inputs(pace), START)


@cache
def followed(pace: Pace) -> tuple[Entry, ...]:
    """The ledger of somebody who works every session of the plan and leaves what is asked for on the last."""
    plan = at_start(pace).plan
    ends = {a.id: end for a in programme().activities if (end := plan.end_of(a.id)) and not a.buffer}
    done = project_activities(sorted((programme().by_id[i] for i in ends), key=lambda a: ends[a.id]), ends)
    logged = (Entry(n, Sort.TIME, s.on, activity_id=s.task_id, minutes=s.minutes) for n, s in enumerate(plan.sessions, 1))
    return (*done, *logged)


# --- the blueprint ----------------------------------------------------------------------------------------------------------


def test_the_blueprint_opens_both_gates_in_its_26_weeks() -> None:
    last = START + 26 * WEEK - timedelta(days=1)
    readiness = assess(programme(), Ledger(project(programme(), START), programme(), last), last)
    assert {gate.gate.id: gate.met for gate in readiness.gates} == {"interview-ready": True, "apply": True}


def test_every_kind_has_a_size_and_every_activity_can_be_done() -> None:
    for activity in programme().activities:
        assert activity.minutes > 0
        assert activity.buffer or activity.yields, f"{activity.id} leaves nothing behind, so it would never be done"
        assert activity.known_minutes is None or 0 < activity.known_minutes <= activity.minutes
    assert all(kind.minutes > 0 for kind in programme().kinds.values())


# --- at the start -----------------------------------------------------------------------------------------------------------


@paces
def test_everything_has_a_day_and_no_day_is_overfull(pace: Pace) -> None:
    plan = at_start(pace).plan
    assert (plan.unplaced, plan.warnings) == ((), ())
    used: dict[date, int] = {}
    for session in plan.sessions:
        used[session.on] = used.get(session.on, 0) + session.minutes
    assert all(minutes <= pace.weekdays[day.weekday()] for day, minutes in used.items())
    planned: dict[str, int] = {}
    for session in plan.sessions:
        planned[session.task_id] = planned.get(session.task_id, 0) + session.minutes
    assert planned == {a.id: a.minutes for a in programme().activities}
    assert not any(request.late for request in plan.requests)


@paces
def test_the_plan_ends_when_such_hours_should_lead_to_the_end(pace: Pace) -> None:
    end = at_start(pace).plan.ends_on
    assert end is not None
    first, last = pace.weeks
    assert START + first * WEEK <= end < START + last * WEEK


@paces
def test_every_gap_is_planned_and_the_gate_opens_near_the_end(pace: Pace) -> None:
    found = at_start(pace)
    assert {gap.status for gap in found.gaps} == {"planned"}
    assert found.binding.sort == "next"
    assert {gap.line.competency for gap in found.gaps} == {c.id for c in programme().competencies}
    assert found.gate_opens_on is not None
    assert found.plan.ends_on is not None
    assert timedelta() <= found.plan.ends_on - found.gate_opens_on <= 2 * WEEK


def test_the_programme_spans_all_its_months_at_any_pace() -> None:
    for pace in PACES:
        ids = [milestone.id for milestone in at_start(pace).plan.milestones]
        assert ids == [*(phase.id for phase in programme().phases), "end"]


# --- on the way -------------------------------------------------------------------------------------------------------------


@paces
def test_whoever_follows_the_plan_is_never_behind(pace: Pace) -> None:
    day = START
    end = at_start(pace).plan.ends_on
    assert end is not None
    while day <= end:
        found = turn(programme(), followed(pace), inputs(pace), day)
        assert (found.standing.behind_minutes, found.standing.slipped, found.standing.missed_weeks) == (0, (), 0)
        assert found.binding.sort in ("next", "none")
        assert found.plan.ends_on is not None
        day += timedelta(days=11)  # every weekday comes up


@paces
def test_the_gate_opens_on_the_day_that_was_said_at_the_start(pace: Pace) -> None:
    said = at_start(pace).gate_opens_on
    assert said is not None
    assert turn(programme(), followed(pace), inputs(pace), said).binding.sort == "none"
    before = turn(programme(), followed(pace), inputs(pace), said - timedelta(days=1))
    assert not before.readiness.gates[-1].met
    assert before.gate_opens_on == said


def test_explanations_fade_after_a_year_and_get_tasks_of_their_own() -> None:
    pace = PACES[1]
    said = at_start(pace).gate_opens_on
    assert said is not None
    found = turn(programme(), followed(pace), inputs(pace), said + timedelta(days=300))
    assert {gap.line.need.kinds for gap in found.gaps} == {("explanation",)}
    assert {gap.status for gap in found.gaps} == {"task"}
    assert "faded: check them again by a new version." in found.gaps[0].line.missing
    assert found.gate_opens_on is not None


def test_two_weeks_of_nothing_bring_an_offer_and_a_later_end() -> None:
    pace = PACES[1]
    found = turn(programme(), (), inputs(pace), START + 2 * WEEK)
    assert (found.standing.missed_weeks, found.standing.offer) == (2, True)
    assert found.plan.unplaced == ()
    before, now = at_start(pace).plan.ends_on, found.plan.ends_on
    assert before is not None
    assert now is not None
    assert timedelta() <= now - before <= 2 * WEEK


@pytest.mark.parametrize("role", ["ai-feature-pm", "ml-platform-pm", "foundation-model-pm", "internal-ai-pm"])
def test_a_role_weighs_what_binds_and_never_the_gate(role: str) -> None:
    pace = PACES[1]
    weights = next(r.weights for r in programme().roles if r.id == role)
    weighed = Inputs(Availability(START, pace.weekdays), Choices(), START, weights)
    day = START + 20 * WEEK
    plain, found = turn(programme(), (), inputs(pace), day), turn(programme(), (), weighed, day)
    assert (found.readiness.gates, found.plan, found.expected) == (plain.readiness.gates, plain.plan, plain.expected)
    assert found.binding.sort == "behind"
    most = max(weights.get(c, 0.1) * found.expected[c] for c in found.expected)
    assert most == weights.get(found.binding.competency, 0.1) * found.expected[found.binding.competency]
