"""Files of others: the ones that are listed, as they came, with their licences."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import segue.shared

VENDOR = Path(segue.shared.__file__).parent / "static/shared/vendor"
LISTED = {
    cells[0]: cells
    for line in (VENDOR / "VENDORED.md").read_text("utf-8").splitlines()
    if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5 and cells[0].endswith(".js")
}


def test_every_file_is_listed() -> None:
    assert {path.name for path in VENDOR.glob("*.js")} == set(LISTED)


def test_files_are_as_they_came() -> None:
    found = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in LISTED}
    assert found == {name: cells[4] for name, cells in LISTED.items()}


def test_licences_are_there() -> None:
    named = {name for cells in LISTED.values() for name in re.findall(r"[\w.-]+\.txt", cells[3])}
    assert named == {path.name for path in VENDOR.glob("*.txt")}
