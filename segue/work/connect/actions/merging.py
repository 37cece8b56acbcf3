"""Two entries of one person become one, and nothing that hung on either is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.connect.actions.people import index
from segue.work.connect.models import Person

CHOSEN = ("name", "team", "position", "role", "relation", "cadence_days", "how_known", "email", "phone", "url")


def hanging_models() -> tuple[tuple[type[Model], str], ...]:
    """Every table with rows that point to a person, and the field by which they do."""
    related = (relation for relation in Person._meta.related_objects if relation.related_model is not Person)
    return tuple((relation.related_model, relation.field.name) for relation in related)


@transaction.atomic
def merge_people(kept: Person, other: Person, chosen: Mapping[str, Any]) -> Person:
    """Gives ``kept`` all that hangs on ``other``, with the values ``chosen`` where they differ; the other entry goes.

    Raises ``UserError`` where they are one already, or another window merged or deleted one of them meanwhile.
    """
    Learner.objects.select_for_update().get(pk=kept.learner_id)
    if kept.pk == other.pk:
        raise UserError("This is one entry already.", "Choose another to merge it with.")
    if Person.objects.filter(pk__in=[kept.pk, other.pk]).count() < 2:
        raise UserError("One of the two is not there any more.", "It may be merged already: look at the list of people.")
    _fill(kept, other, chosen)
    for touch in other.touches.all():
        if kept.touches.filter(on=touch.on, sort=touch.sort, note=touch.note).exists():
            touch.delete()
    for model, field in hanging_models():
        model._default_manager.filter(**{field: other}).update(**{field: kept})
    Person.objects.filter(pk=other.pk).delete()
    index(kept).save()
    return kept


def _fill(kept: Person, other: Person, chosen: Mapping[str, Any]) -> None:
    for name in CHOSEN:
        setattr(kept, name, chosen.get(name, getattr(kept, name) or getattr(other, name)))
    kept.organisation = chosen.get("organisation", kept.organisation or other.organisation)
    kept.tags = list(dict.fromkeys([*kept.tags, *other.tags]))
    kept.note = "\n\n".join(dict.fromkeys(note for note in (kept.note.strip(), other.note.strip()) if note))
    kept.known_since = min(kept.known_since, other.known_since)
    if kept.brought_by_id != other.brought_by_id:
        kept.brought_by = None  # taking the import back would take with it what the other entry brought
    if not kept.source_key:
        kept.source, kept.source_key = other.source, other.source_key
