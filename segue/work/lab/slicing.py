"""What the model of a run says of its test rows, cut by groups: scores with ranges, and hits and errors of one class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segue.shared.components import Column, Figure, Table
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.pictures import OURS, REPORTS, brief, without_commands
from segue.work.lab.pieces.piece import DATA
from segue.work.lab.reading import is_installed, spoken

if TYPE_CHECKING:
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.models import Predictions, Slice, SliceScore, SlicesResult

LEAST = 20  # rows below which there is too little to say
LENGTH = "Length of the text, in words"
WORDS = (10.0, 25.0, 50.0, 100.0)
METRICS = {"macro_f1": "Macro-F1", "accuracy": "Share right"}
TOO_FEW = "too few to say"
MISLEADS = (
    "A wide range is a small group, not a bad one. Groups write about different things, so a gap may come from the theme. A gap "
    "that is not settled is not a gap of zero. The scale need not begin at 0."
)
NOT_INSTALLED = "The parts that read a run are not installed here."


@dataclass(frozen=True)
class Range:
    """A figure with its 95% range."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Counts:
    """Rows of a group by whether they bear the class and whether the model says so: hits, false alarms, misses, the rest."""

    tp: int
    fp: int
    fn: int
    tn: int


@dataclass(frozen=True)
class Group:
    """A slice. ``score``, ``recall`` and ``precision`` are ``None`` where there are too few rows to say."""

    name: str
    n: int
    score: Range | None
    recall: Range | None
    precision: Range | None
    counts: Counts

    @property
    def of_class(self) -> int:
        """Rows that bear the class that matters."""
        return self.counts.tp + self.counts.fn

    @property
    def called(self) -> int:
        """Rows that the model says bear it."""
        return self.counts.tp + self.counts.fp


@dataclass(frozen=True)
class Cut:
    """A column with its slices. ``says``: what may be concluded; ``edges``: where numbers were cut, in words."""

    column: str
    edges: str
    groups: tuple[Group, ...]
    says: str

    @property
    def judged(self) -> tuple[Group, ...]:
        """Slices with rows enough for a figure."""
        return tuple(group for group in self.groups if group.score is not None)


@dataclass(frozen=True)
class Sliced:
    """The newest model of a run by groups. ``columns``: all that can cut it; ``positive``: the class whose misses are counted.

    ``least``: rows from which a slice has a figure; for macro-F1 some for each class.
    """

    analysis: int
    version: int
    file_name: str
    data: str
    target: str
    model: str
    classes: tuple[str, ...]
    positive: str
    metric: str
    least: int
    n: int
    overall: Range
    columns: tuple[str, ...]
    cuts: tuple[Cut, ...]


@dataclass(frozen=True)
class _Loaded:
    """What is read from a folder once. ``segments``: by column, the group of each test row."""

    predictions: Predictions
    segments: Mapping[str, Sequence[str | None]]
    edges: Mapping[str, str]
    target: str
    model: str
    positive: str


def sliced_of(analysis: Analysis, columns: Sequence[str] = (), metric: str = "macro_f1", positive: str = "") -> Sliced | str:
    """The model by the named columns, the first few where none is known; or why there is none.

    An unknown metric or class falls back to the first. Raises ``UserError`` where the folder was damaged.
    """
    if not is_installed():
        return NOT_INSTALLED
    path = run_folder(analysis)
    with spoken():
        loaded = _loaded(path, _stamp(path))
        if isinstance(loaded, str):
            return without_commands(loaded)
        chosen = tuple(name for name in columns if name in loaded.segments) or _first(loaded)
        metric = metric if metric in METRICS else "macro_f1"
        found = _scored(path, _stamp(path), metric, chosen)
    return _sliced(analysis, loaded, found, _positive(analysis, loaded, positive))


def _stamp(path: Path) -> int:
    """Changes when the run was made anew."""
    manifest = path / "manifest.json"
    return manifest.stat().st_mtime_ns if manifest.is_file() else 0


@lru_cache(maxsize=4)
def _loaded(path: Path, stamp: int) -> _Loaded | str:
    from feedback_lab.parts import read_rows
    from feedback_lab.pipeline.model_steps import read_predictions
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.models import ErrorsResult, SelectResult
    from feedback_lab.records.source import IngestResult

    folder, manifest = open_run(path)
    if manifest.steps["select"].state == "skipped":
        return manifest.steps["select"].reason
    select, rows = stored(folder, "select", SelectResult), read_rows(folder.test)
    threshold = None
    if manifest.steps["errors"].state == "done":
        threshold = stored(folder, "errors", ErrorsResult).threshold
    segments = {name: values for name, values in rows.segments.items() if name != select.target.column}
    edges = {each.column: _edges(each.edges) for each in stored(folder, "ingest", IngestResult).roles.segments}
    return _Loaded(
        predictions=read_predictions(folder),
        segments={**segments, LENGTH: _lengths(rows.texts)},
        edges={**edges, LENGTH: _edges(WORDS)},
        target=select.target.column,
        model=select.recommended,
        positive=threshold.positive if threshold else "",
    )


def _edges(edges: Sequence[float]) -> str:
    return f"Cut at {', '.join(f'{edge:.12g}' for edge in edges)}; each of these begins a band." if edges else ""


def _lengths(texts: Sequence[str]) -> list[str | None]:
    from feedback_lab.ingest.banding import bands

    return bands([str(len(text.split())) for text in texts], WORDS)


MOST_FIRST, MOST_GROUPS = 4, 12


