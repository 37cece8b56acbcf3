"""Analyses are kept as they are typed, finished once, compared with the reference, recorded.

What was written before the reference was seen stays as it was: that is what the exercise is for. What one learns from it goes
into the comparison and the lesson.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.deepen.actions.sheets import Typed
from segue.work.deepen.analysis import ACTIVITIES, KIND, checksum_of, lacking, not_compared, text_of, texts_in
from segue.work.deepen.cases import Case
from segue.work.deepen.models import CaseAnalysis
from segue.work.deepen.queries.cases import case_page

FROZEN = "This analysis is finished, so it stays as it was."
COMPETENCIES = ("C8", "C6")


def _row(learner: Learner, case: Case) -> CaseAnalysis:
    Learner.objects.select_for_update().get(pk=learner.pk)
    return CaseAnalysis.objects.get_or_create(learner=learner, case_id=case.id, defaults={"saved_at": clock.now()})[0]


@transaction.atomic
def keep_analysis(learner: Learner, case: Case, typed: Mapping[str, str], revision: int, window: str) -> Typed:
    """Keeps what stands in the form. ``other`` is set where another window had saved something else: it stays.

    Raises ``UserError`` where the analysis is finished.
    """
    row = _row(learner, case)
    if row.kept_at is not None:
        raise UserError(FROZEN, "Write what you see differently now beside the reference.")
    texts = texts_in(typed)
    is_own = row.revision == revision or row.window == window
    if row.texts and not is_own and row.texts != texts:
        return Typed(row.revision, row.texts)
    row.texts, row.window = texts, window
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=["texts", "window", "revision", "saved_at"])
    return Typed(row.revision)


@transaction.atomic
def finish_analysis(learner: Learner, case: Case) -> CaseAnalysis:
    """From now on the reference can be seen. Raises ``UserError`` where the analysis is too thin."""
    row = _row(learner, case)
    if faults := lacking(row.texts):
        raise UserError(faults[0][1], "Write on, then ask for the reference.")
    if row.kept_at is None:
        row.kept_at = clock.now()
        row.save(update_fields=["kept_at"])
    return row


@transaction.atomic
def compare(learner: Learner, case: Case, points: Mapping[str, str], lesson: str) -> CaseAnalysis:
    """Keeps how it compares, and the lesson."""
    row = _finished(learner, case)
    row.points, row.lesson, row.saved_at = dict(points), lesson, clock.now()
    row.save(update_fields=["points", "lesson", "saved_at"])
    return row


def _finished(learner: Learner, case: Case) -> CaseAnalysis:
    row = _row(learner, case)
    if row.kept_at is None:
        raise UserError("Your own analysis comes first.", "Finish it; then compare it with the reference.")
    return row


@transaction.atomic
def record_analysis(learner: Learner, case: Case) -> Entry:
    """Records the analysis with its comparison: new evidence at first, then new versions of it."""
    row = _finished(learner, case)
    if fault := not_compared(row.points, row.lesson):
        raise UserError(fault, "Go back to the comparison and keep it, then record it.")
    page = case_page(row, case)
    if page.entry is not None and not page.is_changed:
        raise UserError(
            f"The analysis is in the ledger as it stands, as entry {page.entry.number}.", "Change the comparison first."
        )
    activity = ACTIVITIES.get(case.outcome, "")
    proves = current().programme.by_id[activity].proves(KIND) if activity else COMPETENCIES
    facts: dict[str, float | str] = {"outcome": case.outcome, "sources": len(case.sources)}
    work = Work(KIND, f"Case: {case.name}", clock.today(), activity, proves, page.text, facts=facts, confidentiality="public")
    row.entry = record_work(learner, work, revises=page.entry)
    row.recorded = checksum_of(text_of(case, row.texts, row.points, row.lesson))
    row.save(update_fields=["entry", "recorded"])
    return row.entry
