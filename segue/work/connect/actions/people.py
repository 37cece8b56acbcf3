"""People are kept: added, changed, found again by a search, and deleted for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.evidence.texts import clean_line, folded
from segue.shared import clock
from segue.work.connect.models import FeedbackPoint, Organisation, Person, new_key
from segue.work.connect.queries.dossier import imports_named_after, previews_naming
from segue.work.connect.queries.people import tag_line
from segue.work.connect.unnamed import without_name

AT_ONCE = 500


def organisation_named(learner: Learner, name: str) -> Organisation | None:
    """The organisation of this name, made where there is none; ``None`` for an empty name."""
    name = clean_line(name)[:200]
    if not name:
        return None
    return Organisation.objects.get_or_create(learner=learner, name=name, defaults={"key": new_key()})[0]


def index(person: Person) -> Person:
    """Sets what lists sort by and searches look in, from the other fields. The organisation must be loaded; nothing is saved.

    Each part stands on a line of its own, so that a tag can be told from a word of the name.
    """
    where = person.organisation.name if person.organisation else ""
    person.sort_name = folded(person.name)[:200]
    parts = [folded(part) for part in (person.name, where, person.team, person.position, person.email) if part]
    person.found_by = "\n".join([*parts, *map(tag_line, person.tags), ""])
    return person


def index_all(people: Iterable[Person]) -> None:
    """Indexes people anew after the name of their organisation changed. The organisation must be loaded."""
    Person.objects.bulk_update(map(index, people), ["sort_name", "found_by"], batch_size=AT_ONCE)


@transaction.atomic
def add_person(learner: Learner, *, name: str, organisation: str = "", **fields: Any) -> Person:
    """Adds a person; the organisation is named. Other ``fields`` are those of the model.

    The same one sent twice is there once.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    where = organisation_named(learner, organisation)
    told = {"known_since": clock.today(), **fields, "name": clean_line(name)[:200], "organisation": where}
    twin = learner.people.filter(**told).first()
    if twin is not None:
        return twin
    person = index(Person(learner=learner, key=new_key(), **told))
    person.save()
    return person


@transaction.atomic
def change_person(person: Person, told: Mapping[str, Any]) -> Person:
    """Changes what is known of a person. ``told``: fields of the model, the organisation by its name."""
    given = {**told}
    if "organisation" in given:
        person.organisation = organisation_named(person.learner, given.pop("organisation"))
    for name, value in given.items():
        setattr(person, name, value)
    index(person).save()
    return person


@transaction.atomic
def delete_person(person: Person) -> None:
    """Deletes a person and all that hangs on them. Points of criticism stay, without the name; so does the ledger.

    Files of contacts that are looked at and name the person go with them.
    """
    Learner.objects.select_for_update().get(pk=person.learner_id)
    FeedbackPoint.objects.bulk_update(
        [_unnamed(point, person) for point in person.points.all()], ["role", "text", "reason", "change"], batch_size=AT_ONCE
    )
    for preview in previews_naming(person):
        preview.delete()
    for taken in imports_named_after(person):
        taken.name = taken.get_source_display()
        taken.save(update_fields=["name"])
    person.delete()


def _unnamed(point: FeedbackPoint, person: Person) -> FeedbackPoint:
    point.role = point.role or person.role
    for field in ("text", "reason", "change"):
        setattr(point, field, without_name(getattr(point, field), person.name))
    return point
