"""Talks and prep sheets are recorded as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import counted
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.shared import clock
from segue.work.connect.models import Meeting
from segue.work.connect.preparing import ACTIVITY, MOST_TOGETHER, sheet_from, together
from segue.work.connect.preparing import KIND as SHEET
from segue.work.connect.queries.talks import composed, proven_by
from segue.work.connect.talk import KIND
from segue.work.connect.unnamed import SOMEBODY, without_names
from segue.work.connect.vocabulary import role_words


@transaction.atomic
def record_talk(meeting: Meeting, activity_id: str, quotes: Sequence[str] = (), *, is_named: bool = False) -> Entry:
    """Records a talk: new evidence at first, then new versions of it, which only move what is known of the follow-up where the
    text was written on in the ledger. Raises ``UserError`` where too little is written, or nothing changed.
    """
    row = _locked(meeting)
    if row.held_on is None:
        raise UserError("This talk did not take place yet.", "Say first on which day it was held.")
    before, now = standing(row.entry), composed(row, clock.now(), quotes, is_named=is_named)
    if before is not None and not is_newest(row.entry_id, before):
        now = replace(now, title=before.title, body=before.body, facts={**before.facts, **now.facts}, lacking=0)
    if now.lacking:
        raise UserError(f"{counted(now.lacking, 'word')} more and it counts.", "Write another insight, or what was promised.")
    if before is not None and (before.body, before.facts) == (now.body, now.facts):
        raise UserError(f"The talk is in the ledger as it stands, as entry {before.number}.", "Change something first.")
    work = Work(
        kind=KIND,
        title=now.title,
        on=clock.today() if before else row.held_on,
        activity_id=activity_id,
        competencies=proven_by(activity_id, row.purpose),
        body=now.body,
        minutes=0 if before else row.minutes,
        facts=now.facts,
    )
    row.entry = record_work(row.learner, work, revises=before)
    row.save(update_fields=["entry"])
    return row.entry


def _locked(meeting: Meeting) -> Meeting:
    Learner.objects.select_for_update().get(pk=meeting.learner_id)
    return Meeting.objects.select_for_update(of=("self",)).select_related("person", "learner", "entry").get(pk=meeting.pk)


@transaction.atomic
def record_preparation(learner: Learner, keys: Sequence[str]) -> Entry:
    """Records the prep sheets of up to three people as one piece of evidence, or a new version of the one that has any of them.

    Each sheet stands in one piece alone. Raises ``UserError`` where none or too many are chosen, they stand in
    several, or nothing changed.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    rows = list(learner.meetings.filter(key__in=keys).exclude(preparation="").select_related("person", "prep_entry"))
    if not rows:
        raise UserError("No prep sheet is chosen.", "Choose one at least.")
    if len(rows) > MOST_TOGETHER:
        raise UserError(f"These are {len(rows)} sheets.", f"Choose {MOST_TOGETHER} at most; the others make another entry.")
    before = _one_piece(rows)
    work = _sheets_work(rows, clock.today())
    if before is not None and (before.body, before.facts) == (work.body, work.facts):
        raise UserError(f"These sheets are in the ledger as they stand, as entry {before.number}.", "Change one first.")
    entry = record_work(learner, work, revises=before)
    learner.meetings.filter(prep_entry__in=_versions(entry)).update(prep_entry=None)  # one that is not chosen is out of it
    learner.meetings.filter(pk__in=[row.pk for row in rows]).update(prep_entry=entry)
    return entry


def _versions(entry: Entry) -> list[int]:
    found, version = [], entry.revises
    while version is not None:
        found.append(version.pk)
        version = version.revises
    return found


def _one_piece(rows: Sequence[Meeting]) -> Entry | None:
    """The piece of evidence in which any of them stands."""
    found = {entry.pk: entry for row in rows if (entry := standing(row.prep_entry)) is not None}
    if len(found) > 1:
        numbers = " and ".join(str(entry.number) for entry in found.values())
        raise UserError(
            f"These sheets are in the ledger already, in entries {numbers}.", "Choose those of one entry: each counts once."
        )
    return next(iter(found.values()), None)


def _sheets_work(rows: Sequence[Meeting], today: date) -> Work:
    sheets = [(role_words(row.person.role), sheet_from(row.preparation)) for row in rows]
    people = len({row.person_id for row in rows})
    facts: dict[str, float | str] = {"questions": sum(len(sheet.questions) for _, sheet in sheets), "people": people}
    proves = current().programme.by_id[ACTIVITY].proves(SHEET)
    title = f"Preparation for {counted(people, 'talk')}"
    body = without_names(together(sheets), [(row.person.name, SOMEBODY) for row in rows])
    return Work(SHEET, title, today, ACTIVITY, proves, body, facts=facts)
