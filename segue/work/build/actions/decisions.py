"""Decisions are logged, changed until somebody looked at what came of them, and recorded once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.standing import standing
from segue.shared import clock
from segue.work.build.decisions import CHECKPOINT, KIND, text_of
from segue.work.build.models import LoggedDecision, Verdict


@transaction.atomic
def log_decision(learner: Learner, told: Mapping[str, Any]) -> LoggedDecision:
    """Logs a decision. The same sent twice, word for word, is there once."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    alike = learner.logged_decisions.filter(looked_on=None, made_on=told["made_on"], title=told["title"])
    twin = next((row for row in alike if all(getattr(row, name) == value for name, value in told.items())), None)
    return twin or LoggedDecision.objects.create(learner=learner, **told)


@transaction.atomic
def change_decision(row: LoggedDecision, told: Mapping[str, Any]) -> LoggedDecision:
    """Says a decision anew. Raises ``UserError`` where somebody has looked at what came of it."""
    row = _open(row)
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=[*told])
    return row


def _locked(row: LoggedDecision) -> LoggedDecision:
    return LoggedDecision.objects.select_for_update(of=("self",)).select_related("learner", "entry").get(pk=row.pk)


def _open(row: LoggedDecision) -> LoggedDecision:
    row = _locked(row)
    if row.looked_on is not None:
        raise UserError("This decision was looked at already, so it stays as it was.", "Log a new decision instead.")
    return row


@transaction.atomic
def note_outcome(row: LoggedDecision, verdict: str, outcome: str, weeks: int) -> LoggedDecision:
    """Notes what came of it. Where it is too early to say, it comes back after so many weeks."""
    row = _open(row)
    row.verdict, row.outcome = verdict, outcome
    if verdict == Verdict.EARLY:
        row.revisit_on = clock.today() + timedelta(weeks=weeks)
    else:
        row.looked_on = clock.today()
    row.save(update_fields=["verdict", "outcome", "revisit_on", "looked_on"])
    return row


@transaction.atomic
def record_decision(row: LoggedDecision, *, for_checkpoint: bool) -> Entry:
    """Records a decision as evidence, once. Raises ``UserError`` where it is in the ledger."""
    row = _locked(row)
    before = standing(row.entry)
    if before is not None:
        raise UserError(f"This decision is in the ledger as entry {before.number}.", "Write a new version of it there.")
    proves = current().programme.by_id[CHECKPOINT].proves(KIND)
    made_for = (CHECKPOINT, proves) if for_checkpoint else ("", ())
    facts: dict[str, float | str] = {"options": len(row.options), **({"choice": row.way} if row.way else {})}
    row.entry = record_work(row.learner, Work(KIND, row.title, clock.today(), *made_for, text_of(row), facts=facts))
    row.save(update_fields=["entry"])
    return row.entry
