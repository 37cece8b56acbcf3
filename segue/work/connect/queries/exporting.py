"""The people that a file to take away holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Q

from segue.accounts.models import Learner
from segue.evidence.texts import folded
from segue.work.connect.models import Person

RELATED = "related"
AT_ONCE = 500
EXACT = {"role": "role", "relation": "relation", "organisation": "organisation__key"}


def chosen_people(learner: Learner, asked: Mapping[str, str]) -> Iterator[Person]:
    """All people, or those that the query of the list chooses; ``who=related`` are those with a relation."""
    people = learner.people.select_related("organisation").order_by("sort_name", "id")
    if asked.get("who") == RELATED:
        people = people.exclude(relation="")
    people = people.filter(**{column: asked[name] for name, column in EXACT.items() if asked.get(name)})
    words = (Q(found_by__contains=word) for word in folded(asked.get("q", "")[:200]).split())
    return people.filter(*words).iterator(chunk_size=AT_ONCE)
