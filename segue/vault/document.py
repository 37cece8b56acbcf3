"""``export.json``: everything that belongs to one learner, as plain data of our own that outlives the database.

Described for readers in docs/reference/data-files.md. Entries are named by their number, files by their checksum; days are
``2026-11-23``, moments are UTC with microseconds. What is not in it: the secret address of the calendar feed, and jobs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models, transaction

from segue.accounts.models import Learner
from segue.evidence.files import plain_name
from segue.evidence.models import Attachment, Draft, Entry
from segue.schedule.models import Hours
from segue.shared import clock
from segue.vault.learning import SECTIONS
from segue.vault.section import Section
from segue.vault.version import version

FORMAT = "segue-export"
VERSION = 1

LEARNER = ("name", "role_target", "why", "started_at")
HOURS = ("starts_on", "weekday_minutes", "session_at", "agreed_on")
TIME_OFF = ("first", "last", "reason")
CHOICE = ("sort", "activity_id", "on", "parts", "scope", "reason", "made_at")
ENTRY = (
    "number",
    "sort",
    "on",
    "recorded_at",
    "content_version",
    "kind",
    "activity_id",
    "competencies",
    "title",
    "body",
    "words",
    "link",
    "minutes",
    "facts",
    "confidentiality",
    "reviewer_name",
    "reviewer_relation",
    "reviewer_role",
    "reviewer_years",
    "reviewer_practises_ai",
    "marks",
    "channel",
)
ATTACHMENT = ("name", "sha256", "size", "media_type")
DRAFT = ("key", "fields", "revision", "saved_at")
KEPT = ("fields", "kept_at")

Document = dict[str, Any]


def build(learner: Learner) -> Document:
    """The document of a learner as of one moment."""
    with transaction.atomic():
        learner.refresh_from_db()
        hours = Hours.objects.filter(learner=learner).first()
        entries = list(learner.entries.prefetch_related("attachments").order_by("number"))
        numbers = {entry.pk: entry.number for entry in entries}
        return {
            "format": FORMAT,
            "format_version": VERSION,
            "segue": version(),
            "exported_at": _plain(clock.now()),
            "learner": _fields(learner, LEARNER),
            "hours": _fields(hours, HOURS) if hours else None,
            "time_off": [_fields(row, TIME_OFF) for row in learner.time_off.order_by("first", "last", "id")],
            "choices": [_fields(row, CHOICE) for row in learner.choices.order_by("id")],
            "entries": [_entry(entry, numbers) for entry in entries],
            "learning": {section.name: _rows(section, learner) for section in SECTIONS},
            "drafts": [_draft(row) for row in learner.drafts.prefetch_related("kept").order_by("key")],
            "files": _files(entries),
        }


def _entry(entry: Entry, numbers: Mapping[int, int]) -> Document:
    return _fields(entry, ENTRY) | {
        "revises": numbers[entry.revises_id] if entry.revises_id else None,
        "subject": numbers[entry.subject_id] if entry.subject_id else None,
        "attachments": [_fields(file, ATTACHMENT) for file in entry.attachments.all()],
    }


def _rows(section: Section, learner: Learner) -> list[Document]:
    return [_fields(row, section.fields) | section.named(row) for row in section.rows(learner)]


def _draft(draft: Draft) -> Document:
    return _fields(draft, DRAFT) | {"kept": [_fields(text, KEPT) for text in draft.kept.all()]}


def _files(entries: list[Entry]) -> Document:
    """Checksum -> where the file lies in the archive, once for each, however many entries have it attached."""
    first: dict[str, Attachment] = {}
    for entry in entries:
        for file in entry.attachments.all():
            first.setdefault(file.sha256, file)
    return {sha: {"path": f"files/{sha}-{plain_name(f.name)}", "size": f.size} for sha, f in sorted(first.items())}


def _fields(row: models.Model, names: tuple[str, ...]) -> Document:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return value
