"""What was reached with each role, from what happened with its people and what the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.competency import Need
from segue.core.loop import Turn
from segue.core.readiness import Line, fits, holds
from segue.core.relations import Reach, RoleReach, coverage
from segue.work.connect.models import About, Direction, TouchSort
from segue.work.connect.vocabulary import roles

COMPETENCY, COUNTERPARTS = "C7", "c7-3-counterparts"
# Where a line of C7 moves: the page, and what its link says. The others are told line by line in readiness.
STEPS: Mapping[str, tuple[str, str]] = {
    "c7-1-role-map": ("connect:list-organisations", "Draw a role map"),
    "c7-2-conversations": ("connect:add-ask", "Ask for a talk"),
    "c7-2-follow-up": ("connect:list-meetings", "Talks to follow up"),
    "c7-3-shown": ("connect:add-ask", "Ask somebody to look at it"),
    "c7-3-answered": ("connect:list-points", "Answer the feedback"),
    COUNTERPARTS: ("connect:list-points", "Write down their word"),
}
WORKFLOW = (About.WORKFLOW, About.PIPELINE, About.DEPLOYMENT)


@dataclass(frozen=True)
class CoveragePage:
    """The board. ``rows``: each role with its words; ``met``: roles talked with; ``line``: what C7 lacks next, if anything.

    ``step``: the page on which that line moves, and what its link says.
    """

    rows: tuple[tuple[RoleReach, str], ...]
    met: int
    lacking: tuple[tuple[str, str], ...]
    line: Line | None
    step: tuple[str, str] | None


def coverage_page(learner: Learner, turn: Turn) -> CoveragePage:
    """The board of roles. Seven queries, however many people there are."""
    words = dict(roles())
    found = coverage(tuple(words), set(_happened(learner, turn)))
    lacking = tuple((row.role, words[row.role]) for row in found if Reach.MET not in row.reached)
    line = _next_line(turn)
    return CoveragePage(
        rows=tuple((row, words[row.role]) for row in found),
        met=len(found) - len(lacking),
        lacking=lacking,
        line=line,
        step=STEPS.get(line.id) if line else None,
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
    touches = learner.touches.filter(sort=TouchSort.ASKED).order_by().values_list("person__role", flat=True).distinct()
    asks = learner.asks.exclude(sent_on=None).order_by().values_list("person__role", flat=True).distinct()
    meetings = learner.meetings.filter(cancelled_at=None).order_by().values_list("person__role", flat=True).distinct()
    yield from ((role, Reach.ASKED) for role in (*touches, *asks, *meetings))
    yield from ((role, Reach.MET) for role in roles_met(learner))


def roles_met(learner: Learner) -> frozenset[str]:
    """The roles of which one has talked with somebody. Two queries."""
    talked = learner.touches.filter(sort=TouchSort.TALK).order_by().values_list("person__role", flat=True).distinct()
    held = learner.meetings.filter(cancelled_at=None, held_on__isnull=False).order_by()
    return frozenset((*talked, *held.values_list("person__role", flat=True).distinct()))


def _confirmed(turn: Turn) -> Iterator[str]:
    """Roles of the counterparts whose word counts, by the rule of the criterion itself."""
    need = _need(turn)
    for artefact in turn.ledger.artefacts:
        if need is not None and fits(artefact, need):
            holding = (v for v in artefact.checked if all(holds(each, v.facts) for each in need.where))
            yield from (str(version.facts.get("role", "")) for version in holding)


def _need(turn: Turn) -> Need | None:
    competency = turn.programme.competency_by_id[COMPETENCY]
    criteria = (criterion for level in competency.levels for criterion in level.criteria)
    return next((criterion.need for criterion in criteria if criterion.id == COUNTERPARTS), None)


def _next_line(turn: Turn) -> Line | None:
    """The first demand of the competency that is not met, by level."""
    levels = turn.readiness.result(COMPETENCY).levels
    return next((line for level in levels for line in level.lines if not line.met), None)
