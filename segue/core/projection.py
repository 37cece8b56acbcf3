"""What the ledger would hold if activities were done as the blueprint means them to be done.

Used to check that the blueprint leads to its gates, and to say which level one could have by today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from segue.core.activity import Activity, Programme, Yield
from segue.core.competency import Tier
from segue.core.evidence import Entry, Reviewer, Sort

# Projected entries must not be mistaken for real ones, whose ids are positive.
FIRST_ID = -1


def project(programme: Programme, starts_on: date) -> tuple[Entry, ...]:
    """The ledger of a learner who did every required activity in its blueprint week."""
    required = [a for a in programme.activities if not a.optional and not a.buffer]
    return project_activities(required, {a.id: starts_on + timedelta(weeks=a.week - 1) for a in required})


def project_activities(activities: Iterable[Activity], done_on: Mapping[str, date]) -> tuple[Entry, ...]:
    """The entries that these activities leave behind when each is done on its day, reviews included."""
    entries: list[Entry] = []
    for activity in activities:
        for wanted in activity.yields:
            for _ in range(wanted.count):
                _append(entries, activity, wanted, done_on[activity.id])
    return tuple(entries)


def _append(entries: list[Entry], activity: Activity, wanted: Yield, on: date) -> None:
    artefact_id = _unreviewed_like(entries, wanted) if wanted.tier >= Tier.E2 else None
    if artefact_id is None:
        artefact_id = FIRST_ID - len(entries)
        entries.append(_artefact(artefact_id, activity, wanted, on))
    if wanted.tier >= Tier.E2:
        reviewer = Reviewer(f"reviewer in week {activity.week}", "colleague", "", wanted.practitioner)
        entries.append(
            Entry(
                FIRST_ID - len(entries),
                Sort.REVIEW,
                on,
                activity_id=activity.id,
                subject=artefact_id,
                reviewer=reviewer,
                marks={"as asked": True},
            )
        )
    if wanted.tier >= Tier.E3:
        entries.append(Entry(FIRST_ID - len(entries), Sort.CONFIRMATION, on, activity_id=activity.id, subject=artefact_id))


def _artefact(artefact_id: int, activity: Activity, wanted: Yield, on: date) -> Entry:
    return Entry(
        id=artefact_id,
        sort=Sort.ARTEFACT,
        on=on,
        kind=wanted.kind,
        activity_id=activity.id,
        competencies=wanted.competencies,
        files=1,
        facts=wanted.expected,
    )


def _unreviewed_like(entries: Iterable[Entry], wanted: Yield) -> int | None:
    """What one would have reviewed: made before, of the kind, for these competencies, with such facts, without a review."""
    entries = tuple(entries)
    reviewed = {e.subject for e in entries if e.sort is Sort.REVIEW}
    for entry in entries:
        fits = entry.kind == wanted.kind and set(wanted.competencies) <= set(entry.competencies)
        if fits and entry.id not in reviewed and wanted.expected.items() <= entry.facts.items():
            return entry.id
    return None
