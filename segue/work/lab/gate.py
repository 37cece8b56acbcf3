"""Rows that no model has seen, the set that they make, and what each version saw: read from the folders of runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segue.core.errors import UserError
from segue.work.lab import folders
from segue.work.lab.models import Analysis, EvalSet
from segue.work.lab.queries.marks import gold_set, held_rows
from segue.work.lab.reading import spoken
from segue.work.lab.rows import parts_of, texts_in

if TYPE_CHECKING:
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.models import SelectResult
    from feedback_lab.serve import EvalSet as RowsOfSet
    from feedback_lab.serve import GateResult

FEW = 30  # rows below which a set notices only large changes
MEND_SET = "Make the set anew on the page of the gate."


@dataclass(frozen=True)
class Score:
    """A figure with its 95% interval, as it is kept and shown."""

    value: float
    low: float
    high: float
    n: int

    @property
    def words(self) -> str:
        """With two digits."""
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"

    @property
    def interval(self) -> str:
        """Its interval alone."""
        return f"{self.low:.2f} to {self.high:.2f}"


@dataclass(frozen=True)
class Unseen:
    """Test rows of a version that learnt from labels by hand, with the labels as they are now, and its score on its test rows.

    ``left_out``: test rows that have no settled label any more, or a text that another row has too.
    """

    version: int
    rows: tuple[int, ...]
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    score: Score
    left_out: int

    @property
    def is_few(self) -> bool:
        """Whether the set would notice only large changes."""
        return len(self.rows) < FEW

    @property
    def few_words(self) -> str:
        """What few rows mean for the gate: an interval narrows with the root of the number of rows."""
        half = (self.score.high - self.score.low) / 2 * (self.score.n / max(1, len(self.rows))) ** 0.5
        low, high = max(0.0, self.score.value - half), min(1.0, self.score.value + half)
        return (
            f"With {len(self.rows)} rows the interval of a score like this is about {low:.2f} to {high:.2f}: a later version "
            "must change much before the gate notices. Better label more rows first, and run again."
        )

    @property
    def pass_at(self) -> float:
        """The threshold that is offered: the score less half of its interval, so that chance alone seldom refuses a version."""
        return max(0.0, round(self.score.value - (self.score.high - self.score.low) / 2, 2))


def score_of(figure: Estimate) -> Score:
    """A figure of the Lab as it is kept."""
    return Score(figure.value, figure.low, figure.high, figure.n)


def score_from(kept: Mapping[str, Any] | None) -> Score | None:
    """A score as it was kept."""
    return Score(**kept) if kept else None


def estimate_from(score: Score | None) -> Estimate | None:
    """A score as the Lab takes it."""
    from feedback_lab.records.figures import Estimate

    return Estimate(**asdict(score)) if score else None


def opened(analysis: Analysis, number: int) -> tuple[Folder, SelectResult] | None:
    """A version whose model learnt from labels by hand; ``None`` for one that learnt from a column or has no model."""
    from feedback_lab.pipeline.model_steps import BY_HAND
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.models import SelectResult

    path = folders.run_folder(analysis, number)
    if not path.is_dir():
        return None
    with spoken():
        folder, manifest = open_run(path)
        if not manifest.config.get("gold") or manifest.steps["select"].state == "skipped":
            return None
        select = stored(folder, "select", SelectResult)
    return (folder, select) if select.target.column == BY_HAND else None


def unseen_rows(analysis: Analysis) -> Unseen | None:
    """Rows that could be put aside: of the newest version that learnt from labels by hand; ``None`` before there is one."""
    for number in analysis.versions.order_by("-number").values_list("number", flat=True):
        found = opened(analysis, number)
        if found is not None:
            return _unseen(analysis, number, *found)
    return None


def _unseen(analysis: Analysis, number: int, folder: Folder, select: SelectResult) -> Unseen:
    best = next(each for each in select.candidates if each.name == select.recommended)
    texts = texts_of(folder)
    rows = labelled(texts, gold_set(analysis))
    kept = (tuple(row for row, _, _ in rows), tuple(text for _, text, _ in rows), tuple(label for _, _, label in rows))
    return Unseen(number, *kept, score_of(best.macro_f1), len(texts) - len(rows))


def texts_of(folder: Folder) -> dict[int, str]:
    """Texts of a version's test rows, by row, rising."""
    from feedback_lab.parts import read_rows

    with spoken():
        rows = read_rows(folder.test)
    return dict(sorted(zip(rows.number.tolist(), rows.texts, strict=True)))


