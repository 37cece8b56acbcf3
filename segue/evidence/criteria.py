"""What a reviewer is asked about a piece of work, and which activities a review of it may answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segue.core.competency import Criterion, Tier
from segue.core.evidence import Artefact, Entry, Ledger
from segue.core.progress import all_progress
from segue.curriculum import current
from segue.evidence.vocabulary import kind_of, questions_of


def criteria_for(artefact: Artefact, number: int = 0) -> tuple[Criterion, ...]:
    """The published criteria a reviewer is asked about: those of its competencies for which its kind counts.

    Where none of its own competencies asks for its kind, those of the others do. Of a kind that is about all competencies, each
    is asked about, but for those in which it names no level. ``number``: of the version asked about, where it is not the newest.
    """
    if questions := questions_of(kind_of(artefact.kind)):
        return tuple(
            question for competency, question in questions.items() if named_level(_version(artefact, number), competency) != 0
        )
    found = [
        (competency.id, criterion)
        for competency in current().programme.competencies
        for level in competency.levels
        for criterion in level.criteria
        if artefact.kind in criterion.need.kinds
    ]
    own = tuple(criterion for competency, criterion in found if competency in artefact.competencies)
    return own or tuple(criterion for _, criterion in found)


def named_level(version: Entry, competency: str) -> int | None:
    """The level that a version names for a competency, as a figure called ``c1`` and so on; ``None`` where it names none."""
    level = version.facts.get(competency.lower())
    return int(level) if isinstance(level, (int, float)) else None


def level_words(artefact: Artefact, number: int = 0) -> Mapping[str, str]:
    """For each criterion, what it belongs to: ``C2 Product sense for AI, level 3``; for a level that is named, what it means."""
    published = {
        criterion.id: f"{competency.id} {competency.name}" + ("" if competency.is_track else f", level {level.number}")
        for competency in current().programme.competencies
        for level in competency.levels
        for criterion in level.criteria
    }
    questions, version = questions_of(kind_of(artefact.kind)), _version(artefact, number)
    return published | {question.id: _named(version, competency) for competency, question in questions.items()}


def _version(artefact: Artefact, number: int) -> Entry:
    return next((version for version in artefact.versions if version.id == number), artefact.latest)


def _named(version: Entry, competency: str) -> str:
    """A level that a version names, and what one sees at it."""
    programme, number = current().programme, named_level(version, competency)
    level = next((each for each in programme.competency_by_id[competency].levels if each.number == number), None)
    if level is None:
        return ""
    return f"Level {level.number}, {programme.level_rules[level.number].name}: {level.observable}"


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
