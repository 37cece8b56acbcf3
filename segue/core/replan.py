"""When life comes between: how far the work has slipped, and three calm ways on. Missed work moves; nothing turns red.

Also what a number of hours a week means: when the end would be, and whether a course fits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from segue.core.activity import Phase
from segue.core.availability import MOST_MINUTES, NOTHING, Availability, Choices, Span
from segue.core.plan import Plan, Task, make_plan
from segue.core.wording import counted, quoted, spoken_minutes, written_date

MISSED_WEEKS_TO_OFFER = 2
WEEKS_BEHIND_TO_OFFER = 2
PAUSE_DAYS = 14
_WEEK = timedelta(days=7)


# --- standing ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """A task that should have been finished before today: on ``was``. ``now`` is its new day, ``None`` where it has none."""

    task_id: str
    was: date
    now: date | None


@dataclass(frozen=True)
class Standing:
    """How the work stands against the plan that was agreed.

    ``behind_minutes``: work that the agreed plan put before today and that is still to do, less work done ahead of it.
    ``missed_weeks``: missed weeks in a row up to last week. ``offer``: whether to offer the three ways on.
    """

    behind_minutes: int
    missed_weeks: int
    slipped: tuple[Slip, ...]
    offer: bool


def standing(
    baseline: Plan,
    now: Plan,
    worked: Mapping[date, int],
    done: Mapping[str, date],
    availability: Availability,
    today: date,
) -> Standing:
    """How today's plan ``now`` stands against ``baseline``, the plan that was agreed. ``worked``: minutes logged by day.

    Ways on are offered after two missed weeks in a row, or when the work is behind by two ordinary weeks.
    """
    behind = _behind(baseline, {i: m for i, m in now.remaining.items() if i not in done}, today)
    missed = missed_weeks(baseline, worked, done, availability, today)
    enough = WEEKS_BEHIND_TO_OFFER * availability.weekly_minutes
    offer = missed >= MISSED_WEEKS_TO_OFFER or 0 < enough <= behind
    return Standing(behind, missed, tuple(_slips(baseline, now, done, today)), offer)


def minutes_behind(baseline: Plan, tasks: Iterable[Task], today: date, skipped: Collection[str] = ()) -> int:
    """Minutes that ``baseline`` put before today and that are still to do, less work done ahead of it; never below 0.

    ``tasks`` are those still open, before buffers are shrunk; what is missing from them, or ``skipped``, has nothing left to do.
    """
    return _behind(baseline, {task.id: task.minutes for task in tasks if task.id not in skipped}, today)


def _behind(baseline: Plan, remaining: Mapping[str, int], today: date) -> int:
    planned = baseline.remaining
    ahead = sum(session.minutes for session in baseline.between(today, date.max)) + sum(u.minutes for u in baseline.unplaced)
    return max(0, sum(remaining.get(task_id, 0) for task_id in planned) - ahead)


def missed_weeks(
    baseline: Plan, worked: Mapping[date, int], done: Mapping[str, date], availability: Availability, today: date
) -> int:
    """Missed weeks in a row up to last week.

    A week from Monday to Sunday is missed if the agreed plan had work in it, nothing was logged and nothing finished. Weeks
    without work in the plan, or wholly in time off, neither count nor break the row; the week in which the plan was agreed
    never counts, unless that was on its Monday.
    """
    missed = 0
    monday = today - timedelta(days=today.weekday()) - _WEEK
    while monday >= baseline.today and monday >= availability.starts_on:
        week = [monday + timedelta(days=n) for n in range(7)]
        if any(worked.get(day) for day in week) or any(week[0] <= on <= week[-1] for on in done.values()):
            break
        missed += bool(baseline.between(week[0], week[-1])) and any(availability.minutes_on(day) for day in week)
        monday -= _WEEK
    return missed


def _slips(baseline: Plan, now: Plan, done: Mapping[str, date], today: date) -> Iterable[Slip]:
    for task_id in dict.fromkeys(session.task_id for session in baseline.between(date.min, today - timedelta(days=1))):
        was = baseline.end_of(task_id)
        if was is not None and was < today and task_id not in done and task_id in now.remaining:
            yield Slip(task_id, was, now.end_of(task_id))


def shrink_buffers(tasks: Iterable[Task], behind_minutes: int) -> tuple[Task, ...]:
    """The tasks with catch-up time given over to work that slipped: the earliest first, gone where nothing of it is left."""
    tasks = tuple(tasks)
    left: dict[str, int] = {}
    for task in sorted((t for t in tasks if t.buffer), key=lambda t: t.week):
        taken = min(task.minutes, max(0, behind_minutes))
        behind_minutes -= taken
        left[task.id] = task.minutes - taken
    kept = (replace(t, minutes=left[t.id]) if left.get(t.id) else t for t in tasks if left.get(t.id, 1))
    return tuple(kept)


# --- the three ways ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """A way on: ``id`` is ``shift``, ``trim`` or ``pause``; ``dropped`` are the ids of the tasks it leaves out.

    ``pause`` has the time off that it adds. ``plan`` is what would come of it.
    """

    id: str
    title: str
    ends_on: date | None
    detail: str
    dropped: tuple[str, ...]
    plan: Plan
    pause: Span | None = None


@dataclass(frozen=True)
class Situation:
    """What :func:`segue.core.plan.make_plan` is given, kept together so that it can be varied. Buffers are shrunk already."""

    tasks: tuple[Task, ...]
    availability: Availability
    choices: Choices
    phases: tuple[Phase, ...]
    done: Mapping[str, date]
    today: date
    spent: Mapping[date, int] = field(default_factory=lambda: NOTHING)

    def plan(self, availability: Availability | None = None, dropped: Iterable[str] = ()) -> Plan:
        """The plan with other hours, or without some of the tasks."""
        skipped = dict(self.choices.skipped) | dict.fromkeys(dropped, "")
        choices = replace(self.choices, skipped=skipped)
        availability = availability or self.availability
        return make_plan(self.tasks, availability, choices, self.phases, self.done, self.today, self.spent)


def ways(
    tasks: Sequence[Task],
    availability: Availability,
    choices: Choices,
    phases: Sequence[Phase],
    done: Mapping[str, date],
    today: date,
    baseline: Plan,
    *,
    spent: Mapping[date, int] = NOTHING,
    pause_until: date | None = None,
    weights: Mapping[str, float] | None = None,
) -> tuple[Way, Way, Way]:
    """Three ways on: move everything; leave out optional tasks to keep the end of ``baseline``; pause until a day.

    ``weights`` by task id: the least is left out first (otherwise the latest week). ``pause_until`` is the last day without work
    (otherwise two weeks from today). Raises ``UserError`` where it is before today.
    """
    situation = Situation(tuple(tasks), availability, choices, tuple(phases), done, today, spent)
    pause = Span(today, pause_until or today + timedelta(days=PAUSE_DAYS - 1))
    shifted = situation.plan()
    return _shift(shifted, baseline), _trim(situation, shifted, baseline, weights or {}), _pause(situation, baseline, pause)


def _shift(plan: Plan, baseline: Plan) -> Way:
    return Way("shift", "Keep everything, move the end", plan.ends_on, f"Nothing is left out. {_end(plan, baseline)}", (), plan)


def _pause(situation: Situation, baseline: Plan, pause: Span) -> Way:
    time_off = (*situation.availability.time_off, pause)
    plan = situation.plan(replace(situation.availability, time_off=time_off))
    again = f" Work begins again on {written_date(plan.sessions[0].on)}." if plan.sessions else ""
    detail = f"No work until the end of {written_date(pause.last)}.{again} {_end(plan, baseline)}"
    return Way("pause", "Pause for a while", plan.ends_on, detail, (), plan, pause)


def _trim(situation: Situation, shifted: Plan, baseline: Plan, weights: Mapping[str, float]) -> Way:
    order = _drop_order(situation, weights)

    def in_time(plan: Plan) -> bool:
        return plan.ends_on is not None and (baseline.ends_on is None or plan.ends_on <= baseline.ends_on)

    few, plan = 0, shifted
    if not in_time(shifted) and order:
        few, plan = len(order), situation.plan(dropped=order)
        too_few = 0
        # Halving finds a number that is enough while one less is not.
        while in_time(plan) and few - too_few > 1:
            middle = (too_few + few) // 2
            tried = situation.plan(dropped=order[:middle])
            few, too_few, plan = (middle, too_few, tried) if in_time(tried) else (few, middle, plan)
    dropped = [task for task in situation.tasks if task.id in order[:few]]
    detail = f"{_dropping(dropped, enough=in_time(plan), any_left=bool(order))} {_end(plan, baseline)}"
    return Way("trim", "Leave out optional work", plan.ends_on, detail, tuple(task.id for task in dropped), plan)


def _dropping(dropped: Sequence[Task], *, enough: bool, any_left: bool) -> str:
    if not dropped:
        return "Nothing has to be left out." if enough else "Nothing optional is left to leave out."
    what = f"{quoted([task.title for task in dropped])} ({spoken_minutes(sum(task.minutes for task in dropped))})"
    return f"Leaves out {what}." if enough else f"Even without all that is optional, {what}, the end can't be kept."


def _drop_order(situation: Situation, weights: Mapping[str, float]) -> list[str]:
    """Optional tasks, the first to leave out first; what builds on one goes before it. Those that required ones need stay."""
    open_tasks = [t for t in situation.tasks if t.id not in situation.done and t.id not in situation.choices.skipped]
    wanted = {t.id: (*t.requires, *(w.activity_id for w in t.waits)) for t in open_tasks}
    needed = _reachable([t.id for t in open_tasks if not t.optional and not t.buffer], wanted)
    free = [t for t in open_tasks if t.optional and not t.buffer and t.id not in needed]
    position = {t.id: n for n, t in enumerate(free)}
    free.sort(key=lambda t: (weights.get(t.id, 0.0), -t.week, -position[t.id]))
    building: dict[str, list[str]] = {}
    for task in free:
        for other in wanted[task.id]:
            building.setdefault(other, []).append(task.id)
    order: dict[str, None] = {}
    for task in free:
        upon = _reachable([task.id], building)
        order |= dict.fromkeys(t.id for t in reversed(open_tasks) if t.id in upon and t.id != task.id)
        order[task.id] = None
    return list(order)


def _reachable(start: Iterable[str], steps: Mapping[str, Iterable[str]]) -> set[str]:
    found = list(dict.fromkeys(start))
    seen = set(found)
    for task_id in found:  # grows while it is walked
        fresh = [other for other in steps.get(task_id, ()) if other not in seen]
        seen.update(fresh)
        found += fresh
    return seen


def _end(plan: Plan, baseline: Plan) -> str:
    """When it ends, against when it was to end."""
    if plan.ends_on is None:
        return plan.unplaced[0].reason if plan.unplaced else "There is nothing left to do."
    if baseline.ends_on is None:
        return f"The end is {written_date(plan.ends_on)}."
    days = (plan.ends_on - baseline.ends_on).days
    if days > 0:
        return (
            f"The end moves from {written_date(baseline.ends_on)} to {written_date(plan.ends_on)}, {counted(days, 'day')} later."
        )
    kept = "as planned" if days == 0 else f"{counted(-days, 'day')} earlier than planned"
    return f"The end is {written_date(plan.ends_on)}, {kept}."


# --- hours and weeks --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pace:
    """What ``weekly_minutes`` a week would mean for the end. ``text`` says it in a sentence."""

    weekly_minutes: int
    ends_on: date | None
    text: str


def pace(situation: Situation, weekly_minutes: int) -> Pace:
    """When the end would be at another number of minutes a week, spread over the weekdays as they are now."""
    plan = situation.plan(at_pace(situation.availability, weekly_minutes))
    hours = spoken_minutes(weekly_minutes)
    if plan.ends_on is None:
        return Pace(weekly_minutes, None, plan.unplaced[0].reason if plan.unplaced else "There is nothing left to do.")
    return Pace(weekly_minutes, plan.ends_on, f"At {hours} a week you end on {written_date(plan.ends_on)}.")


def at_pace(availability: Availability, weekly_minutes: int) -> Availability:
    """The same weekdays in the same proportions (Monday to Friday where none has minutes), adding up to ``weekly_minutes``.

    Days hold twelve hours at the most; more than they hold together is cut.
    """
    shares = availability.weekday_minutes if availability.weekly_minutes else (1, 1, 1, 1, 1, 0, 0)
    total = sum(shares)
    # Rounded running totals, so that the days add up to the week.
    sums = [weekly_minutes * sum(shares[:n]) // total for n in range(8)]
    minutes = tuple(min(MOST_MINUTES, sums[n + 1] - sums[n]) for n in range(7))
    return replace(availability, weekday_minutes=minutes)


@dataclass(frozen=True)
class Fit:
    """Whether a course fits: ``weeks`` it takes whole, ``slice_weeks`` for the slice worth a product manager's time.

    Weeks are ``None`` without hours, and without a slice.
    """

    weeks: float | None
    slice_weeks: float | None
    whole_fits: bool
    slice_fits: bool
    text: str

    @property
    def fits(self) -> bool:
        """Whether the whole course, or at least the slice, fits into the window."""
        return self.whole_fits or self.slice_fits


def fit(hours: float, weekly_minutes: int, window_weeks: int, slice_hours: float | None = None) -> Fit:
    """How long a course of ``hours`` takes at ``weekly_minutes`` a week, and whether that is within ``window_weeks``."""
    if weekly_minutes <= 0:
        text = "There are no minutes on any weekday, so no course fits. Give at least one day some minutes."
        return Fit(None, None, whole_fits=False, slice_fits=False, text=text)
    weeks = hours * 60 / weekly_minutes
    slice_weeks = None if slice_hours is None else slice_hours * 60 / weekly_minutes
    whole_fits = weeks <= window_weeks
    slice_fits = slice_weeks is not None and slice_weeks <= window_weeks
    said = [f"The whole course is about {hours:g} h: at {spoken_minutes(weekly_minutes)} a week {counted(weeks, 'week')}."]
    if slice_weeks is not None:
        said.append(f"The slice is about {slice_hours:g} h: {counted(slice_weeks, 'week')}.")
    said.append(_verdict(window_weeks, whole_fits=whole_fits, slice_fits=slice_fits))
    return Fit(weeks, slice_weeks, whole_fits, slice_fits, " ".join(said))


def _verdict(window_weeks: int, *, whole_fits: bool, slice_fits: bool) -> str:
    window = f"the {counted(window_weeks, 'week')} there are for it"
    if whole_fits:
        return f"The whole course fits into {window}."
    if slice_fits:
        return f"The slice fits into {window}; the whole course does not."
    return f"That does not fit into {window}: choose fewer units, or give the week more hours."
