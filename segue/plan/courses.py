"""Whether a course fits beside the programme, said before it is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from segue.core.activity import Course
from segue.core.loop import Attending, Turn, course_activities
from segue.core.plan import Task
from segue.core.replan import Fit, Situation, fit
from segue.plan import replanning

STUDY_WEEKS = 8


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


def offers(turn: Turn) -> tuple[Offer, ...]:
    """Every course of the catalogue, measured against this learner's hours."""
    taken = {a.course.id: "whole" if a.whole else "slice" for a in turn.inputs.attending}
    # Taking a course agrees nothing anew, so it meets the tasks of the day, with catch-up time as it is now.
    now = replanning.situation_of(turn)
    return tuple(_offer(turn, now, course, taken.get(course.id, "")) for course in turn.programme.courses)


def _offer(turn: Turn, now: Situation, course: Course, taken: str) -> Offer:
    hours = sum(u.hours for u in course.units)
    slice_hours = sum(u.hours for u in course.units if u.id in course.slice)
    weekly = turn.inputs.availability.weekly_minutes
    return Offer(
        course=course,
        hours=hours,
        slice_hours=slice_hours,
        fit=fit(hours, weekly, STUDY_WEEKS, slice_hours or None),
        taken=taken,
        ends_whole=_ends(turn, now, Attending(course, whole=True)),
        ends_slice=_ends(turn, now, Attending(course, whole=False)) if slice_hours else None,
    )


def _ends(turn: Turn, now: Situation, attending: Attending) -> date | None:
    """When the programme would end with the course in it."""
    others = [t for t in now.tasks if not t.id.startswith(f"course:{attending.course.id}:")]
    tasks = sorted([*others, *_units(turn, attending)], key=lambda task: task.week)
    return replace(now, tasks=tuple(tasks)).plan().ends_on


def _units(turn: Turn, attending: Attending) -> Iterator[Task]:
    """What is left of the course: minutes may have been logged when it was in the plan before, or its slice is now."""
    for unit in course_activities(attending):
        left = unit.minutes - turn.ledger.minutes_by_activity.get(unit.id, 0)
        if left > 0 and unit.id not in turn.ledger.by_activity:
            yield Task(unit.id, unit.title, left, unit.week, unit.requires, optional=True)
