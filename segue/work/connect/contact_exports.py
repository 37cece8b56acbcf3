"""People as files to take away: CSV for spreadsheets, vCards for address books. Both come back as the same people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from segue.work.connect.contacts import LABELS
from segue.work.connect.models import Person, Relation
from segue.work.connect.vcards import vcard_of
from segue.work.connect.vocabulary import roles

MARK = "\ufeff"  # tells spreadsheet programs that it is UTF-8
CHUNK = 500  # people that are sent at once
TAG_SEPARATOR = "; "


def csv_of(people: Iterable[Person]) -> Iterator[str]:
    """People as CSV with headings, some at a time. No cell can be run as a formula. Their organisations must be loaded."""
    from segue.work.lab.cells import safe_cell

    role_words, relations = dict(roles()), {value: str(label) for value, label in Relation.choices}
    yield MARK + _written([list(LABELS.values())])
    held: list[list[str]] = []
    for person in people:
        words = {
            "organisation": person.organisation.name if person.organisation else "",
            "role": role_words.get(person.role, person.role),
            "relation": relations.get(person.relation, person.relation),
            "tags": TAG_SEPARATOR.join(person.tags),
        }
        held.append([safe_cell(words[name] if name in words else getattr(person, name)) for name in LABELS])
        if len(held) == CHUNK:
            yield _written(held)
            held = []
    yield _written(held)


def _written(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue()


def vcards_of(people: Iterable[Person]) -> Iterator[str]:
    """People as vCards, some at a time. Their organisations must be loaded."""
    held: list[str] = []
    for person in people:
        held.append(vcard_of(person))
        if len(held) == CHUNK:
            yield "".join(held)
            held = []
    yield "".join(held)
