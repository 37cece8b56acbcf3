"""Files come in, are analysed, and go again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.evidence.actions import Work, begin_draft, record_work
from segue.evidence.files import plain_name, store
from segue.evidence.models import Entry
from segue.jobs.actions import cancel, enqueue
from segue.jobs.models import State
from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.actions.gate import stop as stop_judging
from segue.work.lab.actions.gate import sweep_keys
from segue.work.lab.example import NAME, QUESTION, write_example
from segue.work.lab.models import EXAMPLE, Analysis, EvalSet, LabelPlan
from segue.work.lab.pieces.making import piece_of
from segue.work.lab.pieces.piece import Piece
from segue.work.lab.queries.runs import standing_with

JOB = "analysis"
MOST = 20
UNSTARTED_FOR = timedelta(days=1)
EXAMPLE_KEPT = timedelta(days=30)


def take_file(
    learner: Learner, name: str, size: int, chunks: Iterable[bytes], *, question: str, permission: str, keep_until: date
) -> Analysis:
    """Keeps a file until its run. Raises ``UserError`` where there are too many already, or no room."""
    if learner.analyses.filter(gone_on=None).count() >= MOST:
        raise UserError(f"There are {MOST} analyses already.", "Delete one that you don't need.")
    analysis = Analysis(
        learner=learner,
        token=secrets.token_hex(16),
        file_name=plain_name(name),
        size=size,
        question=question,
        permission=permission,
        keep_until=keep_until,
        made_at=clock.now(),
    )
    analysis.save()  # before the file: one that no row knows of would lie there for ever
    try:
        folders.write_raw(analysis, chunks)
    except OSError as error:
        analysis.delete()
        raise UserError(f"The file could not be kept: {error.strerror}.", "Make room on the disk, and send it again.") from error
    return analysis


def take_example(learner: Learner) -> Analysis:
    """Takes the made-up file that comes with the Lab. Raises ``UserError`` as ``take_file`` does."""
    data, last = write_example(), clock.today() + EXAMPLE_KEPT
    return take_file(learner, NAME, len(data), [data], question=QUESTION, permission=EXAMPLE, keep_until=last)


@transaction.atomic
def start(analysis: Analysis, wishes: Mapping[str, Any]) -> Analysis:
    """Asks for the run. Raises ``UserError`` where it has one, or the file is gone."""
    row = Analysis.objects.select_for_update().get(pk=analysis.pk)
    if row.version or (row.job is not None and not row.job.is_over):
        raise UserError("This file has its run already.", "Look at the run, or bring the file again.")
    if not folders.raw_file(row).is_file():
        raise UserError("The file is gone: what is not analysed within a day is deleted.", "Bring it again.")
    row.wishes = dict(wishes)
    row.job = enqueue(JOB, row.learner, {"analysis": row.pk})
    row.save(update_fields=["wishes", "job"])
    return row


def stop(analysis: Analysis) -> bool:
    """Cancels the run. Whether there was one to cancel; the file stays, so that it can be started again."""
    if analysis.job is None:
        return False
    waited, number = analysis.job.state == State.QUEUED, analysis.job.payload.get("version", 1)
    stopped = cancel(analysis.job)
    if stopped and waited and number > analysis.version:
        folders.clear_run(analysis, number)  # of an attempt before; one that runs is cleared by its worker
    return stopped


@transaction.atomic
def record_piece(analysis: Analysis, turn: Turn, kind: str) -> Entry:
    """Records figures as evidence, with a file of what they were made of.

    Raises ``UserError`` where there are none, and where the same file is in the ledger already: nothing counts twice.
    """
    piece = _piece(analysis, kind)
    activity_id, proves = _wanted(turn, kind)
    file = store(f"{kind}-{analysis.pk}-{analysis.version}.json", "application/json", [piece.figures])
    same = standing_with(analysis.learner, kind, file.sha256)
    if same is not None:
        raise UserError(f"This is in the ledger already, as entry {same.number}.", "What has changed can be recorded as new.")
    work = Work(kind, piece.title, clock.today(), activity_id, proves, piece.body, facts=piece.facts, files=(file,))
    return record_work(analysis.learner, work)


def begin_piece(analysis: Analysis, turn: Turn, kind: str) -> str:
    """Begins a text of the ledger from a run: the key of its draft. What was begun before stays."""
    piece = _piece(analysis, kind)
    activity_id, proves = _wanted(turn, kind)
    facts = {f"fact_{name}": [str(value)] for name, value in piece.facts.items()}
    fields = {"title": [piece.title], "body": [piece.body], "competencies": [*proves], **facts}
    return begin_draft(analysis.learner, activity_id, kind, fields)


def _piece(analysis: Analysis, kind: str) -> Piece:
    piece = piece_of(analysis, kind)
    if piece is None:
        raise UserError("There are no figures for this yet.", "Where a run left a step out, its first page says why.")
    return piece


def _wanted(turn: Turn, kind: str) -> tuple[str, tuple[str, ...]]:
    """The first activity that still wants evidence of a kind, and what it proves; the first that ever did where none does."""
    asked = [(a, y) for a in turn.programme.activities for y in a.yields if y.kind == kind]
    open_ones = [(a, y) for a, y in asked if any(wanted.kind == kind for wanted in turn.progress[a.id].ahead)]
    activity, wanted = (open_ones or asked)[0]
    return activity.id, wanted.competencies


def remove(analysis: Analysis) -> None:
    """Deletes everything of it but the line that says so."""
    if analysis.job is not None:
        cancel(analysis.job)
    stop_judging(analysis)
    folders.clear(analysis)
    for said in (analysis.marks, analysis.labeller_sheets, analysis.versions):
        said.all().delete()
    for kept in (LabelPlan, EvalSet):
        kept.objects.filter(analysis=analysis).delete()
    analysis.gone_on, analysis.notes, analysis.settings = clock.today(), {}, {}
    analysis.save(update_fields=["gone_on", "notes", "settings"])


def remove_expired() -> int:
    """Deletes what is past its day, and files that came to no result within a day. How many.

    Folders that no row knows of, or whose row says that they are gone, are deleted too: a kill or a restore leaves such.
    """
    today, waiting = clock.today(), clock.now() - UNSTARTED_FOR
    there = Analysis.objects.filter(gone_on=None).select_related("job")
    without = there.filter(facts={}, keep_until__gte=today)
    over = without.filter(job__state__in=(State.FAILED, State.CANCELLED), job__created_at__lt=waiting)
    expired = [*there.filter(keep_until__lt=today), *without.filter(job=None, made_at__lt=waiting), *over]
    for analysis in expired:
        remove(analysis)
    sweep_keys()
    folders.sweep(frozenset(there.values_list("token", flat=True)))
    return len(expired)
