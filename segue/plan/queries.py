"""What the plan's pages show, ready to be printed: no template computes anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.urls import reverse

from segue.core.activity import Activity
from segue.core.loop import Gap, Turn
from segue.core.plan import Milestone, Request, Session
from segue.core.wording import written_date
from segue.plan.records import Recorded
from segue.shared.components import TimelineRow

MOST_NEXT = 3
DAYS_AHEAD_TO_ASK = 7
NOTHING: Mapping[date, tuple[Recorded, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class Chosen:
    """A decision about an activity, in words, so that it can be taken back."""

    sort: str
    words: str


@dataclass(frozen=True)
class Next:
    """An activity to do next. ``minutes`` is this session's share; ``left`` what remains of the whole."""

    id: str
    title: str
    url: str
    minutes: int
    left: int
    why: str
    competencies: tuple[str, ...]
    phase: int
    phase_label: str
    when: str
    state: str  # "now" where it was begun, else empty
    optional: bool
    choices: tuple[Chosen, ...] = ()


@dataclass(frozen=True)
class Ask:
    """Somebody to ask, and for what."""

    request: Request
    title: str
    url: str
    is_late: bool


@dataclass(frozen=True)
class WeekHours:
    """This week in minutes: planned in all, logged so far, and what the week still holds."""

    planned: int
    logged: int
    left: int


@dataclass(frozen=True)
class Bound:
    """What holds readiness back, in words."""

    heading: str
    text: str
    url: str
    action: str


@dataclass(frozen=True)
class Today:
    """Everything on the page of today."""

    turn: Turn
    day: date
    next_day: date | None
    activities: tuple[Next, ...]
    asks: tuple[Ask, ...]
    hours: WeekHours
    bound: Bound
    week_number: int
    phase_title: str
    loggable: tuple[Activity, ...]
    finished: bool
    clock_is_back: bool


@dataclass(frozen=True)
class DayRow:
    """A day of the week page."""

    on: date
    minutes: int
    room: int
    sessions: tuple[Next, ...]
    recorded: tuple[Recorded, ...]
    is_past: bool


@dataclass(frozen=True)
class WeekPage:
    """A calendar week of the plan."""

    monday: date
    sunday: date
    number: int
    days: tuple[DayRow, ...]
    asks: tuple[Ask, ...]
    milestones: tuple[Milestone, ...]
    hours: WeekHours
    before: date | None
    after: date | None

    @property
    def is_past(self) -> bool:
        return all(day.is_past for day in self.days)

    @property
    def title(self) -> str:
        return span_words(self.monday, self.sunday)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("Plan", reverse("plan:show-plan")), (self.title, "")]


@dataclass(frozen=True)
class PhaseRow:
    """A month of the plan with its weeks of the blueprint."""

    number: int
    title: str
    months: str
    dates: str
    mistake: str
    guard: str
    rows: tuple[TimelineRow, ...]


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def next_of(turn: Turn, task_id: str, minutes: int, when: str = "", choices: tuple[Chosen, ...] = ()) -> Next:
    """One line of a list of things to do."""
    activity = turn.activities[task_id]
    left = sum(s.minutes for s in turn.plan.sessions_of(task_id))
    progress = turn.progress.get(task_id)
    phase = turn.programme.phase_of(activity.week)
    return Next(
        id=task_id,
        title=activity.title,
        url=reverse("workbench:show-activity", args=[task_id]),
        minutes=minutes,
        left=left,
        why=activity.why,
        competencies=activity.competencies,
        phase=phase.number,
        phase_label=phase.area.title(),
        when=when,
        state="now" if progress is not None and progress.begun else "",
        optional=activity.optional,
        choices=choices,
    )


def today_page(turn: Turn, real_today: date) -> Today:
    """The page that answers what next."""
    sessions = [s for s in turn.plan.sessions if s.on == turn.today]
    next_day = min((s.on for s in turn.plan.sessions), default=None)
    if not sessions and next_day is not None:
        sessions = [s for s in turn.plan.sessions if s.on == next_day]
    ahead = tuple(next_of(turn, s.task_id, s.minutes) for s in sessions[:MOST_NEXT])
    week = ahead and turn.activities[ahead[0].id].week
    return Today(
        turn=turn,
        day=turn.today,
        next_day=next_day,
        activities=ahead,
        asks=asks_between(turn, turn.today, turn.today + timedelta(days=DAYS_AHEAD_TO_ASK)),
        hours=week_hours(turn, monday_of(turn.today)),
        bound=bound_of(turn),
        week_number=week or turn.programme.weeks[-1].number,
        phase_title=turn.programme.phase_of(week).title if week else "",
        loggable=loggable(turn),
        finished=next_day is None and not turn.plan.unplaced,
        clock_is_back=real_today < turn.today,
    )


