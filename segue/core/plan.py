"""The dated plan: which task on which day, whom to ask by when, and what has no day and why.

Greedy and by the day, from today on. Tasks pinned to today or earlier come first, then the order of the blueprint. A task has its
turn once what it needs is finished, its waits are over, its day is reached and its month is open. How long a session may be is
said by :func:`segue.core.placing.session_minutes`. The same input always gives the same plan; nothing here reads the clock.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from segue.core.activity import PeopleNeed, Phase, Wait
from segue.core.availability import NOTHING, Availability, Choices, Span
from segue.core.placing import SHORTEST, Day, Job, Piece, order_of, place
from segue.core.reasons import Outcome, why_not_on, why_unplaced
from segue.core.wording import quoted

__all__ = [
    "YEARS",
    "Availability",
    "Choices",
    "Milestone",
    "Plan",
    "Request",
    "Session",
    "Span",
    "Task",
    "Unplaced",
    "horizon_of",
    "make_plan",
]

YEARS = 5  # how far ahead the plan looks
END = "end"
TIGHT = f"To fit everything in, some sessions are shorter than {SHORTEST} min. More minutes on fewer days would spare you that."


@dataclass(frozen=True)
class Task:
    """What is left to do of an activity: ``minutes`` (more than 0) of work that belongs to a ``week`` of the blueprint.

    ``requires`` and ``waits`` name other tasks; those that are done, skipped or unknown hold nothing up. ``buffer`` is catch-up
    time: it comes after the required tasks of its week and no month waits for it. ``gap`` marks a task that closes a gap.
    """

    id: str
    title: str
    minutes: int
    week: int
    requires: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    people: tuple[PeopleNeed, ...] = ()
    optional: bool = False
    buffer: bool = False
    gap: bool = False

    def __post_init__(self) -> None:
        if self.minutes <= 0:
            raise ValueError(f"task {self.id} has {self.minutes} minutes left; a task that is done belongs into done")


@dataclass(frozen=True)
class Session:
    """``minutes`` of work on a task on a day: part ``part`` (from 1) of ``parts``. Never two of a task on one day."""

    on: date
    task_id: str
    minutes: int
    part: int
    parts: int


@dataclass(frozen=True)
class Request:
    """Somebody to ask by ``ask_by`` for a task planned to begin on ``needed_on``. ``late``: the day to ask has passed."""

    ask_by: date
    task_id: str
    who: str
    ask: str
    needed_on: date
    late: bool


@dataclass(frozen=True)
class Milestone:
    """The day on which the last task of a phase, or (id ``end``) of everything, is planned to be finished."""

    on: date
    id: str
    title: str


@dataclass(frozen=True)
class Unplaced:
    """A task of which nothing is planned. ``reason`` names the task, says why, and how to mend it."""

    task_id: str
    reason: str
    minutes: int


@dataclass(frozen=True)
class Plan:
    """What to do when, as seen on ``today``. ``sessions`` are in the order in which they are worked, also within a day.

    ``ends_on`` is the day on which the last task is finished (the last day something was done, where nothing remains); ``None``
    where a task has no day.
    """

    today: date
    sessions: tuple[Session, ...] = ()
    requests: tuple[Request, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    warnings: tuple[str, ...] = ()
    ends_on: date | None = None

    @cached_property
    def _by_task(self) -> Mapping[str, tuple[Session, ...]]:
        found: dict[str, list[Session]] = {}
        for session in self.sessions:
            found.setdefault(session.task_id, []).append(session)
        return {task_id: tuple(sessions) for task_id, sessions in found.items()}

    @cached_property
    def _days(self) -> list[date]:
        return [session.on for session in self.sessions]

    def sessions_of(self, task_id: str) -> tuple[Session, ...]:
        """The sessions of a task, in order; empty where it has none."""
        return self._by_task.get(task_id, ())

    def start_of(self, task_id: str) -> date | None:
        """The day of its first session."""
        sessions = self.sessions_of(task_id)
        return sessions[0].on if sessions else None

    def end_of(self, task_id: str) -> date | None:
        """The day of its last session."""
        sessions = self.sessions_of(task_id)
        return sessions[-1].on if sessions else None

    def between(self, first: date, last: date) -> tuple[Session, ...]:
        """The sessions from ``first`` to ``last``, both included."""
        return self.sessions[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def minutes_on(self, day: date) -> int:
        """Minutes planned on a day."""
        return sum(session.minutes for session in self.between(day, day))

    @cached_property
    def remaining(self) -> Mapping[str, int]:
        """Minutes left by task: those planned, and those without a day."""
        planned = {task_id: sum(s.minutes for s in sessions) for task_id, sessions in self._by_task.items()}
        return planned | {u.task_id: u.minutes for u in self.unplaced}


def make_plan(
    tasks: Sequence[Task],
    availability: Availability,
    choices: Choices,
    phases: Sequence[Phase],
    done: Mapping[str, date],
    today: date,
    spent: Mapping[date, int] = NOTHING,
) -> Plan:
    """The plan from ``today`` on.

    ``tasks`` are in blueprint order within a week; ``done`` has the finished ones with the day; ``spent`` the minutes already
    worked by day, of which today's count against today. Every task that is neither done nor skipped is either planned to its
    last minute or listed as unplaced. Where something does not fit into the five years that the plan looks ahead, but would with
    sessions of any length, they may be short; a warning says so. Raises ``ValueError`` where two tasks have the same id.
    """
    if len({task.id for task in tasks}) < len(tasks):
        raise ValueError("two tasks have the same id")
    return _Draft(tasks, availability, choices, phases, done, today, spent).plan()


def horizon_of(today: date) -> date:
    """The last day that the plan looks at: five years after today, 28 February where that year lacks the day."""
    year = min(today.year + YEARS, date.max.year)
    return date(year, 2, 28) if (today.month, today.day) == (2, 29) else today.replace(year=year)


class _Draft:
    """One run of the planner: translates tasks into jobs, has them placed, and translates back."""

    def __init__(
        self,
        tasks: Sequence[Task],
        availability: Availability,
        choices: Choices,
        phases: Sequence[Phase],
        done: Mapping[str, date],
        today: date,
        spent: Mapping[date, int],
    ) -> None:
        self.availability = availability
        self.choices = choices
        self.phases = sorted(phases, key=lambda phase: phase.first_week)
        self.done = done
        self.today = today
        self.spent = spent.get(today, 0)
        self.begin = max(today, availability.starts_on)
        self.horizon = horizon_of(today)
        self.titles = {task.id: task.title for task in tasks}
        open_tasks = (task for task in tasks if task.id not in done and task.id not in choices.skipped)
        self.tasks = sorted(open_tasks, key=lambda task: (task.week, task.buffer))
        self.index = {task.id: i for i, task in enumerate(self.tasks)}
        self.jobs = [self._job(task) for task in self.tasks]

    # --- translating -----------------------------------------------------------------------------------------------------

    def _job(self, task: Task) -> Job:
        phase = self.phase_of(task.week)
        bar = phase.first_week if phase else 0
        parts = self.choices.split.get(task.id, 1)
        return Job(
            minutes=task.minutes,
            week=task.week,
            most=-(-task.minutes // parts),
            needs=tuple(self._needs(task)),
            wake=self._wake(task),
            opens=self.availability.starts_on.toordinal() + 7 * (phase.opens_week - 1) if phase else 0,
            bar=max(bar, task.week + 1) if task.buffer else bar,
            required=not (task.optional or task.buffer),
            pinned=task.id in self.choices.pinned,
            alone=parts > 1,
        )

    def phase_of(self, week: int) -> Phase | None:
        """The last phase that begins by a week; ``None`` before the first."""
        found = None
        for phase in self.phases:
            if phase.first_week <= week:
                found = phase
        return found

    def _needs(self, task: Task) -> Iterator[tuple[int, int]]:
        yield from ((self.index[i], 0) for i in task.requires if i in self.index)
        yield from ((self.index[w.activity_id], w.days) for w in task.waits if w.activity_id in self.index)

    def _wake(self, task: Task) -> int:
        days = [chosen[task.id] for chosen in (self.choices.pinned, self.choices.deferred) if task.id in chosen]
        over = [self.done[w.activity_id].toordinal() + w.days for w in task.waits if w.activity_id in self.done]
        return max((*(day.toordinal() for day in days), *over), default=0)

    def days(self) -> Iterator[Day]:
        """The days with minutes, up to the horizon."""
        first, last = self.begin.toordinal(), self.horizon.toordinal()
        off: set[int] = set()
        for span in self.availability.time_off:
            off.update(range(max(first, span.first.toordinal()), min(last, span.last.toordinal()) + 1))
        today, spent, weekday_minutes = self.today.toordinal(), self.spent, self.availability.weekday_minutes
        for number in range(first, last + 1):
            whole = weekday_minutes[(number - 1) % 7]  # day 1 was a Monday
            if whole and number not in off:
                yield Day(number, max(0, whole - spent) if number == today else whole, whole)

    # --- the plan --------------------------------------------------------------------------------------------------------

    def plan(self) -> Plan:
        """Places everything and says what follows from it."""
        pieces, left, tight = self._place()
        sessions = self._sessions(pieces)
        draft = Plan(self.today, sessions)
        ends = {piece.job: piece.day for piece in pieces}
        titles = [task.title for task in self.tasks]
        outcome = Outcome(self.jobs, titles, self.availability, self.begin, self.horizon, frozenset(left), ends)
        last = sessions[-1].on if sessions else max(self.done.values(), default=None)
        return Plan(
            today=self.today,
            sessions=sessions,
            requests=tuple(self._requests(draft)),
            milestones=tuple(self._milestones(draft, left)),
            unplaced=tuple(Unplaced(self.tasks[i].id, why_unplaced(outcome, i), self.tasks[i].minutes) for i in left),
            warnings=(*self._pin_warnings(draft, outcome), *self._skip_warnings(draft), *([TIGHT] if tight else [])),
            ends_on=None if left else last,
        )

    def _place(self) -> tuple[list[Piece], list[int], bool]:
        """Without crumbs where everything fits so; with them where more fits with them."""
        pieces, left = place(self.jobs, self.days())
        if len(left) > len(self.jobs) - len(order_of(self.jobs)):
            more, fewer = place(self.jobs, self.days(), shortest=1)
            if len(fewer) < len(left):
                return more, fewer, True
        return pieces, left, False

    def _sessions(self, pieces: list[Piece]) -> tuple[Session, ...]:
        parts: dict[int, int] = {}
        for piece in pieces:
            parts[piece.job] = parts.get(piece.job, 0) + 1
        part: dict[int, int] = dict.fromkeys(parts, 0)
        found = []
        for day, job, minutes in pieces:
            part[job] += 1
            found.append(Session(date.fromordinal(day), self.tasks[job].id, minutes, part[job], parts[job]))
        return tuple(found)

    def _requests(self, plan: Plan) -> list[Request]:
        found = []
        for task in self.tasks:
            start = plan.start_of(task.id) if task.people else None
            if start is None or self._asked(task):
                continue
            for need in task.people:
                ask_by = start - timedelta(days=need.lead_days)
                late = ask_by < self.today
                found.append(Request(max(ask_by, self.today), task.id, need.who, need.ask, start, late))
        return sorted(found, key=lambda request: (request.ask_by, request.needed_on))

    def _asked(self, task: Task) -> bool:
        """Whether those it waits for were asked: what one waits after is the asking, and it is done."""
        return bool(task.waits) and all(wait.activity_id in self.done for wait in task.waits)

    def _milestones(self, plan: Plan, left: list[int]) -> list[Milestone]:
        ends: dict[str, date] = {}
        never = {phase.id for i in left if (phase := self.phase_of(self.tasks[i].week))}
        for task in self.tasks:
            phase, end = self.phase_of(task.week), plan.end_of(task.id)
            if phase and end and phase.id not in never:
                ends[phase.id] = max(end, ends.get(phase.id, end))
        found = [Milestone(ends[phase.id], phase.id, phase.title) for phase in self.phases if phase.id in ends]
        found.sort(key=lambda milestone: milestone.on)
        if plan.sessions and not left:
            found.append(Milestone(plan.sessions[-1].on, END, "End of the programme"))
        return found

    def _pin_warnings(self, plan: Plan, outcome: Outcome) -> Iterator[str]:
        for i, task in enumerate(self.tasks):
            pin, start = self.choices.pinned.get(task.id), plan.start_of(task.id)
            # A pin that has passed was honoured as well as it can be: the task comes first now.
            if pin and start and self.today <= pin < start:
                yield why_not_on(outcome, i, pin, start)

    def _skip_warnings(self, plan: Plan) -> Iterator[str]:
        for task in self.tasks:
            wanted = dict.fromkeys((*task.requires, *(wait.activity_id for wait in task.waits)))
            missing = [self.titles[i] for i in wanted if i in self.titles and i in self.choices.skipped and i not in self.done]
            if missing and plan.start_of(task.id):
                yield f"“{task.title}” builds on {quoted(missing)}, which you chose to skip: it goes ahead without."