def _first(loaded: _Loaded) -> tuple[str, ...]:
    """Columns of few groups, which are shown where none was chosen."""
    few = [name for name, values in loaded.segments.items() if len(set(values)) <= MOST_GROUPS]
    return tuple((few or [LENGTH])[:MOST_FIRST])


def _positive(analysis: Analysis, loaded: _Loaded, asked: str) -> str:
    wanted = (asked, analysis.settings.get("positive") or "", loaded.positive)
    classes = loaded.predictions.classes
    return next((name for name in wanted if name in classes), classes[0])


@lru_cache(maxsize=16)
def _scored(path: Path, stamp: int, metric: str, columns: tuple[str, ...]) -> tuple[SlicesResult, Estimate]:
    """Scores of the groups, and of all rows."""
    from feedback_lab.slices import slices
    from feedback_lab.slices.scoring import score

    loaded = _loaded(path, stamp)
    assert not isinstance(loaded, str)
    said = loaded.predictions
    found = slices(said, {name: list(loaded.segments[name]) for name in columns}, metric, min_n=LEAST)
    return found, score(said.truth, said.predicted, metric)(0.95)


def _sliced(analysis: Analysis, loaded: _Loaded, scored: tuple[SlicesResult, Estimate], positive: str) -> Sliced:
    found, overall = scored
    return Sliced(
        analysis=analysis.pk,
        version=analysis.version,
        file_name=analysis.file_name,
        data=DATA.get(analysis.permission, ""),
        target=brief(loaded.target),
        model=loaded.model,
        classes=loaded.predictions.classes,
        positive=positive,
        metric=found.slices[0].metric,
        least=found.min_n,
        n=len(loaded.predictions.truth),
        overall=_range(overall),
        columns=tuple(loaded.segments),
        cuts=tuple(_cut(loaded, each, found.min_n, positive) for each in found.slices),
    )


def _range(estimate: Estimate) -> Range:
    return Range(estimate.value, estimate.low, estimate.high)


def _cut(loaded: _Loaded, found: Slice, least: int, positive: str) -> Cut:
    from feedback_lab.slices.judging import cut

    masks = cut(list(loaded.segments[found.column]))
    groups = tuple(_group(each, _counts(loaded.predictions, masks[each.group], positive), least) for each in found.groups)
    return Cut(found.column, loaded.edges.get(found.column, ""), groups, found.says.replace("'", "’"))


def _counts(said: Predictions, mask: Any, positive: str) -> Counts:
    place = said.classes.index(positive)
    bears, called = said.truth[mask] == place, said.predicted[mask] == place
    return Counts(
        int((bears & called).sum()), int((~bears & called).sum()), int((bears & ~called).sum()), int((~bears & ~called).sum())
    )


def _group(found: SliceScore, counts: Counts, least: int) -> Group:
    recall, precision = (_share(counts.tp, n) for n in (counts.tp + counts.fn, counts.tp + counts.fp))
    return Group(found.group, found.n, _range(found.metric) if found.n >= least else None, recall, precision, counts)


def _share(hits: int, n: int) -> Range | None:
    from feedback_lab.intervals import wilson

    return _range(wilson(hits, n)) if n >= LEAST else None


def shown(metric: str, value: float) -> str:
    """A score as it is printed: macro-F1 as 0.65, a share as 65%."""
    return f"{value:.2f}" if metric == "macro_f1" else f"{value:.0%}"


def ranged(metric: str, found: Range | None) -> str:
    """A score with its range, or that there is too little to say."""
    if found is None:
        return TOO_FEW
    return f"{shown(metric, found.value)} ({shown(metric, found.low)} to {shown(metric, found.high)})"


def table_of_cut(sliced: Sliced, cut: Cut) -> Table:
    """The slices of a column as a table."""
    positive = brief(sliced.positive, 40)
    columns = [
        Column("Slice"),
        Column("Rows", is_number=True),
        Column(f"{METRICS[sliced.metric]} (95% range)", is_number=True),
        Column(f"“{positive}” found (recall, 95% range)", is_number=True),
        Column(f"“{positive}” rightly said (precision, 95% range)", is_number=True),
    ]
    rows = [
        [
            brief(group.name, 60),
            f"{group.n:,}",
            ranged(sliced.metric, group.score),
            f"{group.counts.tp:,} of {group.of_class:,}: {ranged('share', group.recall)}",
            f"{group.counts.tp:,} of {group.called:,}: {ranged('share', group.precision)}",
        ]
        for group in cut.groups
    ]
    return Table(f"By {brief(cut.column)}", columns, rows)


def figure_of_cut(sliced: Sliced, cut: Cut, key: str, caption: str) -> Figure | None:
    """The slices of a column as dots with their ranges; ``None`` where none has rows enough."""
    from feedback_lab.card.charts import Dot, dots
    from feedback_lab.card.drawing import Frame

    if not cut.judged:
        return None
    found = [(brief(g.name, 40), g.n, g.score) for g in cut.judged if g.score is not None]
    drawn = [Dot(name, s.value, s.low, s.high, ranged(sliced.metric, s), f"n = {n:,}") for name, n, s in found]
    title = f"{METRICS[sliced.metric]} by {brief(cut.column)}"
    svg = dots(Frame(f"chart-{key}", title, f"{len(drawn)} slices."), drawn, sliced.overall.value, "dashed: all rows")
    return Figure(key, caption, table_of_cut(sliced, cut), svg.replace(REPORTS, OURS, 1), note=cut.says)
