"""Rows on disk: what comes back is what was written, and a file that isn't one of ours is said to be damaged."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.parts import read_rows, read_table, write_rows, write_table
from feedback_lab.records.rows import Rows

TEXT = st.text(max_size=12)  # any but lone surrogates, which no UTF-8 file can hold: NUL, emoji, right-to-left marks
# Years that an ISO date has; seconds, as rows have.
TIME = st.none() | st.datetimes().map(lambda time: time.replace(microsecond=0).isoformat())


@st.composite
def some_rows(draw: st.DrawFn) -> Rows:
    n = draw(st.integers(0, 6))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=n, max_size=n))

    names = draw(st.lists(st.text(max_size=5), unique=True, max_size=3))
    return Rows(
        number=np.array(column(st.integers(1, 2**60)), np.int64),
        texts=column(TEXT),
        times=np.array(column(TIME), "datetime64[s]") if draw(st.booleans()) else None,
        ratings=np.array(column(st.just(float("nan")) | st.floats(allow_nan=False)), float) if draw(st.booleans()) else None,
        labels=column(st.none() | TEXT) if draw(st.booleans()) else None,
        segments={name: column(st.none() | TEXT) for name in names},
    )


def plain_rows(n: int, **columns: object) -> Rows:
    return Rows(np.arange(1, n + 1), ["good"] * n, **columns)  # type: ignore[arg-type]


def same(one: Rows, other: Rows) -> bool:
    arrays = [(one.number, other.number), (one.times, other.times), (one.ratings, other.ratings)]
    plain = [(each.texts, each.labels, list(each.segments.items())) for each in (one, other)]
    alike = [a is b if a is None or b is None else np.array_equal(a, b, equal_nan=True) and a.dtype == b.dtype for a, b in arrays]
    return all(alike) and plain[0] == plain[1]


@given(some_rows())
@example(plain_rows(2, segments={"Region": ["a", "b"], "region": ["c", "d"], "REGION": [None, ""]}))
@example(plain_rows(3, labels=[None] * 3, times=np.full(3, "NaT", "datetime64[s]"), ratings=np.full(3, np.nan)))
@example(plain_rows(1, segments={'a"b': ["x"], "a:b": ["y"], "": ["z"]}))
@settings(max_examples=60)
def test_rows_come_back_as_written(rows: Rows) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_rows(Path(folder) / "part.parquet", rows)
        assert same(read_rows(Path(folder) / "part.parquet"), rows)


def test_a_column_that_begins_empty_keeps_its_later_values(tmp_path: Path) -> None:
    """DuckDB guesses the type of a column from its beginning."""
    write_rows(tmp_path / "part.parquet", plain_rows(9_000, labels=[None] * 8_999 + ["late"]))
    assert read_rows(tmp_path / "part.parquet").labels == [None] * 8_999 + ["late"]


@pytest.mark.parametrize("name", ["it's", 'a"b', "run [1]", "a*b", "what?", "label=5", "한국어 📦", "a;b --", "{x,y}", "~"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    """Some of these names are patterns to DuckDB, or say that the folder is the value of a column."""
    for folder in (name, "aab", "whatx", "run 1"):
        (tmp_path / folder).mkdir(exist_ok=True)
        write_rows(tmp_path / folder / "part.parquet", plain_rows(2 if folder == name else 1))
    assert same(read_rows(tmp_path / name / "part.parquet"), plain_rows(2))


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = plain_rows(500, labels=["a", None] * 250)
    for name in ("one", "two"):
        write_rows(tmp_path / name, rows)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PAR1", b"number,text\n1,good\n", b"PAR1" + bytes(400) + b"PAR1"])
def test_a_foreign_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "part.parquet").write_bytes(content)
    with pytest.raises(DamagedRun, match=r"part\.parquet"):
        read_rows(tmp_path / "part.parquet")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_file_is_damaged(tmp_path: Path, share: float) -> None:
    path = tmp_path / "part.parquet"
    write_rows(path, plain_rows(1_000))
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(DamagedRun):
        read_rows(path)


def test_a_missing_file_and_a_missing_column_are_damage(tmp_path: Path) -> None:
    with pytest.raises(DamagedRun):
        read_table(tmp_path / "none.parquet")
    write_table(tmp_path / "themes.parquet", {"theme": np.arange(3)})
    with pytest.raises(DamagedRun):
        read_table(tmp_path / "themes.parquet", ["number"])
    with pytest.raises(DamagedRun):
        read_rows(tmp_path / "themes.parquet")


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    write_table(tmp_path / "t.parquet", {"a": np.arange(3), 'b "quoted"': np.array(["x", None, "?"], object)})
    table = read_table(tmp_path / "t.parquet", ['b "quoted"'])
    assert {name: values.tolist() for name, values in table.items()} == {'b "quoted"': ["x", None, "?"]}


def test_a_full_disk_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB has its own error for it. Writing to /dev/full fails as a full disk does."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this system")
    monkeypatch.setattr("feedback_lab.parts._quoted", lambda _: "/dev/full")
    with pytest.raises(LabError, match="disk is full"):
        write_rows(tmp_path / "part.parquet", plain_rows(3))
    assert list(tmp_path.iterdir()) == []


def test_rows_are_stored_as_parquet_that_others_can_read(tmp_path: Path) -> None:
    import duckdb

    write_rows(tmp_path / "part.parquet", plain_rows(2, segments={"region": ["north", None]}))
    with duckdb.connect(":memory:") as database:
        found = database.execute(f"SELECT to_json(p) FROM read_parquet('{tmp_path}/part.parquet') p").fetchall()
    assert "north" in json.loads(found[0][0]).values()
