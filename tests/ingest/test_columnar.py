from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from feedback_lab.errors import LabError
from feedback_lab.files import sha256_of
from feedback_lab.ingest import look
from tests.ingest.made import rows_of, written


def parquet(path: Path, query: str) -> Path:
    plain = path.with_name("plain.parquet")
    with duckdb.connect(":memory:") as database:
        database.execute(f"COPY ({query}) TO '{plain}' (FORMAT parquet)")
    return plain.rename(path)


QUERY = '''
    SELECT 'I waited ' || n || ' days' AS "the ""text""",
           TIMESTAMPTZ '2026-11-03 10:20:30+00' + n * INTERVAL 1 DAY AS created,
           CASE WHEN n % 7 = 0 THEN NULL ELSE n % 5 + 1 END AS rating,
           {'plan': 'free'} AS nested
    FROM range(100) AS r(n)'''


def test_parquet_is_read(tmp_path: Path) -> None:
    path = parquet(tmp_path / "of [2026] it's*.parquet", QUERY)
    found = look(path)
    assert (found.format, found.rows, found.kept, found.sha256) == ("parquet", 100, 100, sha256_of(path))
    assert (found.roles.text, found.roles.time, found.roles.rating) == ('the "text"', "created", "rating")
    rows = rows_of(path, found)
    assert rows.texts[1] == "I waited 1 days"
    assert rows.times is not None
    assert str(rows.times[1]) == "2026-11-04T10:20:30"
    assert rows.ratings is not None
    assert str(rows.ratings[0]) == "nan"


def test_rows_without_text_are_set_aside(tmp_path: Path) -> None:
    query = "SELECT CASE WHEN n < 3 THEN NULL ELSE 'it was no' || n || ' good' END AS text FROM range(30) AS r(n)"
    found = look(parquet(tmp_path / "f.parquet", query))
    assert (found.kept, found.rejected_by_reason) == (27, {"no text": 3})
    assert [(one.row, one.line) for one in found.rejected] == [(1, None), (2, None), (3, None)]


def test_broken_parquet_is_said(tmp_path: Path) -> None:
    data = parquet(tmp_path / "f.parquet", QUERY).read_bytes()
    for spoilt in (data[: len(data) // 2], data[:-20] + bytes(20), b"PAR1" + bytes(100)):
        with pytest.raises(LabError, match="can't be read as Parquet"):
            look(written(tmp_path, spoilt, "spoilt.parquet"))


def test_parquet_without_rows_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="no rows"):
        look(parquet(tmp_path / "f.parquet", "SELECT 'a' AS text WHERE false"))
