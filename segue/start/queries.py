"""What the pages of the first hour show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.diagnosis import known_concepts
from segue.core.loop import Turn
from segue.curriculum import current
from segue.curriculum.concept import DiagnosticItem, Module
from segue.evidence.models import Draft
from segue.shared.components import Step

ANSWERS = "start:diagnostic"
STRENGTHS = "start:strengths"
STEPS = (
    ("begin", "Time", "start:begin"),
    ("target", "Target", "start:choose-target"),
    ("strengths", "Strengths", "start:rate-strengths"),
    ("diagnostic", "What you know", "start:begin-diagnostic"),
    ("plan", "Your plan", "start:agree-plan"),
)


@dataclass(frozen=True)
class Part:
    """A part of the diagnostic: the items of one module. ``number`` counts from 1."""

    number: int
    count: int
    module: Module
    items: tuple[DiagnosticItem, ...]


@dataclass(frozen=True)
class Outcome:
    """What the diagnostic gave. ``score`` is the percentage answered rightly, of all items."""

    right: int
    count: int
    score: int
    known: frozenset[str]
    rows: tuple[tuple[DiagnosticItem, str, bool], ...]


@dataclass(frozen=True)
class FirstPlan:
    """The plan at the end of the first hour, in a few figures."""

    starts_on: date
    ends_on: date | None
    minutes: int
    sessions: int
    shortened: tuple[str, ...]
    first: tuple[tuple[str, date, int], ...]
    problem: str


def steps(now: str, learner: Learner, *, has_hours: bool) -> list[Step]:
    """The stepper: what lies before the step shown is done; steps that can be opened have an address."""
    names = [key for key, _, _ in STEPS]
    at = names.index(now)
    return [
        Step(label, "done" if n < at else "now" if n == at else "later", reverse(url) if has_hours else "")
        for n, (_, label, url) in enumerate(STEPS)
    ]


def parts() -> tuple[Part, ...]:
    """The diagnostic in parts, one for each module that has items."""
    curriculum = current()
    module_of = {c.id: c.module for c in curriculum.concepts}
    by_module = {m.id: tuple(i for i in curriculum.diagnostic if module_of[i.concept] == m.id) for m in curriculum.modules}
    filled = [m for m in curriculum.modules if by_module[m.id]]
    return tuple(Part(n, len(filled), m, by_module[m.id]) for n, m in enumerate(filled, start=1))


def answers_of(learner: Learner) -> Mapping[str, str]:
    """The answers given so far, by item id."""
    return _fields_of(learner, ANSWERS)


def strengths_note_of(learner: Learner) -> str:
    """What the learner wrote beside the self-ratings."""
    return _fields_of(learner, STRENGTHS).get("note", "")


def _fields_of(learner: Learner, key: str) -> dict[str, str]:
    draft = Draft.objects.filter(learner=learner, key=key).first()
    return dict(draft.fields) if draft else {}


def outcome(answers: Mapping[str, str]) -> Outcome:
    """What answers give; an item left open counts as not known yet."""
    curriculum = current()
    rows = tuple((item, answers.get(item.id, ""), answers.get(item.id) == str(item.answer)) for item in curriculum.diagnostic)
    right = sum(1 for _, _, is_right in rows if is_right)
    prerequisites = {c.id: c.prerequisites for c in curriculum.concepts}
    given = {item.concept: is_right for item, answer, is_right in rows if answer}
    return Outcome(right, len(rows), round(100 * right / len(rows)), known_concepts(given, prerequisites), rows)


def first_plan(turn: Turn) -> FirstPlan:
    """The plan as it stands before it is agreed."""
    plan = turn.plan
    return FirstPlan(
        starts_on=turn.inputs.availability.starts_on,
        ends_on=plan.ends_on,
        minutes=sum(s.minutes for s in plan.sessions),
        sessions=len(plan.sessions),
        shortened=tuple(p.activity.title for p in turn.progress.values() if p.known),
        first=tuple((turn.activities[s.task_id].title, s.on, s.minutes) for s in plan.sessions[:5]),
        problem=plan.unplaced[0].reason if plan.unplaced else "",
    )
