"""Insights are kept, passed on, and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import counted
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.standing import standing
from segue.evidence.texts import short_title
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import Direction, Insight, Person, TouchSort, new_key
from segue.work.connect.queries.insights import ACTIVITY, KIND, as_evidence

KEPT = ("key", "direction", "about", "text", "concepts", "for_project")
NOTE = "An insight: "


@transaction.atomic
def add_insight(person: Person, told: Mapping[str, Any]) -> Insight:
    """Keeps an insight; one that was passed on is a contact in which something was given.

    The same one twice is there once, as it was said last.
    """
    learner = _held(person.learner_id)
    alike = {"meeting": None} | {name: told[name] for name in ("on", "direction", "text", "meeting") if name in told}
    there = person.insights.filter(**alike).first()
    if there is not None:
        return change_insight(there, {name: told[name] for name in ("about", "concepts", "for_project") if name in told})
    row = Insight.objects.create(learner=learner, person=person, key=new_key(), **told)
    _log(row)
    return row


def _held(learner_id: int) -> Learner:
    return Learner.objects.select_for_update().get(pk=learner_id)


def _note(row: Insight) -> str:
    return f"{NOTE}{short_title(row.text)}"


def _log(row: Insight) -> None:
    if row.direction == Direction.GIVEN:
        log_touch(row.person, row.on, TouchSort.GAVE, _note(row))


def _unlog(row: Insight) -> None:
    """Takes the contact back, unless another insight of that day stands behind the same one."""
    given = row.person.insights.exclude(pk=row.pk).filter(direction=Direction.GIVEN, on=row.on)
    if row.direction == Direction.GIVEN and _note(row) not in [_note(each) for each in given]:
        row.person.touches.filter(on=row.on, sort=TouchSort.GAVE, note=_note(row)).delete()


@transaction.atomic
def change_insight(insight: Insight, told: Mapping[str, Any]) -> Insight:
    """Says an insight anew."""
    row = _locked(insight)
    _unlog(row)
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=[*told])
    _log(row)
    return row


def _locked(insight: Insight) -> Insight:
    _held(insight.learner_id)
    related = ("learner", "person", "meeting", "entry")
    return Insight.objects.select_for_update(of=("self",)).select_related(*related).get(pk=insight.pk)


@transaction.atomic
def drop_insight(insight: Insight) -> dict[str, Any]:
    """Drops an insight. Returns what ``restore_insight`` needs to bring it back."""
    row = _locked(insight)
    kept: dict[str, Any] = {name: getattr(row, name) for name in KEPT} | {"on": row.on.isoformat()}
    kept |= {"person": row.person.key, "meeting": row.meeting.key if row.meeting else "", "entry": row.entry_id}
    _unlog(row)
    row.delete()
    return kept


@transaction.atomic
def restore_insight(learner: Learner, kept: Mapping[str, Any]) -> Insight | None:
    """Brings an insight back that was dropped; ``None`` where its person is gone."""
    _held(learner.pk)
    person = learner.people.filter(key=kept["person"]).first()
    if person is None:
        return None
    fields: dict[str, Any] = {name: kept[name] for name in KEPT} | {"on": date.fromisoformat(kept["on"])}
    fields |= {"person": person, "meeting": learner.meetings.filter(key=kept["meeting"]).first()}
    fields["entry"] = learner.entries.filter(pk=kept["entry"]).first()
    row = Insight.objects.get_or_create(learner=learner, key=fields.pop("key"), defaults=fields)[0]
    _log(row)
    return row


@transaction.atomic
def record_insight(insight: Insight) -> Entry:
    """Records an insight that was passed on, once. Raises ``UserError`` where it is too short, or in the ledger."""
    row = _locked(insight)
    if row.direction != Direction.GIVEN:
        raise UserError("Only an insight that you passed on is evidence of its own.", "Pass it on to somebody first.")
    before, found = standing(row.entry), as_evidence(row)
    if before is not None:
        raise UserError(f"This insight is in the ledger as entry {before.number}.", "Write a new version of it there.")
    if found.lacking:
        raise UserError(f"{counted(found.lacking, 'word')} more and it counts.", "Say in another sentence what follows from it.")
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    facts: dict[str, float | str] = {"direction": row.direction}
    row.entry = record_work(row.learner, Work(KIND, found.title, row.on, ACTIVITY, proves, found.body, facts=facts))
    row.save(update_fields=["entry"])
    return row.entry
