"""The loop: ledger -> levels -> gaps -> dated plan. The page to show a visitor.

    Plan -> Work -> Evidence -> Readiness -> Plan

:func:`turn` is one turn of it. It is a pure function of the programme, the ledger, what the learner decided, and the day. Nothing
in it is stored: what was agreed on an earlier day is computed again from the entries dated up to that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from segue.core.activity import CERTIFICATE, Activity, Course, PeopleNeed, Programme, Yield
from segue.core.availability import Availability, Choices
from segue.core.competency import Gate, Tier
from segue.core.evidence import Entry, Ledger
from segue.core.plan import Plan, Task, make_plan
from segue.core.progress import Progress, all_progress
from segue.core.projection import project_activities
from segue.core.readiness import Line, Readiness, assess, holds
from segue.core.replan import Standing, minutes_behind, shrink_buffers, standing

COURSE_WEEK = 2
REVIEW_LEAD_DAYS = 14


@dataclass(frozen=True)
class Attending:
    """A course taken beside the programme, whole or only the slice worth a product manager's time.

    ``since``: the day it was taken. A plan agreed before that knows nothing of it, so that no unit has slipped already.
    """

    course: Course
    whole: bool
    since: date = date.min


@dataclass(frozen=True)
class Inputs:
    """What the learner decided.

    ``agreed_on``: the day the plan was last agreed; slipping is measured against the plan of that day.
    """

    availability: Availability
    choices: Choices
    agreed_on: date
    weights: Mapping[str, float] = field(default_factory=dict)
    attending: tuple[Attending, ...] = ()


@dataclass(frozen=True)
class Gap:
    """An unmet line of the gate, and what will close it by when.

    ``status`` is ``planned``: the activities still ahead; ``task``: a task of its own, the last of the ids, for what they leave
    open; ``skipped``: nothing, since these were skipped. ``on`` is ``None`` where one of them has no day.
    """

    line: Line
    status: str
    activity_ids: tuple[str, ...]
    on: date | None = None


@dataclass(frozen=True)
class Binding:
    """What holds the learner back today.

    ``sort`` is ``behind`` (of the agreed plan), ``skipped``, ``next`` (the first gap that will close, or one without a day),
    ``reviewers`` (all that lacks is people who reviewed; there is no ``gap``), or ``none`` (the gate is open).
    """

    sort: str
    competency: str = ""
    gap: Gap | None = None
    level: int = 0
    expected: int = 0


@dataclass(frozen=True)
class State:
    """Everything derived for one day before dates are given."""

    on: date
    ledger: Ledger
    progress: Mapping[str, Progress]
    readiness: Readiness
    gaps: tuple[Gap, ...]
    activities: Mapping[str, Activity]
    tasks: tuple[Task, ...]
    done: Mapping[str, date]


@dataclass(frozen=True)
class Turn:
    """One turn of the loop: where things stand today, the plan that was agreed, and the plan that follows."""

    programme: Programme
    inputs: Inputs
    state: State
    agreed: Plan
    plan: Plan
    standing: Standing
    expected: Mapping[str, int]
    gaps: tuple[Gap, ...]
    binding: Binding

    @property
    def today(self) -> date:
        """The day of the turn."""
        return self.state.on

    @property
    def ledger(self) -> Ledger:
        """The entries up to today, and what stands of them."""
        return self.state.ledger

    @property
    def readiness(self) -> Readiness:
        """How ready today."""
        return self.state.readiness

    @property
    def progress(self) -> Mapping[str, Progress]:
        """Where every activity of the programme stands, by id."""
        return self.state.progress

    @property
    def activities(self) -> Mapping[str, Activity]:
        """Every activity that there is today, by id: the programme's, course units, and tasks that close gaps."""
        return self.state.activities

    @cached_property
    def gate_opens_on(self) -> date | None:
        """The day on which the last gap is planned to close; ``None`` while one has no date."""
        days = [gap.on for gap in self.gaps]
        return max((d for d in days if d is not None), default=None) if None not in days else None


def turn(programme: Programme, entries: Iterable[Entry], inputs: Inputs, today: date) -> Turn:
    """One turn of the loop on a day. Entries dated later than it are not seen."""
    entries = tuple(entries)
    then = replace(inputs, attending=tuple(a for a in inputs.attending if a.since <= inputs.agreed_on))
    before = state_of(programme, entries, then, min(inputs.agreed_on, today))
    agreed = _plan(programme, before, then)
    state = before if before.on == today and then == inputs else state_of(programme, entries, inputs, today)
    state, plan, now = _replanned(programme, state, inputs, agreed)
    gaps = tuple(replace(gap, on=_closing(plan, gap.activity_ids)) for gap in state.gaps)
    expected = _expected(programme, entries, agreed, state)
    return Turn(programme, inputs, state, agreed, plan, now, expected, gaps, _binding(state, inputs, expected, gaps))


