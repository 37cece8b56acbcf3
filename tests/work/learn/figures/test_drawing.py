"""Plots are sound SVG: what is outside stays at the edge, and no text gets out of its element."""

from __future__ import annotations

from xml.etree import ElementTree

from segue.work.learn.figures.drawing import COLOURS, DASHES, Axis, Plot, _mark, _runs


def plot() -> Plot:
    return Plot("p", "A <title> & more", Axis("across", 0, 10, (0, (5, "<five>"), 10)), Axis("up", 0, 1, (0, 1)))


def test_every_text_is_escaped() -> None:
    made = plot()
    made.dots([(1, 1)], 0, named="<script>")
    made.upright(3, "a & b")
    made.words((1, 1), "<i>")
    made.box((0, 0), "1", "<b>", 1)
    texts = [node.text for node in ElementTree.fromstring(made.svg()).iter() if node.text]
    assert {"<script>", "a & b", "<i>", "<b>", "<five>", "A <title> & more"} <= set(texts)


def test_what_lies_outside_is_drawn_at_the_edge() -> None:
    made = plot()
    assert made.x(-5) == made.x(0)
    assert made.y(99) == made.y(1)


def test_series_differ_in_shape_and_dash_as_well_as_colour() -> None:
    assert len({_mark(series, 0, 0) for series in range(len(COLOURS))}) == len(set(COLOURS)) == len(set(DASHES)) == 6


def test_runs_of_cells() -> None:
    assert list(_runs([1, 1, 0, 1], 1)) == [(0, 2), (3, 1)]
    assert list(_runs([0, 0], 1)) == []


def test_regions_are_one_path_for_each_series() -> None:
    made = plot()
    made.regions([[0, 1], [1, 1]])
    assert made.svg().count('fill-opacity="0.16"') == 2
