"""Courses beside the programme: whether one fits, said before it is chosen, and how far one has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from segue.core.activity import Activity, Course, CourseUnit
from segue.core.loop import Attending, Turn, course_activities, minutes_left
from segue.core.plan import Task
from segue.core.replan import Fit, Situation, fit
from segue.core.wording import spoken_minutes, written_date
from segue.curriculum import current
from segue.curriculum.concept import Concept
from segue.plan import replanning

STUDY_WEEKS = 8
OWN = "own-"
OLD_AFTER_DAYS = 90


@dataclass(frozen=True)
class Offer:
    """A course with what it would do to the plan. ``taken`` is ``slice``, ``whole`` or empty."""

    course: Course
    hours: float
    slice_hours: float
    fit: Fit
    taken: str
    ends_whole: date | None
    ends_slice: date | None
    done: int
    spent: int
    asked: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Whether the learner wrote it down."""
        return self.course.id.startswith(OWN)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to tell of progress."""
        return bool(self.taken or self.done or self.spent)

    @property
    def units(self) -> str:
        """How many units of those taken are done."""
        return f"{self.done} of {len(self.asked)} units"


@dataclass(frozen=True)
class UnitRow:
    """A unit: what it teaches, and where it stands. ``url`` is that of its page while it is in the plan."""

    unit: CourseUnit
    concepts: tuple[Concept, ...]
    sliced: bool
    state: str
    url: str


@dataclass(frozen=True)
class CoursePage:
    """One course, unit by unit. ``certificate`` is the number of the entry it is recorded in; ``is_old``: look again."""

    offer: Offer
    rows: tuple[UnitRow, ...]
    certificate: int | None
    is_old: bool


def offers(turn: Turn) -> tuple[Offer, ...]:
    """Every course of the catalogue, measured against this learner's hours."""
    taken = _taken(turn)
    # Taking a course agrees nothing anew, so it meets the tasks of the day, with catch-up time as it is now.
    now = replanning.situation_of(turn)
    return tuple(_offer(turn, now, course, taken.get(course.id, "")) for course in turn.programme.courses)


def _taken(turn: Turn) -> dict[str, str]:
    return {a.course.id: "whole" if a.whole else "slice" for a in turn.inputs.attending}


def _offer(turn: Turn, now: Situation, course: Course, taken: str) -> Offer:
    hours = sum(u.hours for u in course.units)
    slice_hours = sum(u.hours for u in course.units if u.id in course.slice)
    weekly = turn.inputs.availability.weekly_minutes
    asked = tuple(u.id for u in course.units if taken != "slice" or u.id in course.slice)
    every = course_activities(Attending(course, whole=True))
    left = {course.activity_id(u): minutes_left(activity, turn.ledger) for u, activity in zip(course.units, every, strict=True)}
    return Offer(
        course=course,
        hours=hours,
        slice_hours=slice_hours,
        fit=fit(hours, weekly, STUDY_WEEKS, slice_hours or None),
        taken=taken,
        ends_whole=_ends(turn, now, Attending(course, whole=True)),
        ends_slice=_ends(turn, now, Attending(course, whole=False)) if slice_hours else None,
        done=sum(not left[course.activity_id(u)] for u in course.units if u.id in asked),
        spent=sum(turn.ledger.minutes_by_activity.get(i, 0) for i in left),
        asked=asked,
    )


def _ends(turn: Turn, now: Situation, attending: Attending) -> date | None:
    """When the programme would end with the course in it."""
    others = [t for t in now.tasks if not t.id.startswith(f"course:{attending.course.id}:")]
    tasks = sorted([*others, *_units(turn, attending)], key=lambda task: task.week)
    return replace(now, tasks=tuple(tasks)).plan().ends_on


def _units(turn: Turn, attending: Attending) -> Iterator[Task]:
    """What is left of the course: minutes may have been logged when it was in the plan before, or its slice is now."""
    for unit in course_activities(attending):
        left = minutes_left(unit, turn.ledger)
        if left:
            yield Task(unit.id, unit.title, left, unit.week, unit.requires, optional=True)


def course_page(turn: Turn, course: Course) -> CoursePage:
    """One course against this learner's ledger and plan."""
    units = zip(course.units, course_activities(Attending(course, whole=True)), strict=True)
    held = turn.ledger.by_activity.get(course.certificate_id)
    return CoursePage(
        offer=_offer(turn, replanning.situation_of(turn), course, _taken(turn).get(course.id, "")),
        rows=tuple(_unit_row(turn, course, unit, activity) for unit, activity in units),
        certificate=held[-1].latest.id if held else None,
        is_old=(turn.today - date.fromisoformat(course.as_of)).days > OLD_AFTER_DAYS,
    )


def too_much(turn: Turn) -> tuple[str, ...]:
    """A warning for each course in the plan that takes longer than the weeks there are for one. Begun work counts as done."""
    weekly = turn.inputs.availability.weekly_minutes
    return tuple(words for attending in turn.inputs.attending if (words := _too_much(turn, attending, weekly)))


def _too_much(turn: Turn, attending: Attending, weekly: int) -> str:
    left = sum(minutes_left(unit, turn.ledger) for unit in course_activities(attending))
    if not weekly or left <= weekly * STUDY_WEEKS:
        return ""
    weeks = f"{left / weekly:.0f} weeks at {spoken_minutes(weekly)} a week"
    said = f"“{attending.course.title}” needs {spoken_minutes(left)} more: {weeks}, with nothing else in them."
    more = "give the week more hours."
    mend = f"Take its slice, or {more}" if attending.whole and attending.course.slice else more.capitalize()
    return f"{said} A course should fit into {STUDY_WEEKS}. {mend}"


def _unit_row(turn: Turn, course: Course, unit: CourseUnit, activity: Activity) -> UnitRow:
    known = current().concept_by_id
    planned = activity.id in turn.activities
    return UnitRow(
        unit=unit,
        concepts=tuple(known[i] for i in unit.concepts if i in known),
        sliced=unit.id in course.slice,
        state=_state(turn, activity),
        url=reverse("workbench:show-activity", args=[activity.id]) if planned else "",
    )


def _state(turn: Turn, activity: Activity) -> str:
    if not minutes_left(activity, turn.ledger):
        return "done"
    spent = turn.ledger.minutes_by_activity.get(activity.id, 0)
    begins = turn.plan.start_of(activity.id)
    told = [f"{spoken_minutes(spent)} of {spoken_minutes(activity.minutes)}"] if spent else []
    told += [f"from {written_date(begins)}"] if begins else []
    return ", ".join(told) or "not in your plan"
