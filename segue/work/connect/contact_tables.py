"""A table of contacts: CSV with any separator, with or without lines above its headings, and the contacts in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from segue.core.errors import UserError
from segue.evidence.texts import clean_line
from segue.work.connect.contact_dates import DAY_FIRST, MONTH_FIRST, is_ambiguous, order_of, read_day
from segue.work.connect.contact_files import MENDS
from segue.work.connect.contacts import (
    Contact,
    Unread,
    fault_of,
    full_name,
    sound_email,
    sound_note,
    sound_relation,
    sound_role,
    sound_tags,
    sound_url,
)
from segue.work.connect.csv_columns import MOST_HEADING_ROWS, Heading, heading_of

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_CONTACTS = 50_000
MOST_CELLS = 300
NAMED_ROWS = 5  # rows that a remark names
_EXCEL = re.compile(r"sep=([,;|\t])\s*", re.IGNORECASE)

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Found:
    """The contacts of a file, what can't be one, and what was assumed."""

    contacts: tuple[Contact, ...]
    unread: tuple[Unread, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContactTable:
    """A table that was cut into cells. Rows count from 1 as a spreadsheet shows them; ``rows`` are those below the headings.

    ``empty``: rows in which no cell has anything.
    """

    heading: Heading
    rows: Sequence[Row]
    unread: Sequence[Unread] = ()
    empty: int = 0


@dataclass
class _Remarked:
    """Rows in which something was left out, by what."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)

    def add(self, what: str) -> None:
        """Notes something about the row that is read."""
        self.pending.append(what)

    def settle(self, row: int, is_taken: bool) -> None:
        """Keeps what was noted of a row that is taken."""
        for what in self.pending if is_taken else ():
            self.rows.setdefault(what, []).append(row)
        self.pending.clear()

    def words(self) -> Iterator[str]:
        """A sentence for each."""
        for what, rows in self.rows.items():
            named = ", ".join(f"{row:,}" for row in rows[:NAMED_ROWS])
            yield what.format(f"{len(rows):,}", named + (" …" if len(rows) > NAMED_ROWS else ""))


NO_DAY = "Days that can’t be read: {} (rows {}). Those people count as known since today."
NO_MAIL = "E-mail addresses that are none, and are left out: {} (rows {})."
NO_ROLE = "Roles that Segue does not know, and that are left out: {} (rows {})."
NO_RELATION = "Relations that Segue does not know, and that are left out: {} (rows {})."
NO_LINK = "Links that are none, and are left out: {} (rows {})."


def read_table(text: str) -> ContactTable:
    """Cuts a text into cells. Raises ``UserError`` where it is no table, or a table of more people than anybody knows."""
    excel = _EXCEL.match(text)
    lines = text.split("\n")[1 if excel else 0 :]
    separator = excel[1] if excel else _separator(lines)
    rows: list[Row] = []
    unread: list[Unread] = []
    empty: list[int] = []
    for number, cells, why in _records(lines, separator, 2 if excel else 1):
        if why:
            unread.append(Unread(number, separator.join(cells)[:80], why))
        elif any(map(str.strip, cells)):
            rows.append((number, cells))
        elif cells:
            empty.append(number)
        if len(rows) + len(unread) > MOST_CONTACTS + MOST_HEADING_ROWS:
            raise UserError(f"The file has more than {MOST_CONTACTS:,} rows.", "Split it, and keep the people whom you know.")
    heading = heading_of([cells for _, cells in rows[: 4 * MOST_HEADING_ROWS]])
    if len([cell for cell in heading.cells if cell]) < 2 and not heading.columns:
        raise UserError("This is no table of contacts: no row names its columns.", MENDS)
    top = rows[heading.at][0]
    below = [each for each in unread if each.row > top]
    return ContactTable(heading, rows[heading.at + 1 :], below, sum(number > top for number in empty))


def _separator(lines: Sequence[str]) -> str:
    """The separator with which the headings say most; of equals the one that makes more cells."""

    def score(separator: str) -> tuple[int, int]:
        rows = [cells for _, cells, why in _records(lines[: 2 * MOST_HEADING_ROWS], separator, 1) if not why]
        heading = heading_of(rows)
        return len(heading.columns), len(heading.cells)

    return max(SEPARATORS, key=score)


def _records(lines: Sequence[str], separator: str, first: int) -> Iterator[tuple[int, list[str], str]]:
    """Number, cells, and what is wrong. A quotation mark that does not close costs its own row and no other."""
    begin, number = 0, first
    while begin < len(lines):
        rest = range(begin, len(lines))  # no copy: a file may have as many faults as lines
        reader = csv.reader((f"{lines[at]}\n" for at in rest), delimiter=separator, strict=True)
        used = 0
        try:
            for cells in reader:
                used = reader.line_num
                yield number, cells, "" if len(cells) <= MOST_CELLS else f"It has {len(cells):,} cells."
                number += 1
        except csv.Error:
            yield number, [lines[begin + used]], "Its quotation marks don’t close."
            begin, number = begin + used + 1, number + 1
        else:
            return


def contacts_from(table: ContactTable, columns: Mapping[str, int], *, is_linkedin: bool = False) -> Found:
    """The contacts of a table, with the column of each field as it was decided."""
    contacts: list[Contact] = []
    unread = list(table.unread)
    remarked = _Remarked()
    place = columns.get("known_since")
    days = [cells[place] for _, cells in table.rows if len(cells) > place] if place is not None else []
    order = order_of(days) or (MONTH_FIRST if is_linkedin else DAY_FIRST)
    make = _maker(columns, order, remarked)
    width = len(table.heading.cells)
    for row, cells in table.rows:
        why = f"It has {len(cells)} cells, and there are {width} headings." if any(cells[width:]) else ""
        contact = make(row, cells)
        why = why or fault_of(contact)
        remarked.settle(row, is_taken=not why)
        if why:
            unread.append(Unread(row, " · ".join(filter(None, map(str.strip, cells)))[:80], why))
        else:
            contacts.append(contact)
    remarks = [*remarked.words(), *_of_order(days, order), *_unused(table, columns)]
    return Found(tuple(contacts), tuple(sorted(unread, key=lambda each: each.row)), tuple(remarks))


def _maker(columns: Mapping[str, int], order: str, remarked: _Remarked) -> Callable[[int, Sequence[str]], Contact]:
    plain = {name: columns[name] for name in ("organisation", "team", "position", "phone", "how_known") if name in columns}

    def make(row: int, cells: Sequence[str]) -> Contact:
        def cell(name: str) -> str:
            place = columns.get(name, -1)
            return bare(cells[place]) if 0 <= place < len(cells) else ""

        def sound(name: str, read: Callable[[str], str], left: str) -> str:
            text = cell(name).strip()
            value = read(text) if text else ""
            if text and not value:
                remarked.add(left)
            return value

        since = cell("known_since").strip()
        day = read_day(since, order) if since else None
        if since and day is None:
            remarked.add(NO_DAY)
        return Contact(
            row,
            clean_line(cell("name")) or full_name(cell("first"), cell("last")),
            role=sound("role", sound_role, NO_ROLE) if "role" in columns else "",
            relation=sound("relation", sound_relation, NO_RELATION) if "relation" in columns else "",
            key=cell("key").strip() if "key" in columns else "",
            email=sound("email", sound_email, NO_MAIL),
            url=sound("url", sound_url, NO_LINK),
            tags=sound_tags(_parted(cell("tags"))) if "tags" in columns else (),
            note=sound_note(cell("note")) if "note" in columns else "",
            known_since=day,
            **{name: clean_line(bare(cells[place])) for name, place in plain.items() if place < len(cells)},
        )

    return make


def bare(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    if not text.startswith("'"):
        return text
    from segue.work.lab.cells import bare_cell

    return bare_cell(text)


def _parted(text: str) -> list[str]:
    return re.split(r"[;|、]" if re.search(r"[;|、]", text) else ",", text)


def _of_order(days: Sequence[str], order: str) -> Iterator[str]:
    if not order_of(days) and any(map(is_ambiguous, days)):
        words = "month/day/year" if order == MONTH_FIRST else "day/month/year"
        yield f"Days such as {next(filter(is_ambiguous, days))} can be read in two ways; they were read as {words}."


def _unused(table: ContactTable, columns: Mapping[str, int]) -> Iterator[str]:
    used = set(columns.values())
    left = [clean_line(cell)[:40] for place, cell in enumerate(table.heading.cells) if cell and place not in used]
    if table.empty:
        yield f"Rows with nothing in them: {table.empty:,}."
    if left:
        more = f" and {len(left) - 8} more" if len(left) > 8 else ""
        yield f"Columns that are left out: {', '.join(left[:8])}{more}."
