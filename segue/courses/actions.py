"""Writes: a course of one's own is added, changed, removed."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.courses.models import OwnCourse
from segue.courses.units import Unit, last_number, mark_of, numbered
from segue.shared import clock

MOST_COURSES = 40


@dataclass(frozen=True)
class About:
    """What is said of a course as a whole."""

    title: str
    provider: str = ""
    cost: str = ""
    needs: str = ""
    url: str = ""
    note: str = ""


@transaction.atomic
def add_course(learner: Learner, about: About, units: tuple[Unit, ...]) -> OwnCourse:
    """Keeps a new course. Raises ``UserError`` where there are too many."""
    if learner.own_courses.count() >= MOST_COURSES:
        raise UserError(f"There are {MOST_COURSES} courses of your own already.", "Remove one that you don't need.")
    key = f"own-{secrets.token_hex(5)}"
    return OwnCourse.objects.create(learner=learner, key=key, units=numbered(units), as_of=clock.today(), **vars(about))


@transaction.atomic
def change_course(row: OwnCourse, about: About, units: tuple[Unit, ...], recorded: Collection[str], seen: str = "") -> OwnCourse:
    """Keeps a course as it was typed anew.

    ``recorded``: ids of units that entries of the ledger name; ``seen``: the mark of the units that the form began from. Raises
    ``UserError`` where a unit would lose its name, or another window changed the units since.
    """
    row = OwnCourse.objects.select_for_update().get(pk=row.pk)
    if seen and seen != mark_of(row.units):
        raise UserError("Another window has changed the units meanwhile.", "Open the page again; what it has then is the newest.")
    kept = {unit.id for unit in units}
    lost = [unit["title"] for unit in row.units if unit["id"] in recorded and unit["id"] not in kept]
    if lost:
        raise UserError(f"There are entries in your ledger for “{lost[0]}”.", "Leave the unit: its name is needed there.")
    for name, value in vars(about).items():
        setattr(row, name, value)
    row.units, row.as_of = numbered(units, last_number(row.units)), clock.today()
    row.save()
    return row


def remove_course(row: OwnCourse, recorded: Collection[str]) -> None:
    """Deletes a course. Raises ``UserError`` where entries of the ledger name it."""
    if recorded:
        raise UserError(
            "There are entries in your ledger for this course, and they need its name.",
            "Take it out of the plan; it then asks for nothing.",
        )
    row.delete()
