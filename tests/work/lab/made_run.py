"""The folder of a run whose results are written by hand, so that names and figures can be whatever a test wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.models import Analysis, Version

if TYPE_CHECKING:
    from feedback_lab.records.findings import DriversResult
    from feedback_lab.records.models import Predictions, SelectResult

LONG = "N" * 300
SCRIPT = "<script>alert(1)</script>"
CLASSES = ("bad", SCRIPT, LONG)
LATE = "No column says anything. Name one with --label. Else: feedback-lab label."


def selected(classes: tuple[str, ...] = CLASSES) -> SelectResult:
    """A baseline and two candidates, one of them with hostile words."""
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.models import Candidate, CandidateCost, ClassScore, CurvePoint, Forecast, SelectResult, Target

    def estimate(value: float) -> Estimate:
        return Estimate(value, value - 0.05, value + 0.05, 60)

    scores = tuple(ClassScore(name, 0.5, 0.6, 0.55, 20) for name in classes)
    return SelectResult(
        target=Target("label", "topic", classes),
        n_train=180,
        n_test=60,
        candidates=(
            Candidate("majority", "Always the commonest class.", estimate(0.2), estimate(0.4), (0.2, 0.2), scores),
            Candidate("words", "Words, counted.", estimate(0.7), estimate(0.75), (0.66, 0.72), scores),
            Candidate(SCRIPT, LONG, estimate(0.6), estimate(0.65), (), scores),
        ),
        recommended="words",
        reason="It is the best.",
        curve=(CurvePoint(60, estimate(0.5)), CurvePoint(180, estimate(0.7))),
        forecast=Forecast(200, 0.03, "200 more labels bring about +0.030 macro-F1."),
        dropped_classes=(f"{SCRIPT}rare",),
        costs=(CandidateCost("words", 1.5, 60.0, 2_000_000),),
    )


def predicted(classes: tuple[str, ...] = CLASSES, n: int = 60) -> Predictions:
    """Two in three are right; a row of class i that is wrong is called the next one."""
    import numpy as np

    from feedback_lab.records.models import Predictions

    truth = np.arange(n) % len(classes)
    said = np.where(np.arange(n) % 5 < 2, (truth + 1) % len(classes), truth)
    scores = np.full((n, len(classes)), 0.1)
    scores[np.arange(n), said] = 0.6 + 0.3 * (np.arange(n) / n)
    return Predictions(np.arange(1, n + 1), classes, truth, said, scores / scores.sum(1, keepdims=True))


def texts_of(n: int = 60) -> list[str]:
    return [f"Text {number} {SCRIPT} {'W' * 300 if number == 3 else ''}" for number in range(1, n + 1)]


def driven() -> DriversResult:
    """Two themes beside ratings, a group and three months."""
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.findings import Crossing, Driver, DriversResult

    def crossing(theme: int, name: str, group: str, share: float, established: bool) -> Crossing:
        return Crossing(
            theme, name, group, Estimate(share, share - 0.05, share + 0.05, 90), Estimate(2.0, 1.4, 2.9, 90), established
        )

    themes = ((0, "delivery"), (3, SCRIPT))
    return DriversResult(
        overall=Estimate(3.5, 3.3, 3.7, 200),
        by_rating=(
            Driver(0, "delivery", 90, Estimate(2.5, 2.2, 2.8, 90), Estimate(-1.5, -1.9, -1.1, 90), -0.6, established=True),
            Driver(3, SCRIPT, 20, Estimate(3.6, 3.0, 4.2, 20), Estimate(0.1, -0.6, 0.8, 20), 0.01),
        ),
        by_segment={
            "region": tuple(crossing(at, name, "north", 0.3, at == 0) for at, name in themes),
            LONG: (crossing(0, "delivery", SCRIPT, 0.2, False),),
        },
        by_time=tuple(
            crossing(at, name, month, 0.1 + 0.1 * place + 0.2 * (at == 0), place == 2)
            for at, name in themes
            for place, month in enumerate(("2026-01", "2026-02", "2026-03"))
        ),
        period="month",
        says=("Texts about “delivery” rate lower.", "These go together; that does not prove a cause."),
    )


def make(
    analysis: Analysis,
    *,
    select: SelectResult | None = None,
    predictions: Predictions | None = None,
    drivers: DriversResult | None = None,
    roles: Mapping[str, Any] | None = None,
) -> Analysis:
    """Writes a finished version of the analysis; what is not given was left out by the run."""
    from feedback_lab.error_analysis import errors
    from feedback_lab.files import write_json
    from feedback_lab.pipeline.manifest import Entry, new_manifest, write_manifest
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.rows import Roles
    from feedback_lab.records.source import IngestResult

    folder = Folder(folders.run_folder(analysis, analysis.version + 1))
    named = Roles("text", **(roles or {}))
    ingest = IngestResult("shop.csv", "0" * 64, 9, "csv", "utf-8", ",", (), named, 60, 60, (), {})
    results: dict[str, Any] = {"ingest": ingest, "drivers": drivers, "errors": None}
    results["select"] = replace(select, costs=()) if select else None
    if predictions is not None:
        results["errors"] = errors(predictions, texts_of(len(predictions.number)))
        _write_predictions(folder, predictions)
    measured = {"costs": [asdict(cost) for cost in select.costs]} if select else {}
    steps = {name: Entry("done" if found else "skipped", "", reason="" if found else LATE) for name, found in results.items()}
    steps["select"] = replace(steps["select"], measured=measured)
    for name, found in results.items():
        if found is not None:
            write_json(folder.result(name), found)
    write_manifest(folder.path, replace(new_manifest("shop.csv", "0" * 64, {}), steps=steps))
    number = analysis.version + 1
    Version.objects.create(analysis=analysis, number=number, made_at=clock.now())
    Analysis.objects.filter(pk=analysis.pk).update(version=number, facts={"kept": 60, "themes": 2})
    return Analysis.objects.select_related("job", "learner").get(pk=analysis.pk)


def _write_predictions(folder: Any, predictions: Predictions) -> None:
    import numpy as np

    from feedback_lab.pipeline.model_steps import write_predictions
    from feedback_lab.records.rows import Rows

    write_predictions(folder, predictions, Rows(np.asarray(predictions.number), texts_of(len(predictions.number))))
