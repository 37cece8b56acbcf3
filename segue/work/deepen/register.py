"""What is kept of a model from change to change, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segue.core.wording import counted, written_date
from segue.work.deepen.models import ModelItem, ModelState

MOST_DAYS = 366  # until the next review
SHORT = 12  # letters of a hash that are shown
# What makes a new line of the history where it changes.
LOGGED = ("version", "state", "next_review_on", "analysis", "lab_version")
FIRST = "Entered in the register."


@dataclass(frozen=True)
class Change:
    """A line of the history of a model."""

    on: date
    version: str
    state: str
    says: str


def changes_of(history: Sequence[Mapping[str, str]]) -> tuple[Change, ...]:
    """The history, the newest first."""
    labels = dict(ModelState.choices)
    found = (Change(date.fromisoformat(e["on"]), e["version"], labels.get(e["state"], e["state"]), e["says"]) for e in history)
    return tuple(found)[::-1]


def line_of(item: ModelItem, says: str, on: date) -> dict[str, str]:
    """A line of the history: how the model stands, and what was said."""
    return {"on": on.isoformat(), "version": item.version, "state": item.state, "says": says}


def review_words(item: ModelItem, today: date) -> str:
    """When it is looked at next."""
    if item.next_review_on is None:
        return "Retired: nobody has to look at it"
    days, written = (today - item.next_review_on).days, written_date(item.next_review_on)
    if days < 0:
        return f"Next review on {written}"
    return f"Review due since {written}, {counted(days, 'day')} ago" if days else "Review due today"


def is_due(item: ModelItem, today: date) -> bool:
    """Whether the day of its review has come."""
    return item.next_review_on is not None and item.next_review_on <= today
