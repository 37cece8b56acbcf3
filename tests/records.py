"""Ledgers to try the pages on: entries written in one go, as the blueprint means them to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from django.db.models import Max

from segue.accounts.models import Learner
from segue.core.activity import Activity
from segue.core.evidence import Entry as CoreEntry
from segue.core.evidence import Sort
from segue.core.projection import project_activities
from segue.curriculum import current
from segue.evidence.models import Attachment, Entry


def append_all(learner: Learner, entries: Iterable[CoreEntry]) -> list[Entry]:
    """Entries of the rules as rows; ids, subjects and versions become numbers of this learner."""
    last = Entry.objects.filter(learner=learner).aggregate(last=Max("number"))["last"] or 0
    numbered = list(enumerate(entries, start=last + 1))
    work = [(number, entry) for number, entry in numbered if entry.subject is None]
    made = Entry.objects.bulk_create(Entry(**_row(learner, number, entry)) for number, entry in work)
    by_id = {entry.id: row for (_, entry), row in zip(work, made, strict=True)}
    words = [(number, entry) for number, entry in numbered if entry.subject is not None]
    made += Entry.objects.bulk_create(
        Entry(**_row(learner, number, entry), subject=by_id[entry.subject or 0]) for number, entry in words
    )
    attached = [by_id[entry.id] for _, entry in work if entry.files]
    Attachment.objects.bulk_create(
        Attachment(entry=row, name="notes.txt", sha256="0" * 64, size=9, media_type="text/plain") for row in attached
    )
    return sorted(made, key=lambda row: row.number)


def _row(learner: Learner, number: int, entry: CoreEntry) -> dict[str, object]:
    reviewer = entry.reviewer
    return {
        "learner": learner,
        "number": number,
        "sort": entry.sort,
        "on": entry.on,
        "recorded_at": datetime(entry.on.year, entry.on.month, entry.on.day, 12, tzinfo=UTC),
        "content_version": "test",
        "kind": entry.kind,
        "title": f"{entry.kind or entry.sort} {number}",
        "activity_id": entry.activity_id,
        "competencies": list(entry.competencies),
        "minutes": entry.minutes,
        "words": entry.words,
        "facts": dict(entry.facts),
        "marks": dict(entry.marks),
        "reviewer_name": reviewer.name if reviewer else "",
        "reviewer_practises_ai": bool(reviewer and reviewer.practises_ai),
    }


def activity(activity_id: str) -> Activity:
    """An activity of the programme."""
    return current().programme.by_id[activity_id]


def do(learner: Learner, on: date | Mapping[str, date], *activity_ids: str) -> list[Entry]:
    """These activities done on a day (or each on its own): everything that they are to leave behind."""
    days = on if isinstance(on, Mapping) else dict.fromkeys(activity_ids, on)
    return append_all(learner, project_activities([activity(i) for i in activity_ids or days], days))


def before_week(number: int, starts_on: date, today: date = date.max) -> dict[str, date]:
    """The activities of the weeks before one, each on the Monday of the week in which the blueprint means it, or by ``today``."""
    activities = (a for a in current().programme.activities if a.week < number and not a.buffer)
    return {a.id: min(today, starts_on + timedelta(weeks=a.week - 1)) for a in activities}


def minutes(activity_id: str, first: date, count: int) -> list[CoreEntry]:
    """So many evenings of 10 minutes on an activity, one a day."""
    return [
        CoreEntry(-1 - n, Sort.TIME, first + timedelta(days=n % 100), activity_id=activity_id, minutes=10) for n in range(count)
    ]
