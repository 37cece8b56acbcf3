"""Meetings are planned, changed, called off, prepared, held, and thanked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence.standing import standing
from segue.shared import clock
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.asks import revision_of
from segue.work.connect.models import Meeting, Person, Touch, TouchSort, new_key
from segue.work.connect.preparing import Sheet, text_of

OTHER = "It stands above: take from it what you want, then press the button again."
# What a calendar shows of a meeting: a change of it is a change of the invitation.
SHOWN = ("title", "starts_at", "minutes", "zone", "place", "agenda")


@dataclass(frozen=True)
class Kept:
    """What became of notes that were typed. ``other`` is set where another window had saved different ones: they stay."""

    revision: int
    other: str | None = None


@transaction.atomic
def plan_meeting(learner: Learner, person: Person, told: Mapping[str, Any]) -> Meeting:
    """Plans a meeting. The same one sent twice is there once, with what was added the second time."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    twin = learner.meetings.filter(person=person, starts_at=told["starts_at"], title=told["title"], cancelled_at=None).first()
    if twin is not None:
        return change_meeting(twin, {name: value for name, value in told.items() if value and (name != "ask" or not twin.ask_id)})
    key = new_key()
    uid = f"{key}@segue.local"
    return Meeting.objects.create(learner=learner, person=person, key=key, uid=uid, changed_at=clock.now(), **told)


def _locked(meeting: Meeting) -> Meeting:
    Learner.objects.select_for_update().get(pk=meeting.learner_id)  # before the meeting: what deletes a person does so, too
    related = ("person", "learner", "learner__user", "entry", "prep_entry")
    return Meeting.objects.select_for_update(of=("self",)).select_related(*related).get(pk=meeting.pk)


def _moves_on(row: Meeting) -> None:
    """A change of what was sent gets a number of its own; one that was not sent yet goes out with the changes before it."""
    if row.invited_at is not None:
        row.sequence, row.invited_at = row.sequence + 1, None
    row.changed_at = clock.now()


@transaction.atomic
def change_meeting(meeting: Meeting, told: Mapping[str, Any]) -> Meeting:
    """Changes a meeting. Raises ``UserError`` where it is called off."""
    row = _standing(meeting)
    before, title = {name: getattr(row, name) for name in SHOWN}, row.title
    for name, value in told.items():
        setattr(row, name, value)
    if before != {name: getattr(row, name) for name in SHOWN}:
        _moves_on(row)
    row.save(update_fields=[*told, "sequence", "invited_at", "changed_at"])
    if row.title != title:
        _touches_of(row, title).update(note=row.title)
    return row


def _touches_of(row: Meeting, title: str) -> QuerySet[Touch]:
    """The contacts that it was logged as: the talk and the thanks."""
    talked = Q(sort=TouchSort.TALK, on=row.held_on)
    thanked = Q(sort=TouchSort.THANKS, on=clock.day_of(row.thanked_at) if row.thanked_at else None)
    return row.person.touches.filter(talked | thanked, note=title)


def _standing(meeting: Meeting) -> Meeting:
    row = _locked(meeting)
    if row.cancelled_at is not None:
        raise UserError("This meeting is called off.", "Take that back first, or plan a new one.")
    return row


@transaction.atomic
def cancel_meeting(meeting: Meeting) -> Meeting:
    """Calls a meeting off. Raises ``UserError`` where it took place."""
    row = _locked(meeting)
    if row.held_on is not None:
        raise UserError("This meeting took place.", "Take that back first if it did not.")
    if row.cancelled_at is None:
        _moves_on(row)
        row.cancelled_at = clock.now()
        row.save(update_fields=["sequence", "invited_at", "changed_at", "cancelled_at"])
    return row


@transaction.atomic
def restore_meeting(meeting: Meeting) -> Meeting:
    """Takes back that a meeting was called off."""
    row = _locked(meeting)
    if row.cancelled_at is not None:
        _moves_on(row)
        row.cancelled_at = None
        row.save(update_fields=["sequence", "invited_at", "changed_at", "cancelled_at"])
    return row


@transaction.atomic
def mark_invited(meeting: Meeting) -> Meeting:
    """Notes that the file of the meeting as it stands was taken, to be sent."""
    row = _locked(meeting)
    row.invited_at = clock.now()
    row.save(update_fields=["invited_at"])
    return row


