"""Sheets are kept as they are typed, and recorded as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.texts import clean_text
from segue.shared import clock
from segue.work.deepen.findings import Setting
from segue.work.deepen.law import law
from segue.work.deepen.models import Sheet
from segue.work.deepen.outline import Outline, answers_of
from segue.work.deepen.queries.sheets import sheet_page
from segue.work.deepen.rules.registry import outcome_of
from segue.work.deepen.sheet_text import checksum_of, rests_on


@dataclass(frozen=True)
class Typed:
    """What became of a form that was typed. ``other`` is set where another window had saved a different one: it stays."""

    revision: int
    other: Mapping[str, str] | None = None


def _row(learner: Learner, sort: str) -> Sheet:
    Learner.objects.select_for_update().get(pk=learner.pk)
    return Sheet.objects.get_or_create(learner=learner, sort=sort, defaults={"saved_at": clock.now()})[0]


@transaction.atomic
def keep_sheet(learner: Learner, outline: Outline, typed: Mapping[str, str], revision: int, window: str) -> Typed:
    """Keeps what stands in the form. ``other`` is set where another window had saved something else: it stays."""
    row = _row(learner, outline.sort)
    fields = dict(answers_of(outline, {name: clean_text(value) for name, value in typed.items()}).fields)
    is_own = row.revision == revision or row.window == window
    if row.answers and not is_own and row.answers != fields:
        return Typed(row.revision, row.answers)
    row.answers, row.window, row.law = fields, window, _law_of(outline, fields)
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=["answers", "window", "law", "revision", "saved_at"])
    return Typed(row.revision)


def _law_of(outline: Outline, fields: Mapping[str, str]) -> dict[str, str]:
    """The rules that it rests on, each with its checksum of today."""
    rules = law()
    outcome = outcome_of(answers_of(outline, fields), Setting(clock.today(), rules))
    return {each: rules.by_id[each].checksum for each in rests_on(outcome) if each in rules.by_id}


@transaction.atomic
def review_law(learner: Learner, outline: Outline) -> None:
    """Says that the sheet was looked at again under the rules of today."""
    row = _row(learner, outline.sort)
    row.law = _law_of(outline, row.answers)
    row.save(update_fields=["law"])


@transaction.atomic
def record_sheet(learner: Learner, outline: Outline, confidentiality: str) -> Entry:
    """Records a sheet: new evidence at first, then new versions of it. Raises ``UserError`` where there is nothing new."""
    row = _row(learner, outline.sort)
    page = sheet_page(learner, outline)
    if not page.is_written:
        raise UserError("Nothing is written yet.", "Answer a question of the sheet first.")
    if page.entry is not None and not page.is_changed and page.entry.confidentiality == confidentiality:
        raise UserError(f"The sheet is in the ledger as it stands, as entry {page.entry.number}.", "Change it first.")
    known = current().programme.by_id.get(outline.activity)
    proves = known.proves(outline.kind) if known else ()
    facts = page.outcome.facts
    work = Work(
        outline.kind,
        outline.title,
        clock.today(),
        outline.activity if known else "",
        proves,
        page.text,
        facts=facts,
        confidentiality=confidentiality,
    )
    row.entry, row.recorded = record_work(learner, work, revises=page.entry), checksum_of(page.text)
    row.save(update_fields=["entry", "recorded"])
    return row.entry
