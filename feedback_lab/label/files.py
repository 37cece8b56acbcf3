"""Files of labels: what a labeller fills in with a spreadsheet, and what comes back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from feedback_lab.errors import LabError
from feedback_lab.files import write_text
from feedback_lab.records.models import QueueItem
from feedback_lab.spreadsheets import bare_cell, safe_cell

COLUMNS = ("row", "theme", "text", "label", "why")


def write_queue(path: Path, items: Sequence[QueueItem], labels: Mapping[int, str] | None = None) -> None:
    """Write the queue as CSV with an empty column ``label``, or the labels that are there. No cell can run as a formula."""
    known = labels or {}
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow([item.row, item.theme, safe_cell(item.text), safe_cell(known.get(item.row, "")), item.reason])
    write_text(path, lines.getvalue())


def read_labels(path: Path) -> dict[int, str]:
    """Labels by row number, of a CSV file with the columns ``row`` and ``label``. Rows without a label are left out.

    Raises ``LabError`` that names the line: a row that is no number, or one that has two labels.
    """
    labels: dict[int, str] = {}
    for line, cells in _lines(path):
        label = " ".join(bare_cell(cells["label"]).split())
        if not label:
            continue
        row = _row(path, line, cells["row"])
        if labels.setdefault(row, label) != label:
            raise LabError(
                f"{path.name}, line {line}: row {row:,} has two labels, “{labels[row]}” and “{label}”.", "Keep one.", row
            )
    if not labels:
        raise LabError(f"{path.name} holds no label.", "Fill in the column “label” and save the file as CSV.")
    return labels


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Line number and cells by lower-case column, of a CSV file with comma, semicolon or tab."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text("windows-1252", errors="replace")
    except OSError as fault:
        raise LabError(f"{path} can't be read: {fault.strerror}.", "Give the path of a file of labels.") from fault
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        missing = [name for name in ("row", "label") if name not in names]
        if missing:
            raise LabError(
                f"{path.name} has no column “{missing[0]}”.", "It needs the columns “row” and “label”, as the queue has."
            )
        return [
            (reader.line_num, dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))) for cells in reader if any(cells)
        ]
    except csv.Error as fault:
        raise LabError(f"{path.name}, line {reader.line_num}: {fault}.", "Save it as CSV once more.") from fault


def _row(path: Path, line: int, cell: str) -> int:
    text = cell.strip().removesuffix(".0")
    if not text.isdecimal():
        raise LabError(f"{path.name}, line {line}: {cell!r} is not the number of a row.", "Leave the column “row” as it was.")
    return int(text)
