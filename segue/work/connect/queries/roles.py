"""Organisations, and who does what in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from segue.accounts.models import Learner
from segue.evidence.actions import count_words
from segue.evidence.models import Entry
from segue.evidence.standing import standing
from segue.work.connect.models import Organisation, Person, RolePlace
from segue.work.connect.role_map import Place, facts_of, text_of
from segue.work.connect.vocabulary import roles

PAGE = 50
LEAST_WORDS = 100
MOST_CHOICES = 100  # people to choose from: those known best come first


@dataclass(frozen=True)
class RoleMap:
    """The map of an organisation. ``lacking``: words until it counts; ``entry``: as it stands in the ledger."""

    organisation: Organisation
    places: tuple[Place, ...]
    text: str
    words: int
    entry: Entry | None
    is_changed: bool

    @property
    def lacking(self) -> int:
        """Words until it counts."""
        return max(0, LEAST_WORDS - self.words)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn yet."""
        return not any(place.is_drawn for place in self.places)


def role_map(organisation: Organisation) -> RoleMap:
    """The map as it is now, a place for each role. Two queries and the way to its newest version."""
    rows = {row.role: row for row in organisation.places.select_related("person")}
    places = tuple(_place(role, words, rows.get(role)) for role, words in roles())
    text, entry = text_of(places), standing(organisation.map_entry)
    recorded = None if entry is None else (entry.body, {name: entry.facts.get(name) for name in ("roles", "unfilled")})
    return RoleMap(organisation, places, text, count_words(text), entry, recorded != (text, facts_of(places)))


def _place(role: str, words: str, row: RolePlace | None) -> Place:
    if row is None:
        return Place(role, words, "", "", "", is_unfilled=False)
    who = row.person.name if row.person else ""
    return Place(role, words, row.owns, row.needs, row.annoys, row.is_unfilled, who)


def people_to_choose(organisation: Organisation) -> tuple[Person, ...]:
    """People of an organisation, those with a relation and a role first. One query."""
    known = Q(relation__gt="") | Q(role__gt="")
    people = organisation.people.filter(known).order_by(F("relation").desc(), "sort_name")
    return tuple(people.only("organisation", "key", "name", "role", "relation", "sort_name")[:MOST_CHOICES])


def organisations_page(learner: Learner, query: str, number: str | None) -> Page[Any]:
    """Organisations with how many people (``count``): one's own first, then where people with a relation are. Two queries."""
    found = learner.organisations.annotate(
        count=Count("people", distinct=True), near=Count("people", filter=Q(people__relation__gt=""), distinct=True)
    )
    if query:
        found = found.filter(name__icontains=query)
    return Paginator(found.order_by("-is_own", "-near", "name", "id"), PAGE).get_page(number)
