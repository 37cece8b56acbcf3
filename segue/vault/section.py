"""How one table of what the months keep travels: its fields, and the rows of others that its rows name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from segue.accounts.models import Learner

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """A foreign key, which travels as the name of the row it points to: the ``key`` in section ``to``, or the number of an entry.

    ``is_needed``: a row without it makes no sense.
    """

    field: str
    to: str = ""
    is_needed: bool = False


ENTRY = Link("entry")


@dataclass(frozen=True)
class Section:
    """One table: the fields that travel, the rows that its rows name, and what may be there only once.

    A section that others point to has a field ``key`` and stands before them.
    """

    name: str
    model: type[models.Model]
    fields: tuple[str, ...]
    links: tuple[Link, ...] = ()
    once: Callable[[Row], object] = lambda row: None
    is_sound: Callable[[Row], bool] = lambda row: True

    def rows(self, learner: Learner) -> models.QuerySet[Any]:
        """The learner's rows, in the order they came."""
        found = self.model._default_manager.filter(learner=learner).order_by("pk")
        return found.select_related(*(link.field for link in self.links)) if self.links else found

    def named(self, row: models.Model) -> dict[str, Any]:
        """What a row points to, by name."""
        return {link.field: _name(getattr(row, link.field), link) for link in self.links}

    def faults(self, row: Row, entries: int, keys: Mapping[str, frozenset[str]]) -> Iterator[str]:
        """Links of a row that lead nowhere. ``keys``: those of each section."""
        for link in self.links:
            value = row.get(link.field)
            if value is None and not link.is_needed:
                continue
            if not link.to and not (type(value) is int and 1 <= value <= entries):
                yield f"“{link.field}” names no entry"
            elif link.to and not (isinstance(value, str) and value in keys[link.to]):
                yield f"“{link.field}” names no row of {link.to}"


def _name(row: Any, link: Link) -> Any:
    if row is None:
        return None
    return row.key if link.to else row.number
