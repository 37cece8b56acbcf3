"""Reads: the programme as one learner has it, their own courses included."""

from __future__ import annotations

from dataclasses import replace

from segue.accounts.models import Learner
from segue.core.activity import Course, Programme
from segue.courses.models import OwnCourse
from segue.courses.units import unit_from
from segue.curriculum import current


def programme_of(learner: Learner) -> Programme:
    """The programme with the learner's own courses behind those of the catalogue. One query."""
    programme = current().programme
    own = tuple(course_from(row) for row in learner.own_courses.all())
    return replace(programme, courses=(*programme.courses, *own)) if own else programme


def course_from(row: OwnCourse) -> Course:
    """A row as the plan takes it."""
    return Course(
        id=row.key,
        title=row.title,
        provider=row.provider,
        cost=row.cost,
        needs=row.needs,
        as_of=row.as_of.isoformat(),
        url=row.url,
        note=row.note,
        units=tuple(map(unit_from, row.units)),
        slice=tuple(u["id"] for u in row.units if u["sliced"]),
    )
