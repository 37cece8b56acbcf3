"""Which topics may be offered: a graph of prerequisites in three tiers, and what was shown of each.

The guard of months 1 and 2: a topic whose prerequisites were not explained yet is never offered, and never forbidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

GATED_TIER = 3  # offered once the test of the tier below it is passed
OFFERED = 5


class State(StrEnum):
    """What was shown of a topic."""

    EXPLAINED = "explained"  # in a text that passed the clarity check
    KNOWN = "known"  # by the diagnostic
    READY = "ready"  # everything it builds on was explained or is known
    EARLY = "early"  # something it builds on was not


@dataclass(frozen=True)
class Topic:
    """A node of the graph. ``week``: when the programme first asks for it, 1 to 26."""

    id: str
    tier: int
    week: int
    prerequisites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mastery:
    """Where a learner stands on all topics on a day. ``tests``: tiers whose test was passed; ``parked``: until which day."""

    topics: Mapping[str, Topic]
    today: date
    explained: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    tests: frozenset[int] = frozenset()
    parked: Mapping[str, date] = field(default_factory=dict)

    def lacking(self, topic_id: str) -> tuple[str, ...]:
        """What the topic builds on directly and was neither explained nor known."""
        return tuple(p for p in self.topics[topic_id].prerequisites if p not in self.explained and p not in self.known)

    def is_gated(self, topic_id: str) -> bool:
        """Whether the topic waits for the test of the tier below."""
        return self.topics[topic_id].tier >= GATED_TIER and GATED_TIER - 1 not in self.tests

    def state(self, topic_id: str) -> State:
        """What was shown of the topic."""
        if topic_id in self.explained:
            return State.EXPLAINED
        if topic_id in self.known:
            return State.KNOWN
        return State.EARLY if self.lacking(topic_id) or self.is_gated(topic_id) else State.READY

    def is_parked(self, topic_id: str) -> bool:
        """Whether it was put off to a day that is still to come."""
        return topic_id in self.parked and self.parked[topic_id] > self.today

    def this_week(self, week: int) -> tuple[str, ...]:
        """At most ``OFFERED`` topics to explain next, of this week of the programme and those before it.

        First what has waited longest, and of one week the lower tier. Nothing early, gated or parked is among them.
        """
        open_now = [
            topic
            for topic in self.topics.values()
            if topic.week <= week and self.state(topic.id) is State.READY and not self.is_parked(topic.id)
        ]
        return tuple(topic.id for topic in sorted(open_now, key=lambda topic: (topic.tier, topic.week))[:OFFERED])
