"""The case study is kept as it is typed, fed from a run, guarded, recorded."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.drafts import WINDOW, Fields, first, same
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.shared import clock
from segue.work.build.actions.charter import Typed
from segue.work.build.case import ACTIVITY, KIND, Case
from segue.work.build.models import CaseStudy
from segue.work.build.queries.beginning import first_fields
from segue.work.build.queries.case_study import case_of, data_of, faults_of, run_of
from segue.work.build.recorded import checksum_of
from segue.work.build.run_figures import as_row
from segue.work.lab.figures import figures_of
from segue.work.lab.pieces.piece import DATA


def _row(learner: Learner) -> CaseStudy:
    Learner.objects.select_for_update().get(pk=learner.pk)
    return CaseStudy.objects.get_or_create(learner=learner, defaults={"saved_at": clock.now()})[0]


@transaction.atomic
def keep_case(learner: Learner, typed: Fields, revision: int, window: str) -> Typed:
    """Keeps what stands in the form. ``other`` is set where another window had saved a different text: it stays."""
    row = _row(learner)
    own = row.revision == revision or row.texts.get(WINDOW) == [window]
    if row.texts and not own and not same(row.texts, typed):
        return Typed(row.revision, {name: values for name, values in row.texts.items() if name != WINDOW})
    row.texts = {**{name: [*values] for name, values in typed.items()}, WINDOW: [window]}
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=["texts", "revision", "saved_at"])
    return Typed(row.revision)


@transaction.atomic
def take_figures(learner: Learner, turn: Turn, analysis_pk: int, version: int) -> CaseStudy:
    """Feeds the case study from a version of a run; what is written stays. Raises ``UserError`` where its files are gone.

    A part that is still as it was begun is begun anew, since the run may have something to begin it from.
    """
    row = _row(learner)
    begun = first_fields(learner, turn, run_of(row))
    analysis = learner.analyses.filter(pk=analysis_pk, gone_on=None).first()
    run = figures_of(analysis, version) if analysis else None
    if analysis is None or run is None:
        raise UserError("The files of this run are gone, so its figures can’t be taken.", "Take those of another run.")
    row.analysis, row.version = run.analysis, run.version
    row.figures = as_row(run, DATA.get(analysis.permission, ""))
    texts = _begun_anew(row.texts, begun, first_fields(learner, turn, run))
    row.revision += texts != row.texts  # another window is told
    row.texts = texts
    row.save(update_fields=["analysis", "version", "figures", "texts", "revision"])
    return row


def _begun_anew(texts: Fields, before: Fields, after: Fields) -> dict[str, list[str]]:
    untouched = {name for name in after if name in texts and first(texts, name).strip() == first(before, name).strip()}
    return {name: [*(after if name in untouched else texts)[name]] for name in texts}


@transaction.atomic
def guard_words(learner: Learner, words: Sequence[str], seen: Sequence[str]) -> tuple[CaseStudy, bool]:
    """Keeps the words that must not leave; whether some stay that another window had kept since ``seen`` was shown."""
    row = _row(learner)
    is_other = [*seen] != row.guarded and not {*row.guarded} <= {*words}
    row.guarded = list(dict.fromkeys([*row.guarded, *words] if is_other else words))
    row.save(update_fields=["guarded"])
    return row, is_other


@transaction.atomic
def record_case(learner: Learner) -> Entry:
    """Records the case study with its figures put in: new evidence at first, then new versions of it."""
    row = _row(learner)
    case, before = case_of(row), standing(row.entry)
    if case.is_empty:
        raise UserError("Nothing is written yet.", "Write the five parts first.")
    if faults := faults_of(case):
        raise UserError(faults[0])
    stands = checksum_of(case)
    if before is not None and is_newest(row.entry_id, before) and row.recorded == stands:
        raise UserError(f"The case study is in the ledger as it stands, as entry {before.number}.", "Change it first.")
    row.entry, row.recorded = record_work(learner, _work(case, data_of(learner, row)), revises=before), stands
    row.save(update_fields=["entry", "recorded"])
    return row.entry


def _work(case: Case, data: str) -> Work:
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    facts: dict[str, float | str] = {"options": case.options, "figures": len(case.numbers), **({"data": data} if data else {})}
    return Work(KIND, case.shown_title or "Case study", clock.today(), ACTIVITY, proves, case.body, facts=facts)
