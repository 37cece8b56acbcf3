"""Rows are put aside, versions and language models are judged by them, and nothing leaves without its switch."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db import transaction

from segue.core.errors import UserError
from segue.jobs.actions import cancel, enqueue
from segue.jobs.models import Job, State
from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.asking import Ask, ask_file, ask_of, drop_keys, preview_of, write_ask, write_key
from segue.work.lab.gate import labelled, opened, read_set, texts_of, thresholds_file, unfit, unseen_rows, write_set
from segue.work.lab.models import Analysis, EvalRun, EvalSet, Subject
from segue.work.lab.queries.gate import ASK, JUDGE, open_jobs
from segue.work.lab.queries.marks import eval_set_of, gold_set

LEAST = 2
STALE = "Look at it again: it has changed in another window."


def _locked(analysis: Analysis) -> Analysis:
    """The row, for this transaction alone. Raises ``UserError`` while rows are being judged."""
    row = Analysis.objects.select_for_update().get(pk=analysis.pk)
    if open_jobs(row).exists():
        raise UserError("A judgement is under way.", "Wait for it, or cancel it first.")
    return row


def _set(analysis: Analysis) -> EvalSet:
    found = eval_set_of(analysis)
    if found is None:
        raise UserError("No rows are put aside.", "Put rows aside first.")
    return found


@transaction.atomic
def put_aside(analysis: Analysis, pass_at: float, reason: str) -> EvalSet:
    """Makes the set of rows that no model has seen. Raises ``UserError`` where there is one, or there are no such rows."""
    row = _locked(analysis)
    if eval_set_of(row) is not None:
        raise UserError("Rows are put aside already.", STALE)
    if row.job is not None and not row.job.is_over:
        raise UserError("A run is under way, which may learn from these rows.", "Wait for it, or cancel it first.")
    found = unseen_rows(row)
    if found is None or len(set(found.labels)) < LEAST:
        raise UserError(
            "There are no rows with labels by hand of two kinds that a model has not seen.", "Label rows, then run again."
        )
    sha256 = write_set(row, [*zip(found.texts, found.labels, strict=True)])
    about = {"rows": list(found.rows), "version": found.version, "sha256": sha256, "made_at": clock.now()}
    thresholds_file(row).unlink(missing_ok=True)  # of a set that was given back
    _note_threshold(row, pass_at, reason)
    return EvalSet.objects.create(analysis=row, pass_at=pass_at, **about)


@transaction.atomic
def make_anew(analysis: Analysis, sha256: str) -> EvalSet:
    """Gives the rows of the set the labels that they have now. ``sha256``: of the set that was looked at."""
    row = _locked(analysis)
    eval_set = _set(row)
    if eval_set.sha256 != sha256:
        raise UserError("The set was made anew already.", STALE)
    found = opened(row, eval_set.version)
    if found is None:
        raise UserError(f"Version {eval_set.version}, whose rows these are, is not there.", "Give the rows back.")
    texts = {number: text for number, text in texts_of(found[0]).items() if number in set(eval_set.rows)}
    rows = labelled(texts, gold_set(row))
    if len({label for _, _, label in rows}) < LEAST:
        raise UserError("Too few rows of the set have a settled label now.", "Settle their labels, or give the rows back.")
    eval_set.sha256 = write_set(row, [(text, label) for _, text, label in rows])
    eval_set.rows, eval_set.made_at = [number for number, _, _ in rows], clock.now()
    eval_set.save(update_fields=["rows", "sha256", "made_at"])
    return eval_set


@transaction.atomic
def give_back(analysis: Analysis) -> None:
    """Takes the set apart: its rows may be learnt from again, and its judgements go. The log of what left stays."""
    row = _locked(analysis)
    _set(row).delete()
    for path in (folders.eval_file(row), folders.held_file(row), thresholds_file(row), ask_file(row)):
        path.unlink(missing_ok=True)


@transaction.atomic
def set_threshold(analysis: Analysis, was: str, pass_at: float, reason: str) -> None:
    """Sets the score from which a version passes. ``was``: the one that was looked at, as it was shown."""
    row = _locked(analysis)
    eval_set = _set(row)
    if str(eval_set.pass_at) != was:
        raise UserError(f"The threshold is {eval_set.pass_at:g} by now.", STALE)
    eval_set.pass_at = pass_at
    eval_set.save(update_fields=["pass_at"])
    _note_threshold(row, pass_at, reason)


def _note_threshold(analysis: Analysis, pass_at: float, reason: str) -> None:
    line = json.dumps({"at": clock.now().isoformat(), "pass_at": pass_at, "reason": reason}, ensure_ascii=False)
    with thresholds_file(analysis).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@transaction.atomic
def judge_version(analysis: Analysis) -> Job:
    """Asks for a judgement of the newest version. Raises ``UserError`` where it may have seen rows of the set."""
    row = _locked(analysis)
    eval_set = _set(row)
    read_set(row, eval_set)
    reason = unfit(row, eval_set, row.version)
    if reason:
        raise UserError(reason, "Label rows, and run again.")
    return enqueue(JUDGE, row.learner, {"analysis": row.pk, "version": row.version})


@transaction.atomic
def prepare(analysis: Analysis, ask: Ask) -> None:
    """Keeps whom to ask and how, so that it can be looked at. Nothing leaves. Raises ``UserError`` for a bad address."""
    row = _locked(analysis)
    read_set(row, _set(row))
    write_ask(row, ask)


@transaction.atomic
def send(analysis: Analysis, mark: str, key: str) -> Job:
    """Asks a worker to send what was shown. ``mark``: of the preview. Raises ``UserError`` where it is not the same any more."""
    row = _locked(analysis)
    eval_set, ask = _set(row), ask_of(row)
    if ask is None or preview_of(row, eval_set, ask).mark != mark:
        raise UserError("What would leave has changed since you looked at it. Nothing was sent.", "Look at the preview again.")
    drop_keys(row)
    token = secrets.token_hex(8)
    if key:
        write_key(row, token, key)
    payload = {"analysis": row.pk, "mark": mark, "key": token if key else ""}
    return enqueue(ASK, row.learner, payload)


def stop(analysis: Analysis) -> bool:
    """Cancels judgements. A text that is on its way is the last. Whether there was one to cancel."""
    stopped = [cancel(job) for job in open_jobs(analysis)]
    drop_keys(analysis)
    return any(stopped)


def sweep_keys() -> None:
    """Deletes keys that no worker will fetch, as after a restore that cancelled all jobs."""
    waiting = Job.objects.filter(kind=ASK, state=State.QUEUED).values_list("payload", flat=True)
    tokens = frozenset(payload["key"] for payload in waiting)
    for analysis in Analysis.objects.filter(gone_on=None):
        drop_keys(analysis, but=tokens)


@transaction.atomic
def keep_judgement(eval_set: EvalSet, subject: Subject, name: str, **found: Any) -> EvalRun:
    """Keeps a verdict. Raises ``UserError`` where the set was given back meanwhile."""
    kept = EvalSet.objects.select_for_update().filter(pk=eval_set.pk).first()
    if kept is None:
        raise UserError("The rows were given back while they were being judged.", "Put rows aside again.")
    return EvalRun.objects.create(eval_set=kept, subject=subject, name=name[:120], at=clock.now(), **found)
