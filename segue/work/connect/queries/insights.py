"""Insights: what was learnt from people and passed on to them, and one of them as evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import Http404

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.evidence.texts import finds, short_title
from segue.work.connect.models import About, Direction, Insight
from segue.work.connect.queries.asking import recorded_numbers
from segue.work.connect.unnamed import SOMEBODY, without_names
from segue.work.connect.vocabulary import role_words, roles

KIND, ACTIVITY = "insight", "w15-give-and-ask"
PAGE = 30
LONG = ("person__note", "person__found_by", "meeting__notes", "meeting__preparation", "meeting__thanks", "entry__body")


@dataclass(frozen=True)
class AsEvidence:
    """What would be recorded of an insight. ``lacking``: words that are missing until it counts."""

    title: str
    body: str
    lacking: int


@dataclass(frozen=True)
class InsightRow:
    """An insight in a list, with the concepts it belongs to, as id and name, and what is missing to record it.

    ``number``: of the entry in which it stands in the ledger.
    """

    insight: Insight
    concepts: tuple[tuple[str, str], ...]
    role: str
    lacking: int
    number: int | None

    @property
    def is_given(self) -> bool:
        """Whether it was passed on."""
        return self.insight.direction == Direction.GIVEN


@dataclass(frozen=True)
class InsightsPage:
    """The insights that fit, a page of them. ``offers``: what can be filtered by, of what is there."""

    rows: tuple[InsightRow, ...]
    page: Page[Insight]
    offers: Mapping[str, list[tuple[str, str]]]
    count: int


def insight_of(learner: Learner, key: str) -> Insight:
    """An insight of this learner; 404 for anybody else's."""
    row = learner.insights.select_related("person", "meeting", "learner", "entry").filter(key=key).first()
    if row is None:
        raise Http404
    return row


def row_of(insight: Insight, recorded: Collection[int]) -> InsightRow:
    """An insight as lists show it."""
    known = current().concept_by_id
    named = tuple((one, known[one].name) for one in insight.concepts if one in known)
    lacking = as_evidence(insight).lacking if insight.direction == Direction.GIVEN else 0
    number = insight.entry.number if insight.entry and insight.entry.number in recorded else None
    return InsightRow(insight, named, role_words(insight.person.role), lacking, number)


def insights_page(turn: Turn, learner: Learner, wanted: Mapping[str, str], number: str | None) -> InsightsPage:
    """The insights that fit what is ``wanted``: q, about, role, concept, direction, project. One query."""
    related = learner.insights.select_related("person", "meeting", "entry")
    everything, recorded = list(related.defer(*LONG)), recorded_numbers(turn)
    found = [insight for insight in everything if _fits(insight, wanted)]
    page = Paginator(found, PAGE).get_page(number)
    rows = tuple(row_of(insight, recorded) for insight in page.object_list)
    return InsightsPage(rows, page, _offers(everything), len(everything))


def _fits(insight: Insight, wanted: Mapping[str, str]) -> bool:
    return all(
        (
            wanted.get("about") in (None, insight.about),
            wanted.get("role") in (None, insight.person.role),
            wanted.get("direction") in (None, insight.direction),
            "concept" not in wanted or wanted["concept"] in insight.concepts,
            "project" not in wanted or insight.for_project,
            finds(wanted.get("q", ""), insight.text, insight.person.name),
        )
    )


def _offers(insights: list[Insight]) -> dict[str, list[tuple[str, str]]]:
    known = current().concept_by_id
    mine = {name: {getattr(insight, name) for insight in insights} for name in ("about", "direction")}
    people, concepts = {i.person.role for i in insights}, {c for i in insights for c in i.concepts if c in known}
    return {
        "about": [choice for choice in About.choices if choice[0] in mine["about"]],
        "role": [choice for choice in roles() if choice[0] in people],
        "concept": sorted(((one, known[one].name) for one in concepts), key=lambda choice: choice[1].casefold()),
        "direction": [choice for choice in Direction.choices if choice[0] in mine["direction"]],
        "project": [("yes", "For my project")] if any(insight.for_project for insight in insights) else [],
    }


def as_evidence(insight: Insight) -> AsEvidence:
    """An insight that was passed on, under the headings of its kind, by the role of the person alone."""
    for_whom = role_words(insight.person.role) or "Somebody who builds AI"
    text = without_names(insight.text, [(insight.person.name, SOMEBODY)])
    body = f"## The insight\n{text}\n\n## For whom\n{for_whom}. It is about: {insight.get_about_display()}.\n"
    least = current().programme.kinds[KIND].min_words or 0
    return AsEvidence(short_title(text) or "An insight", body, max(0, least - count_words(body)))