def loggable(turn: Turn) -> tuple[Activity, ...]:
    """The activities one is likely to have worked on: those in progress and those planned next, at most twelve."""
    begun = [i for i, p in turn.progress.items() if p.begun]
    planned = [s.task_id for s in turn.plan.sessions[:40]]
    return tuple(turn.activities[i] for i in list(dict.fromkeys([*planned[:6], *begun, *planned]))[:12])


def asks_between(turn: Turn, first: date, last: date) -> tuple[Ask, ...]:
    """People to ask on these days, both included."""
    return tuple(
        Ask(
            request=r,
            title=turn.activities[r.task_id].title,
            url=reverse("workbench:show-activity", args=[r.task_id]),
            is_late=r.late and not turn.activities[r.task_id].optional,
        )
        for r in turn.plan.requests
        if first <= r.ask_by <= last
    )


def week_hours(turn: Turn, monday: date) -> WeekHours:
    """Minutes of the week that begins on a Monday."""
    sunday = monday + timedelta(days=6)
    logged = turn.ledger.minutes_between(monday, sunday)
    left = sum(s.minutes for s in turn.plan.between(monday, sunday))
    return WeekHours(logged + left, logged, left)


def bound_of(turn: Turn) -> Bound:
    """What binds readiness, named by competency and line, with the way to it."""
    binding = turn.binding
    if binding.gap is None:
        gate, readiness_url = turn.readiness.gates[-1], reverse("readiness:show-readiness")
        if gate.met:
            return Bound("Nothing holds you back", f"{gate.gate.name}: every line is met.", readiness_url, "See why")
        lacking = " ".join(f"{line.text}: {line.tally}." for line in gate.lines if not line.met)
        return Bound("What lacks is people", lacking, readiness_url, "See readiness")
    competency = turn.programme.competency_by_id[binding.competency]
    line = binding.gap.line
    url = reverse("readiness:show-competency", args=[competency.id])
    if binding.sort == "behind":
        heading = f"{competency.id} {competency.short} holds you"
        text = f"Level {binding.level}, where your plan expected level {binding.expected} by now. {line.text}: {line.missing}"
    elif binding.sort == "skipped":
        heading = f"{competency.id} {competency.short} can't be reached as planned"
        text = f"{line.text}: what would prove it was skipped. Bring it back, or prove it another way."
    else:
        heading = f"Next to prove: {competency.id} {competency.short}, level {line.level}"
        text = f"{line.text}: {line.missing}"
    return Bound(heading, text, url, _closing_words(turn, binding.gap))


def _closing_words(turn: Turn, gap: Gap) -> str:
    return f"Planned by {gap.on.day} {gap.on:%B %Y}" if gap.on else "See what would close it"


def chosen_by_activity(turn: Turn) -> Mapping[str, tuple[Chosen, ...]]:
    """Every decision that stands, in words, by activity."""
    choices = turn.inputs.choices
    found: dict[str, list[Chosen]] = {}
    for activity_id, day in choices.pinned.items():
        found.setdefault(activity_id, []).append(Chosen("pin", f"Pinned to {written_date(day)}"))
    for activity_id, day in choices.deferred.items():
        found.setdefault(activity_id, []).append(Chosen("defer", f"Not before {written_date(day)}"))
    for activity_id, parts in choices.split.items():
        found.setdefault(activity_id, []).append(Chosen("split", f"In {parts} parts"))
    return {activity_id: tuple(words) for activity_id, words in found.items()}


