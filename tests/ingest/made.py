"""Files for the tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape

from feedback_lab.ingest import read
from feedback_lab.records.rows import Rows
from feedback_lab.records.source import IngestResult

WORKSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def written(folder: Path, content: str | bytes, name: str = "feedback.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_of(path: Path, look: IngestResult, rows: int = 50_000) -> Rows:
    """All kept rows."""
    return Rows.joined(read(path, look, rows))


def adds_up(look: IngestResult) -> bool:
    """Whether every record is kept or set aside."""
    return look.rows == look.kept + sum(look.rejected_by_reason.values())


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """An Excel workbook; every string is a cell of its own, numbers are numbers, None is no cell."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = [("/xl/workbook.xml", "spreadsheetml.sheet.main")]
        parts += [(f"/xl/worksheets/sheet{n}.xml", "spreadsheetml.worksheet") for n in range(1, len(names) + 1)]
        kinds = "".join(
            f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
            for part, kind in parts
        )
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{kinds}</Types>')
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relations([("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(names))])
        )
        listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{WORKSHEET}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
        )
        for n, name in enumerate(names, 1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(sheets[name]))
    return path


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    one = '<Relationship Id="rId{}" Type="' + RELATIONS + '/{}" Target="{}"/>'
    listed = "".join(one.format(n, kind, target) for n, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(rows: Sequence[Sequence[object]]) -> str:
    lines = (
        f'<row r="{y}">{"".join(_cell(chr(64 + x) + str(y), value) for x, value in enumerate(row, 1) if value is not None)}</row>'
        for y, row in enumerate(rows, 1)
    )
    return "".join(chain([f'<worksheet xmlns="{WORKSHEET}"><sheetData>'], lines, ["</sheetData></worksheet>"]))


def _cell(place: str, value: object) -> str:
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
