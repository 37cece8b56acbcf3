"""Groups in an order that a reader expects."""

from __future__ import annotations

import pytest

from feedback_lab.ingest.banding import band_names
from feedback_lab.slices.judging import cut
from feedback_lab.slices.ordering import in_order


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["35+", "(missing)", "<25", "25-34"], ["<25", "25-34", "35+", "(missing)"]),
        (["100+", "20-99", "5-19", "<5"], ["<5", "5-19", "20-99", "100+"]),
        (["25+", "<25"], ["<25", "25+"]),
        (["2.5+", "0.5 to <2.5", "<0.5"], ["<0.5", "0.5 to <2.5", "2.5+"]),
        (["(other)", "65+", "18–24"], ["18–24", "65+", "(other)"]),
        (["2025-02", "2024-11"], ["2024-11", "2025-02"]),
        # Not bands: by their rows, as they come.
        (["south", "north", "(missing)"], ["south", "north", "(missing)"]),
        (["12", "3", "7"], ["12", "3", "7"]),
        (["25-34", "unknown", "<25"], ["25-34", "unknown", "<25"]),
        (["(missing)"], ["(missing)"]),
        ([], []),
    ],
)
def test_bands_stand_in_their_order(names: list[str], ordered: list[str]) -> None:
    assert in_order(names) == ordered


@pytest.mark.parametrize("edges", [(25, 35, 50, 65), (-10, -5, 0, 1, 12), (0.25, 1.5, 10)])
def test_every_name_of_a_band_is_known(edges: tuple[float, ...]) -> None:
    names = band_names(edges)
    assert in_order(names[::-1]) == names


def test_groups_that_are_bands_are_cut_in_their_order() -> None:
    assert list(cut(["35+"] * 9 + ["25-34"] * 2 + [None] * 20 + ["<25"] * 5)) == ["<25", "25-34", "35+", "(missing)"]
    many = [f"{place}-{place + 1}" for place in range(60) for _ in range(60 - place)]
    assert list(cut(many))[:2] == ["0-1", "1-2"]
    assert list(cut(many))[-1] == "(other)"