def labelled(texts: Mapping[int, str], gold: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """Row, text and label of rows that have a settled label; a text once, and not at all where its rows differ in label."""
    found: dict[str, tuple[int, str, str]] = {}
    torn: set[str] = set()
    for row, text in texts.items():
        if row in gold:
            first = found.setdefault(text, (row, text, gold[row]))
            torn |= {text} if first[2] != gold[row] else set()
    return [each for text, each in found.items() if text not in torn]


def write_set(analysis: Analysis, rows: Sequence[tuple[str, str]]) -> str:
    """Keeps texts and labels of the set, and which rows have the same texts. Its SHA-256."""
    from feedback_lab.files import write_json
    from feedback_lab.serve import write_eval_set

    path = folders.eval_file(analysis)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with spoken():
        write_json(folders.held_file(analysis), _rows_with(analysis, [text for text, _ in rows]))
        return write_eval_set(path, rows).sha256


def _rows_with(analysis: Analysis, texts: Iterable[str]) -> list[int]:
    """Numbers of all rows of the data with one of these texts, as the split of rows tells texts apart."""
    from feedback_lab.select.splitting import fold_text

    wanted = frozenset(map(fold_text, texts))
    return [row for row, text in texts_in(parts_of(folders.run_folder(analysis))) if fold_text(text) in wanted]


def read_set(analysis: Analysis, eval_set: EvalSet) -> RowsOfSet:
    """Texts and labels of the set. Raises ``UserError`` where its file is not the one that was written."""
    from feedback_lab.serve import read_eval_set

    if not folders.eval_file(analysis).is_file():
        raise UserError("The file of the evaluation set is not there.", MEND_SET)
    with spoken():
        found = read_eval_set(folders.eval_file(analysis))
    if found.sha256 != eval_set.sha256 or len(found) != len(eval_set.rows):
        raise UserError("The file of the evaluation set is not as it was written.", MEND_SET)
    return found


def changed_labels(analysis: Analysis, eval_set: EvalSet, labels: Sequence[str]) -> int:
    """How many rows of the set have another settled label now, or none any more."""
    gold = gold_set(analysis)
    return sum(gold.get(row) != label for row, label in zip(eval_set.rows, labels, strict=True))


def unfit(analysis: Analysis, eval_set: EvalSet, number: int) -> str:
    """Why a version can't be judged by the set; empty where it can."""
    found = opened(analysis, number)
    if found is None:
        return f"The model of version {number} did not learn from labels by hand, and it may have seen rows of the set."
    seen = _learnt_from(analysis, number) & held_rows(analysis, eval_set) - set(texts_of(found[0]))
    strange = _renamed_since(analysis, eval_set, number)
    if strange:
        return f"The model of version {number} knows no label “{strange[0]}”, which rows of the set have. Run again first."
    if seen:
        words = "1 row" if len(seen) == 1 else f"{len(seen):,} rows"
        return f"Version {number} may have learnt from {words} of the set: it was made before they were put aside."
    return ""


def _renamed_since(analysis: Analysis, eval_set: EvalSet, number: int) -> list[str]:
    """Labels of the set that no row had when an earlier version was made: it can't say them, and it is not at fault."""
    made_at = analysis.versions.values_list("made_at", flat=True).get(number=number)
    if made_at >= eval_set.made_at:
        return []
    with suppress(UserError):  # a set that was damaged is told elsewhere
        return sorted(set(read_set(analysis, eval_set).labels) - set(_labels_then(analysis, number).values()))
    return []


def _learnt_from(analysis: Analysis, number: int) -> set[int]:
    """All rows that a version had labels of, its test rows included."""
    return set(_labels_then(analysis, number))


def _labels_then(analysis: Analysis, number: int) -> dict[int, str]:
    from feedback_lab.label import read_labels

    with spoken():
        return read_labels(folders.run_folder(analysis, number) / "labels" / "gold.csv")


def figures_from(result: GateResult, rows: Sequence[int]) -> dict[str, Any]:
    """What is kept of a verdict; no text is in it. ``rows``: numbers of the rows that were judged."""
    worse = [{"row": rows[each.row - 1], "label": each.label, "said": each.said} for each in result.regressions]
    return {
        "sha256": result.eval_sha256,
        "score": asdict(score_of(result.macro_f1)),
        "classes": [asdict(each) for each in result.by_class],
        "worse": worse,
        "invalid": result.invalid,
    }


def thresholds_file(analysis: Analysis) -> Path:
    """Each threshold that was set, when, and why: a line each."""
    return folders.eval_file(analysis).with_name("thresholds.jsonl")


def thresholds_of(analysis: Analysis) -> list[dict[str, Any]]:
    """Each threshold that was set, the newest first."""
    try:
        lines = thresholds_file(analysis).read_text("utf-8").splitlines()
    except OSError:
        return []
    return [json.loads(line) for line in reversed(lines)]
