"""The concepts as a graph, drawn by the server: the whole map, and the neighbourhood of one."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from segue.core.mastery import State
from segue.curriculum.concept import Concept

WIDTH, HEIGHT = 176, 40  # of a box
ACROSS, DOWN = 228, 50  # from one box to the next
CLOSE = 196  # across, where three lanes stand in a column of text
HEAD = 44
LETTERS = 26  # in a line of a box
IN_A_ROW = 4  # lanes side by side: as many as fit a page without scrolling

STATE_WORDS = {
    State.EXPLAINED: "explained",
    State.KNOWN: "known by the diagnostic",
    State.READY: "ready to explain",
    State.EARLY: "early",
}
# Colour is never alone: a tick, half a ring, a ring and a broken outline tell the states apart as well.
_FILLS = {
    State.EXPLAINED: "var(--phase-soft)",
    State.KNOWN: "var(--phase-soft)",
    State.READY: "var(--sheet)",
    State.EARLY: "var(--paper)",
}
_MARKS = {State.EXPLAINED: "✓", State.KNOWN: "◐", State.READY: "○", State.EARLY: ""}


@dataclass(frozen=True)
class Node:
    """A box of the map: a concept, what was shown of it, and where it leads. ``faint`` ones are there for orientation."""

    concept: Concept
    state: State
    url: str
    faint: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Lane:
    """A column of boxes under a heading."""

    heading: str
    nodes: Sequence[Node]


def draw(figure_id: str, title: str, lanes: Sequence[Lane], across: int = ACROSS) -> str:
    """The map as SVG. Edges lead from a prerequisite to what builds on it, where the lanes hold both."""
    corners, height = _corners(lanes, across)
    places = {
        node.concept.id: (left, top + HEAD + y * DOWN)
        for lane, (left, top) in zip(lanes, corners, strict=True)
        for y, node in enumerate(lane.nodes)
    }
    width = across * min(len(lanes), IN_A_ROW) - (across - WIDTH) + 2
    parts = [
        f'<svg viewBox="-1 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-labelledby="{figure_id}-title" class="concept-map phase-1">',
        f'<title id="{figure_id}-title">{escape(title)}</title>',
        *_edges(lanes, places),
        *(_heading(lane.heading, *corner) for lane, corner in zip(lanes, corners, strict=True)),
        *(_box(node, *places[node.concept.id]) for lane in lanes for node in lane.nodes),
        "</svg>",
    ]
    return "".join(parts)


def _corners(lanes: Sequence[Lane], across: int) -> tuple[list[tuple[int, int]], int]:
    """The upper left corner of each lane, rows of lanes below each other, and the height of it all."""
    corners, top = [], 0
    for begin in range(0, len(lanes), IN_A_ROW):
        row = lanes[begin : begin + IN_A_ROW]
        corners += [(x * across, top) for x in range(len(row))]
        top += HEAD + DOWN * max(len(lane.nodes) for lane in row) + 18
    return corners, top


def _heading(words: str, x: int, top: int) -> str:
    lines = textwrap.wrap(words, 24)[:2]
    return "".join(
        f'<text x="{x}" y="{top + 14 + n * 14}" font-size="12" font-weight="600" fill="var(--ink-soft)">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )


def _edges(lanes: Sequence[Lane], places: Mapping[str, tuple[int, int]]) -> list[str]:
    nodes = [node for lane in lanes for node in lane.nodes]
    return [
        _edge(places[before], places[node.concept.id])
        for node in nodes
        for before in node.concept.prerequisites
        if before in places
    ]


def _edge(begin: tuple[int, int], end: tuple[int, int]) -> str:
    (x1, y1), (x2, y2) = begin, end
    y1, y2 = y1 + HEIGHT // 2, y2 + HEIGHT // 2
    if x1 == x2:  # within a lane: a bow at its left
        path = f"M{x1} {y1} C{x1 - 18} {y1} {x2 - 18} {y2} {x2} {y2}"
    else:
        x1 += WIDTH
        bend = max(24, (x2 - x1) // 3)
        path = f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    return f'<path d="{path}" fill="none" stroke="var(--line-strong)" stroke-opacity="0.45" stroke-width="1"/>'


def _box(node: Node, x: int, y: int) -> str:
    lines = _lines(node.concept.name)
    top = y + 24 - (len(lines) - 1) * 6.5
    dash = ' stroke-dasharray="4 3"' if node.state is State.EARLY else ""
    width = 2.5 if node.strong else 1.2
    label = f"{node.concept.name}: {STATE_WORDS[node.state]}, tier {node.concept.tier}"
    ink = "var(--ink-soft)" if node.faint or node.state is State.EARLY else "var(--ink)"
    words = "".join(
        f'<text x="{x + 10}" y="{top + n * 13}" font-size="11.5" fill="{ink}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    mark = f'<text x="{x + WIDTH - 17}" y="{y + 16}" font-size="12" fill="var(--phase)">{_MARKS[node.state]}</text>'
    return (
        f'<a href="{escape(node.url)}" aria-label="{escape(label)}"><title>{escape(label)}</title>'
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{_FILLS[node.state]}" '
        f'stroke="var(--phase)" stroke-opacity="{0.35 if node.faint else 1}" stroke-width="{width}"{dash}/>{words}{mark}</a>'
    )


def _lines(name: str) -> list[str]:
    lines = textwrap.wrap(name, LETTERS - 3)
    return [lines[0], textwrap.shorten(" ".join(lines[1:]), LETTERS, placeholder="…")] if len(lines) > 1 else lines
