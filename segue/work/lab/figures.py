"""The numbers of a run by name, each with the place in its folder that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.models import SelectResult

BASELINE = "majority"


@dataclass(frozen=True)
class RunFigure:
    """A number, or a name, which has no ``value``.

    ``name``: how a text refers to it; ``text``: as it is printed; ``source``: where in the folder of the run.
    """

    name: str
    label: str
    text: str
    value: float | None
    source: str


@dataclass(frozen=True)
class RunFigures:
    """The numbers of a version. ``target``: what its model predicts; ``model``: which was recommended; empty without one."""

    analysis: int
    version: int
    file_name: str
    made_on: date
    manifest_sha256: str
    target: str
    model: str
    figures: tuple[RunFigure, ...]

    def named(self) -> Mapping[str, RunFigure]:
        """The figures by name."""
        return {figure.name: figure for figure in self.figures}


def runs_of(learner: Learner) -> list[Analysis]:
    """Analyses that have a finished run and whose files are there, the newest first."""
    found = learner.analyses.filter(gone_on=None, version__gt=0)
    return [analysis for analysis in found if run_folder(analysis).is_dir()]


def newest_version(analysis: Analysis) -> int:
    """The number of the newest finished run."""
    return analysis.version


def figures_of(analysis: Analysis, version: int = 0) -> RunFigures | None:
    """The numbers of a version, the newest where none is named; ``None`` where its files are gone. Raises ``UserError``."""
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.models import SelectResult

    path = run_folder(analysis, version)
    row = analysis.versions.filter(number=version or analysis.version).first()
    if row is None or not (path / "manifest.json").is_file():
        return None
    with spoken():
        folder, manifest = open_run(path)
        left = [name for name, entry in manifest.steps.items() if entry.state == "done"]
        select = stored(folder, "select", SelectResult) if "select" in left else None
        figures = tuple(each for step in left if step in _READERS for each in _READERS[step](folder))
    return RunFigures(
        analysis.pk,
        row.number,
        analysis.file_name,
        clock.day_of(row.made_at),
        sha256((path / "manifest.json").read_bytes()).hexdigest(),
        select.target.column if select else "",
        select.recommended if select else "",
        figures,
    )


def _ingest(folder: Folder) -> Iterator[RunFigure]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.source import IngestResult

    found = stored(folder, "ingest", IngestResult)
    yield _count("rows", "Rows with a text", found.kept, "results/ingest.json, kept")
    yield _count("rows_in_file", "Rows in the file", found.rows, "results/ingest.json, rows")


def _redact(folder: Folder) -> Iterator[RunFigure]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.source import RedactResult

    found = stored(folder, "redact", RedactResult)
    yield _count("redacted", "Pieces of personal data replaced", sum(found.found.values()), "results/redact.json, found")


def _themes(folder: Folder) -> Iterator[RunFigure]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.findings import ThemesResult

    found = stored(folder, "themes", ThemesResult)
    yield _count("themes", "Themes", len(found.broad), "results/themes.json, broad")
    yield _share("unassigned", "Rows without a theme", found.unassigned, "results/themes.json, unassigned")
    if found.broad:
        largest = max(found.broad, key=lambda theme: theme.share)
        place = found.broad.index(largest)
        yield _share(
            "largest_theme", f"Rows of the theme “{largest.name}”", largest.share, f"results/themes.json, broad[{place}].share"
        )


def _label(folder: Folder) -> Iterator[RunFigure]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.models import LabelResult

    found = stored(folder, "label", LabelResult)
    if found.labelled:
        yield _count("labels", "Rows labelled by hand", found.labelled, "results/label.json, labelled")
    if found.agreement is not None:
        both = found.agreement
        yield _count("double_labelled", "Rows labelled by two people", both.n, "results/label.json, agreement.n")
        yield _share("agreed", "Rows on which both say the same", both.observed, "results/label.json, agreement.observed")
        yield _ranged("kappa", "Cohen’s kappa", both.kappa, "results/label.json, agreement.kappa")


def _select(folder: Folder) -> Iterator[RunFigure]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.models import SelectResult

    found = stored(folder, "select", SelectResult)
    yield from _name("model", "The recommended way", found.recommended, "results/select.json, recommended")
    yield from _name("target", "What it learns to say", found.target.column, "results/select.json, target.column")
    yield from _candidates(found)
    yield _count("candidates", "Ways compared, baselines included", len(found.candidates), "results/select.json, candidates")
    yield _count("train_rows", "Rows that the model learnt from", found.n_train, "results/select.json, n_train")
    yield _count("test_rows", "Rows it was tested on", found.n_test, "results/select.json, n_test")
    yield _count("classes", "Classes", len(found.target.classes), "results/select.json, target.classes")


def _candidates(found: SelectResult) -> Iterator[RunFigure]:
    for place, each in enumerate(found.candidates):
        where = f"results/select.json, candidates[{place}]"
        if each.name == found.recommended:
            yield _ranged("score", f"Macro-F1 of “{each.name}”, the recommended way", each.macro_f1, f"{where}.macro_f1")
            yield _ranged("accuracy", f"Accuracy of “{each.name}”", each.accuracy, f"{where}.accuracy")
        if each.name == BASELINE:
            yield _ranged("baseline", "Macro-F1 of always saying the commonest class", each.macro_f1, f"{where}.macro_f1")
            yield _ranged("baseline_accuracy", "Accuracy of always saying it", each.accuracy, f"{where}.accuracy")


def _errors(folder: Folder) -> Iterator[RunFigure]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.models import ErrorsResult

    found = stored(folder, "errors", ErrorsResult)
    wrong = sum(count for i, row in enumerate(found.matrix) for j, count in enumerate(row) if i != j)
    yield _count("errors", "Test rows that it got wrong", wrong, "results/errors.json, matrix")
    if found.threshold is not None:
        best, where = found.threshold.best, "results/errors.json, threshold.best"
        about = f"for “{found.threshold.positive}” at the cheapest threshold"
        yield RunFigure("threshold", f"Threshold {about}", f"{best.threshold:.2f}", best.threshold, f"{where}.threshold")
        if best.precision is not None:
            yield _share("precision", f"Precision {about}", best.precision, f"{where}.precision")
        yield _share("recall", f"Recall {about}", best.recall, f"{where}.recall")


_READERS = {
    "ingest": _ingest,
    "redact": _redact,
    "themes": _themes,
    "label": _label,
    "select": _select,
    "errors": _errors,
}


def _name(name: str, label: str, said: str, source: str) -> Iterator[RunFigure]:
    if said.strip():
        yield RunFigure(name, label, f"“{' '.join(said.split())}”", None, source)


def _count(name: str, label: str, value: int, source: str) -> RunFigure:
    return RunFigure(name, label, f"{value:,}", value, source)


def _share(name: str, label: str, value: float, source: str) -> RunFigure:
    return RunFigure(name, label, f"{value:.1%}", value, source)


def _ranged(name: str, label: str, figure: Estimate, source: str) -> RunFigure:
    return RunFigure(name, label, f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})", figure.value, source)
