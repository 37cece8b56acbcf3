"""What the pages of the case study show: the text with its figures, what it is fed from, and what must not leave with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.evidence.drafts import Fields
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.work.build.case import Case, case_from
from segue.work.build.guard import PERSONAL, QUOTE, Find, Gate, Section, Tick, found_at, guarded_in, printed, quotes_in
from segue.work.build.models import CaseStudy
from segue.work.build.queries.beginning import first_fields
from segue.work.build.queries.charter import charter_of, sheet_of
from segue.work.build.recorded import checksum_of
from segue.work.build.run_figures import run_from
from segue.work.lab.figures import RunFigures, figures_of, newest_version, runs_of
from segue.work.lab.masking import found_in, quoted_anywhere, surely_personal
from segue.work.lab.models import Analysis

REAL = "real"
AGREED = Tick(
    "agreed",
    "What may be shown outside was agreed in writing with the owner of the data.",
    "Real customer data: say that what may be shown outside was agreed in writing.",
)
NO_NAMES = Tick(
    "no-names",
    "There is no company, product or person that must not be named.",
    "No word is guarded. Name the company, the product and the people, or say that there are none.",
)
BY_HAND = Tick(
    "by-hand",
    "I have looked for names, addresses and numbers of people myself.",
    "The Lab is not installed, so nobody looked for personal data. Look for it yourself, and say so.",
)
NO_ROWS = Tick(
    "no-rows",
    "I have looked myself: no passage is in somebody else’s own words.",
    "No rows were there to compare with, so nobody looked for words of customers. Look for them yourself, and say so.",
)


@dataclass(frozen=True)
class Offer:
    """A run whose figures can be taken."""

    analysis: int
    version: int
    file_name: str

    @property
    def id(self) -> str:
        """What names it in a form."""
        return f"{self.analysis}:{self.version}"

    @property
    def label(self) -> str:
        """The number of the version, for the words of a button."""
        return str(self.version)


@dataclass(frozen=True)
class CasePage:
    """The case study. ``newer``: a later version of the run it is fed from; ``offers``: runs that it could be fed from."""

    row: CaseStudy | None
    case: Case
    newer: Offer | None
    offers: tuple[Offer, ...]
    recorded: Entry | None
    is_changed: bool

    @property
    def is_written(self) -> bool:
        """Whether anything of it was saved."""
        return self.row is not None and not self.case.is_empty


def case_row(learner: Learner) -> CaseStudy | None:
    """The row, where one was begun."""
    return CaseStudy.objects.filter(learner=learner).select_related("entry").first()


def run_of(row: CaseStudy | None) -> RunFigures | None:
    """The figures that were taken."""
    return run_from(row.analysis, row.version, row.figures) if row else None


def written_row(learner: Learner) -> CaseStudy:
    """The row of a case study in which something is written; 404 where there is none."""
    row = case_row(learner)
    if row is None or case_of(row).is_empty:
        raise Http404
    return row


def case_of(row: CaseStudy | None) -> Case:
    """The text with its figures."""
    return case_from(row.texts if row else {}, run_of(row))


def case_page(learner: Learner) -> CasePage:
    """The case study, and what it is or could be fed from."""
    row = case_row(learner)
    case, entry = case_of(row), standing(row.entry) if row else None
    offers = tuple(Offer(each.pk, newest_version(each), each.file_name) for each in runs_of(learner))
    is_changed = bool(row and entry and not (is_newest(row.entry_id, entry) and row.recorded == checksum_of(case)))
    return CasePage(row, case, _newer(learner, row, case.run), offers, entry, is_changed)


def _newer(learner: Learner, row: CaseStudy | None, run: RunFigures | None) -> Offer | None:
    analysis = next((each for each in runs_of(learner) if row and each.pk == row.analysis), None)
    if run is None or analysis is None or newest_version(analysis) <= run.version or not _is_same(analysis, run):
        return None
    return Offer(analysis.pk, newest_version(analysis), analysis.file_name)


def _is_same(analysis: Analysis, run: RunFigures) -> bool:
    """Whether it is the run that the figures were taken from: after an import, another may have its number."""
    found = figures_of(analysis, run.version)
    return analysis.file_name == run.file_name if found is None else found.manifest_sha256 == run.manifest_sha256


def fields_to_edit(learner: Learner, turn: Turn, row: CaseStudy | None) -> Fields:
    """What stands in the form: what was saved, or else what the months have to begin from."""
    return row.texts if row and row.texts else first_fields(learner, turn, run_of(row))


def faults_of(case: Case) -> tuple[str, ...]:
    """What keeps its figures from being printed, in words: tokens that name none."""
    if not case.unknown:
        return ()
    names = ", ".join(f"{{{name}}}" for name in case.unknown)
    mend = "Take one of the list beside the text." if case.run else "Take the figures of a run first."
    return (f"The run has no figure for {names}. {mend}",)


def data_of(learner: Learner, row: CaseStudy | None) -> str:
    """What sort of data it is about: that of the run, or else that of the charter; empty where neither says."""
    sheet = sheet_of(charter_of(learner))
    return str(row.figures.get("data", "")) if row and row.figures else sheet.data_kind if sheet else ""


def gate_of(learner: Learner, row: CaseStudy) -> Gate:
    """What speaks against letting the case study out."""
    case, sheet = case_of(row), sheet_of(charter_of(learner))
    personal = _personal(case.own_words)
    is_real = REAL in (data_of(learner, row), sheet.data_kind if sheet else "")
    said = _said(learner, case.own_words)
    ticks = [AGREED] * is_real + [NO_NAMES] * (not row.guarded) + [BY_HAND] * (personal is None) + [NO_ROWS] * (said is None)
    marked = (find for section in case.own_words for find in quotes_in(section))
    finds = (*guarded_in(case.checked, row.guarded), *(personal or ()), *marked, *(said or ()))
    return Gate(tuple(dict.fromkeys(finds)), tuple(ticks), said is not None, personal is not None)


def author_of(learner: Learner, row: CaseStudy) -> str:
    """Who wrote it; nobody where the name is guarded too."""
    return "" if guarded_in([Section("Author", learner.name)], row.guarded) else learner.name


def _both(sections: Collection[Section]) -> list[Section]:
    """Each section as it is typed, and as it is printed where that is something else."""
    return [each for section in sections for each in dict.fromkeys((section, printed(section)))]


def _personal(sections: Collection[Section]) -> tuple[Find, ...] | None:
    found = [(section, found_in(section.text)) for section in _both(sections)]
    if any(pieces is None for _, pieces in found):
        return None
    several = (
        found_at(section, PERSONAL, piece, may_stay=not surely_personal(kind))
        for section, pieces in found
        for kind, piece in pieces or ()
    )
    return _once(several)


def _said(learner: Learner, sections: Collection[Section]) -> tuple[Find, ...] | None:
    """Passages that stand in a row of any analysis; ``None`` where no row was there to look at."""
    both = _both(sections)
    pieces = quoted_anywhere(learner, *(section.text for section in both))
    if pieces is None:
        return None
    return _once(
        found_at(section, QUOTE, piece, may_stay=True) for section, said in zip(both, pieces, strict=True) for piece in said
    )


def _once(finds: Iterable[Find]) -> tuple[Find, ...]:
    """The first of those that name the same piece of the same section."""
    found: dict[tuple[str, str], Find] = {}
    for find in finds:
        found.setdefault((find.place, " ".join(find.what.split())), find)
    return tuple(found.values())