def state_of(programme: Programme, entries: Iterable[Entry], inputs: Inputs, on: date) -> State:
    """What is done, how ready, what lacks and what is still to do on a day."""
    ledger = Ledger(entries, programme, on)
    progress = all_progress(ledger)
    readiness = assess(programme, ledger, on)
    activities = dict(programme.by_id)
    activities |= {a.id: a for attending in inputs.attending for a in course_activities(attending)}
    gaps = []
    for gap, task in _covered(programme, readiness, progress, inputs.choices):
        gaps.append(gap)
        activities |= {task.id: task} if task else {}
    done = {p.activity.id: p.done_on for p in progress.values() if p.done_on is not None}
    done |= {a.id: _last_worked_on(a, ledger) for a in activities.values() if _is_course(a) and not minutes_left(a, ledger)}
    # Catch-up time of a week lies behind once required work of a later week is done.
    reached = max((p.activity.week for p in progress.values() if p.done and not p.activity.optional), default=0)
    ahead = (a for a in activities.values() if a.id not in done and not (a.buffer and a.week < reached))
    tasks = tuple(sorted((_task(a, progress.get(a.id), ledger) for a in ahead), key=lambda t: t.week))
    return State(on, ledger, progress, readiness, tuple(gaps), activities, tasks, done)


# --- tasks ------------------------------------------------------------------------------------------------------------------


def course_activities(attending: Attending) -> tuple[Activity, ...]:
    """The units of a course as activities of their own, one after the other, done when their minutes are logged."""
    course = attending.course
    units = [u for u in course.units if attending.whole or u.id in course.slice]
    ids = [course.activity_id(u) for u in units]
    return tuple(
        Activity(
            id=ids[i],
            week=COURSE_WEEK,
            title=f"{course.title}: {unit.title}",
            minutes=unit.minutes,
            why=f"A unit of the course you chose, by {course.provider}. Log your minutes; it is done when they add up.",
            concepts=unit.concepts,
            requires=tuple(ids[i - 1 : i]) if i else (),
            optional=True,
        )
        for i, unit in enumerate(units)
    )


def _is_course(activity: Activity) -> bool:
    return activity.id.startswith("course:")


def minutes_left(unit: Activity, ledger: Ledger) -> int:
    """What is left of a unit of a course; nothing once notes of it or a certificate of the course are recorded."""
    if not ledger.by_activity.keys().isdisjoint((unit.id, _certificate_of(unit))):
        return 0  # the learner says it is done, and can show it
    return max(0, unit.minutes - ledger.minutes_by_activity.get(unit.id, 0))


def _certificate_of(unit: Activity) -> str:
    return f"{unit.id.rpartition(':')[0]}:{CERTIFICATE}"


def _last_worked_on(unit: Activity, ledger: Ledger) -> date:
    ids = (unit.id, _certificate_of(unit))
    return max(e.on for e in ledger.entries if e.activity_id in ids and e.id not in ledger.withdrawn)


def _task(activity: Activity, progress: Progress | None, ledger: Ledger) -> Task:
    if progress is not None:
        minutes = progress.remaining_minutes
    else:
        minutes = minutes_left(activity, ledger) if _is_course(activity) else activity.minutes
    return Task(
        id=activity.id,
        title=activity.title,
        minutes=minutes,
        week=activity.week,
        requires=activity.requires,
        waits=activity.waits,
        people=activity.people,
        optional=activity.optional,
        buffer=activity.buffer,
        gap=activity.id.startswith("gap:"),
    )


# --- gaps -------------------------------------------------------------------------------------------------------------------


def _covered(
    programme: Programme, readiness: Readiness, progress: Mapping[str, Progress], choices: Choices
) -> Iterator[tuple[Gap, Activity | None]]:
    """Every open line of the last gate with what will close it, and the task for it where it needs one of its own."""
    ahead: dict[str, list[tuple[str, Yield]]] = {}
    for activity_id, p in progress.items():
        for wanted in p.ahead:
            for competency in wanted.competencies:
                ahead.setdefault(competency, []).append((activity_id, wanted))
    for line in readiness.open_lines(programme.gates[-1]):
        supply = [(i, wanted.count) for i, wanted in ahead.get(line.competency, ()) if supplies(wanted, line)]
        kept = [(i, count) for i, count in supply if i not in choices.skipped]
        if _total(kept) >= line.short:
            yield Gap(line, "planned", _enough(kept, line.short)), None
        elif _total(supply) >= line.short:
            yield Gap(line, "skipped", tuple(dict.fromkeys(i for i, _ in supply if i in choices.skipped))), None
        else:
            task = _gap_activity(programme, line, line.short - _total(kept))
            if task.id in choices.skipped:
                yield Gap(line, "skipped", (task.id,)), task
            else:
                yield Gap(line, "task", (*_enough(kept, line.short), task.id)), task


def _total(supply: Iterable[tuple[str, int]]) -> int:
    return sum(count for _, count in supply)


