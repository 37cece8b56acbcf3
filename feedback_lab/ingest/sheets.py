"""Rows of an Excel workbook, read by calamine after a check that it does not unpack to more than memory holds."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_lab.errors import LabError
from feedback_lab.ingest.batches import Batch, Layout
from feedback_lab.ingest.jsons import clean
from feedback_lab.ingest.unpacking import PIECE, Notes
from feedback_lab.ingest.wishes import find_name

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

RUN = 4_096
# A full sheet of reviews, 1,048,576 rows, unpacks to about half of this.
MOST_UNPACKED = 1 << 30
# calamine holds a rectangle from the first to the last cell. 1,048,576 rows of 28 columns fit.
MOST_CELLS = 30_000_000
_PLACE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
SAVE_ANEW = "Open it in a spreadsheet program and save it as CSV, or as a new workbook."


def check_workbook(path: Path) -> None:
    """Raises ``LabError`` unless the zip file is a workbook that is whole and of a sane size when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as fault:
        raise LabError(f"{path.name} is damaged or no workbook: {fault}.", SAVE_ANEW) from fault


def _check_members(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if not any(member.filename.lower() == "xl/workbook.xml" for member in members):
        raise LabError(
            f"{path.name} is an archive, not an Excel workbook.", "Unpack it, and name the file inside that holds the feedback."
        )
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise LabError(f"{path.name} unpacks to more than {MOST_UNPACKED >> 20:,} MB, so it was not opened.", SAVE_ANEW)
    for member in members:
        # zipfile reads no more than the size it was told, and says so where the content does not fit it.
        _check_member(path, archive, member)


def _check_member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    sheet = "worksheets/" in member.filename.lower()
    columns: set[bytes] = set()
    last, tail = 0, b""
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            if not sheet:
                continue
            places = _PLACE.findall(tail + piece)
            columns.update(column for column, _ in places)
            last = max(last, max((int(row) for _, row in places), default=0))
            tail = piece[-256:]
            if last * max(map(_column_number, columns), default=0) > MOST_CELLS:
                raise LabError(f"A sheet of {path.name} spans more than {MOST_CELLS:,} cells, most of them empty.", SAVE_ANEW)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def open_sheet(path: Path, wish: str | None) -> tuple[CalamineSheet, tuple[str, ...]]:
    """The sheet that is wished, or the first that holds something; and the names of the others that hold something.

    Raises ``LabError`` for a workbook that is damaged, protected or empty, and for a sheet that is not there.
    """
    from python_calamine import PasswordError

    try:
        book = _workbook(path)
        wanted = find_name(wish, book.sheet_names, "sheet") if wish else None
        chosen, others = _chosen(book, wanted)
    except LabError:
        raise
    except PasswordError:
        raise LabError(f"{path.name} is protected with a password.", "Save a copy without a password, and try that.") from None
    except BaseException as fault:  # a panic of the Rust code is no Exception
        if isinstance(fault, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise LabError(f"{path.name} can't be opened as a workbook: {fault}.", SAVE_ANEW) from fault
    if chosen is None:
        raise LabError(
            f"The sheet “{wanted}” is empty." if wanted else f"{path.name} has no sheet with rows.", "Check the workbook."
        )
    return chosen, others


def _chosen(book: CalamineWorkbook, wanted: str | None) -> tuple[CalamineSheet | None, tuple[str, ...]]:
    """One sheet is held at a time: each may be large."""
    chosen, others = None, []
    for name in book.sheet_names:
        sheet = _sheet(book, name)
        if sheet is None or not sheet.height:
            continue
        if chosen is None and wanted in {None, name}:
            chosen = sheet
        else:
            others.append(name)
    return chosen, tuple(others)


def _workbook(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path))


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet | None:
    """A sheet of cells; None for one of charts."""
    from python_calamine import WorksheetNotFound

    try:
        return book.get_sheet_by_name(name)
    except WorksheetNotFound:
        return None


def rows_of(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The rows that are not blank, as strings; all have the width of the sheet."""
    for row in sheet.iter_rows():
        cells = [cell if type(cell) is str and cell.isascii() else _cell(cell) for cell in row]
        if any(cells):
            yield cells


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():g}"


def batches(path: Path, layout: Layout, notes: Notes) -> Iterator[Batch]:
    """The records below the header."""
    sheet, _ = open_sheet(path, layout.sheet)
    rows = islice(rows_of(sheet), layout.skip, None)
    number = 1
    while run := list(islice(rows, RUN)):
        yield Batch(range(number, number + len(run)), run)
        number += len(run)
        notes.progress(number / max(number, sheet.height))
