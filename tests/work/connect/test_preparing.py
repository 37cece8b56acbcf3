"""The prep sheet as text and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from segue.work.connect.preparing import Sheet, sheet_from, text_of, together

LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60).map(lambda text: " ".join(text.split()))
LONG = (
    st.lists(st.one_of(LINE, st.sampled_from(["## Questions", "\\## Who", "- a", "# x", ""])), max_size=5)
    .map("\n".join)
    .map(str.strip)
)
SHEETS = st.builds(
    Sheet,
    LONG,
    LINE,
    st.lists(
        LINE.filter(lambda line: bool(line.removeprefix("- ").strip())).filter(lambda line: not line.startswith("- ")), max_size=5
    ).map(tuple),
    LINE,
)

SHEET = Sheet("A data scientist at Northwind", "Where the week goes", ("What did you stop?", "What breaks?"), "User quotes")


@given(SHEETS)
def test_a_sheet_comes_back_as_it_was(sheet: Sheet) -> None:
    assert sheet_from(text_of(sheet)) == sheet


@given(LONG)
def test_any_text_can_be_read_as_a_sheet(text: str) -> None:
    once = sheet_from(text)
    assert sheet_from(text_of(once)) == once


def test_nothing_prepared_is_no_text() -> None:
    assert text_of(Sheet()) == ""
    assert sheet_from("").is_empty
    assert not SHEET.is_empty


def test_several_sheets_stand_under_their_roles() -> None:
    text = together([("Data scientist", SHEET), ("", Sheet(offer="## not a heading"))])
    assert text.startswith("## 1. Data scientist\n### Who\nA data scientist at Northwind\n\n### What I want to learn")
    assert "- What breaks?" in text
    assert "## 2. Somebody\n### What I can offer\n\\## not a heading" in text
