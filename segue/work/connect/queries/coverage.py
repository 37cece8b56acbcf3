"""What was reached with each role, from what happened with its people and what the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.competency import Need
from segue.core.loop import Turn
from segue.core.readiness import Line, fits
from segue.core.relations import Reach, RoleReach, coverage
from segue.work.connect.models import About, Direction, TouchSort
from segue.work.connect.vocabulary import roles

COMPETENCY, COUNTERPARTS = "C7", "c7-3-counterparts"
WORKFLOW = (About.WORKFLOW, About.PIPELINE, About.DEPLOYMENT)


@dataclass(frozen=True)
class CoveragePage:
    """The board. ``rows``: each role with its words; ``met``: roles talked with; ``line``: what C7 lacks next, if anything."""

    rows: tuple[tuple[RoleReach, str], ...]
    met: int
    lacking: tuple[tuple[str, str], ...]
    line: Line | None


def coverage_page(learner: Learner, turn: Turn) -> CoveragePage:
    """The board of roles. Seven queries, however many people there are."""
    words = dict(roles())
    found = coverage(tuple(words), set(_happened(learner, turn)))
    lacking = tuple((row.role, words[row.role]) for row in found if Reach.MET not in row.reached)
    return CoveragePage(
        rows=tuple((row, words[row.role]) for row in found),
        met=len(found) - len(lacking),
        lacking=lacking,
        line=_next_line(turn),
    )


def _happened(learner: Learner, turn: Turn) -> Iterator[tuple[str, Reach]]:
    yield from _asked_and_met(learner)
    for role, direction, about in learner.insights.order_by().values_list("person__role", "direction", "about").distinct():
        if direction == Direction.GIVEN:
            yield role, Reach.SHARED
        elif about in WORKFLOW:
            yield role, Reach.UNDERSTOOD
    yield from ((role, Reach.FEEDBACK) for role in learner.feedback_points.order_by().values_list("role", flat=True).distinct())
    yield from ((role, Reach.CONFIRMED) for role in _confirmed(turn))


def _asked_and_met(learner: Learner) -> Iterator[tuple[str, Reach]]:
    reached = {TouchSort.TALK.value: Reach.MET, TouchSort.ASKED.value: Reach.ASKED}
    touches = learner.touches.filter(sort__in=reached).order_by().values_list("person__role", "sort").distinct()
    yield from ((role, reached[sort]) for role, sort in touches)
    asks = learner.asks.exclude(sent_on=None).order_by().values_list("person__role", flat=True).distinct()
    meetings = learner.meetings.filter(cancelled_at=None).order_by()
    yield from ((role, Reach.ASKED) for role in (*asks, *meetings.values_list("person__role", flat=True).distinct()))
    held = meetings.exclude(held_on=None).values_list("person__role", flat=True).distinct()
    yield from ((role, Reach.MET) for role in held)


def _confirmed(turn: Turn) -> Iterator[str]:
    """Roles of the counterparts whose word counts, by the rule of the criterion itself."""
    need = _need(turn)
    for artefact in turn.ledger.artefacts:
        if need is not None and fits(artefact, need):
            yield from (str(version.facts.get("role", "")) for version in artefact.checked)


def _need(turn: Turn) -> Need | None:
    competency = turn.programme.competency_by_id[COMPETENCY]
    criteria = (criterion for level in competency.levels for criterion in level.criteria)
    return next((criterion.need for criterion in criteria if criterion.id == COUNTERPARTS), None)


def _next_line(turn: Turn) -> Line | None:
    """The first demand of the competency that is not met, by level."""
    levels = turn.readiness.result(COMPETENCY).levels
    return next((line for level in levels for line in level.lines if not line.met), None)
