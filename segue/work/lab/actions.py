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
from segue.work.lab.models import Analysis
from segue.work.lab.pieces import RUN, Piece, piece_of

JOB = "analysis"
MOST = 20
UNSTARTED_FOR = timedelta(days=1)


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


@transaction.atomic
def start(analysis: Analysis, wishes: Mapping[str, Any]) -> Analysis:
    """Asks for the run. Raises ``UserError`` where it has one, or the file is gone."""
    row = Analysis.objects.select_for_update().get(pk=analysis.pk)
    if row.job is not None and row.job.state in (State.QUEUED, State.RUNNING, State.DONE):
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
    waited = analysis.job.state == State.QUEUED
    stopped = cancel(analysis.job)
    if stopped and waited:
        folders.clear_run(analysis)  # of an attempt before; one that runs is cleared by its worker
    return stopped


def finish(analysis: Analysis, facts: Mapping[str, Any]) -> None:
    """The run is over: its figures are noted, and the file as it came is deleted."""
    analysis.facts = dict(facts)
    analysis.save(update_fields=["facts"])
    folders.clear_raw(analysis)


def record_run(analysis: Analysis, turn: Turn) -> Entry:
    """Records the figures of a run as evidence, with a file of what it was made of. Raises ``UserError`` where it has none."""
    piece = _piece(analysis, RUN)
    activity_id, proves = _wanted(turn, RUN)
    name = f"run-{analysis.pk}.json"
    file = store(name, "application/json", [piece.figures])
    work = Work(RUN, piece.title, clock.today(), activity_id, proves, piece.body, facts=piece.facts, files=(file,))
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
        raise UserError("The run left this step out, so there are no figures for it.", "The page of the run says why.")
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
    folders.clear(analysis)
    analysis.gone_on = clock.today()
    analysis.save(update_fields=["gone_on"])


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
    folders.sweep(frozenset(there.values_list("token", flat=True)))
    return len(expired)
