"""Organisations, and who does what in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.evidence.models import Entry
from segue.evidence.standing import standing
from segue.work.connect.models import Organisation, Person, RolePlace
from segue.work.connect.queries.people import called_like
from segue.work.connect.role_map import KIND, Named, Place, facts_of, in_sentence, text_of
from segue.work.connect.unnamed import SOMEBODY
from segue.work.connect.vocabulary import roles

PAGE = 50
MOST_OF_A_ROLE = 20  # people of one role to choose from: those known best come first


@dataclass(frozen=True)
class RoleMap:
    """The map of an organisation. ``least``: words from which it counts; ``entry``: as it stands in the ledger."""

    organisation: Organisation
    places: tuple[Place, ...]
    text: str
    words: int
    least: int
    entry: Entry | None
    is_changed: bool

    @property
    def lacking(self) -> int:
        """Words until it counts."""
        return max(0, self.least - self.words)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn yet."""
        return not any(place.is_drawn for place in self.places)


def role_map(organisation: Organisation) -> RoleMap:
    """The map as it is now, a place for each role. Three queries and the way to its newest version."""
    rows = {row.role: row for row in organisation.places.select_related("person")}
    places = tuple(_place(role, words, rows.get(role)) for role, words in roles())
    named = _named(organisation) if rows else ()
    text, entry = text_of(places, named), standing(organisation.map_entry)
    least = current().programme.kinds[KIND].min_words or 0
    recorded = None if entry is None else (entry.body, {name: entry.facts.get(name) for name in ("roles", "unfilled")})
    return RoleMap(organisation, places, text, count_words(text), least, entry, recorded != (text, facts_of(places)))


def _place(role: str, words: str, row: RolePlace | None) -> Place:
    if row is None:
        return Place(role, words, "", "", "", is_unfilled=False)
    who = row.person.name if row.person else ""
    return Place(role, words, row.owns, row.needs, row.annoys, row.is_unfilled, who)


def _named(organisation: Organisation) -> tuple[Named, ...]:
    """Whoever a line may name: people of the organisation, and whom one has a relation with. One query."""
    people = Person.objects.filter(Q(organisation=organisation) | Q(relation__gt=""), learner=organisation.learner_id)
    words = {role: in_sentence(said) for role, said in roles()}
    found = people.order_by().values_list("name", "role", "relation")
    return tuple(Named(name, words.get(role, SOMEBODY), bool(relation)) for name, role, relation in found)


def people_to_choose(organisation: Organisation) -> tuple[Person, ...]:
    """The first people of each role in an organisation, those with a relation before the others. One query."""
    order = (F("relation").desc(), "sort_name", "id")
    place = Window(RowNumber(), partition_by="role", order_by=order)
    people = organisation.people.annotate(place=place).filter(place__lte=MOST_OF_A_ROLE).order_by(*order)
    return tuple(people.only("organisation", "key", "name", "role", "relation", "sort_name"))


def organisations_page(learner: Learner, query: str, number: str | None) -> Page[Any]:
    """Organisations with how many people (``count``): one's own first, then where people with a relation are. Three queries."""
    near = learner.people.filter(relation__gt="", organisation__isnull=False).order_by().values("organisation")
    order = Case(When(is_own=True, then=Value(0)), When(pk__in=near, then=Value(1)), default=Value(2))
    found = learner.organisations.filter(called_like(query)).order_by(order, "name", "id").values_list("pk", flat=True)
    page: Page[Any] = Paginator(found, PAGE).get_page(number)
    rows = learner.organisations.annotate(count=Count("people")).in_bulk(list(page.object_list))
    page.object_list = [rows[pk] for pk in page.object_list]
    return page
