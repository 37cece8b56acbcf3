from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from segue.curriculum import current
from segue.work.build.sheet import (
    ACTIVITY,
    DATA,
    KIND,
    PERMISSIONS,
    REVIEW,
    as_row,
    came_in,
    is_permitted,
    is_sheet,
    sheet_from,
    went_out,
)
from tests.work.build.sheets import SHEET


def test_a_row_can_be_read_back() -> None:
    row = json.loads(json.dumps(as_row(SHEET)))
    assert is_sheet(row)
    assert sheet_from(row) == SHEET
    assert sheet_from({}) is None
    assert is_sheet({})


@pytest.mark.parametrize(
    "change",
    [
        {"classes": "5"},
        {"classes": True},
        {"labels": -1},
        {"other_hours": None},
        {"live": 1},
        {"permission": "perhaps"},
        {"data_kind": "some"},
        {"inside": "a"},
        {"inside": [1]},
        {"kills": [{"on": "soon", "says": "stop"}]},
        {"kills": [{"says": "stop"}]},
        {"title": None},
        {"more": 1},
    ],
)
def test_what_no_row_may_hold(change: dict[str, Any]) -> None:
    assert not is_sheet(as_row(SHEET) | change)
    assert not is_sheet([])


def test_the_text_has_the_headings_of_the_template_and_the_figures_those_of_the_kind() -> None:
    kind = current().programme.kinds[KIND]
    headings = re.findall(r"^## (.+)$", kind.template, re.MULTILINE)
    assert re.findall(r"^## (.+)$", SHEET.text(), re.MULTILINE) == headings
    figures = SHEET.figures()
    assert set(figures) == {field.name for field in kind.fields}
    assert figures["scope"] == "green"
    assert (figures["left_out"], figures["kill_criteria"], figures["labels"]) == (3, 2, 250)
    assert figures["hours"] == round(250 * 25 / 3600 + 14, 1)
    for field in kind.fields:
        if field.sort == "choice":
            assert figures[field.name] in dict(field.choices)
    assert dict(DATA).keys() == dict(next(f for f in kind.fields if f.name == "data").choices).keys()
    assert kind.min_words is not None
    assert len(SHEET.text().split()) >= kind.min_words
    assert {ACTIVITY, REVIEW} <= set(current().programme.by_id)
    assert current().programme.by_id[REVIEW].people


def test_what_came_in_and_went_out_is_told_with_the_lines() -> None:
    after = replace(SHEET, sources=2, inside=("Reviews with a text", "Chats"), classes=4)
    assert came_in(SHEET, after) == ("1 data source", "“Chats”")
    assert went_out(SHEET, after) == ("1 class", "“The size of the garment”")


def test_only_a_permission_in_hand_permits() -> None:
    assert [name for name, _ in PERMISSIONS if is_permitted(replace(SHEET, permission=name))] == ["written", "licence", "own"]
