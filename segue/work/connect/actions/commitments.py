"""Promises are kept: written down, done, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.connect.models import Commitment, Person, new_key

KEPT = ("key", "by", "what")


@transaction.atomic
def add_commitment(person: Person, told: Mapping[str, Any]) -> Commitment:
    """Writes a promise down. The same one twice is there once."""
    learner = Learner.objects.select_for_update().get(pk=person.learner_id)
    alike = {name: told[name] for name in ("by", "what", "due_on", "meeting")}
    there = person.commitments.filter(**alike, done_on=None).first()
    return there or Commitment.objects.create(learner=learner, person=person, key=new_key(), **told)


def _locked(commitment: Commitment) -> Commitment:
    related = ("learner", "person", "meeting")
    return Commitment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=commitment.pk)


@transaction.atomic
def change_commitment(commitment: Commitment, told: Mapping[str, Any]) -> Commitment:
    """Says a promise anew."""
    row = _locked(commitment)
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=[*told])
    return row


@transaction.atomic
def settle_commitment(commitment: Commitment, *, is_done: bool) -> Commitment:
    """Notes that a promise was kept, today, or that it was not."""
    row = _locked(commitment)
    row.done_on = (row.done_on or clock.today()) if is_done else None
    row.save(update_fields=["done_on"])
    return row


@transaction.atomic
def drop_commitment(commitment: Commitment) -> dict[str, Any]:
    """Drops a promise. Returns what ``restore_commitment`` needs to bring it back."""
    row = _locked(commitment)
    days = {name: day.isoformat() if (day := getattr(row, name)) else "" for name in ("due_on", "done_on")}
    whose = {"person": row.person.key, "meeting": row.meeting.key if row.meeting else ""}
    kept = {name: str(getattr(row, name)) for name in KEPT}
    row.delete()
    return kept | days | whose


@transaction.atomic
def restore_commitment(learner: Learner, kept: Mapping[str, Any]) -> Commitment | None:
    """Brings a promise back that was dropped; ``None`` where its person is gone."""
    person = learner.people.filter(key=kept["person"]).first()
    if person is None:
        return None
    fields: dict[str, Any] = {name: kept[name] for name in KEPT}
    fields |= {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("due_on", "done_on")}
    fields |= {"person": person, "meeting": learner.meetings.filter(key=kept["meeting"]).first()}
    return Commitment.objects.get_or_create(learner=learner, key=fields.pop("key"), defaults=fields)[0]
