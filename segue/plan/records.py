"""What was recorded on the days of a week: the other half of the week's page, once the week lies behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.core.loop import Turn
from segue.evidence.models import Entry


@dataclass(frozen=True)
class Recorded:
    """A piece of work, or minutes, recorded on a day."""

    title: str
    url: str
    minutes: int


def recorded_by_day(turn: Turn, learner: Learner, first: date, last: date) -> Mapping[date, tuple[Recorded, ...]]:
    """What stands of the work and the minutes recorded from ``first`` to ``last``, both included. One query."""
    rows = Entry.objects.filter(learner=learner, on__range=(first, last), sort__in=(Sort.ARTEFACT, Sort.TIME)).order_by("number")
    found: dict[date, list[Recorded]] = {}
    for on, number, title, minutes, activity_id in rows.values_list("on", "number", "title", "minutes", "activity_id"):
        if number not in turn.ledger.withdrawn:
            activity = turn.activities.get(turn.programme.current_id(activity_id))
            words = title or (activity.title if activity else "Minutes logged")
            found.setdefault(on, []).append(Recorded(words, reverse("evidence:show-entry", args=[number]), minutes))
    return {on: tuple(items) for on, items in found.items()}
