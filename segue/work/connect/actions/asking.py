"""Asks are written, sent by the learner, reminded of once, answered, and taken back step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence.queries import ledger_of
from segue.evidence.texts import clean_text
from segue.shared import clock
from segue.work.connect.actions.meeting import Kept
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.asks import revision_of
from segue.work.connect.models import Answer, Ask, Person, Purpose, TouchSort, new_key

DAYS = ("made_on", "needed_on")
KEPT = ("key", "activity_id", "purpose", "text")
REMINDER = "A reminder"


def _hold(learner_id: int) -> None:
    Learner.objects.select_for_update().get(pk=learner_id)


def _locked(ask: Ask) -> Ask:
    _hold(ask.learner_id)  # before the ask: what deletes a person does so, too
    return Ask.objects.select_for_update(of=("self",)).select_related("person", "learner", "entry").get(pk=ask.pk)


def _check_text(row: Ask, text: str) -> None:
    if text != row.text and is_recorded(row):
        number = row.entry.number if row.entry else 0
        raise UserError(f"This text is in the ledger as entry {number}.", "Withdraw that entry first if it is not what you sent.")


def is_recorded(ask: Ask) -> bool:
    """Whether an ask stands as evidence. A query where it was recorded once."""
    if ask.entry is None:
        return False
    return any(ask.entry.number in artefact.ids for artefact in ledger_of(ask.learner).artefacts)


@transaction.atomic
def begin_ask(person: Person, told: Mapping[str, Any]) -> Ask:
    """Begins an ask. ``told``: purpose, activity_id, needed_on, text. The same one sent twice is there once."""
    _hold(person.learner_id)
    twin = person.asks.filter(**told, made_on=clock.today(), sent_on=None).first()
    return twin or Ask.objects.create(learner=person.learner, person=person, key=new_key(), made_on=clock.today(), **told)


@transaction.atomic
def keep_text(ask: Ask, text: str, revision: int) -> Kept:
    """Keeps the text as it is typed. Where another window saved another since ``revision``, that stays and is handed back.

    A text that only goes on from what is kept takes its place whatever the revision: an answer may have been lost on the way.
    Raises ``UserError`` where the text is evidence.
    """
    row, text = _locked(ask), clean_text(text)
    _check_text(row, text)
    if revision_of(row.text) != revision and text != row.text and not (row.text and text.startswith(row.text)):
        return Kept(revision_of(row.text), row.text)
    if row.text != text:
        row.text = text
        row.save(update_fields=["text"])
    return Kept(revision_of(text))


@transaction.atomic
def replace_text(ask: Ask, text: str) -> str:
    """Puts another text in its place. Returns the one before, which brings it back."""
    row = _locked(ask)
    _check_text(row, text)
    before, row.text = row.text, text
    row.save(update_fields=["text"])
    return before


@transaction.atomic
def change_ask(ask: Ask, told: Mapping[str, Any]) -> Ask:
    """Changes what an ask is for. ``told``: purpose, activity_id, needed_on. Its contacts go by the new purpose."""
    row = _locked(ask)
    days = row.sent_on, row.reminded_on
    _forget(row, TouchSort.ASKED, row.sent_on)
    _forget(row, TouchSort.MESSAGE, row.reminded_on)
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=[*told])
    for sort, on in zip((TouchSort.ASKED, TouchSort.MESSAGE), days, strict=True):
        if on is not None:
            log_touch(row.person, on, sort, _note(row, sort))
    return row


# --- its steps --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_ask(ask: Ask, on: date) -> Ask:
    """Notes that it was sent, as a contact of that day. Sent once, it stays so. Raises ``UserError`` for a day to come."""
    row = _locked(ask)
    if row.sent_on is None:
        row.sent_on = on
        row.save(update_fields=["sent_on"])
        log_touch(row.person, on, TouchSort.ASKED, _note(row, TouchSort.ASKED))
    return row


@transaction.atomic
def move_sending(ask: Ask, on: date) -> Ask:
    """Moves the day on which it was sent. Raises ``UserError`` where something else is dated before it."""
    row = _locked(ask)
    first = min((day for day in (row.reminded_on, row.answered_on) if day is not None), default=on)
    if row.sent_on is None or first < on:
        raise UserError("It can't have been sent on that day.", "Check the days of the reminder and the answer.")
    _forget(row, TouchSort.ASKED, row.sent_on)
    row.sent_on = on
    row.save(update_fields=["sent_on"])
    log_touch(row.person, on, TouchSort.ASKED, _note(row, TouchSort.ASKED))
    return row


def _note(row: Ask, sort: TouchSort) -> str:
    words = Purpose(row.purpose).label if row.purpose in Purpose.values else ""
    return words if sort == TouchSort.ASKED else f"{REMINDER}: {words}"


def _after_sending(row: Ask, on: date) -> None:
    if row.sent_on is None:
        raise UserError("This ask was not sent yet.", "Say first on which day you sent it.")
    if on < row.sent_on:
        raise UserError(f"It was sent on {written_date(row.sent_on)}; this day is before that.", "Check the day.")


@transaction.atomic
def remind_ask(ask: Ask, on: date) -> Ask:
    """Notes the one reminder. Raises ``UserError`` before it was sent, and where an answer came."""
    row = _locked(ask)
    _after_sending(row, on)
    if row.reminded_on == on:
        return row
    if row.reminded_on is not None:
        raise UserError(f"You reminded them on {written_date(row.reminded_on)}; one reminder is enough.", "Take that back first.")
    if row.answer:
        raise UserError("There is an answer already.", "Take it back first if it was noted by mistake.")
    row.reminded_on = on
    row.save(update_fields=["reminded_on"])
    log_touch(row.person, on, TouchSort.MESSAGE, _note(row, TouchSort.MESSAGE))
    return row


@transaction.atomic
def answer_ask(ask: Ask, answer: Answer, on: date) -> Ask:
    """Notes the answer; another one takes its place. Raises ``UserError`` before it was sent."""
    row = _locked(ask)
    _after_sending(row, on)
    if on > clock.today():
        raise UserError("That day is still to come.", "Note the answer once it is there.")
    if (row.answer, row.answered_on) != (answer, on):
        row.answer, row.answered_on = answer, on
        row.save(update_fields=["answer", "answered_on"])
    return row


@transaction.atomic
def take_answer_back(ask: Ask) -> Ask:
    """Takes the answer back."""
    row = _locked(ask)
    row.answer, row.answered_on = "", None
    row.save(update_fields=["answer", "answered_on"])
    return row


@transaction.atomic
def take_reminder_back(ask: Ask) -> Ask:
    """Takes the reminder back, and the contact."""
    row = _locked(ask)
    _forget(row, TouchSort.MESSAGE, row.reminded_on)
    row.reminded_on = None
    row.save(update_fields=["reminded_on"])
    return row


@transaction.atomic
def take_sending_back(ask: Ask) -> Ask:
    """Makes a draft of it again, and takes the contact back. Raises ``UserError`` where something came after that."""
    row = _locked(ask)
    if row.answer or row.reminded_on is not None:
        raise UserError("Something came after that.", "Take back the answer and the reminder first.")
    if is_recorded(row):
        number = row.entry.number if row.entry else 0
        raise UserError(f"This ask is in the ledger as entry {number}.", "Withdraw that entry first.")
    _forget(row, TouchSort.ASKED, row.sent_on)
    row.sent_on = None
    row.save(update_fields=["sent_on"])
    return row


def _forget(row: Ask, sort: TouchSort, on: date | None) -> None:
    """Takes back the contact of a step, unless another ask of that day stands behind the same one."""
    day = "sent_on" if sort == TouchSort.ASKED else "reminded_on"
    others = row.person.asks.exclude(pk=row.pk).filter(**{day: on, "purpose": row.purpose})
    if on is not None and not others.exists():
        row.person.touches.filter(sort=sort, on=on, note=_note(row, sort)).delete()


# --- gone and back ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def remove_ask(ask: Ask) -> dict[str, str]:
    """Removes a draft. Returns what ``restore_ask`` needs. Raises ``UserError`` where it was sent."""
    row = _locked(ask)
    if row.sent_on is not None:
        raise UserError("This ask was sent.", "Take back first that it was, if that was a mistake.")
    kept = {name: str(getattr(row, name)) for name in KEPT} | {"person": row.person.key}
    kept["meetings"] = " ".join(row.meetings.values_list("key", flat=True))
    days = {name: day.isoformat() if (day := getattr(row, name)) else "" for name in DAYS}
    row.delete()
    return kept | days


@transaction.atomic
def restore_ask(learner: Learner, kept: Mapping[str, str]) -> Ask | None:
    """Brings a draft back that was removed; ``None`` where the person is gone."""
    _hold(learner.pk)
    person = learner.people.filter(key=kept["person"]).first()
    if person is None:
        return None
    fields: dict[str, Any] = {name: kept[name] for name in KEPT} | {name: kept[name] or None for name in DAYS}
    ask = Ask.objects.get_or_create(learner=learner, key=fields.pop("key"), defaults={**fields, "person": person})[0]
    person.meetings.filter(key__in=kept.get("meetings", "").split(), ask=None).update(ask=ask)
    return ask
