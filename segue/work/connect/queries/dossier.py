"""All that is kept of a person: to take it away, and to say beforehand what goes when they are deleted."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet

from segue.core.evidence import Sort
from segue.evidence.models import Entry
from segue.evidence.texts import finds, folded
from segue.work.connect.models import ContactImport, FeedbackPoint, Insight, Meeting, Person
from segue.work.connect.vcards import vcard_of

# What hangs on a person: the name of the relation, and the words for one and for many.
HANGING: Mapping[str, str] = {
    "asks": "ask",
    "meetings": "meeting, with its preparation and notes,meetings, with their preparation and notes",
    "insights": "insight",
    "commitments": "promise",
    "touches": "logged contact",
}
WAYS = ("asks", "meetings", "insights")  # what may stand in the ledger
MOST = 50
LEAST_NAME = 4  # letters: a shorter name is a part of too many words
_HIDDEN = {"id", "learner", "person", "found_by", "sort_name"}


@dataclass(frozen=True)
class StayingEntry:
    """An entry of the ledger that names a person or came of them. ``is_withdrawn``: it no longer stands."""

    entry: Entry
    is_withdrawn: bool


@dataclass(frozen=True)
class Mention:
    """A text that is not the person's own and names them: what it is, and the page of it."""

    words: str
    address: tuple[str, str]


@dataclass(frozen=True)
class Dossier:
    """What goes with a person, and what stays. ``previews``: files of contacts that are looked at and go, too."""

    person: Person
    going: tuple[tuple[int, str], ...]
    points: int
    places: int
    previews: int
    entries: tuple[StayingEntry, ...]
    mentions: tuple[Mention, ...]


def dossier_of(person: Person) -> Dossier:
    """What goes with a person, and what stays."""
    counts = ((getattr(person, name).count(), words) for name, words in HANGING.items())
    return Dossier(
        person=person,
        going=tuple((count, words) for count, words in counts if count),
        points=person.points.count(),
        places=person.places.count(),
        previews=len(previews_naming(person)),
        entries=tuple(entries_about(person)),
        mentions=tuple(mentions_of(person)),
    )


def entries_about(person: Person) -> Iterator[StayingEntry]:
    """Entries of the ledger that came of a person, that they reviewed, or that name them; the newest first. Five queries."""
    numbers = set(person.meetings.exclude(prep_entry=None).values_list("prep_entry", flat=True))
    for name in WAYS:
        numbers |= set(getattr(person, name).exclude(entry=None).values_list("entry", flat=True))
    about = Q(pk__in=numbers) | Q(revises__in=numbers) | Q(reviewer_name__iexact=person.name)
    if len(person.name) >= LEAST_NAME:
        about |= Q(title__icontains=person.name) | Q(body__icontains=person.name)
    found = person.learner.entries.filter(about).exclude(sort=Sort.WITHDRAWAL).defer("body").order_by("-number")
    entries = list(found[:MOST])
    gone = set(
        person.learner.entries.filter(sort=Sort.WITHDRAWAL, subject__in=[entry.pk for entry in entries]).values_list(
            "subject", flat=True
        )
    )
    return (StayingEntry(entry, entry.pk in gone) for entry in entries)


def previews_naming(person: Person) -> list[ContactImport]:
    """Files of contacts that nobody took in yet and that name a person, be it in two columns."""
    words = folded(person.name).split()
    waiting = person.learner.contact_imports.filter(taken_at=None)
    return [row for row in waiting if any(_has_all(words, each) for each in (*row.rows, *row.rejected))]


def _has_all(words: Iterable[str], row: Any) -> bool:
    """Whether a row of a file has all words, in whatever columns."""
    text = folded("\n".join(map(str, row.values() if isinstance(row, dict) else row)))
    return all(word in text for word in words)


