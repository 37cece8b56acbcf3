"""Cells that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback_lab.spreadsheets import STARTS, bare_cell, safe_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x.example";"click")', '\'=HYPERLINK("http://x.example";"click")'),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+49 30 901820", "'+49 30 901820"),
        ("-cheap", "'-cheap"),
        ("- 5", "'- 5"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-5", "-5"),
        ("+3.5", "+3.5"),
        ("-1e-5", "-1e-5"),
        (-5, "-5"),
        (0.5, "0.5"),
        (None, ""),
        ("good", "good"),
        ("'quoted' and good", "'quoted' and good"),
        ("'=1", "''=1"),
    ],
)
def test_safe_cells(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


@given(st.text() | st.tuples(st.sampled_from([*STARTS, "'", "''"]), st.text()).map("".join))
@example("'=1")
@example("''-5")
def test_the_value_comes_back_and_is_never_run(text: str) -> None:
    cell = safe_cell(text)
    assert bare_cell(cell) == text
    assert not cell.startswith(("=", "@", "\t", "\r", "\n"))
    kept = io.StringIO(newline="")
    csv.writer(kept).writerow([cell, "next"])
    assert next(csv.reader(io.StringIO(kept.getvalue(), newline=""))) == [cell, "next"]
