"""Contacts are logged, and taken back."""

from __future__ import annotations

from datetime import date

from segue.core.errors import UserError
from segue.shared import clock
from segue.work.connect.models import Person, Touch, TouchSort


def log_touch(person: Person, on: date, sort: TouchSort, note: str = "") -> Touch:
    """Logs a contact. The same one twice on a day is one. Raises ``UserError`` for a day to come."""
    if on > clock.today():
        raise UserError("That day is still to come.", "Log the contact once it took place.")
    touch, _ = Touch.objects.get_or_create(learner=person.learner, person=person, on=on, sort=sort, note=note[:500])
    return touch


def remove_touch(touch: Touch) -> None:
    """Takes a contact back that was logged by mistake."""
    touch.delete()
