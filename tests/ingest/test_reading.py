from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.errors import LabError
from feedback_lab.ingest import Wishes, look, read
from feedback_lab.ingest.reading import _in_runs
from feedback_lab.parts import read_rows, write_rows
from feedback_lab.records.rows import Rows
from tests.ingest.made import rows_of, written

FILE = "text,date,rating,label,age,region\n" + "".join(
    f'"text {n}, or so",2026-11-{n % 28 + 1:02},{n % 5 + 1 if n % 9 else ""},'
    f"{'ab'[n % 2] if n % 4 else ' '},{20 + n % 40},r{n % 3}\n"
    for n in range(100)
)


def test_rows_come_as_the_file_has_them(tmp_path: Path) -> None:
    path = written(tmp_path, FILE.replace('"text 5, or so"', ""))
    rows = rows_of(path, look(path))
    assert len(rows) == 99
    assert rows.number.tolist() == [n for n in range(1, 101) if n != 6]
    assert rows.texts[0] == "text 0, or so"
    assert rows.times is not None
    assert rows.times.dtype == np.dtype("datetime64[s]")
    assert rows.ratings is not None
    assert np.isnan(rows.ratings[0])
    assert rows.labels is not None
    assert list(rows.labels[:4]) == [None, "b", "a", "b"]
    assert set(rows.segments) == {"age", "region"}
    assert list(rows.segments["age"][:6]) == ["18-24"] * 5 + ["25-34"]


def test_rows_survive_being_written(tmp_path: Path) -> None:
    path = written(tmp_path, FILE)
    rows = rows_of(path, look(path))
    write_rows(tmp_path / "part.parquet", rows)
    again = read_rows(tmp_path / "part.parquet")
    assert (again.texts, again.labels, again.segments) == (list(rows.texts), rows.labels, rows.segments)


@pytest.mark.parametrize("size", [1, 7, 50, 99, 100, 101, 50_000])
def test_the_rows_do_not_depend_on_the_size_of_the_runs(tmp_path: Path, size: int) -> None:
    path = written(tmp_path, FILE)
    found = look(path)
    parts = list(read(path, found, size))
    assert {len(part) for part in parts[:-1]} <= {size}
    assert 0 < len(parts[-1]) <= size
    one, other = Rows.joined(parts), rows_of(path, found)
    assert (one.number.tolist(), one.texts, one.labels, one.segments) == (
        other.number.tolist(),
        other.texts,
        other.labels,
        other.segments,
    )
    assert str(one.times) == str(other.times)
    assert str(one.ratings) == str(other.ratings)


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 12))
def test_runs_lose_nothing(sizes: list[int], size: int) -> None:
    ends = np.cumsum([0, *sizes])
    parts = [Rows(np.arange(a, b), [str(n) for n in range(a, b)]) for a, b in pairwise(ends)]
    runs = list(_in_runs(parts, size))
    assert [text for run in runs for text in run.texts] == [str(n) for n in range(sum(sizes))]
    assert all(len(run) == size for run in runs[:-1])
    assert all(len(run) for run in runs)


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, FILE)
    found = look(path)
    with pytest.raises(LabError, match="changed after"):
        read(path, replace(found, columns=found.columns[1:]))
    written(tmp_path, FILE + "more\n")
    with pytest.raises(LabError, match="changed after"):
        read(path, found)
    path.unlink()
    with pytest.raises(LabError, match="no file"):
        read(path, found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "windows-1252"])
def test_the_same_texts_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "text;rating\n" + "Die Lösung ist größer, schöner;4\n" * 50
    path = written(tmp_path, text.encode(encoding))
    found = look(path)
    assert set(rows_of(path, found).texts) == {"Die Lösung ist größer, schöner"}
    assert found.delimiter == ";"


def test_a_late_accent_is_read_as_it_was_looked_at(tmp_path: Path) -> None:
    path = written(tmp_path, b"text,rating\n" + b"plain words only here,3\n" * 100_000 + "größer,5\n".encode("latin-1"))
    found = look(path)
    assert (found.encoding, found.kept) == ("windows-1252", 100_001)
    assert rows_of(path, found).texts[-1] == "größer"


def test_wished_layouts_are_read_again_the_same_way(tmp_path: Path) -> None:
    path = written(tmp_path, "text\none, two and three\nfour, five and six\n".encode("cp1251"))
    found = look(path, Wishes(delimiter="", encoding="cp1251"))
    assert (found.delimiter, found.encoding) == ("", "cp1251")
    assert list(rows_of(path, found).texts) == ["one, two and three", "four, five and six"]
