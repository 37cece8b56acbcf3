"""What the learning log shows: each checkpoint of month 3, how far it is, and what was written there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.evidence.drafts import address_of, has_text, new_key
from segue.evidence.models import Entry
from segue.work.build.logbook import KIND, POINTS, LogPoint
from segue.work.workbench.queries import state_of

WRITTEN, OPEN, AHEAD = "written", "open", "ahead"
HAS_COME = ("done", "now", "slipped")


@dataclass(frozen=True)
class LogRow:
    """A checkpoint. ``on``: the day for which it is planned; ``draft_url``: where a text that was begun goes on."""

    point: LogPoint
    state: str
    on: date | None
    entries: tuple[Entry, ...]
    draft_url: str


def log_rows(learner: Learner, turn: Turn) -> tuple[LogRow, ...]:
    """The checkpoints in order."""
    written, begun = _entries_by_week(learner, turn), _begun(learner)
    return tuple(_row(turn, point, written.get(point.week, ()), begun) for point in POINTS)


def _row(turn: Turn, point: LogPoint, entries: tuple[Entry, ...], begun: frozenset[str]) -> LogRow:
    has_come = any(state_of(turn, activity) in HAS_COME for activity in point.activities)
    days = [day for activity in point.activities if (day := turn.plan.end_of(activity))]
    key = new_key(point.activity, KIND)
    return LogRow(
        point=point,
        state=WRITTEN if entries else OPEN if has_come else AHEAD,
        on=min(days, default=None),
        entries=entries,
        draft_url=address_of(key) if key in begun else "",
    )


def _begun(learner: Learner) -> frozenset[str]:
    keys = [new_key(point.activity, KIND) for point in POINTS]
    return frozenset(draft.key for draft in learner.drafts.filter(key__in=keys) if has_text(draft.fields))


def _entries_by_week(learner: Learner, turn: Turn) -> dict[int, tuple[Entry, ...]]:
    """Standing pages of the log, in their newest versions, by the week of the activity that they were written for."""
    known, weeks = turn.programme.by_id, {point.week for point in POINTS}
    found: dict[int, list[int]] = {}
    for artefact in turn.ledger.artefacts:
        activity = known.get(turn.programme.current_id(artefact.latest.activity_id))
        if artefact.kind == KIND and activity is not None and activity.week in weeks:
            found.setdefault(activity.week, []).append(artefact.latest.id)
    rows = {e.number: e for e in learner.entries.filter(number__in=[n for numbers in found.values() for n in numbers])}
    return {week: tuple(rows[number] for number in sorted(numbers)) for week, numbers in found.items()}


def open_points(rows: tuple[LogRow, ...]) -> int:
    """Checkpoints that have come and where nothing is written."""
    return sum(1 for row in rows if row.state == OPEN)
