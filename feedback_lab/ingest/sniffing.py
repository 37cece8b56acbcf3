"""What a file is and how it is laid out, from its first megabyte."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from feedback_lab.errors import LabError
from feedback_lab.ingest import columnar, sheets
from feedback_lab.ingest.batches import Layout, named
from feedback_lab.ingest.decoding import checked_encoding, texts
from feedback_lab.ingest.delimited import cut_lines
from feedback_lab.ingest.headers import checked_delimiter, first_row, guess_delimiter, is_data
from feedback_lab.ingest.jsons import names_of, of_array, of_lines
from feedback_lab.ingest.lines import blocks
from feedback_lab.ingest.unpacking import Notes, container_of, head_of
from feedback_lab.ingest.wishes import Wishes

MOST_COLUMNS = 20_000
# Lines of the head that are compared to find the delimiter.
COMPARED = 400
# A text has hardly any characters that only steer a terminal.
MOST_CONTROL = 0.02
_CONTROL = {chr(code) for code in range(32)} - set("\t\n\r\f\v\x1b\x1c\x1d\x1e\x1f")
JSON_SUFFIXES = {".json", ".jsonl", ".ndjson"}


def sniff(path: Path, wishes: Wishes) -> Layout:
    """The layout of a file that can be read. Raises ``LabError`` for what is no table."""
    container = container_of(path)
    layout = _layout(path, container, wishes)
    if len(layout.names) > MOST_COLUMNS:
        raise LabError(
            f"{path.name} has {len(layout.names):,} columns; at most {MOST_COLUMNS:,} can be read.",
            "Check the delimiter, or keep fewer.",
        )
    return layout


def _layout(path: Path, container: str, wishes: Wishes) -> Layout:
    if container == "parquet":
        return Layout("parquet", container, columnar.names_of(path))
    if container == "zip":
        return _of_workbook(path, wishes)
    return _of_text(path, container, wishes)


def _of_workbook(path: Path, wishes: Wishes) -> Layout:
    sheets.check_workbook(path)
    sheet, others = sheets.open_sheet(path, wishes.sheet)
    assumed = []
    if others and not wishes.sheet:
        assumed.append(f"The workbook has {1 + len(others)} sheets with rows; “{sheet.name}” was read, not {_listed(others)}.")
    rows = [row for row, _ in zip(sheets.rows_of(sheet), range(COMPARED), strict=False)]
    if not rows:
        raise LabError(f"The sheet “{sheet.name}” is empty.", "Name another sheet.")
    layout = Layout("xlsx", "zip", (), sheet=sheet.name, assumed=tuple(assumed))
    return _with_header(layout, rows, 1)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"“{name}”" for name in names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _of_text(path: Path, container: str, wishes: Wishes) -> Layout:
    head, whole = head_of(path, container)
    if container == "gzip" and head.startswith((b"PAR1", b"PK\x03\x04")):
        raise LabError(f"{path.name} holds a packed file that is packed once more.", "Unpack it, and name the file inside.")
    notes = Notes()
    text = "".join(texts([head], checked_encoding(wishes.encoding), notes))
    _refuse_binary(path, text, notes)
    if not text.strip():
        raise LabError(f"{path.name} holds nothing but blanks.", "Export it again.")
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    layout = Layout("", container, (), encoding=wishes.encoding)
    found = _as_json(path, text, suffix, layout) if wishes.delimiter is None else None
    if found is not None:
        return found
    return _of_lines(path, text, whole, layout, wishes, suffix)


def _refuse_binary(path: Path, text: str, notes: Notes) -> None:
    odd = sum(map(text.count, _CONTROL))
    if odd > MOST_CONTROL * len(text) or notes.nuls + notes.undecodable > 0.3 * (len(text) + notes.nuls):
        raise LabError(
            f"{path.name} is not a text file.",
            "Export the feedback as CSV, XLSX, JSONL or Parquet; if it is text, name its encoding.",
        )


def _as_json(path: Path, text: str, suffix: str, layout: Layout) -> Layout | None:
    """The layout if the text is JSON, by its suffix or by its first record."""
    start = text.lstrip()
    as_array = start.startswith("[")
    first = start[1:].lstrip() if as_array else start
    if not first.startswith(("{", "]")) and suffix not in JSON_SUFFIXES:
        return None
    names = names_of(of_array([text], Notes()) if as_array else of_lines(blocks([text], Notes())))
    if names:
        return replace(layout, format="json" if as_array else "jsonl", names=names)
    if suffix not in JSON_SUFFIXES:
        return None
    raise LabError(f"{path.name} holds no records: {_not_records(start)}.", "Give one object on each line, or a list of objects.")


def _not_records(start: str) -> str:
    try:
        json.loads(start)
    except (ValueError, RecursionError):
        return "its JSON is broken, or is one object over several lines"
    return "its JSON has no objects with keys"


def _of_lines(path: Path, text: str, whole: bool, layout: Layout, wishes: Wishes, suffix: str) -> Layout:
    lines = [line for block in blocks([text], Notes()) for line in block]
    if not whole and lines:
        lines.pop()  # it may be cut
    if not lines:
        raise LabError(f"The first line of {path.name} is longer than 1 MB.", "Check that it is a table, and its line ends.")
    delimiter = checked_delimiter(wishes.delimiter)
    skip = 0
    if lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\r\n")) == 5:  # a note to Excel
        delimiter = delimiter if delimiter is not None else checked_delimiter(lines[0][4])
        skip = 1
    if delimiter is None:
        delimiter = guess_delimiter(lines[:COMPARED], suffix)
    cut = cut_lines(lines[skip : skip + COMPARED], delimiter, 0, 0, False)
    if not cut.rows:
        cut = cut_lines(lines[skip:], delimiter, 0, 0, True)
    first_row(cut, path.name)
    # The header ends where the next record, or what is left over, begins.
    ends = min([*list(cut.starts)[1:2], *cut.broken, cut.used])
    layout = replace(layout, format="tsv" if delimiter == "\t" else "csv", delimiter=delimiter)
    return _with_header(layout, cut.rows, skip + ends, skip)


def _with_header(layout: Layout, rows: list[list[str]], header_ends: int, start: int = 0) -> Layout:
    """The layout with the names of its columns, from the first row or made up."""
    data = is_data(rows[0], rows[1:])
    names, said = named(["" for _ in rows[0]] if data else rows[0])
    least = max((place for place, cell in enumerate(rows[0], 1) if cell.strip()), default=1)
    if data:
        said = ["The first line looks like data, so it counts as row 1; the columns are called “column 1” and so on."]
    return replace(layout, names=names, skip=start if data else header_ends, least=least, assumed=(*layout.assumed, *said))
