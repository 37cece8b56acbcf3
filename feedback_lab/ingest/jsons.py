"""Records of JSON: one object a line, or one array of objects. Objects inside of objects are flattened by one level."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from json import JSONDecodeError
from typing import Any

from feedback_lab.ingest.batches import BAD_JSON, NO_OBJECT, Batch, Layout
from feedback_lab.ingest.unpacking import Notes
from feedback_lab.records.source import Rejection

# Records handed on at once.
RUN = 4_096
# Characters of one element of an array.
LONGEST = 8 << 20
NAMELESS = "no name"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK = re.compile(r"[\s,]*")
_UNREADABLE = object()


def flat(record: dict[str, Any]) -> dict[str, str]:
    """A record as cells by column: {"user": {"age": 5}} is "user.age". Lists, and objects further down, are cells of JSON."""
    cells: dict[str, str] = {}
    for key, value in record.items():
        name = clean(key) or NAMELESS
        if isinstance(value, dict) and value:
            for inner, part in value.items():
                cells[f"{name}.{clean(inner)}"] = _cell(part)
        else:
            cells[name] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def clean(text: str) -> str:
    r"""Text without NULs and half characters, which JSON can spell (``"\ud800"``) and no file can hold."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return text.replace("\0", "") if "\0" in text else text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _UNREADABLE


Found = tuple[int, Any]


def of_lines(blocks: Iterable[list[str]]) -> Iterator[Found]:
    """The line and value of each line that is not blank."""
    line = 0
    for block in blocks:
        for text in block:
            line += 1
            if text and not text.isspace():
                yield line, _parsed(text)


def of_array(texts: Iterable[str], notes: Notes) -> Iterator[Found]:
    """The line and value of each element of an array, read piece by piece.

    Where an element can't be read, nothing behind it can be trusted: it is handed on as unreadable and ``notes`` say so.
    """
    decoder = json.JSONDecoder()
    source = iter(texts)
    buffer, line, at = _opened(source)
    while True:
        after = _BLANK.match(buffer, at).end()  # type: ignore[union-attr]  # it matches nothing at least
        line += buffer.count("\n", at, after)
        at = after
        if buffer.startswith("]", at):
            return
        value, after = _element(decoder, buffer, at)
        # A number or word at the very end of the piece may go on in the next.
        if value is _UNREADABLE or after == len(buffer):
            more = next(source, None) if len(buffer) - at <= LONGEST else None
            if more is not None:
                buffer, at = buffer[at:] + more, 0
                continue
        if value is _UNREADABLE:
            notes.breaks_off = True
            yield line, value
            return
        yield line, value
        line += buffer.count("\n", at, after)
        at = after


def _opened(source: Iterator[str]) -> tuple[str, int, int]:
    """The text from the opening bracket on, its line, and the place behind the bracket."""
    buffer, line = "", 1
    while "[" not in buffer:
        line += buffer.count("\n")
        piece = next(source, None)
        if piece is None:
            return "]", line, 0
        buffer = piece
    at = buffer.index("[")
    return buffer, line + buffer.count("\n", 0, at), at + 1


def _element(decoder: json.JSONDecoder, buffer: str, at: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(buffer, at)
    except (JSONDecodeError, ValueError, RecursionError):
        return _UNREADABLE, at


def batches(found: Iterable[Found], layout: Layout, notes: Notes) -> Iterator[Batch]:
    """The records as cells in the order of the columns. Keys that the first records don't have are counted and left out."""
    known = frozenset(layout.names)
    numbers: list[int] = []
    lines: list[int] = []
    rows: list[Sequence[str]] = []
    rejected: list[Rejection] = []
    for number, (line, value) in enumerate(found, 1):
        if isinstance(value, dict):
            cells = flat(value)
            notes.late_columns += not known.issuperset(cells)
            rows.append([cells.get(name, "") for name in layout.names])
            numbers.append(number)
            lines.append(line)
        else:
            rejected.append(Rejection(number, BAD_JSON if value is _UNREADABLE else NO_OBJECT, line))
        if len(rows) + len(rejected) >= RUN:
            yield Batch(numbers, rows, lines, rejected)
            numbers, lines, rows, rejected = [], [], [], []
    if rows or rejected:
        yield Batch(numbers, rows, lines, rejected)


def names_of(found: Iterable[Found]) -> tuple[str, ...]:
    """The columns of some records, in the order in which they first appear."""
    names: dict[str, None] = {}
    for _, value in found:
        if isinstance(value, dict):
            names.update(dict.fromkeys(flat(value)))
    return tuple(names)
