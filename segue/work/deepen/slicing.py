"""A slice report: the two slices that differ most, and the report in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from segue.core.wording import counted
from segue.shared.components import Table
from segue.work.lab.slicing import LEAST, METRICS, Cut, Group, Sliced, ranged, shown, table_of_cut

SORT, KIND, ACTIVITY = "slices", "slice-report", "w19-slices"
# What the learner writes, by field: heading in the report, label, help.
PARTS: Mapping[str, tuple[str, str, str]] = {
    "why": (
        "Slices",
        "Why these slices",
        "Which you chose and why, and which you may not form. Don’t guess at sensitive traits.",
    ),
    "cause": ("Largest gap", "What could cause the gap", "Few rows to learn from, other topics, other words, unlike labels."),
    "means": (
        "What it means for people",
        "What it means for people",
        "Who gets a worse answer, what that does to them, and what you would do before launch.",
    ),
}


@dataclass(frozen=True)
class Gap:
    """The two slices of a column that differ most."""

    cut: Cut
    lower: Group
    higher: Group
    points: float
    overlap: bool


def gap_in(cut: Cut) -> Gap | None:
    """The gap within a column; ``None`` where fewer than two slices have rows enough."""
    scored = sorted(((g.score, g) for g in cut.judged if g.score is not None), key=lambda pair: (pair[0].value, pair[1].name))
    if len(scored) < 2:
        return None
    return _gap(cut, scored[0][1], scored[-1][1])


def _gap(cut: Cut, lower: Group, higher: Group) -> Gap:
    low, high = lower.score, higher.score
    assert low is not None
    assert high is not None  # both are judged
    return Gap(cut, lower, higher, round(100 * (high.value - low.value), 1), low.high >= high.low)


def largest_gap(sliced: Sliced) -> Gap | None:
    """The largest of all columns."""
    found = [gap for gap in map(gap_in, sliced.cuts) if gap is not None]
    return max(found, key=lambda gap: gap.points, default=None)


def clear_gap(sliced: Sliced) -> Gap | None:
    """The largest between two slices of a column whose ranges don’t overlap."""
    pairs = ((cut, *pair) for cut in sliced.cuts for pair in permutations(cut.judged, 2))
    gaps = (_gap(cut, lower, higher) for cut, lower, higher in pairs)
    return max((gap for gap in gaps if gap.points > 0 and not gap.overlap), key=lambda gap: gap.points, default=None)


def pair_words(sliced: Sliced, gap: Gap) -> str:
    """Two slices with their scores and whether the ranges overlap."""
    ends = " and ".join(f"“{_line(g.name)}” {ranged(sliced.metric, g.score)}" for g in (gap.lower, gap.higher))
    return f"{ends}: {gap.points:g} points apart; the ranges {'overlap' if gap.overlap else 'don’t overlap'}."


def gap_words(sliced: Sliced) -> str:
    """The largest gap, whether chance may have made it, and the largest that is beyond its range."""
    gap, clear = largest_gap(sliced), clear_gap(sliced)
    if gap is None:
        return "No two slices of a column have rows enough to compare."
    said = [f"By {_line(gap.cut.column)}, these two differ most: {pair_words(sliced, gap)}"]
    if not gap.overlap:
        said.append("So chance alone is an unlikely cause. Picked as the largest, it still looks larger than it is.")
    else:
        said.append("So it may be chance, all the more as it was picked as the largest.")
        if clear is not None:
            said.append(
                f"The largest gap whose ranges don’t overlap is by {_line(clear.cut.column)}: {pair_words(sliced, clear)}"
            )
    return " ".join(said)


def facts_of(sliced: Sliced) -> dict[str, float | str]:
    """The figures of the evidence."""
    judged = [group for cut in sliced.cuts for group in cut.judged]
    gap = largest_gap(sliced)
    facts: dict[str, float | str] = {"slices": len(judged), "intervals": "given" if judged else "missing"}
    if judged:
        facts["smallest"] = min(group.n for group in judged)
    if gap is not None:
        facts["gap"] = gap.points
    return {**facts, **({"data": sliced.data} if sliced.data else {})}


def text_of(sliced: Sliced, words: Mapping[str, str]) -> str:
    """The report in Markdown: figures from the run, and what the learner wrote."""
    return "\n\n".join(_parts(sliced, words)) + "\n"


def _parts(sliced: Sliced, words: Mapping[str, str]) -> Iterator[str]:
    columns = ", ".join(_line(cut.column) for cut in sliced.cuts)
    yield f"## Slices\n\nCut by: {columns}."
    yield words.get("why", "").strip() or "Why these: not said yet."
    yield f"## Figures\n\n{_source(sliced)}"
    for cut in sliced.cuts:
        yield _table(table_of_cut(sliced, cut))
        yield " ".join(filter(None, (cut.edges, cut.says)))
    yield f"## Largest gap\n\n{gap_words(sliced)}"
    yield words.get("cause", "").strip() or "What could cause it: not said yet."
    yield f"## What it means for people\n\n{words.get('means', '').strip() or 'Not said yet.'}"


def _source(sliced: Sliced) -> str:
    score = f"{METRICS[sliced.metric]} of all is {ranged(sliced.metric, sliced.overall)}"
    return (
        f"The recommended model (“{_line(sliced.model)}”) of version {sliced.version} of {_line(sliced.file_name)}, on "
        f"{counted_rows(sliced.n)} that it had not seen. {score}. Ranges hold 95%. A slice has a score from {sliced.least} rows "
        f"on; recall and precision of “{_line(sliced.positive)}” are said from {LEAST} such rows on."
    )


def counted_rows(n: int) -> str:
    """``1 row``, ``3,999 rows``."""
    return counted(n, "row") if n < 1000 else f"{n:,} rows"


def _line(text: str) -> str:
    """A name from the data within a line of Markdown: its marks mean nothing there."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in " ".join(text.split()))


def _table(table: Table) -> str:
    heads: Sequence[str] = [column.label for column in table.columns]
    lines = [heads, ["---"] * len(heads), *table.rows]
    return "\n".join("| " + " | ".join(_line(str(cell)) if cell != "---" else "---" for cell in line) + " |" for line in lines)


def overall_words(sliced: Sliced) -> str:
    """How all rows do, for the top of the page."""
    return f"{METRICS[sliced.metric]} {shown(sliced.metric, sliced.overall.value)} on {counted_rows(sliced.n)}"
