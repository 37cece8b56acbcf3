"""The role map is drawn and recorded; organisations are kept in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import counted
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.texts import clean_line
from segue.shared import clock
from segue.work.connect.actions.people import index_all
from segue.work.connect.models import Organisation, RolePlace
from segue.work.connect.queries.roles import role_map
from segue.work.connect.role_map import ACTIVITY, KIND, facts_of


@transaction.atomic
def draw_map(organisation: Organisation, places: Mapping[str, Mapping[str, Any]]) -> None:
    """Keeps the lines of a map by role. ``places``: the fields of each; a line with nothing in it goes."""
    Learner.objects.select_for_update().get(pk=organisation.learner_id)
    for role, fields in places.items():
        if any(fields.values()):
            defaults = {"learner_id": organisation.learner_id, **fields}
            RolePlace.objects.update_or_create(organisation=organisation, role=role, defaults=defaults)
        else:
            organisation.places.filter(role=role).delete()


@transaction.atomic
def record_map(organisation: Organisation) -> Entry:
    """Records the map: new evidence at first, then new versions of it. Raises ``UserError`` where there is nothing new."""
    Learner.objects.select_for_update().get(pk=organisation.learner_id)
    organisation.refresh_from_db(fields=["map_entry"])  # the same sent twice waits for the first
    found = role_map(organisation)
    if found.is_empty:
        raise UserError("Nothing is drawn yet.", "Say of one role what it owns or needs.")
    if found.entry is not None and not found.is_changed:
        raise UserError(f"The map is in the ledger as it stands, as entry {found.entry.number}.", "Change a line first.")
    facts = facts_of(found.places)
    title = f"Who does what: {counted(int(facts['roles']), 'role')}"
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    work = Work(KIND, title, clock.today(), ACTIVITY, proves, found.text, facts=facts)
    entry = record_work(organisation.learner, work, revises=found.entry)
    organisation.map_entry = entry
    organisation.save(update_fields=["map_entry"])
    return entry


# --- organisations ----------------------------------------------------------------------------------------------------------


def mark_own(organisation: Organisation, *, is_own: bool) -> None:
    """Marks the organisation as the one where one works, or no longer."""
    organisation.is_own = is_own
    organisation.save(update_fields=["is_own"])


@transaction.atomic
def rename_organisation(organisation: Organisation, name: str) -> Organisation:
    """Another name. Where there is one of this name, the two become one, with the people and the lines of both."""
    Learner.objects.select_for_update().get(pk=organisation.learner_id)
    name = clean_line(name)[:200]
    if not name:
        raise UserError("An organisation has a name.", "Type one, or delete it.")
    there = organisation.learner.organisations.filter(name=name).exclude(pk=organisation.pk).first()
    kept = _joined(organisation, there) if there else organisation
    kept.name = name
    kept.save(update_fields=["name"])
    index_all(kept.people.select_related("organisation"))
    return kept


def _joined(gone: Organisation, kept: Organisation) -> Organisation:
    gone.people.update(organisation=kept)
    lines = {line.role: line for line in kept.places.all()}
    gone.places.exclude(role__in=lines).update(organisation=kept)
    for other in gone.places.filter(role__in=lines):
        _take_in(other, lines[other.role])
    kept.is_own, kept.map_entry = kept.is_own or gone.is_own, kept.map_entry or gone.map_entry
    kept.save(update_fields=["is_own", "map_entry"])
    gone.delete()
    return kept


def _take_in(other: RolePlace, line: RolePlace) -> None:
    """What a line says that goes is kept behind what stands: nothing that was written is lost."""
    for name in ("owns", "needs", "annoys"):
        texts = dict.fromkeys(text for text in (getattr(line, name), getattr(other, name)) if text)
        setattr(line, name, "; ".join(texts))
    if line.person is None and not line.is_unfilled:
        line.person, line.is_unfilled = other.person, other.is_unfilled
    line.save()


@transaction.atomic
def delete_organisation(organisation: Organisation) -> int:
    """Deletes an organisation and its map. Its people stay, without one: how many they are."""
    people = list(organisation.people.all())
    organisation.delete()
    for person in people:
        person.organisation = None
    index_all(people)
    return len(people)
