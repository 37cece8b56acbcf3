"""Files of contacts: what taking one in would do, page by page; and the people as contacts are compared with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Value, When

from segue.accounts.models import Learner
from segue.work.connect.contact_matching import CHANGED, FILLED, NEW, SAME, Known, known_from
from segue.work.connect.contact_tables import ContactTable
from segue.work.connect.contacts import LABELS, Unread
from segue.work.connect.csv_columns import Heading
from segue.work.connect.models import Ask, Commitment, ContactImport, FeedbackPoint, Insight, Meeting, Person, RolePlace, Touch
from segue.work.connect.role_guesses import guessed_role
from segue.work.connect.vocabulary import role_words

REJECTED = "rejected"
STATES: Mapping[str, str] = {NEW: "New", CHANGED: "Changed", SAME: "Same", REJECTED: "Rejected"}
PER_PAGE = 50
SHOWN_ROWS = 5
MOST_EARLIER = 10


@dataclass(frozen=True)
class ShownChange:
    """A field that would change, in words."""

    label: str
    was: str
    becomes: str


@dataclass(frozen=True)
class ShownContact:
    """A contact as the preview shows it."""

    row: int
    name: str
    organisation: str
    position: str
    email: str
    role: str
    changes: tuple[ShownChange, ...]
    same_as: int
    text: str = ""
    why: str = ""


@dataclass(frozen=True)
class Preview:
    """What taking a file in would do. ``remarks`` say what was assumed and what is left out."""

    contacts: ContactImport
    state: str
    page: Page[Any]
    shown: tuple[ShownContact, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many are new, changed, the same, rejected."""
        return {state: self.contacts.counts.get(state, 0) for state in STATES}

    @property
    def remarks(self) -> Sequence[str]:
        """What was assumed in reading the file."""
        return tuple(self.contacts.columns.get("remarks", ()))

    @property
    def is_worth_taking(self) -> bool:
        """Whether anything would change."""
        return bool(self.counts[NEW] or self.counts[CHANGED])


def known_people(learner: Learner) -> Iterator[Known]:
    """All people as contacts are compared with them, those first who came first. One query."""
    columns = [name for name in FILLED if name != "organisation"]
    rows = learner.people.order_by("pk").values("id", "key", "name", "source", "source_key", "organisation__name", *columns)
    return map(known_from, rows)


def preview_of(contacts: ContactImport, state: str, number: str | None) -> Preview:
    """A page of what would become of the contacts in one state; the first state with any where none is asked for."""
    if state not in STATES:
        state = next((each for each in STATES if contacts.counts.get(each)), NEW)
    if state == REJECTED:
        rows: list[Any] = contacts.rejected
    else:
        rows = [row for row in contacts.rows if row["state"] == state] if contacts.taken_at is None else []
    page = Paginator(rows, PER_PAGE).get_page(number)
    return Preview(contacts, state, page, tuple(map(_shown, page.object_list)))


def _shown(row: Any) -> ShownContact:
    if isinstance(row, list):
        return ShownContact(row[0], "", "", "", "", "", (), 0, text=row[1], why=row[2])
    given = {name: row.get(name, "") for name in ("name", "organisation", "position", "email")}
    role = role_words(row.get("role") or guessed_role(given["position"]))
    changes = tuple(
        ShownChange(LABELS[name], _words(name, was), _words(name, becomes)) for name, was, becomes in row.get("changes", ())
    )
    return ShownContact(row["row"], **given, role=role, changes=changes, same_as=row.get("same_as", 0))


def _words(name: str, value: Any) -> str:
    if name == "role":
        return role_words(value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def needs_columns(contacts: ContactImport) -> bool:
    """Whether the learner still has to say what the columns of a table are."""
    return "guess" in contacts.columns


def table_of(contacts: ContactImport) -> ContactTable:
    """The table that waits for its columns."""
    kept = contacts.columns
    heading = Heading(kept["at"], tuple(kept["heading"]), kept["guess"])
    rows = [(row[0], row[1:]) for row in contacts.rows]
    return ContactTable(heading, rows, [Unread(*each) for each in kept["unread"]], kept["empty"])


def examples_of(table: ContactTable) -> list[tuple[str, list[str]]]:
    """The heading of each column, and what stands first in it."""
    first = [cells for _, cells in table.rows[:SHOWN_ROWS]]
    width = max((len(table.heading.cells), *map(len, first)))
    named = [*table.heading.cells, *[""] * width][:width]
    return [(named[at], [cells[at] if at < len(cells) else "" for cells in first]) for at in range(width)]


def earlier_imports(learner: Learner) -> QuerySet[ContactImport]:
    """The newest files, taken in or waiting, without their rows."""
    return learner.contact_imports.defer("rows", "rejected").order_by("-made_at")[:MOST_EARLIER]


def brought_people(contacts: ContactImport) -> QuerySet[Person]:
    """The people that a file brought; ``is_used`` where anything hangs on them: an ask, a talk, a contact, a place in a map."""
    hanging = (Ask, Meeting, Insight, Commitment, Touch, FeedbackPoint, RolePlace)
    used = [When(Exists(model.objects.filter(person=OuterRef("pk"))), then=Value(True)) for model in hanging]
    return contacts.people.annotate(is_used=Case(*used, default=Value(False), output_field=BooleanField()))
