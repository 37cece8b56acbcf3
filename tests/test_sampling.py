"""The same sample whatever does the work."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from feedback_lab.engines import Engine, SerialExecutor, open_engine
from feedback_lab.parts import write_rows
from feedback_lab.records.rows import Rows
from feedback_lab.sampling import sample_rows

SIZES = [40, 0, 7, 33, 20]


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{place}.parquet" for place in range(len(SIZES))]
    numbers = np.split(np.arange(1, sum(SIZES) + 1), np.cumsum(SIZES)[:-1])
    for path, number in zip(paths, numbers, strict=True):
        write_rows(path, Rows(number, [f"text {each}" for each in number], labels=[str(each) for each in number]))
    return paths


def serial() -> Engine:
    return Engine("serial", 1, SerialExecutor)


def test_a_sample_is_in_order_and_without_repeats(parts: list[Path]) -> None:
    rows = sample_rows(parts, SIZES, 30, 0, serial())
    assert len(rows) == 30
    assert (np.diff(rows.number) > 0).all()
    assert list(rows.texts) == [f"text {each}" for each in rows.number]
    assert rows.labels == [str(each) for each in rows.number]


def test_the_same_rows_whatever_does_the_work(parts: list[Path]) -> None:
    known = sample_rows(parts, SIZES, 30, 5, serial()).number.tolist()
    with open_engine("pool", workers=2) as pool:
        assert sample_rows(parts, SIZES, 30, 5, pool).number.tolist() == known
    assert sample_rows(parts, SIZES, 30, 6, serial()).number.tolist() != known


@pytest.mark.parametrize("most", [100, 101, 10**7])
def test_all_rows_where_there_are_no_more(parts: list[Path], most: int) -> None:
    assert sample_rows(parts, SIZES, most, 0, serial()).number.tolist() == list(range(1, 101))


def test_how_rows_are_split_into_parts_does_not_matter(parts: list[Path], tmp_path: Path) -> None:
    whole = sample_rows(parts, SIZES, 1_000, 0, serial())
    write_rows(tmp_path / "whole.parquet", whole)
    assert (
        sample_rows([tmp_path / "whole.parquet"], [100], 30, 9, serial()).number.tolist()
        == sample_rows(parts, SIZES, 30, 9, serial()).number.tolist()
    )


def test_every_row_has_the_same_chance(parts: list[Path]) -> None:
    drawn = np.zeros(41)
    for seed in range(60):
        drawn[sample_rows(parts[:1], SIZES[:1], 20, seed, serial()).number] += 1
    assert drawn[1:].min() > 12  # 30 on average, spread 4
    assert drawn[1:].max() < 48


def test_no_parts_give_no_rows() -> None:
    assert len(sample_rows([], [], 10, 0, serial())) == 0
