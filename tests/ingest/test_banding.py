from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.ingest import bands, guess_edges
from feedback_lab.ingest.banding import AGES, band_names


@pytest.mark.parametrize(
    ("edges", "value", "band"),
    [
        *[
            ((25, 35, 65), "24.9", "<25"),
            ((25, 35, 65), "25", "25-34"),
            ((25, 35, 65), "64", "35-64"),
            ((25, 35, 65), "65", "65+"),
        ],
        *[
            ((1, 2), "1", "1"),
            ((0.5, 1.5), "1", "0.5 to <1.5"),
            ((-10, -5), "-7", "-10 to -6"),
            ((1000, 2000), "1,500", "1000-1999"),
        ],
        *[((25,), "old", None), ((25,), "", None), ((25,), None, None)],
        *[((), " Dresses ", "Dresses"), ((), "", None), ((), "NaN", None), ((), "NA", "NA"), ((), None, None)],
    ],
)
def test_values_fall_into_bands(edges: tuple[float, ...], value: str | None, band: str | None) -> None:
    assert bands([value], edges) == [band]


def test_ages_get_the_usual_edges_and_other_numbers_rounded_quintiles() -> None:
    assert guess_edges("Age", [str(n) for n in range(15, 90)]) == AGES
    assert guess_edges("customer_age", [str(n) for n in range(15, 90)]) == AGES
    assert guess_edges("Pages", [str(n) for n in range(1001)]) == (200, 400, 600, 800)
    assert guess_edges("Price", [f"{n},5" for n in range(1, 101)]) == (21, 41, 61, 81)


def test_few_numbers_are_groups_as_they_stand() -> None:
    assert guess_edges("Age", ["30", "40", None, "x"] * 50) == ()
    assert guess_edges("n", []) == ()


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=8, unique=True), st.lists(st.integers(-2000, 2000), max_size=30))
def test_bands_keep_the_order_of_the_values(edges: list[int], values: list[int]) -> None:
    names = band_names(sorted(edges))
    found = bands([str(value) for value in sorted(values)], tuple(edges))
    places = [names.index(name) for name in found if name is not None]
    assert len(set(names)) == len(edges) + 1
    assert places == sorted(places)
    assert len(places) == len(values)
