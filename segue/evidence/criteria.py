"""What a reviewer is asked about a piece of work, and which activities a review of it may answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segue.core.competency import Criterion, Tier
from segue.core.evidence import Artefact, Ledger
from segue.core.progress import all_progress
from segue.curriculum import current


def criteria_for(artefact: Artefact) -> tuple[Criterion, ...]:
    """The published criteria a reviewer is asked about: those of its competencies for which its kind counts.

    Where none of its own competencies asks for its kind, those of the others do.
    """
    found = [
        (competency.id, criterion)
        for competency in current().programme.competencies
        for level in competency.levels
        for criterion in level.criteria
        if artefact.kind in criterion.need.kinds
    ]
    own = tuple(criterion for competency, criterion in found if competency in artefact.competencies)
    return own or tuple(criterion for _, criterion in found)


def level_words() -> Mapping[str, str]:
    """For each published criterion, what it belongs to: ``C2 Product sense for AI, level 3``."""
    return {
        criterion.id: f"{competency.id} {competency.name}" + ("" if competency.is_track else f", level {level.number}")
        for competency in current().programme.competencies
        for level in competency.levels
        for criterion in level.criteria
    }


def open_activities(ledger: Ledger, artefact: Artefact) -> Sequence[tuple[str, str]]:
    """The activities not done that ask for a reviewed piece of this kind, as choices; its own activity needs no naming."""
    own = {ledger.programme.current_id(v.activity_id) for v in artefact.versions}
    found = [
        (p.activity.id, f"Week {p.activity.week}: {p.activity.title}")
        for p in all_progress(ledger).values()
        if not p.done and p.activity.id not in own
        if any(y.kind == artefact.kind and y.tier >= Tier.E2 for y in p.activity.yields)
    ]
    return [("", "Only the one the work was made for"), *found]
