"""One's own notes as cards: a text of two or three columns, as spreadsheets, Anki and Quizlet write it.

Nothing is lost in silence: a line becomes a card, or it is told with its number and why not.
"""

from __future__ import annotations

import csv
import hashlib
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import nh3

from segue.core.errors import UserError
from segue.curriculum.naming import concepts_by_name
from segue.evidence.texts import clean_line, folded

SEPARATORS = {"\t": "tabs", "|": "bars", ";": "semicolons", ",": "commas"}  # those seldom in a sentence first
ANKI_NAMES = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
MOST_FRONT, MOST_BACK = 500, 2000
HEADINGS = {"front", "back", "question", "answer", "term", "definition", "word", "meaning"}
HEADER = re.compile(r"#(?P<name>(?:separator|html|columns|tags|deck|notetype|guid|if matches)(?: column)?):(?P<value>.*)")
PLACE = re.compile(r"[1-9]\d{0,3}", re.ASCII)
EXCEL = re.compile(r"sep=(?P<separator>[\t|;,])\s*")
NO_COLUMNS = "it has no second column"


@dataclass(frozen=True)
class Note:
    """A line that can be a card. ``concept`` is empty where it names none."""

    line: int
    front: str
    back: str
    concept: str = ""

    @property
    def key(self) -> str:
        """What it is known by: the same front is the same card, whatever stands on its back."""
        return key_of(self.front)


@dataclass(frozen=True)
class Rejected:
    """A line that can't, how it begins, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Notes:
    """All lines of a text. ``remarks`` say what was assumed in reading it."""

    notes: tuple[Note, ...]
    rejected: tuple[Rejected, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Layout:
    """What Anki says of its own export in lines that begin with #. ``skipped``: columns that are no fields; all count from 0."""

    separator: str = ""
    is_html: bool = False
    tags: int | None = None
    skipped: frozenset[int] = frozenset()


def key_of(front: str) -> str:
    """A front as an id; capitals and spaces make no difference."""
    return hashlib.sha256(folded(clean_line(front)).encode()).hexdigest()[:16]


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, and what was assumed. Raises ``UserError`` where it is no text."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\0" in data:
        raise UserError(
            "This is no text file.", "In Anki choose Export and “Notes in Plain Text”; in a spreadsheet save the sheet as CSV."
        )
    try:
        return data.decode("utf-16" if wide else "utf-8-sig"), ""
    except UnicodeDecodeError:
        said = "The file is not in UTF-8; it was read as Windows-1252. Look at letters with accents before you keep the cards."
        return data.decode("cp1252", "replace"), said


def read_notes(text: str) -> Notes:
    """Reads the lines of a text; the separator is what Anki names, else the one that most lines have."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = next((n for n, line in enumerate(lines) if not (HEADER.match(line) or EXCEL.fullmatch(line))), len(lines))
    layout = _layout(lines[:head])
    body = lines[head:]
    separator = layout.separator or _separator(body)
    remarks = [f"Columns are told apart by {SEPARATORS[separator]}."] if separator else []
    notes: list[Note] = []
    rejected: list[Rejected] = []
    seen: dict[str, int] = {}
    for number, (line, cells) in enumerate(_rows(body, separator, head)):
        if not any(cells):
            continue
        if number == 0 and len(cells) > 1 and {cell.casefold() for cell in cells[:2]} <= HEADINGS:
            remarks.append(f"Line {line} is taken as headings.")
            continue
        note, why = _note(line, cells, layout)
        if note is not None and (first := seen.get(note.key)):
            note, why = None, f"its front is on line {first} already"
        if note is None:
            rejected.append(Rejected(line, separator.join(cells)[:80], why))
        else:
            seen[note.key] = line
            notes.append(note)
    return Notes(tuple(notes), tuple(rejected), tuple(remarks))


def _layout(lines: Sequence[str]) -> _Layout:
    said = {m["name"]: m["value"].strip() for line in lines if (m := HEADER.match(line))}
    named = next((m["separator"] for line in lines if (m := EXCEL.fullmatch(line))), said.get("separator", ""))
    columns = {name.removesuffix(" column"): int(value) - 1 for name, value in said.items() if PLACE.fullmatch(value)}
    separator = ANKI_NAMES.get(named.lower(), named if named in SEPARATORS else "")
    tags = columns.pop("tags", None)
    return _Layout(separator, said.get("html") == "true", tags, frozenset(columns.values()))


def _separator(lines: Sequence[str]) -> str:
    """The separator that most lines have; of equals the one that is seldom in a sentence."""
    filled = [line for line in lines if line.strip()]
    counts = {separator: sum(separator in line for line in filled) for separator in SEPARATORS}
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else ""


def _rows(lines: Sequence[str], separator: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """Cells with the number of the line on which they begin. Marks of quotation that don't close are taken as they stand."""
    try:
        rows = list(_quoted(lines, separator, before))
    except csv.Error:
        rows = [(before + n, line.split(separator) if separator else [line]) for n, line in enumerate(lines, 1)]
    for line, cells in rows:
        yield line, [cell.strip() for cell in cells]


def _quoted(lines: Sequence[str], separator: str, before: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator or "\t", strict=True)
    begins = before + 1
    for cells in reader:
        yield begins, cells
        begins = before + reader.line_num + 1


def _note(line: int, cells: Sequence[str], layout: _Layout) -> tuple[Note | None, str]:
    fields = [cell for n, cell in enumerate(cells) if n != layout.tags and n not in layout.skipped]
    if layout.is_html:
        fields = list(map(_plain, fields))
    front, back = (*fields, "", "")[:2]
    named = (cells[layout.tags].split() if len(cells) > layout.tags else []) if layout.tags is not None else fields[2:3]
    known = concepts_by_name()
    concept = next((known[name.casefold()] for name in named if name.casefold() in known), "")
    if why := _fault(front, back, len(fields)):
        return None, why
    return Note(line, front, back, concept), ""


def _fault(front: str, back: str, fields: int) -> str:
    if fields < 2:
        return NO_COLUMNS
    if not front or not back:
        return "its front is empty" if not front else "its back is empty"
    if len(front) > MOST_FRONT:
        return f"its front has {len(front):,} characters; {MOST_FRONT} is the most"
    return f"its back has {len(back):,} characters; {MOST_BACK:,} is the most" if len(back) > MOST_BACK else ""


def _plain(cell: str) -> str:
    """The words of a field that Anki wrote as HTML."""
    broken = re.sub(r"<(br|/div|/p|/li)\b[^>]*>", "\n", cell, flags=re.IGNORECASE)
    return html.unescape(nh3.clean(broken, tags=set())).strip()
