"""The datasheet: seven sections, prefilled, gaps in sight."""

from __future__ import annotations

import re

import pytest

from feedback_lab.card import datasheet_html, datasheet_markdown
from feedback_lab.errors import LabError
from tests.card.reading import read
from tests.card.sample import FULL
from tests.card.variants import NOTHING, VARIANTS

SEVEN = [
    "Motivation",
    "Composition",
    "Collection Process",
    "Preprocessing/cleaning/labeling",
    "Uses",
    "Distribution",
    "Maintenance",
]


@pytest.mark.parametrize("name", VARIANTS)
def test_exactly_seven_sections(name: str) -> None:
    assert re.findall(r"^## (.+)$", datasheet_markdown(VARIANTS[name]), re.M) == SEVEN
    assert [title for level, title in read(datasheet_html(VARIANTS[name])).headings if level == 2] == SEVEN


def test_prefilled_from_the_run() -> None:
    sheet = datasheet_markdown(FULL)
    for words in (
        "20,000 read, 19,880 kept",
        "2 January 2026 to 30 December 2026",
        "103 rows set aside: The text is empty",
        "NAME 301",
    ):
        assert words in sheet


def test_empty_run_has_its_gaps() -> None:
    sheet = datasheet_markdown(NOTHING)
    assert "The data was not looked at in this run." in sheet
    assert "Nothing was changed in this run." in sheet


def test_unknown_note_is_refused() -> None:
    with pytest.raises(LabError):
        datasheet_markdown(FULL, {"nothing-like-it": "x"})
