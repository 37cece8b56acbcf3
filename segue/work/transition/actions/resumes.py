"""Résumés are kept as they are typed, leave versions, and are recorded as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.transition.models import Resume, new_key
from segue.work.transition.queries.honesty import check_no_gaps
from segue.work.transition.queries.proof import proofs_of, standing_numbers
from segue.work.transition.queries.resume_suggestions import suggestion_of
from segue.work.transition.queries.resumes import (
    ACTIVITY,
    KIND,
    checksum_of,
    document_in,
    place_lines,
    resume_or_404,
    resume_page,
)
from segue.work.transition.resume.document import Bullet, Document, Position
from segue.work.transition.resume.json_form import new_id, to_json
from segue.work.transition.resume_edits import Removed, put_back, with_bullet, with_links, with_position
from segue.work.transition.resume_fields import MOST_BULLETS, MOST_POSITIONS, too_many
from segue.work.transition.resume_text import text_of

MOST_RESUMES = 50
NEW_PROJECT = "new"
Change = Callable[[Document], Document]


@dataclass(frozen=True)
class Typed:
    """What became of a form that was typed. ``other`` is set where another window had kept a different one: it stays."""

    revision: int
    other: Document | None = None


def _held(learner: Learner, key: str) -> Resume:
    Learner.objects.select_for_update().get(pk=learner.pk)
    return resume_or_404(learner, key)


@transaction.atomic
def add_resume(learner: Learner, name: str, role: str, document: Document) -> Resume:
    """A new variant."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    if fault := too_many(document):
        raise UserError(fault.says, "Shorten it where it comes from, and bring it again.")
    if learner.resumes.count() >= MOST_RESUMES:
        raise UserError(f"There are {MOST_RESUMES} résumés; more are not kept.", "Remove one that you don’t use.")
    told = to_json(document)
    return Resume.objects.create(
        learner=learner, key=new_key(), name=name, role=role, document=told, saved_at=clock.now(), window=""
    )


@transaction.atomic
def name_resume(learner: Learner, key: str, name: str, role: str) -> None:
    """Names a variant, and the role it is for."""
    row = _held(learner, key)
    row.name, row.role = name, role
    row.save(update_fields=["name", "role"])


@transaction.atomic
def keep_resume(learner: Learner, key: str, document: Document, revision: int, window: str) -> Typed:
    """Keeps what stands in the form. ``other`` is set where another window had kept something else: it stays."""
    row = _held(learner, key)
    kept, is_own = document_in(row), row.revision == revision or (window != "" and row.window == window)
    if not is_own and kept != document:
        return Typed(row.revision, kept)
    _keep(row, document, window)
    return Typed(row.revision)


def _keep(row: Resume, document: Document, window: str = "") -> None:
    row.document, row.window = to_json(document), window
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=["document", "window", "revision", "saved_at"])


@transaction.atomic
def link_bullet(learner: Learner, key: str, bullet_id: str, entries: Iterable[int]) -> None:
    """Puts evidence behind a bullet; what doesn’t stand in the ledger is left out. A window that types keeps its text."""
    row, known = _held(learner, key), standing_numbers(proofs_of(learner))
    chosen = tuple(sorted({number for number in entries if number in known}))
    row.document, row.saved_at = to_json(with_links(document_in(row), bullet_id, chosen)), clock.now()
    row.save(update_fields=["document", "saved_at"])


@transaction.atomic
def put_back_part(learner: Learner, key: str, removed: Removed) -> str:
    """Brings back what was taken out of a résumé. Returns where it stands; nothing where its place is gone."""
    row = _held(learner, key)
    edit = put_back(document_in(row), removed)
    if edit.anchor:
        _keep(row, edit.document)
    return edit.anchor


@transaction.atomic
def take_suggestion(learner: Learner, key: str, id: str, position_id: str) -> Bullet:
    """Writes a suggested bullet into a position, or into a new project, its evidence already behind it."""
    row = _held(learner, key)
    document = document_in(row)
    offer = suggestion_of(learner, document, id)
    if offer is None:
        raise UserError("This suggestion is not there any more.", "Choose one that is on the page now.")
    bullet = Bullet(new_id(), offer.text, offer.entries)
    _keep(row, _with_taken(document, bullet, position_id))
    return bullet


def _with_taken(document: Document, bullet: Bullet, position_id: str) -> Document:
    if position_id == NEW_PROJECT and len(document.positions) < MOST_POSITIONS:
        return with_position(document, Position(new_id(), "AI project", sort="project", bullets=(bullet,)))
    position = next((each for each in document.positions if each.id == position_id), None)
    if position is None:
        raise UserError("Say into which position it goes.", "Choose one of the list, or a new project.")
    if len(position.bullets) >= MOST_BULLETS:
        raise UserError(f"This position has {MOST_BULLETS} bullets; more are not kept.", "Take one out first.")
    return with_bullet(document, position_id, bullet)


@transaction.atomic
def record_resume(learner: Learner, key: str, confidentiality: str) -> Entry:
    """Records a variant: new evidence at first, then new versions of it. Raises ``UserError`` where there is nothing new."""
    row = _held(learner, key)
    page = resume_page(learner, row)
    if not page.bullets:
        raise UserError("There is no bullet in it yet.", "Write one, or take over a suggestion.")
    check_no_gaps(learner, place_lines(page.document))
    if page.entry is not None and page.is_recorded and page.entry.confidentiality == confidentiality:
        raise UserError(f"It is in the ledger as it stands, as entry {page.entry.number}.", "Change it first.")
    stage = "linked" if not page.stops else "draft"
    known = current().programme.by_id.get(ACTIVITY)
    work = Work(
        KIND,
        f"Résumé: {row.name}",
        clock.today(),
        ACTIVITY if known else "",
        known.proves(KIND) if known else (),
        text_of(page.document, with_evidence=True),
        facts={"stage": stage, "bullets": len(page.bullets), "linked": page.share},
        confidentiality=confidentiality,
    )
    row.entry, row.recorded = record_work(learner, work, revises=page.entry), checksum_of(page.document)
    row.save(update_fields=["entry", "recorded"])
    return row.entry
