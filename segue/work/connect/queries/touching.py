"""Who was in touch when, who is due, and whether asking and giving balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from segue.accounts.models import Learner
from segue.core.relations import Balance, balance_of, next_touch
from segue.work.connect.models import Person, TouchSort
from segue.work.connect.vocabulary import CADENCE, DEFAULT_CADENCE


@dataclass(frozen=True)
class Contact:
    """Somebody with a cadence: when one was last in touch, when it is time again, what was asked and given."""

    person: Person
    last_on: date | None
    next_on: date
    balance: Balance

    def is_due(self, today: date) -> bool:
        """Whether the day has come."""
        return self.next_on <= today

    def days_over(self, today: date) -> int:
        """Days since it was due; 0 where it is not."""
        return max(0, (today - self.next_on).days)


def cadence_of(person: Person) -> int:
    """Days between two contacts with somebody who has a relation."""
    return person.cadence_days or CADENCE.get(person.relation, DEFAULT_CADENCE)


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
    balance = balance_of({"asked": person.asked, "gave": person.gave})  # type: ignore[attr-defined]
    return Contact(person, last_on, next_touch(last_on, cadence_of(person), person.known_since), balance)


def contacts_of(learner: Learner) -> tuple[Contact, ...]:
    """Everybody with a cadence, whose turn comes first standing first. One query."""
    people = with_touches(learner.people.exclude(relation="").select_related("organisation"))
    return tuple(sorted(map(contact_of, people), key=lambda contact: (contact.next_on, contact.person.sort_name)))


def due_contacts(contacts: Iterable[Contact], today: date, ahead: timedelta = timedelta(0)) -> tuple[Contact, ...]:
    """Those whose day comes within so long."""
    return tuple(contact for contact in contacts if contact.next_on <= today + ahead)
