"""Points of criticism are kept, answered and told; their log is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import counted
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.feedback_log import ACTIVITY, KIND
from segue.work.connect.models import FeedbackLog, FeedbackPoint, Person, TouchSort, Verdict, new_key
from segue.work.connect.queries.feedback import log_text, untold

ANSWER = ("verdict", "reason", "change", "run")
KEPT = ("key", "role", "text", *ANSWER)
TOLD = "What came of their advice"


def _hold(learner: Learner) -> None:
    Learner.objects.select_for_update().get(pk=learner.pk)


@transaction.atomic
def add_point(learner: Learner, told: Mapping[str, Any]) -> FeedbackPoint:
    """Adds a point. The same one of the same person and day is there once."""
    _hold(learner)
    alike = {name: told.get(name) for name in ("person", "on", "text")}
    there = learner.feedback_points.filter(**alike).first()
    return there or FeedbackPoint.objects.create(learner=learner, key=new_key(), **_with_role(told))


@transaction.atomic
def change_point(point: FeedbackPoint, told: Mapping[str, Any]) -> FeedbackPoint:
    """Says a point anew; its answer stays."""
    row = _locked(point)
    for name, value in _with_role(told).items():
        setattr(row, name, value)
    row.save(update_fields=[*told])
    return row


def _with_role(told: Mapping[str, Any]) -> dict[str, Any]:
    """The role of the person, where none was chosen: it stays when the person goes."""
    person = told.get("person")
    return {**told, "role": told.get("role") or (person.role if person else "")}


def _locked(point: FeedbackPoint) -> FeedbackPoint:
    related = FeedbackPoint.objects.select_for_update(of=("self",)).select_related("person", "learner")
    return related.get(pk=point.pk)


@transaction.atomic
def answer_point(point: FeedbackPoint, answer: Mapping[str, str]) -> FeedbackPoint:
    """Accepts or declines a point. Another answer than before is to be told again. Raises ``UserError`` without its words."""
    if answer["verdict"] == Verdict.DECLINED and not answer["reason"]:
        raise UserError("A point is declined with a reason.", "Give one that the person could respect.")
    if answer["verdict"] == Verdict.ACCEPTED and not answer["change"]:
        raise UserError("An accepted point changes something.", "Say what you will change, and by when.")
    row = _locked(point)
    if any(getattr(row, name) != answer[name] for name in ANSWER):
        row.told_on = None
    for name in ANSWER:
        setattr(row, name, answer[name])
    row.save(update_fields=[*ANSWER, "told_on"])
    return row


@transaction.atomic
def remove_point(point: FeedbackPoint) -> dict[str, str]:
    """Removes a point that was noted by mistake. Returns what ``restore_point`` needs to bring it back."""
    row = _locked(point)
    days = {name: day.isoformat() if (day := getattr(row, name)) else "" for name in ("on", "told_on")}
    whose = {"person": row.person.key if row.person else "", "meeting": row.meeting.key if row.meeting else ""}
    kept = {name: str(getattr(row, name)) for name in KEPT}
    row.delete()
    return kept | days | whose


@transaction.atomic
def restore_point(learner: Learner, kept: Mapping[str, str]) -> FeedbackPoint:
    """Brings a point back that was removed."""
    _hold(learner)
    fields: dict[str, Any] = {name: kept[name] for name in KEPT} | {"on": kept["on"], "told_on": kept["told_on"] or None}
    fields["person"] = learner.people.filter(key=kept["person"]).first()
    fields["meeting"] = learner.meetings.filter(key=kept["meeting"]).first()
    return FeedbackPoint.objects.get_or_create(learner=learner, key=fields.pop("key"), defaults=fields)[0]


@transaction.atomic
def tell_person(person: Person) -> int:
    """Notes that somebody was told what came of all they said, as a contact of today. How many points it were."""
    _hold(person.learner)
    points = untold(person.points.select_related("person"))
    for point in points:
        point.told_on = clock.today()
    FeedbackPoint.objects.bulk_update(points, ["told_on"])
    if points:  # coming back with an answer is a message: it closes what was asked, and is no gift that sets the balance right
        log_touch(person, clock.today(), TouchSort.MESSAGE, TOLD)
    return len(points)


@transaction.atomic
def untell_person(person: Person) -> None:
    """Takes back that somebody was told today."""
    _hold(person.learner)
    person.points.filter(told_on=clock.today()).update(told_on=None)
    person.touches.filter(on=clock.today(), sort=TouchSort.MESSAGE, note=TOLD).delete()


@transaction.atomic
def record_log(learner: Learner, data: str) -> Entry:
    """Records the log of all points: new evidence at first, then new versions of it.

    Raises ``UserError`` where nothing is answered, and where nothing changed since.
    """
    _hold(learner)
    log = FeedbackLog.objects.select_for_update(of=("self",)).get_or_create(learner=learner)[0]
    now = log_text(learner, log, data)
    if not now.facts["answered"]:
        raise UserError("No point is answered yet.", "Answer one first: the answers are what the log shows.")
    if not now.is_new and now.before is not None:
        raise UserError(f"The log is in the ledger as it stands, as entry {now.before.number}.", "Answer something first.")
    title = f"{counted(int(now.facts['points']), 'point')} of criticism, {now.facts['answered']} answered"
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    work = Work(KIND, title, clock.today(), ACTIVITY, proves, now.text, facts=now.facts)
    log.entry, log.recorded = record_work(learner, work, revises=now.before), now.checksum
    log.save(update_fields=["entry", "recorded"])
    return log.entry
