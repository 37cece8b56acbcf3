"""The way from a source file through the steps of a run to its model and its report: as a drawing and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from segue.shared.components import Column, Figure, Table
from segue.work.lab.lineage import Lineage, LineageStep

WIDTH, HEIGHT = 82, 42  # of a box
ACROSS, DOWN = 102, 54  # from one box to the next
LETTERS, HASH = 12, 8  # of a name and of a hash in a box
SWEEPS = 3  # over the columns, until lines cross little
SOURCE, MODEL, REPORT = "the source", "the model", "the report"  # no step has a name of two words
# Which of the steps stand on the model rather than on the comparison that chose it.
OF_THE_MODEL = ("errors", "slices", "drift")
YOURS = {"labels": "labels", "themes": "theme edits", "notes": "answers"}
# How a box looks: fill, line, width of the line, dashes. What it is also stands in its second line.
LOOKS = {
    "source": ("var(--sunk)", "var(--line-strong)", 1.5, ""),
    "step": ("var(--paper)", "var(--line-strong)", 1.2, ""),
    "yours": ("var(--sheet)", "var(--accent)", 1.2, "2 2"),
    "result": ("var(--paper)", "var(--accent)", 2.5, ""),
    "left": ("none", "var(--line-strong)", 1, "5 4"),
}
NONE = "–"

Edge = tuple[str, str]


@dataclass(frozen=True)
class Box:
    """A box of the drawing, with a name and a second line. ``look``: one of ``LOOKS``."""

    id: str
    name: str
    words: str
    look: str


@dataclass(frozen=True)
class Graph:
    """Boxes, and what comes from what."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


def short(sha256: str) -> str:
    """The beginning of a hash."""
    return sha256[:HASH] if sha256 else NONE


# --- what comes from what ---


def graph_of(found: Lineage) -> Graph:
    """Source, steps, the learner's decisions, model and report; an edge that a longer way tells already is left out."""
    yours = [each for each in found.decided if each.sha256 and each.name in YOURS]
    boxes = [Box(SOURCE, "source file", short(found.source_sha256), "source")]
    boxes += [_box(step) for step in found.steps]
    boxes += [Box(f"your {each.name}", YOURS[each.name], short(each.sha256), "yours") for each in yours]
    boxes += [Box(MODEL, "model", short(found.model_sha256), "result")] if found.model_sha256 else []
    boxes += [Box(REPORT, "report", short(found.report_sha256), "result")] if found.report_sha256 else []
    names = {box.id for box in boxes}
    edges = [edge for edge in dict.fromkeys(_edges(found)) if names.issuperset(edge)]
    return Graph(tuple(boxes), tuple(reduced(edges)))


def _box(step: LineageStep) -> Box:
    return Box(step.name, step.name, "left out" if step.reason else short(step.sha256), "left" if step.reason else "step")


def _edges(found: Lineage) -> Iterable[Edge]:
    names = [step.name for step in found.steps]
    for step in found.steps:
        stands_on = MODEL if found.model_sha256 and step.name in OF_THE_MODEL else "select"
        yield from ((stands_on if need == "select" else need, step.name) for need in step.needs)
        yield from ((f"your {name}", step.name) for name in step.decided)
    yield SOURCE, names[0] if names else SOURCE
    yield "select", MODEL
    yield "card", REPORT
    if "card" in names:  # it tells of every step
        yield from ((name, "card") for name in (*names, MODEL) if name != "card")


