from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from feedback_lab.errors import LabError
from feedback_lab.ingest import Wishes, look, sheets
from tests.ingest.made import rows_of, workbook, written

ROWS: list[list[object]] = [["text", "date", "rating"], *([f"I waited {n} days", 46_329 + n, n % 5 + 1] for n in range(40))]


def test_a_workbook_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"Feedback": ROWS})
    found = look(path)
    assert (found.format, found.rows, found.kept, found.sheet, found.warnings) == ("xlsx", 40, 40, "Feedback", ())
    assert (found.roles.text, found.roles.time, found.roles.rating) == ("text", "date", "rating")
    rows = rows_of(path, found)
    assert rows.times is not None
    assert str(rows.times[0]) == "2026-11-03T00:00:00"
    assert rows.number.tolist() == list(range(1, 41))


def test_the_first_sheet_with_rows_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"Empty": [], "One": ROWS, "Two": ROWS[:5]})
    found = look(path)
    assert (found.sheet, found.kept) == ("One", 40)
    assert found.warnings == ("The workbook has 2 sheets with rows; “One” was read, not “Two”.",)
    found = look(path, Wishes(sheet="two"))
    assert (found.sheet, found.kept, found.warnings) == ("Two", 4, ())
    assert len(rows_of(path, found)) == 4


@pytest.mark.parametrize(("sheet", "words"), [("Three", "no sheet “Three”.\nDid you mean"), ("Empty", "“Empty” is empty")])
def test_a_sheet_that_is_not_there_or_empty_is_said(tmp_path: Path, sheet: str, words: str) -> None:
    path = workbook(tmp_path / "book.xlsx", {"Empty": [], "There": ROWS})
    with pytest.raises(LabError, match=words):
        look(path, Wishes(sheet=sheet))


def test_blank_rows_and_cells_of_all_kinds(tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["text", "score"],
        ["Very good & <fast>", 4.5],
        [],
        [None, 3],
        ["I don't know", None],
        [None, None],
    ]
    path = workbook(tmp_path / "book.xlsx", {"One": lines})
    found = look(path, Wishes(rating="score"))
    assert (found.rows, found.kept, found.rejected_by_reason) == (3, 2, {"no text": 1})
    assert list(rows_of(path, found).texts) == ["Very good & <fast>", "I don't know"]


def test_a_broken_workbook_is_said(tmp_path: Path) -> None:
    data = workbook(tmp_path / "book.xlsx", {"One": ROWS}).read_bytes()
    middle = len(data) // 2
    for spoilt in (
        data[:middle],
        data[:middle] + bytes(50) + data[middle + 50 :],
        b"PK\x03\x04" + bytes(200),
        data[:60] + b"x" * 30 + data[90:],
    ):
        with pytest.raises(LabError, match=r"damaged|no workbook|can't be opened"):
            look(written(tmp_path, spoilt, "spoilt.xlsx"))


def test_an_archive_that_is_no_workbook_is_said(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as archive:
        archive.writestr("feedback.csv", "text\nhello\n")
    with pytest.raises(LabError, match="not an Excel workbook"):
        look(tmp_path / "some.zip")


def test_a_workbook_without_content_is_said(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(LabError, match=r"can't be opened|no sheet with rows"):
        look(tmp_path / "book.xlsx")
    with pytest.raises(LabError, match="no sheet with rows"):
        look(workbook(tmp_path / "empty.xlsx", {"One": []}))


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 10_000)
    path = workbook(tmp_path / "book.xlsx", {"One": [["text"], ["x" * 20_000]]})
    with pytest.raises(LabError, match="unpacks to more than"):
        look(path)


def test_a_size_that_is_a_lie_is_found_out(tmp_path: Path) -> None:
    data = bytearray(workbook(tmp_path / "book.xlsx", {"One": [["text"], ["x" * 20_000]]}).read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    with pytest.raises(LabError, match="damaged"):
        look(written(tmp_path, bytes(data), "lie.xlsx"))


def test_a_far_off_cell_does_not_fill_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"One": ROWS})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(tmp_path / "far.xlsx", "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with pytest.raises(LabError, match="spans more than"):
        look(tmp_path / "far.xlsx")