def week_page(turn: Turn, monday: date, recorded: Mapping[date, tuple[Recorded, ...]] = NOTHING) -> WeekPage:
    """One calendar week, with what was recorded on its days."""
    days = [monday + timedelta(days=n) for n in range(7)]
    first, last = monday_of(turn.inputs.availability.starts_on), turn.plan.ends_on or turn.today
    planned = turn.plan.between(monday, days[-1])
    chosen = chosen_by_activity(turn)
    return WeekPage(
        monday=monday,
        sunday=days[-1],
        number=(monday - first).days // 7 + 1,
        days=tuple(
            DayRow(
                on=day,
                minutes=sum(s.minutes for s in planned if s.on == day),
                room=turn.inputs.availability.minutes_on(day),
                sessions=tuple(
                    next_of(turn, s.task_id, s.minutes, part_words(s), chosen.get(s.task_id, ())) for s in planned if s.on == day
                ),
                recorded=recorded.get(day, ()),
                is_past=day < turn.today,
            )
            for day in days
        ),
        asks=asks_between(turn, monday, days[-1]),
        milestones=tuple(m for m in turn.plan.milestones if monday <= m.on <= days[-1]),
        hours=week_hours(turn, monday),
        before=monday - timedelta(days=7) if monday > first else None,
        after=monday + timedelta(days=7) if days[-1] < last else None,
    )


def part_words(session: Session) -> str:
    """Which part of an activity a session is, where it has several."""
    return f"part {session.part} of {session.parts}" if session.parts > 1 else ""


# --- the timeline -----------------------------------------------------------------------------------------------------------


def span_words(first: date | None, last: date | None) -> str:
    """Two days as words, as short as they allow: 23 to 29 November 2026."""
    if first is None or last is None:
        return ""
    if first == last:
        return f"{last.day} {last:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%B %Y}"
    begins = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B %Y}"
    return f"{begins} to {last.day} {last:%B %Y}"


def timeline(turn: Turn) -> tuple[PhaseRow, ...]:
    """The six months with their weeks: when each is done, or was."""
    rows = {week.number: _week_row(turn, week.number, week.outcome) for week in turn.programme.weeks}
    return tuple(
        PhaseRow(
            number=phase.number,
            title=phase.title,
            months=phase.months,
            dates=span_words(*_phase_span(turn, phase.first_week, phase.last_week)),
            mistake=phase.mistake,
            guard=phase.guard,
            rows=tuple(rows[n] for n in range(phase.first_week, phase.last_week + 1)),
        )
        for phase in turn.programme.phases
    )


def week_days(turn: Turn, number: int) -> list[date]:
    """The days on which work of a blueprint week is planned or was finished, in order."""
    days: list[date] = []
    for activity in turn.programme.activities:
        if activity.week == number:
            progress = turn.progress[activity.id]
            days += [progress.done_on] if progress.done_on else [s.on for s in turn.plan.sessions_of(activity.id)]
    return sorted(days)


def _phase_span(turn: Turn, first: int, last: int) -> tuple[date | None, date | None]:
    days = sorted(day for number in range(first, last + 1) for day in week_days(turn, number))
    return (days[0], days[-1]) if days else (None, None)


def _week_row(turn: Turn, number: int, outcome: str) -> TimelineRow:
    mine = [a for a in turn.programme.activities if a.week == number and not a.buffer and a.id not in turn.inputs.choices.skipped]
    done = sum(1 for a in mine if turn.progress[a.id].done)
    days = week_days(turn, number)
    open_days = [d for a in mine for d in [turn.plan.start_of(a.id)] if d is not None]
    return TimelineRow(
        label=f"Week {number}",
        title=outcome,
        phase=turn.programme.phase_of(number).number,
        state=_week_state(turn, [a.id for a in mine], done),
        dates=span_words(days[0], days[-1]) if days else "",
        note=f"{done} of {len(mine)} done" if mine else "",
        url=reverse("plan:show-week", args=[monday_of(min(open_days or days[:1] or [turn.today])).isoformat()]),
        minutes=sum(s.minutes for a in mine for s in turn.plan.sessions_of(a.id)) or None,
    )


def _week_state(turn: Turn, activity_ids: list[str], done: int) -> str:
    if done == len(activity_ids):
        return "done"
    slipped = {slip.task_id for slip in turn.standing.slipped if not turn.activities[slip.task_id].optional}
    if slipped.intersection(activity_ids):
        return "slipped"
    starts = [s for i in activity_ids if (s := turn.plan.start_of(i)) is not None]
    return "now" if done or (starts and monday_of(min(starts)) <= turn.today) else "later"
