"""The decision is kept as it is typed, and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.transition.actions.closing_row import check_class, locked_closing
from segue.work.transition.decision import ACTIVITY, KIND, checksum_of, lacking, option_of, options_in, text_of, typed_in
from segue.work.transition.queries.decision import decision_of, decision_page


@dataclass(frozen=True)
class Typed:
    """What became of a form that was typed. ``other`` is set where another window had saved something else: it stays."""

    revision: int
    other: Mapping[str, str] | None = None


@transaction.atomic
def keep_decision(learner: Learner, typed: Mapping[str, str], revision: int, window: str) -> Typed:
    """Keeps what stands in the form. ``other`` is set where another window had saved something else: it stays."""
    row = locked_closing(learner)
    fields = typed_in(typed)
    is_own = row.revision == revision or row.window == window
    if row.decision and not is_own and row.decision != fields:
        return Typed(row.revision, row.decision)
    row.decision, row.window = fields, window
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=["decision", "window", "revision", "saved_at"])
    return Typed(row.revision)


@transaction.atomic
def record_decision(learner: Learner, confidentiality: str) -> Entry:
    """Records the decision: new evidence at first, then new versions of it. Raises ``UserError`` where something lacks."""
    check_class(confidentiality)
    row = locked_closing(learner)
    typed = decision_of(row)
    if faults := lacking(typed):
        raise UserError(faults[0][1], "Write on, then record it.")
    page, chosen = decision_page(row), option_of(typed)
    if page.entry is not None and not page.is_changed and page.entry.confidentiality == confidentiality:
        raise UserError(f"The decision is in the ledger as it stands, as entry {page.entry.number}.", "Change it first.")
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    facts: dict[str, float | str] = {"options": len(options_in(typed)), "choice": chosen.outcome if chosen else ""}
    text = text_of(typed)
    title = f"Decision: {chosen.label if chosen else ''}"
    work = Work(KIND, title, clock.today(), ACTIVITY, proves, text, facts=facts, confidentiality=confidentiality)
    row.decided = record_work(learner, work, revises=page.entry)
    row.recorded = row.recorded | {"decided": checksum_of(text)}
    row.save(update_fields=["decided", "recorded"])
    return row.decided
