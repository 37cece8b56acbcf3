"""Files of contacts are read, looked at, taken in or dropped, and taken back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.texts import folded
from segue.shared import clock
from segue.work.connect.actions.people import index
from segue.work.connect.contact_files import ContactText
from segue.work.connect.contact_matching import CHANGED, NEW, SAME, Outcome, compared
from segue.work.connect.contact_tables import ContactTable, Found, contacts_from, read_table
from segue.work.connect.contacts import Contact
from segue.work.connect.models import ContactImport, Organisation, Person, Source, new_key
from segue.work.connect.queries.importing import brought_people, known_people
from segue.work.connect.role_guesses import guessed_role
from segue.work.connect.vcard_reading import read_vcards

UNTAKEN_FOR = timedelta(days=1)
AT_ONCE = 500
UPDATED = ("organisation", "team", "position", "role", "relation", "how_known", "email", "phone", "url", "tags", "note")
FILLED_IN = ("name", *(name for name in UPDATED if name not in ("organisation", "tags", "role")))
MARKED_OF = attrgetter("organisation_id", "cadence_days", "role", "tags", *FILLED_IN)


@dataclass(frozen=True)
class Taken:
    """What taking a file in did."""

    new: int
    changed: int


def _nothing() -> UserError:
    return UserError("There is no contact in this file.", "Look at the file, or at the columns that you chose.")


@transaction.atomic
def keep_file(learner: Learner, file: ContactText) -> ContactImport:
    """Keeps a file until it is taken in or dropped. Its columns may have to be said first (``needs_columns``).

    Files that nobody took in are removed after a day. Raises ``UserError`` for a file without contacts.
    """
    learner.contact_imports.filter(taken_at=None, made_at__lt=clock.now() - UNTAKEN_FOR).delete()
    row = ContactImport(learner=learner, key=new_key(), name=file.name[:200], made_at=clock.now(), source=Source.VCARD)
    if file.is_vcard:
        return _kept(row, read_vcards(file.text), file.remarks)
    table = read_table(file.text)
    columns = table.heading.columns
    row.source = Source.LINKEDIN if table.heading.is_linkedin else Source.CSV
    if table.heading.is_linkedin:
        return _kept(row, contacts_from(table, columns, is_linkedin=True), file.remarks)
    if not table.rows:
        raise _nothing()
    return _waiting(row, table, file.remarks)


def _waiting(row: ContactImport, table: ContactTable, remarks: Sequence[str]) -> ContactImport:
    """A table whose columns the learner says; its cells are kept until then."""
    row.columns = {
        "heading": table.heading.cells,
        "at": table.heading.at,
        "guess": dict(table.heading.columns),
        "empty": table.empty,
        "remarks": list(remarks),
        "unread": [[each.row, each.text, each.why] for each in table.unread],
    }
    row.rows = [[number, *cells] for number, cells in table.rows]
    row.save()
    return row


@transaction.atomic
def set_columns(row: ContactImport, table: ContactTable, columns: Mapping[str, int]) -> ContactImport:
    """Reads a table with the columns that the learner chose. Raises ``UserError`` where that makes no contact."""
    row = ContactImport.objects.select_for_update(of=("self",)).select_related("learner").get(pk=row.pk)
    return _kept(row, contacts_from(table, columns), row.columns.get("remarks", ()))


def _kept(row: ContactImport, found: Found, remarks: Iterable[str]) -> ContactImport:
    """Keeps what a file holds beside what it would do."""
    if not found.contacts and not found.unread:
        raise _nothing()
    outcomes = compared(found.contacts, known_people(row.learner), from_linkedin=row.source == Source.LINKEDIN)
    states = Counter(outcome.state for outcome in outcomes)
    row.columns = {"remarks": [*remarks, *found.remarks]}
    row.rows = [_row_of(outcome) for outcome in outcomes]
    row.rejected = [[each.row, each.text, each.why] for each in found.unread]
    row.counts = {state: states[state] for state in (NEW, CHANGED, SAME)} | {"rejected": len(found.unread)}
    row.save()
    return row


def _row_of(outcome: Outcome) -> dict[str, Any]:
    """What is kept of a contact until it is taken in, and for the page that shows what would become of it."""
    kept = outcome.contact.as_row() | {"state": outcome.state}
    if outcome.changes:
        kept["changes"] = [[each.field, each.was, each.becomes] for each in outcome.changes]
    return kept | ({"same_as": outcome.same_as} if outcome.same_as else {})


@transaction.atomic
def take_import(row: ContactImport) -> Taken:
    """Takes the contacts of a file in, as they compare with the people of now. Raises ``UserError`` where that was done."""
    learner = Learner.objects.select_for_update().get(pk=row.learner_id)
    row = ContactImport.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.taken_at is not None or "guess" in row.columns:
        raise UserError("There is nothing to take in.", "Bring the file again.")
    contacts = [Contact.from_row(each) for each in row.rows]
    outcomes = compared(contacts, known_people(learner), from_linkedin=row.source == Source.LINKEDIN)
    by_state: dict[str, list[Outcome]] = {NEW: [], CHANGED: [], SAME: []}
    for outcome in outcomes:
        by_state[outcome.state].append(outcome)
    places = _organisations(learner, [*by_state[NEW], *by_state[CHANGED]])
    row.rows = _add_people(Person(learner=learner, source=row.source, brought_by=row), by_state[NEW], places)
    _change(learner, by_state[CHANGED], places)
    row.taken_at = clock.now()
    row.rejected = []
    row.counts = row.counts | {state: len(by_state[state]) for state in by_state}
    row.save()
    return Taken(len(by_state[NEW]), len(by_state[CHANGED]))


def _organisations(learner: Learner, outcomes: Iterable[Outcome]) -> Mapping[str, Organisation]:
    """The organisations that contacts name, by folded name; those that are not there yet are made."""
    there = {folded(each.name): each for each in learner.organisations.order_by("-pk")}
    missing: dict[str, Organisation] = {}
    for outcome in outcomes:
        name = outcome.contact.organisation
        if name and (key := folded(name)) not in there and key not in missing:
            missing[key] = Organisation(learner=learner, key=new_key(), name=name)
    made = Organisation.objects.bulk_create(missing.values(), batch_size=AT_ONCE)
    return there | dict(zip(missing, made, strict=True))


def _add_people(person: Person, outcomes: Sequence[Outcome], places: Mapping[str, Organisation]) -> list[list[str]]:
    """Adds the people who are new; their keys and marks.

    Thirty thousand of them take a second: one object is filled again and again, and its columns are written as they are.
    ``bulk_create`` takes four times as long.
    """
    database = transaction.get_connection()
    fields = [field for field in Person._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(database.ops.quote_name(field.column) for field in fields)
    sql = f"INSERT INTO {database.ops.quote_name(Person._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    prepared: dict[str, Any] = {}  # many have the same day, and most have no tags
    of_row = attrgetter(*(field.attname for field in fields))
    adapted = [(at, field) for at, field in enumerate(fields) if field.attname in ("tags", "known_since")]
    rows, marks, today = [], [], clock.today()
    for outcome in outcomes:
        _fill(person, outcome, places, today)
        row = list(of_row(person))
        for at, field in adapted:
            if (key := f"{at}{row[at]!r}") not in prepared:
                prepared[key] = field.get_db_prep_save(row[at], database)
            row[at] = prepared[key]
        rows.append(row)
        marks.append([person.key, mark_of(person)])
    with database.cursor() as cursor:
        for begin in range(0, len(rows), AT_ONCE):
            cursor.executemany(sql, rows[begin : begin + AT_ONCE])
    return marks


def _fill(person: Person, outcome: Outcome, places: Mapping[str, Organisation], today: date) -> None:
    contact = outcome.contact
    for name in FILLED_IN:
        setattr(person, name, getattr(contact, name))
    person.key = new_key()
    person.organisation = places.get(folded(contact.organisation)) if contact.organisation else None
    person.role = contact.role or guessed_role(contact.position)
    person.tags = list(contact.tags)
    person.known_since = min(contact.known_since or today, today)
    person.source_key = outcome.source_key
    index(person)


def _change(learner: Learner, outcomes: Sequence[Outcome], places: Mapping[str, Organisation]) -> None:
    """Writes what changes. An upsert by key takes a tenth of the time of an update by cases."""
    by_id = {outcome.known.id: outcome for outcome in outcomes if outcome.known is not None}
    people = [
        person for begin in range(0, len(by_id), AT_ONCE) for person in _people(learner, list(by_id)[begin : begin + AT_ONCE])
    ]
    for person in people:
        outcome = by_id[person.pk]
        for change in outcome.changes:
            setattr(person, change.field, _stored(change.field, change.becomes, places))
        person.source_key = outcome.source_key
        index(person)
    written = [*UPDATED, "source_key", "sort_name", "found_by"]
    Person.objects.bulk_create(people, AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=written)


def _people(learner: Learner, ids: Sequence[int]) -> Iterable[Person]:
    return learner.people.filter(pk__in=ids).select_related("organisation")


def _stored(name: str, value: Any, places: Mapping[str, Organisation]) -> Any:
    if name == "organisation":
        return places.get(folded(value))
    return list(value) if name == "tags" else value


def mark_of(person: Person) -> str:
    """What tells whether a person was changed since: a hash of all that can be written about them."""
    written = repr((*MARKED_OF(person), person.known_since.isoformat()))
    return hashlib.sha256(written.encode()).hexdigest()[:12]


@transaction.atomic
def drop_import(row: ContactImport) -> None:
    """Forgets a file that was not taken in."""
    if row.taken_at is None:
        row.delete()


@transaction.atomic
def undo_import(row: ContactImport) -> tuple[int, int]:
    """Removes the people that a file brought and to whom nothing was added since: how many, and how many stay."""
    Learner.objects.select_for_update().get(pk=row.learner_id)
    row = ContactImport.objects.select_for_update(of=("self",)).get(pk=row.pk)
    marks = {key: mark for key, mark in row.rows} if row.taken_at else {}
    people = list(brought_people(row))
    gone = [person for person in people if not person.is_used and marks.get(person.key) == mark_of(person)]  # type: ignore[attr-defined]
    before = {person.organisation_id for person in gone if person.organisation_id}
    for begin in range(0, len(gone), AT_ONCE):
        row.learner.people.filter(pk__in=[person.pk for person in gone[begin : begin + AT_ONCE]]).delete()
    _drop_empty(row.learner, sorted(before))
    if len(gone) == len(people):
        row.delete()
    return len(gone), len(people) - len(gone)


def _drop_empty(learner: Learner, ids: Sequence[int]) -> None:
    """Removes organisations that nobody is at any more and of which nothing is written."""
    for begin in range(0, len(ids), AT_ONCE):
        there = learner.organisations.filter(pk__in=ids[begin : begin + AT_ONCE], is_own=False, map_entry=None)
        there.filter(people=None, places=None).delete()