def reduced(edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those that a longer way tells already."""
    after: dict[str, set[str]] = {}
    for begin, end in edges:
        after.setdefault(begin, set()).add(end)

    def reach(begin: str) -> set[str]:
        found, ahead = set(), [*after.get(begin, ())]
        while ahead:
            here = ahead.pop()
            if here not in found:
                found.add(here)
                ahead += after.get(here, ())
        return found

    return [(begin, end) for begin, end in edges if not any(end in reach(via) for via in after[begin] - {end})]


def columns_of(graph: Graph) -> dict[str, int]:
    """How far right each box stands: one further than the last of what it comes from. Decisions stand just before their use."""
    before: dict[str, list[str]] = {box.id: [] for box in graph.boxes}
    for begin, end in graph.edges:
        before[end].append(begin)
    found: dict[str, int] = {}

    def column(name: str) -> int:
        if name not in found:
            found[name] = 1 + max(map(column, before[name]), default=-1)
        return found[name]

    for name in before:
        column(name)
    for box in graph.boxes:
        if box.look == "yours":
            found[box.id] = max(0, min((found[end] for begin, end in graph.edges if begin == box.id), default=1) - 1)
    return found


# --- where it stands ---


def places_of(graph: Graph) -> tuple[dict[str, tuple[int, float]], list[Edge]]:
    """Column and row of every box, and edges from column to column: a long one bends at places where no box stands."""
    columns = columns_of(graph)
    edges: list[Edge] = []
    at: dict[str, int] = dict(columns)
    for begin, end in graph.edges:
        bends = [f"{begin}>{end}>{column}" for column in range(columns[begin] + 1, columns[end])]
        at |= {bend: columns[begin] + n for n, bend in enumerate(bends, 1)}
        way = [begin, *bends, end]
        edges += pairwise(way)
    rows = _rows(at, edges)
    return {name: (column, rows[name]) for name, column in at.items()}, edges


def _rows(at: Mapping[str, int], edges: Sequence[Edge]) -> dict[str, float]:
    stacks = [[name for name, column in at.items() if column == n] for n in range(max(at.values(), default=0) + 1)]
    rows = {name: row for stack in stacks for name, row in _stacked(stack).items()}
    for sweep in range(SWEEPS * 2):
        way = 0 if sweep % 2 == 0 else 1  # by what stands left, then by what stands right
        beside: dict[str, list[str]] = {}
        for edge in edges:
            beside.setdefault(edge[1 - way], []).append(edge[way])
        for stack in stacks if way == 0 else stacks[::-1]:
            means = {name: _mean([rows[each] for each in beside.get(name, [name])]) for name in stack}
            stack.sort(key=means.__getitem__)
            rows |= _stacked(stack)
    return rows


def _stacked(stack: Sequence[str]) -> dict[str, float]:
    """Rows of a column around its middle."""
    return {name: n - (len(stack) - 1) / 2 for n, name in enumerate(stack)}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# --- the drawing ---


def drawing_of(found: Lineage) -> str:
    """The lineage as SVG."""
    graph = graph_of(found)
    places, edges = places_of(graph)
    top = min(row for _, row in places.values())
    corners = {name: (column * ACROSS, (row - top) * DOWN) for name, (column, row) in places.items()}
    width = max(x for x, _ in corners.values()) + WIDTH + 4
    height = max(y for _, y in corners.values()) + HEIGHT + 4
    drawn = {box.id for box in graph.boxes}
    lines = "".join(_line(corners, begin, end, drawn) for begin, end in edges)
    boxes = "".join(_drawn(box, *corners[box.id]) for box in graph.boxes)
    title = f"From {found.run.analysis.file_name} to {'model and report' if found.model_sha256 else 'report'}"
    return (
        f'<svg viewBox="-2 -2 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" class="figure__whole" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{lines}{boxes}</svg>'
    )


def _line(corners: Mapping[str, tuple[float, float]], begin: str, end: str, drawn: set[str]) -> str:
    """From the right side of a box to the left one of the next; straight through where a long edge only bends."""
    (x1, y1), (x2, y2) = corners[begin], corners[end]
    y1, y2 = y1 + HEIGHT / 2, y2 + HEIGHT / 2
    start, bend = x1 + WIDTH, (ACROSS - WIDTH) / 2
    through = "" if begin in drawn else f"M{x1:g} {y1:g}H{start:g}"
    path = f"{through}M{start:g} {y1:g}C{start + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    return f'<path d="{path}" fill="none" stroke="var(--ink-soft)" stroke-opacity="0.55" stroke-width="1.2"/>'


def _drawn(box: Box, x: float, y: float) -> str:
    fill, stroke, width, dashes = LOOKS[box.look]
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    middle, soft = x + WIDTH / 2, 'font-size="11" fill="var(--ink-soft)"'
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{width}"{dash}/>'
        f'<text x="{middle:g}" y="{y + 18:g}" text-anchor="middle" font-size="12" font-weight="600" fill="var(--ink)">'
        f"{escape(box.name[:LETTERS])}</text>"
        f'<text x="{middle:g}" y="{y + 33:g}" text-anchor="middle" {soft}>{escape(box.words)}</text>'
    )


def figure_of(found: Lineage) -> Figure:
    """The drawing with its sentence."""
    done = [step for step in found.steps if not step.reason]
    left = len(found.steps) - len(done)
    caption = f"{len(done)} steps lead from the source file to the {'model and the report' if found.model_sha256 else 'report'}"
    caption += f"; {left} {'was' if left == 1 else 'were'} left out." if left else "."
    looks = {box.look for box in graph_of(found).boxes}
    note = "Lines run from left to right. The second line of a box is the beginning of the SHA-256 of what it wrote."
    note += " Dotted: decided by you." if "yours" in looks else ""
    note += " Dashed: left out." if "left" in looks else ""
    return Figure("lineage", caption, None, drawing_of(found), note=note)


# --- the table ---


def table_of(found: Lineage) -> Table:
    """Every step with what it was told, what it stands on, and the hash of what it wrote."""
    columns = [Column(label) for label in ("Step", "What it does", "Stands on", "Told", "Wrote")]
    return Table("Source, steps, model and report of this run", columns, [*_first(found), *map(_row, found.steps), *_last(found)])


def _first(found: Lineage) -> Iterable[Sequence[str]]:
    rows = f"{found.rows:,} of {found.rows_in_file:,} rows have a text" if found.rows_in_file else NONE
    yield "source file", found.run.analysis.file_name, NONE, rows, f"SHA-256 {found.source_sha256[:16] or NONE}"


def _row(step: LineageStep) -> Sequence[str]:
    every = ["every step before it"] if step.name == "card" else []  # it tells of what there is
    stands = ", ".join([*step.needs, *every, *(f"your {YOURS.get(name, name)}" for name in step.decided)])
    told = "; ".join(f"{name}: {value}" for name, value in step.told)
    wrote = step.reason or f"{step.files} {'file' if step.files == 1 else 'files'}, SHA-256 {step.sha256[:16]}"
    return step.name, step.says, stands or "the source file", told or NONE, f"left out: {wrote}" if step.reason else wrote


def _last(found: Lineage) -> Iterable[Sequence[str]]:
    if found.model_sha256:
        yield "model", found.model, "select", NONE, f"SHA-256 {found.model_sha256[:16]}"
    if found.report_sha256:
        yield "report", "the page with all figures", "card", NONE, f"SHA-256 {found.report_sha256[:16]}"
