"""What the pages of the cases show: which are analysed, and one analysis beside its reference."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from segue.accounts.models import Learner
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.work.deepen.analysis import checksum_of, not_compared, text_of, words_of
from segue.work.deepen.cases import PARTS, Case, Part, Statement, cases
from segue.work.deepen.models import CaseAnalysis

SUCCESSES, FAILURES = 2, 2  # what C8 asks for


@dataclass(frozen=True)
class CaseRow:
    """A case in the list. ``state``: how far its analysis is."""

    case: Case
    state: str
    is_kept: bool
    number: int


@dataclass(frozen=True)
class CasesPage:
    """All cases. ``successes`` and ``failures``: how many of each are recorded."""

    rows: tuple[CaseRow, ...]
    successes: int
    failures: int
    wanted: tuple[int, int] = (SUCCESSES, FAILURES)


@dataclass(frozen=True)
class Compared:
    """A part: one's own words beside the statements of the reference, and the verdict."""

    part: Part
    mine: str
    reference: tuple[Statement, ...]
    verdict: str


@dataclass(frozen=True)
class CasePage:
    """A case after its analysis was kept. ``lacking``: what keeps it from being recorded."""

    case: Case
    row: CaseAnalysis
    parts: tuple[Compared, ...]
    text: str
    words: int
    lacking: str
    entry: Entry | None
    is_changed: bool


def case_or_404(case_id: str) -> Case:
    """The case of an id; 404 where there is none."""
    found = next((case for case in cases() if case.id == case_id), None)
    if found is None:
        raise Http404
    return found


def analysis_row(learner: Learner, case: Case) -> CaseAnalysis | None:
    """The analysis, where one was begun."""
    return learner.case_analyses.filter(case_id=case.id).select_related("entry").first()


def cases_page(learner: Learner) -> CasesPage:
    """All cases with how far each is. One query."""
    known = {row.case_id: row for row in learner.case_analyses.select_related("entry")}
    rows = tuple(_row(case, known.get(case.id)) for case in cases())
    recorded = [row.case.outcome for row in rows if row.number]
    return CasesPage(rows, recorded.count("success"), recorded.count("failure"))


def _row(case: Case, row: CaseAnalysis | None) -> CaseRow:
    if row is None or not (row.texts or row.kept_at):
        return CaseRow(case, "Not begun", False, 0)
    if row.entry is not None:
        return CaseRow(case, f"Recorded as entry {row.entry.number}", True, row.entry.number)
    return CaseRow(case, "To be compared" if row.kept_at else "Begun", row.kept_at is not None, 0)


def case_page(row: CaseAnalysis, case: Case) -> CasePage:
    """An analysis beside its reference. It must have been kept."""
    text, entry = text_of(case, row.texts, row.points, row.lesson), standing(row.entry)
    is_same = entry is not None and is_newest(row.entry_id, entry) and row.recorded == checksum_of(text)
    parts = tuple(Compared(part, row.texts.get(part.id, ""), case.parts[part.id], row.points.get(part.id, "")) for part in PARTS)
    return CasePage(case, row, parts, text, words_of(row.texts), not_compared(row.points, row.lesson), entry, not is_same)
