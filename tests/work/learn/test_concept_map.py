from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from segue.core.mastery import State
from segue.curriculum import current
from segue.work.learn.concept_map import IN_A_ROW, Lane, Node, draw

CONCEPTS = current().concepts


def lanes(count: int, each: int) -> list[Lane]:
    nodes = [Node(concept, State.READY, f"/{concept.id}/") for concept in CONCEPTS[: count * each]]
    return [Lane(f"Lane {n} & more", nodes[n * each : (n + 1) * each]) for n in range(count)]


@pytest.mark.parametrize(("count", "each"), [(1, 1), (3, 2), (8, 10)])
def test_every_box_is_there_once_and_inside_the_picture(count: int, each: int) -> None:
    root = ElementTree.fromstring(draw("map", "A <map>", lanes(count, each)))
    _, _, width, height = map(int, root.attrib["viewBox"].split())
    boxes = root.findall(".//rect")
    assert len(boxes) == count * each
    assert len({(box.attrib["x"], box.attrib["y"]) for box in boxes}) == count * each
    for box in boxes:
        assert int(box.attrib["x"]) + int(box.attrib["width"]) <= width
        assert int(box.attrib["y"]) + int(box.attrib["height"]) <= height
    assert len(root.findall("./text")) >= count


def test_states_differ_without_colour() -> None:
    drawn = {state: draw("map", "Map", [Lane("Lane", [Node(CONCEPTS[0], state, "/")])]) for state in State}
    plain = {state: re.sub(r'fill="[^"]*"', "", svg) for state, svg in drawn.items()}
    assert len(set(plain.values())) == len(State)
    assert "dasharray" in drawn[State.EARLY]


def test_an_edge_leads_from_what_comes_first_where_both_are_shown() -> None:
    model = current().concept_by_id["model"]
    before = current().concept_by_id[model.prerequisites[0]]
    both = [Lane("a", [Node(before, State.EXPLAINED, "/")]), Lane("b", [Node(model, State.READY, "/")])]
    assert draw("map", "Map", both).count("<path") == 1
    assert draw("map", "Map", both[1:]).count("<path") == 0


def test_rows_hold_as_many_lanes_as_fit() -> None:
    five = draw("map", "Map", lanes(IN_A_ROW + 1, 1))
    four = draw("map", "Map", lanes(IN_A_ROW, 1))
    assert re.search(r'viewBox="-1 0 (\d+)', five)[1] == re.search(r'viewBox="-1 0 (\d+)', four)[1]  # type: ignore[index]
