from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from feedback_lab.errors import LabError
from feedback_lab.serve import read_eval_set, write_eval_set


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    found = write_eval_set(path, [("Größe passt nicht", "fit"), ("Zwei\nZeilen\u2028und", "other")])
    assert (found.texts, found.labels) == (("Größe passt nicht", "Zwei\nZeilen\u2028und"), ("fit", "other"))
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(found) == 2


def test_blank_lines_a_mark_at_the_start_and_the_same_row_twice_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a", "label": "x"}\r\n\r\n{"text": "a", "label": "x", "more": 1}\n')
    assert read_eval_set(path).texts == ("a",)


@pytest.mark.parametrize(
    ("content", "row", "says"),
    [
        (b'{"text": "a", "label": "x"}\n{"text": "b"', 2, "not JSON"),
        (b'\n["a"]', 2, "not an object"),
        (b'{"label": "x"}', 1, "no “text”"),
        (b'{"text": "a", "label": 3}', 1, "no “label”"),
        (b'{"text": " ", "label": "x"}', 1, "no “text”"),
        (b'{"text": "a", "label": "x"}\n{"text": "a", "label": "y"}', 2, "another label"),
        (b"\n \n", None, "holds no rows"),
        (b'{"text": "\xff"}', None, "not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, content: bytes, row: int | None, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(LabError, match=says) as caught:
        read_eval_set(path)
    assert caught.value.row == row
    assert caught.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="can't be read"):
        read_eval_set(tmp_path / "gold.jsonl")


def test_a_table_is_read_like_lines(tmp_path: Path) -> None:
    table = tmp_path / "eval.csv"
    table.write_bytes('\ufeffLabel,Text,note\r\nfit,"Runs small,\nsize up",a\r\n,,\r\n'.encode())
    with pytest.raises(LabError) as fault:
        read_eval_set(table)
    assert "no “text”" in str(fault.value)
    table.write_bytes('\ufeffLabel,Text,note\r\nfit,"Runs small,\nsize up",a\r\nlook,Lovely colour,\r\n'.encode())
    found = read_eval_set(table)
    assert (found.texts, found.labels) == (("Runs small,\nsize up", "Lovely colour"), ("fit", "look"))


def test_a_table_without_the_two_columns_is_told(tmp_path: Path) -> None:
    table = tmp_path / "eval.csv"
    table.write_text("review,stars\nfine,5\n", "utf-8")
    with pytest.raises(LabError) as fault:
        read_eval_set(table)
    assert "no “text”" in str(fault.value)
    assert "text,label" in str(fault.value)
