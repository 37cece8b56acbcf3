"""People are kept: added, changed, found again by a search."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.evidence.texts import clean_line
from segue.shared import clock
from segue.work.connect.models import Organisation, Person, new_key


def organisation_named(learner: Learner, name: str) -> Organisation | None:
    """The organisation of this name, made where there is none; ``None`` for an empty name."""
    name = clean_line(name)[:200]
    if not name:
        return None
    return Organisation.objects.get_or_create(learner=learner, name=name, defaults={"key": new_key()})[0]


def index(person: Person) -> Person:
    """Sets what lists sort by and searches look in, from the other fields. The organisation must be loaded; nothing is saved."""
    where = person.organisation.name if person.organisation else ""
    person.sort_name = person.name.casefold()[:200]
    parts = (person.name, where, person.team, person.position, person.email, *person.tags)
    person.found_by = " ".join(part for part in parts if part).casefold()
    return person


@transaction.atomic
def add_person(learner: Learner, *, name: str, organisation: str = "", **fields: Any) -> Person:
    """Adds a person; the organisation is named. Other ``fields`` are those of the model."""
    where = organisation_named(learner, organisation)
    fields = {"known_since": clock.today(), **fields}
    person = index(Person(learner=learner, key=new_key(), name=clean_line(name)[:200], organisation=where, **fields))
    person.save()
    return person
