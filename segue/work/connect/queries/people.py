"""People as the pages show them: the list with its filters, one person, and those who may be there twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from segue.accounts.models import Learner
from segue.evidence.texts import clean_line, folded
from segue.work.connect.likeness import Alike, Known, alike
from segue.work.connect.models import Ask, Commitment, FeedbackPoint, Insight, Meeting, Person, RolePlace
from segue.work.connect.queries.touching import Contact, contact_of, with_touches
from segue.work.connect.vocabulary import role_words

PAGE = 50
GROUPS = 20  # of contacts that may be one, on a page
MEMBERS = 6  # shown of a group
SUGGESTED = 200
MOST = 8  # of anything that hangs on a person, on their page
RELATED = "related"
EVERYBODY = "all"
FILTERS = ("q", "role", "relation", "organisation", "tag", "who")


def tag_line(tag: str) -> str:
    """The line by which a search finds a tag and nothing else."""
    return f"#{folded(clean_line(tag))}"


def people_fitting(learner: Learner, wanted: Mapping[str, str]) -> QuerySet[Person]:
    """People by the filters of the list. ``organisation``: its key, or a part of its name; ``who=related``: with a relation."""
    wanted = {name: clean_line(value) for name, value in wanted.items()}  # PostgreSQL refuses a NUL
    people = learner.people.select_related("organisation").order_by("sort_name", "id")
    if wanted.get("who") == RELATED:
        people = people.exclude(relation="")
    people = people.filter(**{name: wanted[name] for name in ("role", "relation") if wanted.get(name)})
    if place := wanted.get("organisation", ""):
        people = people.filter(organisation__in=_organisations_like(learner, place))
    if tag := wanted.get("tag", ""):
        people = people.filter(found_by__contains=f"\n{tag_line(tag)}\n")
    return people.filter(*(Q(found_by__contains=word) for word in folded(wanted.get("q", "")[:200]).split()))


def _organisations_like(learner: Learner, typed: str) -> list[int]:
    there = learner.organisations
    exact = list(there.filter(Q(key=typed) | Q(name=typed)).values_list("pk", flat=True))
    return exact or list(there.filter(called_like(typed)).values_list("pk", flat=True)[:SUGGESTED])


def called_like(typed: str) -> Q:
    """What has each word of ``typed`` in its name. SQLite knows capitals of a to z alone; others are looked for in both ways."""
    found = Q()
    for word in typed.split():
        ways = {word, word.lower(), word.upper(), word.title()}
        found &= reduce(or_, (Q(name__icontains=way) for way in sorted(ways)))
    return found


@dataclass(frozen=True)
class PersonRow:
    """A person in the list. ``contact`` says when it is time again, for those with a relation."""

    person: Person
    role: str
    contact: Contact | None


@dataclass(frozen=True)
class PeoplePage:
    """A page of people. ``near``: how many have a relation, ``count``: how many there are in all."""

    page: Page[Person]
    rows: tuple[PersonRow, ...]
    near: int
    count: int
    who: str


def people_page(learner: Learner, wanted: Mapping[str, str], number: str | None) -> PeoplePage:
    """A page of those who fit; without a wish those with a relation, where there are any. Five queries at the most."""
    count, near = learner.people.count(), learner.people.exclude(relation="").count()
    who = wanted.get("who", "")
    if who not in (RELATED, EVERYBODY):
        who = RELATED if near else EVERYBODY
    found = people_fitting(learner, {**wanted, "who": who}).defer("note", "found_by")
    page = Paginator(found, PAGE).get_page(number)
    people = list(page.object_list)
    ids = [person.pk for person in people if person.relation]
    met = {person.pk: contact_of(person) for person in with_touches(learner.people.filter(pk__in=ids))} if ids else {}
    rows = tuple(PersonRow(person, role_words(person.role), met.get(person.pk)) for person in people)
    return PeoplePage(page, rows, near, count, who)


def organisation_names(learner: Learner) -> tuple[str, ...]:
    """Names to suggest: one's own organisation, those of people with a relation, and the first others. Two queries."""
    near = learner.organisations.filter(Q(is_own=True) | Q(people__relation__gt="")).distinct().order_by("name")
    names = [*near.values_list("name", flat=True)[:SUGGESTED]]
    names += learner.organisations.order_by("name").values_list("name", flat=True)[:SUGGESTED]
    return tuple(dict.fromkeys(names))[:SUGGESTED]


def tag_names(learner: Learner) -> tuple[str, ...]:
    """Tags to suggest: those of people with a relation, and of some others. One query."""
    tagged = learner.people.exclude(tags=[]).order_by(F("relation").desc(), "id")
    found = {tag for tags in tagged.values_list("tags", flat=True)[: 5 * SUGGESTED] for tag in tags}
    return tuple(sorted(found, key=str.casefold))[:SUGGESTED]


# --- one person -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hanging:
    """What hangs on a person: the newest of each, and how many there are."""

    asks: tuple[Ask, ...]
    meetings: tuple[Meeting, ...]
    insights: tuple[Insight, ...]
    commitments: tuple[Commitment, ...]
    points: tuple[FeedbackPoint, ...]
    places: tuple[RolePlace, ...]


def hanging_of(person: Person) -> Hanging:
    """The newest of what hangs on a person. Six queries."""
    return Hanging(
        asks=tuple(person.asks.defer("text")[:MOST]),
        meetings=tuple(person.meetings.defer("notes", "preparation", "agenda", "thanks").order_by("-starts_at", "-id")[:MOST]),
        insights=tuple(person.insights.all()[:MOST]),
        commitments=tuple(
            person.commitments.order_by(F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True))[:MOST]
        ),
        points=tuple(person.points.order_by("-on", "-id")[:MOST]),
        places=tuple(person.places.select_related("organisation")),
    )


def is_overdue(commitment: Commitment, today: date) -> bool:
    """Whether something promised is late."""
    return commitment.done_on is None and commitment.due_on is not None and commitment.due_on < today


# --- who may be there twice -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AlikeRow:
    """People who may be one: the one who is known best first, those to compare with them, how many more, and why."""

    first: Person
    others: tuple[Person, ...]
    more: int
    reasons: tuple[str, ...]


def groups_alike(learner: Learner) -> tuple[Alike, ...]:
    """Contacts that may be one person, by name. One query."""
    rows = learner.people.order_by("sort_name", "id").values_list("id", "name", "email", "url")
    return alike(Known(*row) for row in rows.iterator(chunk_size=5000))


def alike_page(learner: Learner, number: str | None) -> tuple[Page[Alike], tuple[AlikeRow, ...]]:
    """A page of groups with their people. Two queries."""
    page = Paginator(groups_alike(learner), GROUPS).get_page(number)
    ids = {one for group in page.object_list for one in group.ids[: 10 * MEMBERS]}
    people = {person.pk: person for person in _known_best(learner, ids)}
    return page, tuple(_alike_row(group, people) for group in page.object_list)


def _known_best(learner: Learner, ids: set[int]) -> QuerySet[Person]:
    return learner.people.filter(pk__in=ids).select_related("organisation").defer("note", "found_by")


def _alike_row(group: Alike, people: Mapping[int, Person]) -> AlikeRow:
    there = [people[one] for one in group.ids if one in people]
    first = max(there, key=lambda person: (bool(person.relation), bool(person.role), bool(person.email), -person.pk))
    others = [person for person in there if person is not first]
    reasons = tuple(f"the same {what}" for what in group.shared)
    return AlikeRow(first, tuple(others[: MEMBERS - 1]), max(0, len(group.ids) - MEMBERS), reasons)
