"""What the decision log shows: what is due to be looked at again, and the line of decisions and changes of scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.evidence.models import Entry
from segue.evidence.queries import rows_by_number
from segue.evidence.standing import standing
from segue.work.build.decisions import CHECKPOINT, KIND
from segue.work.build.models import LoggedDecision, ScopeChange
from segue.work.build.sheet import KIND as CHARTER


@dataclass(frozen=True)
class DecisionRow:
    """A decision in the log. ``entry``: where it stands in the ledger."""

    decision: LoggedDecision
    entry: Entry | None
    is_due: bool

    @property
    def can_change(self) -> bool:
        """Whether nobody has looked at it yet."""
        return self.decision.looked_on is None


@dataclass(frozen=True)
class LogLine:
    """A line of the log: a decision, or in words what else happened to the project on that day."""

    on: date
    row: DecisionRow | None = None
    words: str = ""
    url_number: int = 0


@dataclass(frozen=True)
class DecisionsPage:
    """The log. ``for_checkpoint``: the checkpoint of week 10 still wants a decision."""

    due: tuple[DecisionRow, ...]
    lines: tuple[LogLine, ...]
    count: int
    for_checkpoint: bool


def due_decisions(learner: Learner, today: date) -> tuple[LoggedDecision, ...]:
    """Those that are to be looked at again by now, the longest due first."""
    return tuple(learner.logged_decisions.filter(looked_on=None, revisit_on__lte=today).order_by("revisit_on", "id"))


def decision_of(learner: Learner, pk: int) -> LoggedDecision:
    """A decision of this learner; 404 for anybody else's."""
    row = learner.logged_decisions.select_related("entry").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def decisions_page(learner: Learner, turn: Turn) -> DecisionsPage:
    """The log, newest first, due ones on top."""
    rows = [_row(row, turn.today) for row in learner.logged_decisions.select_related("entry")]
    decided = [LogLine(row.decision.made_on, row) for row in rows]
    scope = [LogLine(change.on, words=_scope_words(change)) for change in learner.scope_changes.order_by("-id")]
    lines = sorted([*decided, *scope, *_charters(learner, turn)], key=lambda line: line.on, reverse=True)
    due = sorted((row for row in rows if row.is_due), key=lambda row: (row.decision.revisit_on, row.decision.pk))
    return DecisionsPage(tuple(due), tuple(lines), len(rows), wants_decision(turn))


def wants_decision(turn: Turn) -> bool:
    """Whether the checkpoint of week 10 has no decision yet."""
    return any(wanted.kind == KIND for wanted in turn.progress[CHECKPOINT].ahead)


def _row(row: LoggedDecision, today: date) -> DecisionRow:
    return DecisionRow(row, standing(row.entry), row.looked_on is None and row.revisit_on <= today)


def _scope_words(change: ScopeChange) -> str:
    came = f"In: {', '.join(change.came_in)}. " if change.came_in else ""
    went = f"Out: {', '.join(change.went_out)}. " if change.went_out else ""
    return f"Scope of the charter. {came}{went}It was {change.score} after that."


def _charters(learner: Learner, turn: Turn) -> list[LogLine]:
    numbers = [v.id for a in turn.ledger.artefacts if a.kind == CHARTER for v in a.versions]
    rows: Sequence[Entry] = [*rows_by_number(learner, numbers).values()]
    return [LogLine(e.on, words=f"Charter recorded: {e.title or 'without a title'}.", url_number=e.number) for e in rows]
