"""Contacts are logged, and taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import begin_draft
from segue.evidence.texts import clean_line
from segue.shared import clock
from segue.work.connect.contribution import ACTIVITY, KIND, fields_of
from segue.work.connect.models import Person, Touch, TouchSort


@transaction.atomic
def log_touch(person: Person, on: date, sort: TouchSort, note: str = "") -> Touch:
    """Logs a contact. The same one twice on a day is one. Raises ``UserError`` for a day to come."""
    if on > clock.today():
        raise UserError("That day is still to come.", "Log the contact once it took place.")
    Learner.objects.select_for_update().get(pk=person.learner_id)
    told = {"on": on, "sort": sort, "note": clean_line(note)[:500]}
    there = person.touches.filter(**told).first()
    return there or Touch.objects.create(learner=person.learner, person=person, **told)


def remove_touch(touch: Touch) -> None:
    """Takes a contact back that was logged by mistake."""
    touch.delete()


def begin_contribution(person: Person, touch: Touch | None = None) -> str:
    """Begins the page about something given to a team, from what was logged of it: the key of its draft."""
    return begin_draft(person.learner, ACTIVITY, KIND, fields_of(person, touch))
