"""Who was in touch when, who is due, and whether asking and giving balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Max, Q, QuerySet

from segue.accounts.models import Learner
from segue.core.relations import MOST_ASKS_AHEAD, Balance, balance_of, next_touch
from segue.core.wording import counted, written_date
from segue.work.connect.models import Person, Touch, TouchSort
from segue.work.connect.vocabulary import CADENCE, DEFAULT_CADENCE

SOON = timedelta(days=14)
LAST = 10  # contacts that a person's page shows
MOST_ONE_SIDED = 20
MOST = 25  # of those who are late, or soon due; the table has all
LONG = ("note", "found_by", "tags")


@dataclass(frozen=True)
class Contact:
    """Somebody with a cadence: when one was last in touch, when it is time again, what was asked and given."""

    person: Person
    last_on: date | None
    next_on: date
    balance: Balance

    @property
    def cadence(self) -> int:
        """Days between two contacts."""
        return cadence_of(self.person)

    def is_due(self, today: date) -> bool:
        """Whether the day has come."""
        return self.next_on <= today

    def days_over(self, today: date) -> int:
        """Days since it was due; 0 where it is not."""
        return max(0, (today - self.next_on).days)


@dataclass(frozen=True)
class TouchPanel:
    """What a person's page says about staying in touch. ``contact`` is empty for somebody without a relation."""

    contact: Contact | None
    why: str
    balance: Balance
    balance_words: str
    last: tuple[Touch, ...]
    count: int


@dataclass(frozen=True)
class TouchesPage:
    """Everybody with a cadence, and how asking and giving stand. ``one_sided``: people asked more than one may run ahead with.

    ``more``: how many more are late, or due within two weeks, than are shown.
    """

    contacts: tuple[Contact, ...]
    late: tuple[Contact, ...]
    soon: tuple[Contact, ...]
    more: tuple[int, int]
    overall: Balance
    overall_words: str
    one_sided: tuple[tuple[Person, str], ...]


@dataclass(frozen=True)
class Turns:
    """Whose turn it is: the ``first`` of them, how many are ``due``, and how many have a cadence at all."""

    first: tuple[Contact, ...]
    due: int
    known: int


def cadence_of(person: Person) -> int:
    """Days between two contacts with somebody who has a relation."""
    return _cadence(person.relation, person.cadence_days)


def _cadence(relation: str, own: int | None) -> int:
    return own or CADENCE.get(relation, DEFAULT_CADENCE)


def with_touches(people: QuerySet[Person]) -> QuerySet[Person]:
    """People with the day of the last contact and the counts of asks and gives (``last_on``, ``asked``, ``gave``)."""
    return people.annotate(
        last_on=Max("touches__on"),
        asked=Count("touches", filter=Q(touches__sort=TouchSort.ASKED)),
        gave=Count("touches", filter=Q(touches__sort=TouchSort.GAVE)),
    )


def contact_of(person: Person) -> Contact:
    """The contact that a person ``with_touches`` is."""
    last_on: date | None = person.last_on  # type: ignore[attr-defined]
    return Contact(person, last_on, next_touch(last_on, cadence_of(person), person.known_since), _balance(person))


def _balance(person: Person) -> Balance:
    return balance_of({"asked": person.asked, "gave": person.gave})  # type: ignore[attr-defined]


def contacts_of(learner: Learner) -> tuple[Contact, ...]:
    """Everybody with a cadence, whose turn comes first standing first. One query."""
    people = with_touches(learner.people.filter(relation__gt="").select_related("organisation").defer(*LONG))
    return tuple(sorted(map(contact_of, people), key=lambda contact: (contact.next_on, contact.person.sort_name)))


def whose_turn(learner: Learner, today: date, most: int) -> Turns:
    """Whose turn it is, of whom only the first are looked at more closely. Two queries."""
    people = learner.people.filter(relation__gt="").annotate(last_on=Max("touches__on")).order_by()
    rows = people.values_list("pk", "relation", "cadence_days", "known_since", "sort_name", "last_on")
    days = [(next_touch(last, _cadence(relation, own), since), name, pk) for pk, relation, own, since, name, last in rows]
    due = sorted(row for row in days if row[0] <= today)
    chosen = with_touches(learner.people.filter(pk__in=[pk for *_, pk in due[:most]]).defer(*LONG))
    first = sorted(map(contact_of, chosen), key=lambda contact: (contact.next_on, contact.person.sort_name))
    return Turns(tuple(first), len(due), len(days))


def touches_page(learner: Learner, today: date) -> TouchesPage:
    """Everybody with a cadence, and how asking and giving stand. Three queries."""
    contacts, overall = contacts_of(learner), overall_balance(learner)
    late = tuple(contact for contact in contacts if contact.next_on < today)
    soon = tuple(contact for contact in contacts if today <= contact.next_on <= today + SOON)
    return TouchesPage(
        contacts=contacts,
        late=late[:MOST],
        soon=soon[:MOST],
        more=(max(0, len(late) - MOST), max(0, len(soon) - MOST)),
        overall=overall,
        overall_words=balance_words(overall),
        one_sided=one_sided(learner),
    )


def overall_balance(learner: Learner) -> Balance:
    """Asks and gives of all people together. One query."""
    return balance_of(dict(learner.touches.order_by().values_list("sort").annotate(Count("id"))))


def one_sided(learner: Learner) -> tuple[tuple[Person, str], ...]:
    """People who were asked and have got too little back, those first who were asked most, each in words. One query."""
    asked = learner.people.filter(touches__sort=TouchSort.ASKED).values("pk")  # few, of all that an import may have brought
    people = with_touches(learner.people.filter(pk__in=asked).defer(*LONG)).filter(Q(asked__gte=F("gave") + MOST_ASKS_AHEAD))
    found = people.order_by(F("gave") - F("asked"), "sort_name", "id")[:MOST_ONE_SIDED]
    return tuple((person, balance_words(_balance(person))) for person in found)


def touch_panel(person: Person) -> TouchPanel:
    """What a person's page says about staying in touch. Two queries."""
    found = with_touches(Person.objects.filter(pk=person.pk)).annotate(count=Count("touches")).get()
    contact = contact_of(found) if person.relation else None
    why = why_words(contact) if contact else "There is no cadence, since no relation is chosen: nothing reminds you."
    balance = _balance(found)
    return TouchPanel(contact, why, balance, balance_words(balance), tuple(person.touches.all()[:LAST]), found.count)


def why_words(contact: Contact) -> str:
    """Why the next touch is on that day."""
    days = counted(contact.cadence, "day")
    own = "as you chose" if contact.person.cadence_days else f"the cadence of “{contact.person.get_relation_display()}”"
    if contact.last_on is None:
        return f"{days} from {written_date(contact.person.known_since)}, when you noted them ({own}). No contact is logged yet."
    return f"{days} after the last contact, on {written_date(contact.last_on)} ({own})."


def balance_words(balance: Balance) -> str:
    """How asking and giving stand, in words."""
    if not balance.asked and not balance.gave:
        return "Nothing asked and nothing given yet."
    if not balance.gave:
        return f"You asked {_times(balance.asked)} and have given nothing yet."
    if not balance.asked:
        return f"You gave {_times(balance.gave)} and asked for nothing."
    return f"You asked {_times(balance.asked)} and gave {_times(balance.gave)}."


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def touch_of(learner: Learner, key: str, pk: int) -> Touch | None:
    """A contact with a person of this learner."""
    return learner.touches.select_related("person").filter(person__key=key, pk=pk).first()
