"""Writes: asking for a backup or an export, and taking an export in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import LAST_REVISION
from segue.evidence.models import Attachment, Draft, Entry, KeptText
from segue.jobs.actions import enqueue
from segue.jobs.models import Job
from segue.jobs.queries import open_job
from segue.schedule.models import Choice, Hours, TimeOff
from segue.vault.document import ATTACHMENT, CHOICE, DRAFT, ENTRY, HOURS, KEPT, LEARNER, TIME_OFF, Document
from segue.vault.learning import SECTIONS, rows_in
from segue.vault.outgoing import BACKUP, EXPORT
from segue.vault.section import Section


def ask_for_export(learner: Learner) -> Job:
    """A job that exports everything of the learner; the one that is under way already, where there is one."""
    return open_job(learner, EXPORT) or enqueue(EXPORT, learner)


def ask_for_backup(learner: Learner) -> Job:
    """A job that backs up everything. Only where one learner has the whole program: a backup holds what belongs to everybody."""
    if not settings.SINGLE_USER:
        raise Http404
    return open_job(learner, BACKUP) or enqueue(BACKUP, learner)


@transaction.atomic
def take_in(learner: Learner, document: Document) -> None:
    """Writes a checked document into a programme that is still empty. The attached files are stored already."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    check_empty(learner)
    for name in LEARNER:
        setattr(learner, name, document["learner"][name])
    learner.save(update_fields=LEARNER)
    learner.refresh_from_db()
    if document["hours"] is not None:
        Hours.objects.create(learner=learner, feed_token=secrets.token_urlsafe(32), **_values(document["hours"], HOURS))
    TimeOff.objects.bulk_create(TimeOff(learner=learner, **_values(row, TIME_OFF)) for row in document["time_off"])
    Choice.objects.bulk_create(Choice(learner=learner, **_values(row, CHOICE)) for row in document["choices"])
    keys = _append_entries(learner, document["entries"])
    _take_in_sections(learner, document, keys)
    for row in document["drafts"]:
        draft = Draft.objects.create(learner=learner, **_values(row, DRAFT))
        KeptText.objects.bulk_create(KeptText(draft=draft, **_values(text, KEPT)) for text in row["kept"])


def _take_in_sections(learner: Learner, document: Document, entries: Mapping[int, int]) -> None:
    """Rows point to entries, and to rows of the sections before theirs."""
    keys: dict[str, dict[str, int]] = {}
    for section in SECTIONS:
        rows: list[Any] = section.model._default_manager.bulk_create(
            section.model(learner=learner, **_pointing(section, row, entries, keys), **_values(row, section.fields))
            for row in rows_in(document, section)
        )
        if "key" in section.fields:
            keys[section.name] = {row.key: row.pk for row in rows}


def _pointing(
    section: Section, row: Mapping[str, Any], entries: Mapping[int, int], keys: Mapping[str, Mapping[str, int]]
) -> dict[str, int | None]:
    found = {link.field: (entries if not link.to else keys[link.to], row.get(link.field)) for link in section.links}
    return {f"{field}_id": pks[name] if name is not None else None for field, (pks, name) in found.items()}


def check_empty(learner: Learner) -> None:
    """Raises ``UserError`` where there is already something that an import would mix with."""
    rows = (learner.entries, learner.time_off, learner.choices, learner.drafts, Hours.objects.filter(learner=learner))
    if any(row.exists() for row in rows) or any(section.rows(learner).exists() for section in SECTIONS):
        raise UserError(
            "This Segue is not empty: an import would mix two ledgers.",
            "Restore a backup instead (segue restore FILE), or import into an empty data folder: --home FOLDER.",
        )


def _append_entries(learner: Learner, rows: list[Document]) -> dict[int, int]:
    """As they were: number, moment and content version are kept, since the ledger says when something was recorded.

    Returns the primary key of each number.
    """
    keys: dict[int, int] = {}
    attachments = []
    for row in rows:
        entry = Entry.objects.create(
            learner=learner,
            revises_id=keys[row["revises"]] if row["revises"] else None,
            subject_id=keys[row["subject"]] if row["subject"] else None,
            **_values(row, ENTRY),
        )
        keys[entry.number] = entry.pk
        attachments += [Attachment(entry=entry, **_values(file, ATTACHMENT)) for file in row["attachments"]]
    Attachment.objects.bulk_create(attachments)
    return keys


def _values(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """As they are, but no revision is so large that the saves to come could not count on."""
    return {name: min(row[name], LAST_REVISION) if name == "revision" else row[name] for name in names}
