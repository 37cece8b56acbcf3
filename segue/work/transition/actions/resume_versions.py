"""Versions of a résumé: kept, gone back to; a variant removed and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.shared import clock
from segue.work.transition.models import Application, Resume, ResumeVersion, new_key
from segue.work.transition.queries.resumes import resume_or_404, resume_page, version_or_404

MOST_VERSIONS = 200
KEPT = ("key", "name", "role", "document", "window", "revision", "recorded")
KEPT_OF_VERSION = ("key", "number", "document", "note", "is_final")


def _held(learner: Learner, key: str) -> Resume:
    Learner.objects.select_for_update().get(pk=learner.pk)
    return resume_or_404(learner, key)


@transaction.atomic
def keep_version(learner: Learner, key: str, note: str) -> ResumeVersion:
    """Keeps what stands now as a version. Raises ``UserError`` where the newest version says the same."""
    row = _held(learner, key)
    newest = row.versions.first()
    if newest is not None and newest.document == row.document:
        raise UserError(f"Version {newest.number} says the same.", "Change something first.")
    return _made(row, note, is_final=False)


@transaction.atomic
def finish_resume(learner: Learner, key: str, note: str) -> ResumeVersion:
    """Keeps what stands now as final. Raises ``UserError`` that names the first line in the way."""
    row = _held(learner, key)
    page = resume_page(learner, row)
    if page.stops:
        first, more = page.stops[0], len(page.stops) - 1
        others = f" {more} more {'line stands' if more == 1 else 'lines stand'} in the way." if more else ""
        raise UserError(f"{first.place}: {first.says}{others}", first.mend)
    if page.final is not None:
        raise UserError(f"It is final already, as version {page.final.number}.", "Change something first.")
    return _made(row, note, is_final=True)


def _made(row: Resume, note: str, *, is_final: bool) -> ResumeVersion:
    newest = row.versions.first()
    number = newest.number + 1 if newest else 1
    if number > MOST_VERSIONS:
        raise UserError(f"There are {MOST_VERSIONS} versions; more are not kept.", "Go on in a copy of this résumé.")
    return ResumeVersion.objects.create(
        learner=row.learner,
        resume=row,
        key=new_key(),
        number=number,
        document=row.document,
        note=note,
        is_final=is_final,
        made_at=clock.now(),
    )


@transaction.atomic
def restore_version(learner: Learner, key: str, number: int) -> int:
    """Goes back to a version. What stood before is kept as one, where no version has it. Returns its number, or 0."""
    row = _held(learner, key)
    version = version_or_404(row, number)
    kept = 0
    if not any(each.document == row.document for each in row.versions.all()):
        kept = _made(row, f"Before going back to version {number}", is_final=False).number
    row.document, row.window = version.document, ""
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=["document", "window", "revision", "saved_at"])
    return kept


@transaction.atomic
def remove_resume(learner: Learner, key: str) -> dict[str, Any]:
    """Removes a variant with its versions. Returns what ``restore_resume`` needs to bring it back."""
    row = _held(learner, key)
    versions = [_kept_version(version) for version in row.versions.prefetch_related("applications")]
    kept = {name: getattr(row, name) for name in KEPT} | {"saved_at": row.saved_at.isoformat(), "entry": row.entry_id}
    row.delete()
    return kept | {"versions": versions}


def _kept_version(version: ResumeVersion) -> dict[str, Any]:
    used = [application.pk for application in version.applications.all()]
    kept = {name: getattr(version, name) for name in KEPT_OF_VERSION}
    return kept | {"made_at": version.made_at.isoformat(), "used": used}


@transaction.atomic
def restore_resume(learner: Learner, kept: Mapping[str, Any]) -> Resume:
    """Brings a variant back, with its versions and the applications that name them."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    fields = {name: kept[name] for name in KEPT if name != "key"} | {"saved_at": parse_datetime(kept["saved_at"])}
    fields["entry"] = learner.entries.filter(pk=kept["entry"]).first()
    row, is_new = Resume.objects.get_or_create(learner=learner, key=kept["key"], defaults=fields)
    for each in reversed(kept["versions"]) if is_new else ():
        made = {name: each[name] for name in KEPT_OF_VERSION} | {"made_at": parse_datetime(each["made_at"])}
        version = ResumeVersion.objects.create(learner=learner, resume=row, **made)
        Application.objects.filter(learner=learner, pk__in=each["used"], version=None).update(version=version)
    return row
