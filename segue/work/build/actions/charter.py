"""The charter is kept, cut, recorded; texts of the ledger are begun from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.scope import cuts
from segue.curriculum import current
from segue.evidence.actions import Work, begin_draft, record_work
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.shared import clock
from segue.work.build.models import Charter, ScopeChange
from segue.work.build.queries.charter import CHECKPOINT, kept_words
from segue.work.build.sheet import ACTIVITY, KIND, Sheet, as_row, came_in, sheet_from, went_out

MEMO, MEMO_ACTIVITY = "no-ai-memo", "w09-fit-and-no"
DECISION = "decision"


@dataclass(frozen=True)
class Typed:
    """What became of a form that was typed. ``other`` is set where another window had saved a different one: it stays."""

    revision: int
    other: Mapping[str, Any] | None = None


@transaction.atomic
def keep_typed(learner: Learner, typed: Mapping[str, Any], revision: int) -> Typed:
    """Keeps what stands in the form, unfinished as it is."""
    row = _row(learner)
    if row.revision != revision and row.typed and row.typed != typed:
        return Typed(row.revision, row.typed)
    row.typed, row.revision, row.saved_at = dict(typed), row.revision + 1, clock.now()
    row.save(update_fields=["typed", "revision", "saved_at"])
    return Typed(row.revision)


class OtherWindow(UserError):
    """Another window changed something since this one began."""

    def __init__(self, what: str = "charter") -> None:
        super().__init__(f"Another window has changed the {what} meanwhile.", "Look at it first; pressed again, yours is kept.")


@transaction.atomic
def keep_charter(
    learner: Learner, sheet: Sheet, *, revision: int | None = None, typed: Mapping[str, Any] | None = None
) -> Charter:
    """Keeps the charter, and notes what came in and went out.

    ``revision``: the one that the form began from, ``typed``: what stands in it; raises ``OtherWindow`` where another window has
    kept or typed something else since.
    """
    row = _row(learner)
    if revision is not None and row.revision != revision and row.typed != typed:
        raise OtherWindow
    row.typed = {}
    return _keep(row, sheet)


def _keep(row: Charter, sheet: Sheet) -> Charter:
    before = sheet_from(row.sheet)
    if before is not None:
        _note(row.learner, before, sheet)
    row.sheet, row.revision, row.saved_at = as_row(sheet), row.revision + 1, clock.now()
    row.save()
    return row


def _row(learner: Learner) -> Charter:
    Learner.objects.select_for_update().get(pk=learner.pk)
    return Charter.objects.get_or_create(learner=learner, defaults={"saved_at": clock.now()})[0]


def _note(learner: Learner, before: Sheet, after: Sheet) -> None:
    came, went = came_in(before, after), went_out(before, after)
    if came or went:
        ScopeChange.objects.create(learner=learner, on=clock.today(), came_in=[*came], went_out=[*went], score=after.score)


@transaction.atomic
def make_cut(learner: Learner, cut_id: str) -> Sheet:
    """Makes the project smaller in one way; what is typed and not kept stays. Raises ``UserError`` where nothing is to be cut."""
    row = _row(learner)
    sheet = sheet_from(row.sheet)
    cut = next((each for each in cuts(sheet.scope) if each.id == cut_id), None) if sheet else None
    if sheet is None or cut is None:
        raise UserError("There is nothing of that sort left to cut.", "Look at the list again: it follows the charter.")
    after = sheet.with_scope(cut.after)
    _keep(row, after)
    return after


@transaction.atomic
def record_charter(learner: Learner, sheet: Sheet) -> Entry:
    """Records the charter as it stands: new evidence at first, then new versions of it."""
    row = _row(learner)
    before = standing(row.entry)
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    work = Work(KIND, sheet.title, clock.today(), ACTIVITY, proves, sheet.text(), facts=sheet.figures())
    stands = as_row(sheet)
    if before is not None and is_newest(row.entry_id, before) and row.recorded == stands:
        raise UserError(f"The charter is in the ledger as it stands, as entry {before.number}.", "Change it first.")
    row.entry, row.recorded = record_work(learner, work, revises=before), stands
    row.save(update_fields=["entry", "recorded"])
    return row.entry


def begin_memo(learner: Learner, sheet: Sheet) -> str:
    """Begins the memo that says no: the key of its draft. What was begun before stays."""
    body = (
        f"## Decision\nWe will not use AI for this. Decided on {clock.today().isoformat()}. Who should know: {sheet.user}\n\n"
        f"## The wish\n{sheet.problem} It would have changed: {sheet.decision}\n\n## Why not\n\n"
        f"## What we do instead\n{sheet.baseline}\n\nWhen we would look again: \n"
    )
    return begin_draft(learner, MEMO_ACTIVITY, MEMO, {"title": [f"No AI for: {sheet.title}"], "body": [body]})


def begin_decision(learner: Learner, sheet: Sheet) -> str:
    """Begins the decision of the checkpoint: the key of its draft. What was begun before stays."""
    fields = {"title": [f"Week 10: {sheet.title}"], "body": [kept_words(sheet, clock.today())]}
    return begin_draft(learner, CHECKPOINT, DECISION, fields)
