"""What the pages of the law show: the rules by place, what applies when, and the voluntary frameworks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.shared import clock
from segue.work.deepen.frameworks import Facet, frameworks
from segue.work.deepen.law import CERTAINTIES, Fact, distance, law
from segue.work.deepen.queries.sheets import SheetCard, sheet_cards

VOLUNTARY = "Frameworks"  # the topic of what nobody has to follow
# The rule whose day older material gets wrong most often, and which decides most about a product.
MOST_MISTAKEN = "ai-act-annex-iii"


@dataclass(frozen=True)
class Rule:
    """A rule as it is shown. ``distance``: how far ahead its day is, nothing where it has come; ``certainty``: in words."""

    fact: Fact
    is_ahead: bool
    distance: str
    certainty: str
    is_stale: bool


@dataclass(frozen=True)
class Topic:
    """The rules on one topic. ``id``: of its heading, which is ``name`` with the place where a place has several topics."""

    id: str
    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class LawPage:
    """The rules by place and topic. ``stale``: to be checked again; ``corrected``: where older material is wrong."""

    as_of: date
    topics: tuple[Topic, ...]
    stale: tuple[Rule, ...]
    corrected: tuple[Rule, ...]


@dataclass(frozen=True)
class Day:
    """A day on which rules begin to apply."""

    on: date
    distance: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class TimelinePage:
    """What applies when. ``ahead``: the nearest day first; ``past``: the newest first; ``mistaken``: whose day is told wrong."""

    as_of: date
    today: date
    ahead: tuple[Day, ...]
    past: tuple[Day, ...]
    mistaken: Rule
    stale: tuple[Rule, ...]


@dataclass(frozen=True)
class View:
    """A framework. ``parts``: each with the sheets of the learner that speak to it; ``notes``: what is uncertain about it."""

    rule: Rule
    parts: tuple[tuple[Facet, tuple[SheetCard, ...]], ...]
    notes: tuple[Rule, ...]


def law_page() -> LawPage:
    """All rules that bind. No query."""
    rules = [each for each in _rules(clock.today()) if each.fact.topic != VOLUNTARY]
    return LawPage(law().as_of, _topics(rules), *_marked(rules))


def timeline_page() -> TimelinePage:
    """The days of the law. No query."""
    today = clock.today()
    rules = _rules(today)
    dated = sorted((each for each in rules if each.fact.applies_from), key=_begins)
    days = [Day(on, distance((on - today).days), tuple(found)) for on, found in groupby(dated, key=_begins)]
    ahead, past = [day for day in days if day.on > today], [day for day in reversed(days) if day.on <= today]
    mistaken = next(each for each in rules if each.fact.id == MOST_MISTAKEN)
    return TimelinePage(law().as_of, today, tuple(ahead), tuple(past), mistaken, _marked(dated)[0])


def framework_views(learner: Learner, turn: Turn) -> tuple[View, ...]:
    """The voluntary frameworks, with how far the sheets are that speak to each part. One query."""
    rules = [each for each in _rules(clock.today()) if each.fact.topic == VOLUNTARY]
    cards = [card for _, found in sheet_cards(learner, turn) for card in found]
    facets = {each.fact: each.facets for each in frameworks()}
    views: list[View] = []
    for rule in rules:
        # What is said about a framework beside it stands under it: it is no framework itself.
        if rule.fact.certainty == "uncertain" and views:
            views[-1] = View(views[-1].rule, views[-1].parts, (*views[-1].notes, rule))
            continue
        parts = tuple((facet, _speaking(facet, cards)) for facet in facets.get(rule.fact.id, ()))
        views.append(View(rule, parts, ()))
    return tuple(views)


def _speaking(facet: Facet, cards: Sequence[SheetCard]) -> tuple[SheetCard, ...]:
    return tuple(card for kind in facet.kinds for card in cards if card.outline.kind == kind)


def _begins(rule: Rule) -> date:
    return rule.fact.applies_from or date.min


def _rules(today: date) -> list[Rule]:
    return [_rule(fact, today) for fact in law().facts]


def _rule(fact: Fact, today: date) -> Rule:
    days = fact.days_until(today) or 0
    return Rule(fact, days > 0, distance(days) if days > 0 else "", CERTAINTIES[fact.certainty], fact.is_stale(today))


def _marked(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    return tuple(each for each in rules if each.is_stale), tuple(each for each in rules if each.fact.stale)


def _topics(rules: Sequence[Rule]) -> tuple[Topic, ...]:
    found: dict[tuple[str, str], list[Rule]] = {}
    for each in rules:
        found.setdefault((each.fact.jurisdiction, each.fact.topic), []).append(each)
    places = [place for place, _ in found]
    return tuple(
        Topic(f"law-{number}", f"{place}: {_lower(topic)}" if places.count(place) > 1 else place, tuple(inside))
        for number, ((place, topic), inside) in enumerate(found.items(), 1)
    )


def _lower(topic: str) -> str:
    # "AI Act" stays as it is.
    return topic if topic[1:2].isupper() else topic[0].lower() + topic[1:]
