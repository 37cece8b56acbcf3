"""A slice report is kept as it is typed, and recorded as evidence."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.texts import clean_text
from segue.shared import clock
from segue.work.deepen.actions.sheets import Typed
from segue.work.deepen.models import Sheet
from segue.work.deepen.queries.slices import Chosen, slices_page
from segue.work.deepen.sheet_text import checksum_of
from segue.work.deepen.slicing import ACTIVITY, KIND, PARTS, SORT, facts_of


def _row(learner: Learner) -> Sheet:
    Learner.objects.select_for_update().get(pk=learner.pk)
    return Sheet.objects.get_or_create(learner=learner, sort=SORT, defaults={"saved_at": clock.now()})[0]


@transaction.atomic
def keep_slices(learner: Learner, chosen: Chosen, typed: Mapping[str, str], revision: int, window: str) -> Typed:
    """Keeps choice and words. ``other`` is set where another window had saved other words: they stay."""
    row = _row(learner)
    words = {name: clean_text(typed.get(name, "")) for name in PARTS}
    there = {name: row.answers.get(name, "") for name in PARTS}
    is_own = row.revision == revision or row.window == window
    if any(there.values()) and not is_own and there != words:
        return Typed(row.revision, there)
    row.answers, row.window = {**chosen.as_answers(), **words}, window
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=["answers", "window", "revision", "saved_at"])
    return Typed(row.revision)


@transaction.atomic
def record_slices(learner: Learner, confidentiality: str) -> Entry:
    """Records the report as it was kept: new evidence at first, then new versions of it.

    Raises ``UserError`` where there is no run, no word of one's own, or nothing new.
    """
    row = _row(learner)
    page = slices_page(learner)
    if page.sliced is None:
        raise UserError(page.reason, "Look at the run in the Lab.")
    if not page.words.get("means", "").strip():
        raise UserError("Figures alone are no report.", "Say what they mean for people, and what you would do before launch.")
    if page.entry is not None and not page.is_changed and page.entry.confidentiality == confidentiality:
        raise UserError(f"The report is in the ledger as it stands, as entry {page.entry.number}.", "Change it first.")
    known = current().programme.by_id.get(ACTIVITY)
    work = Work(
        KIND,
        f"Slices of {page.sliced.file_name}",
        clock.today(),
        ACTIVITY if known else "",
        known.proves(KIND) if known else (),
        page.text,
        facts=facts_of(page.sliced),
        confidentiality=confidentiality,
    )
    row.entry, row.recorded = record_work(learner, work, revises=page.entry), checksum_of(page.text)
    row.save(update_fields=["entry", "recorded"])
    return row.entry