def imports_named_after(person: Person) -> list[ContactImport]:
    """Files of contacts whose own name has that of a person: an address book gives single cards such a name."""
    taken = person.learner.contact_imports.exclude(taken_at=None).defer("rows", "rejected", "columns")
    return [row for row in taken if finds(person.name, row.name)]


def mentions_of(person: Person) -> Iterator[Mention]:
    """Texts about others in which the name stands: they are not theirs, so they stay. Six queries."""
    name, learner = person.name, person.learner
    if len(name) < LEAST_NAME:
        return
    others = learner.people.exclude(pk=person.pk).filter(Q(note__icontains=name) | Q(how_known__icontains=name))
    for other in others.only("learner", "key", "name")[:MOST]:
        yield Mention(f"what you noted of {other.name}", ("connect:change-person", other.key))
    talks = Q(title__icontains=name) | Q(notes__icontains=name) | Q(preparation__icontains=name) | Q(agenda__icontains=name)
    for meeting in _others(learner.meetings, person, Meeting).filter(talks).only("learner", "key", "title")[:MOST]:
        yield Mention(f"the meeting “{meeting.title}”", ("connect:show-meeting", meeting.key))
    for insight in _others(learner.insights, person, Insight).filter(text__icontains=name).only("learner", "key", "on")[:MOST]:
        yield Mention("an insight of somebody else", ("connect:change-insight", insight.key))
    said = Q(text__icontains=name) | Q(reason__icontains=name) | Q(change__icontains=name)
    for point in _others(learner.feedback_points, person, FeedbackPoint).filter(said).only("learner", "key")[:MOST]:
        yield Mention("a point of criticism by somebody else", ("connect:answer-point", point.key))
    lines = Q(owns__icontains=name) | Q(needs__icontains=name) | Q(annoys__icontains=name)
    for place in learner.role_places.filter(lines).select_related("organisation")[:MOST]:
        yield Mention(f"the role map of {place.organisation.name}", ("connect:show-map", place.organisation.key))
    asked = learner.review_requests.filter(Q(for_name__icontains=name) | Q(note__icontains=name))
    for request in asked.only("learner", "for_name")[:MOST]:
        yield Mention(f"a request for a review by {request.for_name or 'somebody'}", ("evidence:show-request", str(request.pk)))


def _others(rows: Any, person: Person, model: type[Model]) -> QuerySet[Any]:
    found: QuerySet[Any] = (
        rows.filter(Q(person=None) | ~Q(person=person)) if model is FeedbackPoint else rows.exclude(person=person)
    )
    return found


# --- taken away -------------------------------------------------------------------------------------------------------------


def archive_of(person: Person) -> bytes:
    """A ZIP with everything about a person: one JSON file, and their card for an address book."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json.dumps(everything(person), ensure_ascii=False, indent=2))
        archive.writestr("person.vcf", vcard_of(person))
    return written.getvalue()


def everything(person: Person) -> dict[str, Any]:
    """All that is kept of a person, by the names of the fields. Points to others are their key, to the ledger a number."""
    hanging = {name: [_fields(row) for row in _loaded(getattr(person, name).all())] for name in (*HANGING, "points", "places")}
    about = [{"number": each.entry.number, "title": each.entry.title, "kind": each.entry.kind} for each in entries_about(person)]
    return {"person": _fields(person), **hanging, "ledger": about}


def _loaded(rows: QuerySet[Any]) -> QuerySet[Any]:
    links = [field.name for field in rows.model._meta.fields if isinstance(field, ForeignKey) and field.name not in _HIDDEN]
    return rows.select_related(*links) if links else rows


def _fields(row: Model) -> dict[str, Any]:
    return {field.name: _value(getattr(row, field.name)) for field in row._meta.fields if field.name not in _HIDDEN}


def _value(value: Any) -> Any:
    if isinstance(value, Entry):
        return value.number
    if isinstance(value, Model):
        return getattr(value, "name", "") or getattr(value, "key", "")
    return value.isoformat() if isinstance(value, date | datetime) else value
