"""What was shown of each concept, and what to take up next."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet

from segue.accounts.models import Learner
from segue.core.activity import Activity
from segue.core.evidence import Sort
from segue.core.loop import Turn
from segue.core.mastery import Mastery, Topic
from segue.curriculum import current
from segue.evidence.models import Entry
from segue.work.learn.models import Explanation

EXPLANATION = "explanation"  # the kind of evidence
LAST_WEEK = 26
PASS_AT = 80  # percent of a tier test


@cache
def topics() -> dict[str, Topic]:
    """The concepts with the week in which the programme first asks for them."""
    weeks: dict[str, int] = {}
    for activity in current().programme.activities:
        for concept in activity.concepts:
            weeks[concept] = min(activity.week, weeks.get(concept, LAST_WEEK))
    return {c.id: Topic(c.id, c.tier, weeks.get(c.id, c.week), c.prerequisites) for c in current().concepts}


def mastery_of(learner: Learner, turn: Turn) -> Mastery:
    """Where the learner stands on all concepts."""
    known = turn.ledger.known_concepts & set(topics())
    passed = learner.sittings.filter(score__gte=PASS_AT).values_list("tier", flat=True)
    parked = {topic.concept_id: topic.until for topic in learner.parked_topics.all()}
    return Mastery(topics(), turn.today, explained_by(learner, turn.today), frozenset(known), frozenset(passed), parked)


def explained_by(learner: Learner, on: date) -> frozenset[str]:
    """Concepts whose newest kept text passed the clarity check and has not faded."""
    newest = {row.concept_id: row for row in kept_explanations(learner).select_related("entry")}
    lasts = current().programme.kinds[EXPLANATION].expires_after
    return frozenset(
        concept
        for concept, row in newest.items()
        if row.passed and row.entry is not None and concept in topics() and (lasts is None or (on - row.entry.on).days <= lasts)
    )


def kept_explanations(learner: Learner) -> QuerySet[Explanation]:
    """Texts that are in the ledger and were not withdrawn, the oldest first."""
    return Explanation.objects.filter(learner=learner, entry__isnull=False).exclude(entry__in=withdrawn_by(learner))


def withdrawn_by(learner: Learner) -> QuerySet[Entry, Any]:
    """Entries that were taken back, as a part of a query."""
    return learner.entries.filter(sort=Sort.WITHDRAWAL).values("subject")


def wanting(turn: Turn, kind: str) -> list[Activity]:
    """The activities of the plan that still want evidence of a kind, in the order of the programme."""
    return [
        activity
        for activity in turn.programme.activities
        if activity.id not in turn.inputs.choices.skipped
        and any(wanted.kind == kind for wanted in turn.progress[activity.id].ahead)
    ]


def current_week(turn: Turn) -> int:
    """The week of the programme that the plan is at: that of the earliest activity which is not done and was not left out."""
    ahead = [
        activity.week
        for activity in turn.programme.activities
        if not (activity.optional or activity.buffer or turn.progress[activity.id].done)
        and activity.id not in turn.inputs.choices.skipped
        and activity.concepts
    ]
    return min(ahead, default=LAST_WEEK)
