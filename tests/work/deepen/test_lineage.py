"""The drawing of a lineage: what comes from what, and where each box stands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.deepen.lineage import (
    MODEL,
    REPORT,
    SOURCE,
    columns_of,
    drawing_of,
    figure_of,
    graph_of,
    places_of,
    reduced,
    table_of,
)
from segue.work.lab.lineage import Decided, Lineage, LineageStep, RunVersion
from segue.work.lab.models import Analysis

NEEDS = {
    "ingest": (),
    "redact": ("ingest",),
    "profile": ("ingest", "redact"),
    "embed": ("redact",),
    "themes": ("embed",),
    "select": ("ingest", "embed"),
    "errors": ("select",),
    "drift": ("select", "themes"),
    "card": (),
}


def made(name: str, reason: str = "") -> LineageStep:
    decided = ("labels",) if name == "select" else ()
    return LineageStep(name, f"does {name}", NEEDS[name], (("seed", "0"),), decided, "f" * 64, "1" * 64, 2, 10, reason)


FOUND = Lineage(
    run=RunVersion(Analysis(pk=3, file_name="<b>shop.csv"), 2, date(2026, 11, 23), "m" * 64),
    program="0.1.0",
    source_sha256="abcdef" * 10,
    rows=228,
    rows_in_file=240,
    steps=tuple(made(name) for name in NEEDS),
    decided=(Decided("labels", "labels by hand", "9" * 64), Decided("notes", "answers", "")),
    model="words",
    model_sha256="7" * 64,
    report_sha256="8" * 64,
    guide="2 classes, revision 1",
    guide_sha256="6" * 64,
    held=0,
    held_sha256="",
)


def test_the_way_goes_through_the_model_to_the_report() -> None:
    edges = set(graph_of(FOUND).edges)
    assert {(SOURCE, "ingest"), ("select", MODEL), (MODEL, "errors"), (MODEL, "drift"), ("card", REPORT)} <= edges
    assert {("your labels", "select")} == {edge for edge in edges if edge[0].startswith("your")}
    assert ("ingest", "select") not in edges, "a longer way tells it already"
    assert ("select", "errors") not in edges


def test_without_a_model_its_steps_are_dashed_and_nothing_leads_to_it() -> None:
    steps = tuple(made(name, "Too few rows.") if name in ("select", "errors", "drift") else made(name) for name in NEEDS)
    found = replace(FOUND, steps=steps, model="", model_sha256="")
    graph = graph_of(found)
    assert MODEL not in {box.id for box in graph.boxes}
    assert {box.id for box in graph.boxes if box.look == "left"} == {"select", "errors", "drift"}
    assert figure_of(found).caption == "6 steps lead from the source file to the report; 3 were left out."
    assert "left out: Too few rows." in {row[4] for row in table_of(found).rows}


def test_no_two_boxes_share_a_place_and_every_line_goes_to_the_next_column() -> None:
    places, edges = places_of(graph_of(FOUND))
    assert len({*places.values()}) == len(places)
    assert {places[end][0] - places[begin][0] for begin, end in edges} == {1}


def test_words_of_others_are_escaped_in_the_drawing() -> None:
    svg = drawing_of(FOUND)
    assert "<b>" not in svg
    assert "&lt;b&gt;shop.csv" in svg
    assert "style=" not in svg
    assert len(re.findall("<rect ", svg)) == len(graph_of(FOUND).boxes)


def test_the_table_tells_source_steps_model_and_report() -> None:
    rows = list(table_of(FOUND).rows)
    assert [row[0] for row in rows] == ["source file", *NEEDS, "model", "report"]
    assert rows[0][3] == "228 of 240 rows have a text"
    assert rows[6][2:4] == ("ingest, embed, your labels", "seed: 0")
    assert rows[-3][2] == "every step before it"


NODES = st.integers(0, 7)


@given(st.sets(st.tuples(NODES, NODES).filter(lambda edge: edge[0] < edge[1]), max_size=16))
def test_what_is_left_of_the_edges_tells_the_same(edges: set[tuple[int, int]]) -> None:
    def reach(known: set[tuple[int, int]]) -> set[tuple[int, int]]:
        while more := {(a, d) for a, b in known for c, d in known if b == c} - known:
            known = known | more
        return known

    named = [(str(begin), str(end)) for begin, end in sorted(edges)]
    left = {(int(begin), int(end)) for begin, end in reduced(named)}
    assert left <= edges
    assert reach(left) == reach(edges)


@pytest.mark.parametrize("name", ["ingest", "select", "card"])
def test_a_box_stands_right_of_all_that_it_comes_from(name: str) -> None:
    graph = graph_of(FOUND)
    columns = columns_of(graph)
    assert all(columns[begin] < columns[end] for begin, end in graph.edges if end == name)
