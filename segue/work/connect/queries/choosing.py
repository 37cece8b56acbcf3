"""People to choose one of, by a search instead of a list of thousands."""

from __future__ import annotations

from django.db.models import F, Max, Q

from segue.accounts.models import Learner
from segue.evidence.texts import folded
from segue.work.connect.models import Person

MOST = 20


def people_like(learner: Learner, query: str) -> tuple[list[Person], bool]:
    """The first people who fit a search, and whether there are more; without one, those one is in touch with. One query."""
    people = learner.people.select_related("organisation").defer("note", "found_by", "tags")
    words = folded(query).split()
    if words:
        found = list(people.filter(*(Q(found_by__contains=word) for word in words)).order_by("sort_name", "id")[: MOST + 1])
    else:
        near = people.exclude(relation="").annotate(last_on=Max("touches__on"))
        found = list(near.order_by(F("last_on").desc(nulls_last=True), "sort_name", "id")[: MOST + 1])
    return found[:MOST], len(found) > MOST
