from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from feedback_lab.drift import split_rows
from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.records.rows import Rows
from tests.drift.samples import rows

ALL = rows(200)
NO_TIME = np.datetime64("NaT")


def timed(*days: int) -> Rows:
    """Rows of these days."""
    return replace(rows(len(days)), times=(np.datetime64("2026-01-01") + np.array(days)).astype("datetime64[s]"))


@pytest.mark.parametrize("by", ["time", "order"])
def test_the_newer_rows_are_new_and_come_oldest_first(by: str) -> None:
    shuffled = ALL.take(np.random.default_rng(0).permutation(200))
    old, new = split_rows(shuffled, by, 0.6)
    assert old.number.tolist() == list(range(1, 121))
    assert new.number.tolist() == list(range(121, 201))


def test_rows_of_one_moment_stay_together_and_rows_without_a_time_are_left_out() -> None:
    found = timed(*[0] * 50, *[1] * 60, *[2] * 40)
    assert found.times is not None
    found.times[:5] = NO_TIME
    old, new = split_rows(found)
    assert (len(old), len(new)) == (45, 100)


def test_a_first_day_with_most_rows_is_the_reference() -> None:
    old, new = split_rows(timed(*[0] * 150, *[1] * 50))
    assert (len(old), len(new)) == (150, 50)


@pytest.mark.parametrize(
    ("values", "new"),
    [
        (["v1", "v2", "v10", None], "v10"),
        (["2024", "2025", "2026", "2026"], "2026"),
    ],
)
def test_the_last_values_of_a_column_are_new(values: list[str | None], new: str) -> None:
    found = replace(ALL, segments={"release": values * 50})
    old, newer = split_rows(found, "release")
    assert set(newer.segments["release"]) == {new}
    assert len(old) + len(newer) == 200 - 50 * values.count(None)
    assert None not in old.segments["release"]


@pytest.mark.parametrize(
    ("found", "by", "says"),
    [
        (replace(ALL, times=None), "time", "No row has a time"),
        (replace(ALL, times=np.full(200, NO_TIME, "datetime64[s]")), "time", "No row has a time"),
        (timed(*[3] * 100), "time", "same time"),
        (rows(50), "order", "35 older and 15 newer"),
        (replace(ALL, segments={"country": ["DE"] * 200}), "country", "fewer than two values"),
    ],
)
def test_rows_that_can_not_be_cut(found: Rows, by: str, says: str) -> None:
    with pytest.raises(NotEnoughData, match=says):
        split_rows(found, by)


def test_what_does_not_exist_is_named() -> None:
    with pytest.raises(LabError, match="time, order, country"):
        split_rows(ALL, "shop")
    with pytest.raises(LabError, match="leaves one side empty"):
        split_rows(ALL, share=1.0)
