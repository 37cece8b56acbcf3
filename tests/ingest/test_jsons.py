from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.errors import LabError
from feedback_lab.ingest import look
from feedback_lab.ingest.batches import BAD_JSON, NO_OBJECT, NO_TEXT
from feedback_lab.ingest.jsons import flat, of_array
from feedback_lab.ingest.unpacking import Notes
from tests.ingest.made import adds_up, rows_of, written

RECORDS: list[dict[str, Any]] = [
    {"text": f"It took {n} days, which is too long", "rating": n % 5 + 1, "user": {"plan": "free"}} for n in range(50)
]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("feedback.jsonl", LINES, "jsonl"),
        ("feedback.csv", LINES, "jsonl"),
        ("feedback.json", json.dumps(RECORDS), "json"),
        ("feedback.json", "\ufeff \n" + json.dumps(RECORDS, indent=2), "json"),
        ("feedback.txt", json.dumps(RECORDS), "json"),
    ],
)
def test_json_is_read_in_lines_and_in_an_array(tmp_path: Path, name: str, text: str, kind: str) -> None:
    path = written(tmp_path, text, name)
    found = look(path)
    assert (found.format, found.kept, found.rejected) == (kind, 50, ())
    assert [column.name for column in found.columns] == ["text", "rating", "user.plan"]
    rows = rows_of(path, found)
    assert list(rows.texts) == [record["text"] for record in RECORDS]
    assert rows.ratings is not None
    assert rows.ratings.tolist() == [record["rating"] for record in RECORDS]


def test_lines_that_are_no_records_are_set_aside(tmp_path: Path) -> None:
    found = look(written(tmp_path, LINES + '{"text": \n\n[1]\n{"text": null}\n{"rating": 3}\n' + "[" * 100_000 + "\n", "f.jsonl"))
    assert [(one.row, one.line, one.reason) for one in found.rejected] == [
        *((51, 51, BAD_JSON), (52, 53, NO_OBJECT), (53, 54, NO_TEXT), (54, 55, NO_TEXT), (55, 56, BAD_JSON)),
    ]
    assert adds_up(found)


def test_an_array_that_breaks_off_says_so(tmp_path: Path) -> None:
    text = json.dumps(RECORDS, indent=0)
    found = look(written(tmp_path, text[: text.index("49 days")], "f.json"))
    assert (found.kept, found.rejected_by_reason) == (49, {BAD_JSON: 1})
    assert found.rejected[0].line == text[: text.index("49 days")].count("\n")
    assert "broken at the last record" in found.warnings[0]


@pytest.mark.parametrize("text", ["{}", "[]", "[1, 2]", "5", '{\n"data": []\n}', '{"a": 1'])
def test_json_without_records_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(LabError, match="holds no records"):
        look(written(tmp_path, text, "f.json"))


def test_keys_that_come_late_are_counted(tmp_path: Path) -> None:
    many = LINES * 400  # more than is looked at to find the columns
    found = look(written(tmp_path, many + '{"text": "late", "extra": 1}\n', "f.jsonl"))
    assert found.kept == 50 * 400 + 1
    assert "One record has keys" in found.warnings[0]


@pytest.mark.parametrize(
    ("record", "cells"),
    [
        ({"a": True, "b": None, "c": 1.5, "d": 3}, {"a": "true", "b": "", "c": "1.5", "d": "3"}),
        ({"a": {"b": 1, "c": {"d": 2}}, "e": [1, "é"]}, {"a.b": "1", "a.c": '{"d": 2}', "e": '[1, "é"]'}),
        ({"a": {}, "": "x"}, {"a": "{}", "no name": "x"}),
        ({"a": "\ud800b\0"}, {"a": "\ufffdb"}),
    ],
)
def test_a_record_becomes_cells(record: dict[str, Any], cells: dict[str, str]) -> None:
    assert flat(record) == cells


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@given(
    st.lists(VALUES | st.dictionaries(st.text(max_size=3), VALUES, max_size=3), max_size=8),
    st.integers(1, 9),
    st.sampled_from([None, 1]),
)
def test_an_array_read_in_pieces_is_the_array(values: list[Any], piece: int, indent: int | None) -> None:
    text = json.dumps(values, indent=indent)
    found = list(of_array((text[at : at + piece] for at in range(0, len(text), piece)), Notes()))
    assert [value for _, value in found] == values
    lines = [line for line, _ in found]
    assert lines == sorted(lines)
