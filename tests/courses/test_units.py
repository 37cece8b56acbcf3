from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.courses.units import MOST_HOURS, MOST_UNITS, Unit, are_units, last_number, numbered, unit_from

units = st.builds(
    Unit,
    title=st.text(min_size=1, max_size=120),
    hours=st.floats(0.1, MOST_HOURS),
    concepts=st.lists(st.sampled_from(["model", "drift"]), unique=True).map(tuple),
    sliced=st.booleans(),
)


@given(st.lists(units, min_size=1, max_size=MOST_UNITS).map(tuple), st.integers(0, 90))
def test_a_row_can_be_read_back_and_numbers_go_on(typed: tuple[Unit, ...], last: int) -> None:
    rows = json.loads(json.dumps(numbered(typed, last)))
    assert are_units(rows)
    assert [row["id"] for row in rows] == [f"u{last + 1 + i}" for i in range(len(typed))]
    assert last_number(rows) == last + len(typed)
    read = [(unit.title, unit.hours, unit.concepts) for unit in map(unit_from, rows)]
    assert read == [(unit.title, unit.hours, unit.concepts) for unit in typed]


def test_a_unit_keeps_its_number_whatever_stands_before_it() -> None:
    rows = numbered((Unit("New", 1), Unit("Old", 1, id="u7"), Unit("Newer", 1)), last=9)
    assert [row["id"] for row in rows] == ["u10", "u7", "u11"]


GOOD = {"id": "u1", "title": "Week 1", "hours": 2.5, "concepts": ["model"], "sliced": False}


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        ["u1"],
        [GOOD, GOOD],
        [GOOD] * (MOST_UNITS + 1),
        [{**GOOD, "more": 1}],
        [{k: v for k, v in GOOD.items() if k != "sliced"}],
        [{**GOOD, "id": "u0"}],
        [{**GOOD, "id": "certificate"}],
        [{**GOOD, "title": ""}],
        [{**GOOD, "title": "x" * 121}],
        [{**GOOD, "hours": True}],
        [{**GOOD, "hours": 0}],
        [{**GOOD, "hours": "2"}],
        [{**GOOD, "hours": float("nan")}],
        [{**GOOD, "concepts": "model"}],
        [{**GOOD, "concepts": [1]}],
        [{**GOOD, "sliced": 1}],
    ],
)
def test_what_no_row_may_hold(value: Any) -> None:
    assert not are_units(value)
    assert are_units([GOOD])