def _check_revision(kept: str, text: str, revision: int | None) -> None:
    if revision is not None and revision != revision_of(kept) and text != kept:
        raise UserError("Another window saved something else meanwhile.", OTHER)


@transaction.atomic
def keep_preparation(meeting: Meeting, sheet: Sheet, revision: int | None = None) -> Meeting:
    """Keeps the prep sheet. Raises ``UserError`` where another window saved another since ``revision``."""
    row = _locked(meeting)
    _check_revision(row.preparation, text_of(sheet), revision)
    row.preparation = text_of(sheet)
    row.save(update_fields=["preparation"])
    return row


@transaction.atomic
def keep_notes(meeting: Meeting, text: str, revision: int) -> Kept:
    """Keeps the notes as they are typed. Where another window saved others since ``revision``, those stay and are handed back.

    Notes that only go on from what is kept take its place whatever the revision: an answer of the server may have been lost.
    """
    row = _locked(meeting)
    if row.revision != revision and not text.startswith(row.notes):
        return Kept(row.revision, row.notes)
    if row.notes != text:
        row.notes, row.revision = text, row.revision + 1
        row.save(update_fields=["notes", "revision"])
    return Kept(row.revision)


@transaction.atomic
def hold_meeting(meeting: Meeting, on: date) -> Meeting:
    """Notes that it took place: it is a contact of that day. Raises ``UserError`` for a day to come."""
    row = _standing(meeting)
    if row.thanked_at is not None and on > clock.day_of(row.thanked_at):
        raise UserError(f"Thanks went out on {written_date(clock.day_of(row.thanked_at))}, before that day.", "Check the day.")
    if row.held_on != on:
        _take_talk_back(row)
        row.held_on = on
        log_touch(row.person, on, TouchSort.TALK, row.title)
        row.save(update_fields=["held_on"])
    return row


@transaction.atomic
def unhold_meeting(meeting: Meeting) -> Meeting:
    """Takes back that it took place. Raises ``UserError`` where it is evidence, or thanks went out."""
    row = _locked(meeting)
    if (entry := standing(row.entry)) is not None:
        raise UserError(f"This talk is in the ledger as entry {entry.number}.", "Withdraw that entry first.")
    if row.thanked_at is not None:
        raise UserError("Thanks went out for this talk.", "Take those back first.")
    _take_talk_back(row)
    row.held_on = None
    row.save(update_fields=["held_on"])
    return row


def _take_talk_back(row: Meeting) -> None:
    alike = row.person.meetings.exclude(pk=row.pk).filter(title=row.title, held_on=row.held_on)
    if row.held_on is not None and not alike.exists():  # another talk of that day stands behind the same contact
        _touches_of(row, row.title).filter(sort=TouchSort.TALK).delete()


@transaction.atomic
def keep_thanks(meeting: Meeting, text: str, revision: int | None = None) -> Meeting:
    """Keeps the words of thanks, not sent yet. Raises ``UserError`` where another window saved others since ``revision``."""
    row = _locked(meeting)
    _check_revision(row.thanks, text, revision)
    row.thanks = text
    row.save(update_fields=["thanks"])
    return row


@transaction.atomic
def send_thanks(meeting: Meeting, text: str, at: datetime) -> Meeting:
    """Notes that thanks went out, as a contact. Raises ``UserError`` for a moment to come, or before the talk."""
    row = _locked(meeting)
    if row.held_on is None:
        raise UserError("This talk did not take place yet.", "Say first on which day it was held.")
    if at > clock.now():
        raise UserError("That moment is still to come.", "Note the thanks once they went out.")
    if clock.day_of(at) < row.held_on:
        raise UserError(f"The talk was on {written_date(row.held_on)}; thanks come after it.", "Check the day.")
    _take_thanks_back(row)
    row.thanks, row.thanked_at = text, at
    row.save(update_fields=["thanks", "thanked_at"])
    log_touch(row.person, clock.day_of(at), TouchSort.THANKS, row.title)
    return row


@transaction.atomic
def take_thanks_back(meeting: Meeting) -> Meeting:
    """Takes back that thanks went out; the words stay."""
    row = _locked(meeting)
    _take_thanks_back(row)
    row.thanked_at = None
    row.save(update_fields=["thanked_at"])
    return row


def _take_thanks_back(row: Meeting) -> None:
    _touches_of(row, row.title).filter(sort=TouchSort.THANKS).delete()
