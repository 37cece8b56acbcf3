"""Somebody to talk with, and a talk planned, held, followed up."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from segue.accounts.models import Learner
from segue.work.connect.actions.insights import add_insight
from segue.work.connect.actions.meeting import hold_meeting, plan_meeting
from segue.work.connect.actions.people import add_person
from segue.work.connect.models import About, Direction, Meeting, Person, Purpose
from tests.conftest import MONDAY

AT = datetime.combine(MONDAY + timedelta(days=1), time(14), UTC)
LEARNT = "Two thirds of the week go into finding out what a column means, since nobody writes it down when a team renames it."


def somebody(learner: Learner, name: str = "Ines Duarte", **fields: Any) -> Person:
    return add_person(
        learner, name=name, **{"organisation": "Northwind", "role": "data-scientist", "relation": "practitioner", **fields}
    )


def planned(learner: Learner, person: Person | None = None, **told: Any) -> Meeting:
    fields = {"title": "Ines and Priya: how you work", "purpose": Purpose.WORKFLOW, "starts_at": AT, "minutes": 30, "zone": "UTC"}
    return plan_meeting(learner, person or somebody(learner), {**fields, **told})


def held(learner: Learner, person: Person | None = None, *, insights: int = 2, **told: Any) -> Meeting:
    """Held today, at nine in the morning, with insights that are long enough to count."""
    at = datetime.combine(MONDAY, time(9), UTC)
    meeting = hold_meeting(planned(learner, person, **{"starts_at": at, **told}), MONDAY)
    for number in range(insights):
        insight(meeting, f"{LEARNT} ({number})")
    return meeting


def insight(meeting: Meeting, text: str = LEARNT, **told: Any) -> None:
    fields = {"text": text, "direction": Direction.RECEIVED, "about": About.PAIN, "for_project": False, "concepts": []}
    add_insight(meeting.person, {**fields, "on": MONDAY, "meeting": meeting, **told})
