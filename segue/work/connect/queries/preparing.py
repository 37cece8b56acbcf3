"""What one takes along to a talk: one's own evidence, open points, promises, what this person said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F

from segue.accounts.models import Learner
from segue.core.activity import EvidenceKind, FactField
from segue.core.evidence import Artefact
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.models import Entry
from segue.evidence.queries import rows_by_number
from segue.evidence.vocabulary import unit_of
from segue.work.connect.models import Commitment, FeedbackPoint, Insight, Meeting, Purpose
from segue.work.connect.preparing import Sheet, sheet_from
from segue.work.connect.vocabulary import role_words

# What one shows or speaks of, by what the talk is for.
FITS: Mapping[str, tuple[str, ...]] = {
    Purpose.WORKFLOW: ("role-map", "lifecycle-map", "charter", "data-map"),
    Purpose.PROJECT: ("case-study", "run", "comparison", "error-analysis", "threshold-memo", "model-card", "feedback-log"),
    Purpose.INFORMATIONAL: ("case-study", "role-map", "star-story", "resume"),
}
OTHERWISE = ("case-study", "run", "role-map")
MOST, FIGURES = 5, 4


@dataclass(frozen=True)
class Piece:
    """A piece of one's own evidence with its figures in words."""

    entry: Entry
    kind: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Along:
    """What one takes along."""

    pieces: tuple[Piece, ...]
    points: tuple[FeedbackPoint, ...]
    commitments: tuple[Commitment, ...]
    insights: tuple[Insight, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet."""
        return not (self.pieces or self.points or self.commitments or self.insights)


def along(turn: Turn, meeting: Meeting) -> Along:
    """What one takes along to a meeting. Five queries."""
    person = meeting.person
    return Along(
        pieces=pieces(turn, meeting.learner, meeting.purpose),
        points=tuple(meeting.learner.feedback_points.filter(verdict="").select_related("person").order_by("-on", "-id")[:MOST]),
        commitments=tuple(person.commitments.filter(done_on=None).order_by("due_on", "id")),
        insights=tuple(person.insights.exclude(meeting=meeting)[:MOST]),
    )


def pieces(turn: Turn, learner: Learner, purpose: str) -> tuple[Piece, ...]:
    """The newest standing piece of each kind that fits what a talk is for."""
    kinds = FITS.get(purpose, OTHERWISE)
    newest: dict[str, Artefact] = {artefact.kind: artefact for artefact in turn.ledger.artefacts if artefact.kind in kinds}
    rows = rows_by_number(learner, (artefact.latest.id for artefact in newest.values()))
    known = current().programme.kinds
    return tuple(_piece(rows[newest[kind].latest.id], known[kind]) for kind in kinds if kind in newest)


def _piece(entry: Entry, kind: EvidenceKind) -> Piece:
    numbers = [(field, entry.facts[field.name]) for field in kind.fields if field.sort == "number" and field.name in entry.facts]
    return Piece(entry, kind.name, tuple(_figure(field, value) for field, value in numbers[:FIGURES]))


def _figure(field: FactField, value: float | str) -> str:
    unit = unit_of(field.label, field.unit)
    return f"{field.label}: {value}{unit if unit == '%' else f' {unit}' if unit else ''}"


def sheet_of(meeting: Meeting) -> Sheet:
    """The prep sheet; where there is none yet, begun from what is known of the person."""
    if meeting.preparation:
        return sheet_from(meeting.preparation)
    person = meeting.person
    where = person.organisation.name if person.organisation else ""
    known = [", ".join(filter(None, (person.position or role_words(person.role), where))), person.how_known]
    return Sheet(who="\n".join(line for line in known if line))


@dataclass(frozen=True)
class Prepared:
    """A prep sheet that could be recorded. ``number``: of the entry in which it stands in the ledger."""

    meeting: Meeting
    questions: int
    number: int | None


def prepared(turn: Turn, learner: Learner) -> tuple[Prepared, ...]:
    """The meetings with a prep sheet, the newest first. One query."""
    newest = {number: artefact.latest.id for artefact in turn.ledger.artefacts for number in artefact.ids}
    found = learner.meetings.exclude(preparation="").annotate(recorded_as=F("prep_entry__number")).order_by("-starts_at")[:20]
    return tuple(Prepared(row, len(sheet_from(row.preparation).questions), newest.get(row.recorded_as)) for row in found)
