"""Charts draw what there is: nothing, one row, unknown intervals, names of any length."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.card.blocks import Svg
from feedback_lab.card.charts import Bar, Dot, Place, Stack, bars, dots, heat, histogram, line_with_band, stacked
from feedback_lab.card.drawing import Frame
from tests.card.reading import read

FRAME = Frame("a-chart", "A title", "What it says")
NAN = math.nan
EMPTY: dict[str, Callable[[], Svg]] = {
    "bars": lambda: bars(FRAME, []),
    "dots": lambda: dots(FRAME, []),
    "dots without a value": lambda: dots(FRAME, [Dot("a", NAN, NAN, NAN, "not known")]),
    "line": lambda: line_with_band(FRAME, [], ("x", "y")),
    "line without a value": lambda: line_with_band(FRAME, [Place(1, NAN, NAN, NAN)], ("x", "y")),
    "histogram": lambda: histogram(FRAME, [], ("x", "y")),
    "heat": lambda: heat(FRAME, [], []),
    "stacked": lambda: stacked(FRAME, ["a"], []),
}
ONE: dict[str, Callable[[], Svg]] = {
    "bars": lambda: bars(FRAME, [Bar("a", 3, "3 rows")]),
    "bars of nothing": lambda: bars(FRAME, [Bar("a", 0, "0 rows")]),
    "dots": lambda: dots(FRAME, [Dot("a", 0.5, 0.4, 0.6, "0.50")]),
    "dots without interval": lambda: dots(FRAME, [Dot("a", 0.5, NAN, NAN, "0.50")], 0.2, "guide"),
    "dots with one unknown": lambda: dots(
        FRAME, [Dot("a", 0.5, 0.4, 0.6, "0.50"), Dot("b", NAN, NAN, NAN, "not known", mark=NAN)]
    ),
    "line": lambda: line_with_band(FRAME, [Place(100, 0.5, 0.4, 0.6, "100")], ("x", "y"), logarithmic=True),
    "line without names": lambda: line_with_band(
        FRAME, [Place(0.1, 3, NAN, NAN), Place(0.9, 4, NAN, NAN)], ("x", "y"), marks=[(0.5, "here")]
    ),
    "line of zeros": lambda: line_with_band(
        FRAME, [Place(0, 0, 0, 0, "0"), Place(0, 0, 0, 0, "0")], ("x", "y"), logarithmic=True
    ),
    "histogram": lambda: histogram(FRAME, [("1-5", 7)], ("x", "y")),
    "histogram of nothing": lambda: histogram(FRAME, [("1-5", 0)], ("x", "y")),
    "heat": lambda: heat(FRAME, ["a"], [[0]]),
    "stacked": lambda: stacked(FRAME, ["a", "b"], [Stack("all", (1.0, NAN))]),
}
PERCENT = re.compile(r'(?:x|x1|x2|cx|width)="([^"]*)%"')


def speaks(svg: Svg) -> None:
    found = read(svg)
    assert found.tags[:3] == ["svg", "title", "desc"]
    assert found.ids == ["a-chart-t", "a-chart-d"]
    assert "nan" not in svg
    assert "inf" not in svg.replace("info", "")


@pytest.mark.parametrize("name", EMPTY)
def test_no_data_says_so(name: str) -> None:
    svg = EMPTY[name]()
    speaks(svg)
    assert "Nothing to show." in svg


@pytest.mark.parametrize("name", ONE)
def test_one_row_is_drawn(name: str) -> None:
    svg = ONE[name]()
    speaks(svg)
    assert "Nothing to show." not in svg
    assert all(-1 <= float(place) <= 100 for place in PERCENT.findall(svg))


def test_bars_are_in_proportion() -> None:
    svg = bars(FRAME, [Bar("a", 4, "4"), Bar("b", 1, "1"), Bar("c", NAN, "not known"), Bar("d", -1, "-1")])
    long, short, unknown, below = (float(wide) for wide in re.findall(r'class="bar"[^>]*width="([\d.]+)%"', svg))
    assert long == pytest.approx(4 * short)
    assert unknown == below == 0


def test_unknown_interval_leaves_the_dot() -> None:
    svg = dots(FRAME, [Dot("a", 0.5, NAN, NAN, "0.50 (no interval)")])
    assert 'class="dot"' in svg
    assert 'class="interval' not in svg


def test_chosen_and_faint_differ_by_shape_too() -> None:
    plain, chosen, faint = (dots(FRAME, [Dot("a", 0.5, 0.4, 0.6, "0.50", role=role)]) for role in ("", "chosen", "faint"))
    assert chosen.count("<circle") == 2
    assert plain.count("<circle") == faint.count("<circle") == 1
    assert 'class="dot faint"' in faint


def test_long_names_are_cut_twice_and_whole_in_the_tip() -> None:
    name = "a very long name of a theme that goes on and on until no chart in the world could hold it, with more words here"
    svg = bars(FRAME, [Bar(name, 1, "1")])
    assert "on-page" in svg
    assert "on-phone" in svg
    assert f"<title>{name}: 1</title>" in svg


def test_heat_shades_by_share_of_the_row() -> None:
    svg = heat(FRAME, ["a", "b"], [[9, 1], [0, 3]])
    assert 'class="heat-5 right"' in svg
    assert svg.count("right") == 2
    assert 'class="heat-1"' in svg
    assert 'class="heat-0"' in svg
    assert "b, called b: 3" in svg


def test_heat_of_many_classes_names_them_by_number() -> None:
    names = [f"class {i}" for i in range(12)]
    svg = heat(FRAME, names, [[i * j for j in range(12)] for i in range(12)])
    assert ">12</text>" in svg
    assert "12 class 11" in svg


def test_stacked_names_each_part_in_words() -> None:
    svg = stacked(FRAME, ["bad", "so so", "good"], [Stack("all", (0.25, 0.25, 0.5))])
    assert "25.0% bad" in svg
    assert "50.0% good" in svg


def test_forecast_is_dashed_and_hollow() -> None:
    places = [Place(100, 0.4, 0.3, 0.5, "100"), Place(400, 0.5, 0.45, 0.55, "400")]
    svg = line_with_band(FRAME, places, ("rows", "score"), Place(800, 0.55, NAN, NAN, "800"), logarithmic=True)
    assert 'class="forecast"' in svg
    assert "800, forecast: 0.55" in svg
    assert svg.count("<polygon") == 1


numbers = st.floats(allow_nan=True, allow_infinity=True, width=32)
names = st.text(max_size=60)


@given(
    st.lists(st.builds(Dot, names, numbers, numbers, numbers, names, names, st.none() | numbers), max_size=6), st.none() | numbers
)
def test_dots_of_anything(rows: list[Dot], guide: float | None) -> None:
    read(dots(FRAME, rows, guide))


@given(st.lists(st.builds(Place, numbers, numbers, numbers, numbers, names), max_size=6), st.booleans())
def test_lines_of_anything(places: list[Place], logarithmic: bool) -> None:
    read(line_with_band(FRAME, places, ("x", "y"), logarithmic=logarithmic))


@given(st.lists(st.builds(Bar, names, numbers, names), max_size=6))
def test_bars_of_anything(rows: list[Bar]) -> None:
    read(bars(FRAME, rows))
