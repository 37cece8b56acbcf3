"""Names for what the ledger holds. What the programme no longer knows gets a plain name, so that old evidence can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from segue.core.activity import CERTIFICATE, EvidenceKind, Programme, Yield
from segue.core.competency import Criterion, Need, Tier
from segue.core.evidence import Ledger, Sort
from segue.core.progress import effective
from segue.curriculum import current

LOG = "log"
GAP = re.compile(r"gap:(?P<line>(?P<competency>[a-z]\d?)-(?P<level>\d)-[\w-]+)")
COURSE = re.compile(r"course:[\w-]+:(?P<unit>[\w-]+)")

SORT_WORDS = {
    Sort.ARTEFACT: "Work",
    Sort.TIME: "Time",
    Sort.SELF_RATING: "Self-rating",
    Sort.REVIEW: "Review",
    Sort.CONFIRMATION: "Confirmation",
    Sort.WITHDRAWAL: "Withdrawal",
}


def kind_of(kind_id: str) -> EvidenceKind:
    """A kind of evidence; a plain stand-in for one that was retired."""
    name = kind_id.replace("-", " ").replace("_", " ").capitalize() or "Evidence"
    return current().programme.kinds.get(kind_id) or EvidenceKind(kind_id, name, name.lower(), 0)


def kinds() -> tuple[EvidenceKind, ...]:
    """Every kind of the programme."""
    return tuple(current().programme.kinds.values())


def is_known_kind(kind_id: str) -> bool:
    """Whether the programme has such a kind today."""
    return kind_id in current().programme.kinds


def criterion_of(criterion_id: str) -> Criterion | None:
    """A criterion by its id."""
    return _criteria().get(criterion_id)


def _criteria() -> Mapping[str, Criterion]:
    competencies = current().programme.competencies
    published = {c.id: c for competency in competencies for level in competency.levels for c in level.criteria}
    return published | {question.id: question for kind in kinds() for question in questions_of(kind).values()}


def questions_of(kind: EvidenceKind) -> Mapping[str, Criterion]:
    """What a reviewer of this kind is asked about each competency, by competency; nothing for most kinds."""
    if not kind.asked_of_each:
        return {}
    need = Need((kind.id,), 1, Tier.E2)
    asked = [competency for competency in current().programme.competencies if not competency.is_track]
    return {c.id: Criterion(question_id(kind.id, c.id), f"{c.id} {c.name}: {kind.asked_of_each}", need) for c in asked}


def question_id(kind_id: str, competency: str) -> str:
    """The id under which a reviewer's answer about a competency is kept."""
    return f"{kind_id}-{competency.lower()}"


def is_known_activity(activity_id: str, programme: Programme) -> bool:
    """Whether the id names something there is to do: an activity, a unit of a course, or a gap to close."""
    return activity_title(activity_id, programme) != activity_id


def activity_title(activity_id: str, programme: Programme) -> str:
    """What an activity, a course unit or a gap task is called; the id itself where nothing is known of it.

    ``programme`` is the learner's, since courses of one's own have units too.
    """
    activity = programme.by_id.get(programme.current_id(activity_id))
    if activity is not None:
        return activity.title
    if gap := GAP.fullmatch(activity_id):
        return _gap_title(gap)
    return _course_titles(programme).get(activity_id, activity_id) if COURSE.fullmatch(activity_id) else activity_id


def _course_titles(programme: Programme) -> Mapping[str, str]:
    units = {course.activity_id(unit): f"{course.title}: {unit.title}" for course in programme.courses for unit in course.units}
    return units | {course.certificate_id: f"{course.title}: certificate" for course in programme.courses}


def _gap_title(gap: re.Match[str]) -> str:
    competency = gap["competency"].upper()
    criterion = criterion_of(gap["line"])
    if criterion is not None:
        return f"Close a gap in {competency}: {criterion.text}"
    known = competency in current().programme.competency_by_id
    return f"Close a gap in {competency}, level {gap['level']}" if known else gap[0]


def asked_by(activity_id: str, programme: Programme, ledger: Ledger | None = None) -> tuple[Yield, ...]:
    """What an activity asks for; with a ledger, as this learner has it (known ground is confirmed by one explanation)."""
    activity = programme.by_id.get(programme.current_id(activity_id))
    if activity is not None:
        return (effective(activity, ledger) if ledger else activity).yields
    if unit := COURSE.fullmatch(activity_id):
        kind = CERTIFICATE if unit["unit"] == CERTIFICATE else LOG
        return (Yield(kind, 1, Tier.E1, ()),) if is_known_activity(activity_id, programme) else ()
    gap = GAP.fullmatch(activity_id)
    criterion = criterion_of(gap["line"]) if gap else None
    if gap is None or criterion is None:
        return ()
    need = criterion.need
    return tuple(Yield(kind, need.count, need.tier, (gap["competency"].upper(),), need.practitioner) for kind in need.kinds)


def unit_of(label: str, unit: str) -> str:
    """A unit to stand behind a number, unless the label says it already."""
    return "" if unit.lower() in label.lower().split() else unit
