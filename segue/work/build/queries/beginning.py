"""What a case study begins from: the charter, the decisions and cuts, the ways compared, the learning log."""

from __future__ import annotations

from contextlib import suppress

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.evidence.drafts import Fields
from segue.work.build.case import FILE, TITLE, listed
from segue.work.build.logbook import FAILED, REDO, answers_to
from segue.work.build.queries.charter import charter_of, sheet_of
from segue.work.build.queries.logbook import log_rows
from segue.work.build.sheet import Sheet
from segue.work.lab.figures import RunFigures
from segue.work.lab.models import Analysis
from segue.work.lab.results import findings_of


def first_fields(learner: Learner, turn: Turn, run: RunFigures | None) -> Fields:
    """The fields of the form before anything was typed in it. What there is nothing for stays empty."""
    sheet = sheet_of(charter_of(learner))
    return {
        TITLE: [sheet.title if sheet else ""],
        FILE: [""],
        "problem": [_problem(sheet) if sheet else ""],
        "options": [listed(options_of(learner, run))],
        "decision": [_decision(learner, sheet)],
        "result": [_result(sheet, run)],
        "redo": ["\n\n".join(lessons_of(learner, turn))],
    }


def _problem(sheet: Sheet) -> str:
    return "\n\n".join((sheet.problem, f"Who would look at the answer: {sheet.user}", f"Without AI: {sheet.baseline}"))


def _decision(learner: Learner, sheet: Sheet | None) -> str:
    decisions = [row.choice for row in learner.logged_decisions.order_by("made_on", "id")]
    change = [f"It should change this: {sheet.decision}"] if sheet else []
    return "\n\n".join([*decisions, *change])


def options_of(learner: Learner, run: RunFigures | None) -> list[str]:
    """Options ruled out: of logged decisions, of the cuts of the charter, of the comparison."""
    decided = [option for row in learner.logged_decisions.order_by("made_on", "id") for option in row.options]
    cut = [f"Cut from the charter: {went}" for change in learner.scope_changes.order_by("id") for went in change.went_out]
    return list(dict.fromkeys([*decided, *cut, *_not_chosen(learner, run)]))


def _not_chosen(learner: Learner, run: RunFigures | None) -> list[str]:
    analysis = learner.analyses.filter(pk=run.analysis, gone_on=None).first() if run else None
    return _ways(analysis, run) if analysis and run else []


def _ways(analysis: Analysis, run: RunFigures) -> list[str]:
    with suppress(UserError):
        found = findings_of(analysis, run.version)
        return [f"{name}: {says}" for name, says in found.ways if name != found.recommended]
    return []


def _result(sheet: Sheet | None, run: RunFigures | None) -> str:
    known = run.named() if run else {}
    parts = []
    if run is not None and {"score", "baseline", "test_rows"} <= known.keys():
        model = "{model}" if "model" in known else "the model"
        parts.append(f"On {{test_rows}} rows that it had not seen, {model} reached {{score}}. The baseline reached {{baseline}}.")
    if sheet is not None:
        parts.append(f"What would have counted as success: {sheet.success}")
    return "\n\n".join(parts)


def lessons_of(learner: Learner, turn: Turn) -> list[str]:
    """What the learning log says of failures, and of what one would do differently."""
    found = []
    for row in log_rows(learner, turn):
        for entry in row.entries:
            found += answers_to((FAILED, REDO), entry.body)
    return found