def supplies(wanted: Yield, line: Line) -> bool:
    """Whether what an activity is meant to leave behind would count for the line."""
    need = line.need
    return (
        line.competency in wanted.competencies
        and (not need.kinds or wanted.kind in need.kinds)
        and wanted.tier >= need.tier
        and (wanted.practitioner or not need.practitioner)
        and all(holds(condition, wanted.expected) for condition in need.where)
    )


def _enough(supply: Iterable[tuple[str, int]], short: int) -> tuple[str, ...]:
    """The first activities that together leave as many as are needed; all where they don't."""
    ids: dict[str, None] = {}
    for activity_id, count in supply:
        if short > 0:
            ids[activity_id] = None
            short -= count
    return tuple(ids)


def _gap_activity(programme: Programme, line: Line, count: int) -> Activity:
    """A task of its own for the ``count`` pieces that no activity ahead will leave."""
    need = line.need
    kind = programme.kinds[need.kinds[0]] if need.kinds else None
    weeks = [a.week for a in programme.activities if any(supplies(y, line) for y in a.yields)]
    people: tuple[PeopleNeed, ...] = ()
    if need.tier >= Tier.E2:
        who = "somebody who practises AI" if need.practitioner else "somebody to review it"
        people = (PeopleNeed(who, REVIEW_LEAD_DAYS, f"Ask them to look at: {line.text}"),)
    return Activity(
        id=f"gap:{line.id}",
        week=max(weeks, default=programme.weeks[-1].number),
        title=f"Close a gap in {line.competency}: {line.text}",
        minutes=(kind.minutes if kind else 60) * count,
        why=line.missing,
        yields=(Yield(kind.id, count, need.tier, (line.competency,), need.practitioner),) if kind else (),
        people=people,
    )


def _closing(plan: Plan, ids: tuple[str, ...]) -> date | None:
    days = [plan.end_of(i) for i in ids]
    return max((d for d in days if d is not None), default=None) if None not in days else None


# --- plan -------------------------------------------------------------------------------------------------------------------


def _plan(programme: Programme, state: State, inputs: Inputs, tasks: tuple[Task, ...] | None = None) -> Plan:
    spent = {state.on: state.ledger.minutes_between(state.on, state.on)}
    tasks = state.tasks if tasks is None else tasks
    return make_plan(tasks, inputs.availability, inputs.choices, programme.phases, state.done, state.on, spent)


def _replanned(programme: Programme, state: State, inputs: Inputs, agreed: Plan) -> tuple[State, Plan, Standing]:
    """The plan of the day: catch-up time that has passed is gone, what lies ahead gives way to work that slipped."""
    tasks = tuple(t for t in state.tasks if not (t.buffer and _passed(agreed, t.id, state.on)))
    tasks = shrink_buffers(tasks, minutes_behind(agreed, tasks, state.on))
    plan = _plan(programme, state, inputs, tasks)
    now = standing(agreed, plan, state.ledger.minutes_by_day, state.done, inputs.availability, state.on)
    return replace(state, tasks=tasks), plan, now


def _passed(agreed: Plan, task_id: str, today: date) -> bool:
    end = agreed.end_of(task_id)
    return end is None or end < today


# --- what binds -------------------------------------------------------------------------------------------------------------


def _expected(programme: Programme, entries: tuple[Entry, ...], agreed: Plan, state: State) -> Mapping[str, int]:
    """The levels one would have today had everything that the agreed plan put before today left its evidence."""
    ends = {t: end for t in programme.by_id if (end := agreed.end_of(t)) is not None and end < state.on}
    missing = [replace(p.activity, yields=p.ahead) for t in ends if not (p := state.progress[t]).done]
    if not missing:
        return state.readiness.levels()
    ledger = Ledger((*entries, *project_activities(missing, ends)), programme, state.on)
    return assess(programme, ledger, state.on).levels()


def _binding(state: State, inputs: Inputs, expected: Mapping[str, int], gaps: tuple[Gap, ...]) -> Binding:
    if not gaps:
        return Binding("none" if state.readiness.gates[-1].met else "reviewers")
    levels = state.readiness.levels()
    first = {gap.line.competency: gap for gap in reversed(gaps)}
    behind = [c for c in levels if levels[c] < expected[c] and c in first]
    if behind:
        worst = max(behind, key=lambda c: ((expected[c] - levels[c]) * inputs.weights.get(c, 0.1), c))
        return Binding("behind", worst, first[worst], levels[worst], expected[worst])
    skipped = [gap for gap in gaps if gap.status == "skipped"]
    gap = skipped[0] if skipped else min(gaps, key=lambda gap: (gap.on or date.max, gap.line.level, gap.line.id))
    return Binding("skipped" if skipped else "next", gap.line.competency, gap, levels[gap.line.competency])


def gate_of(programme: Programme, gate_id: str) -> Gate:
    """A gate by id. Raises ``KeyError``."""
    for gate in programme.gates:
        if gate.id == gate_id:
            return gate
    raise KeyError(gate_id)
