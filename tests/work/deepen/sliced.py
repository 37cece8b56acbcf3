"""A run whose test rows have groups, written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from segue.accounts.models import Learner
from segue.work.lab import folders
from segue.work.lab.actions.runs import take_file
from segue.work.lab.models import Analysis
from tests.work.lab.made_run import make, predicted, selected

SCRIPT = "<script>alert(1)</script>"
CLASSES = ("bad", "fine")


def sliced_run(learner: Learner, *, n: int = 200, groups: dict[str, list[str | None]] | None = None) -> Analysis:
    """A finished run: rows of the band 25-34 are all right, of the others three in five; ten rows have no region."""
    analysis = take_file(
        learner, "shop.csv", 9, [b"comment\nIt was late\n"], question="", permission="own", keep_until=date(2027, 1, 1)
    )
    predictions = predicted(CLASSES, n)
    bands = ["25-34" if place // 2 % 2 else "35+" for place in range(n)]
    for place in range(n):
        if bands[place] == "25-34":
            predictions.predicted[place] = predictions.truth[place]
    regions = [None if place < 10 else SCRIPT if place < n // 2 else "مرحبا" for place in range(n)]
    analysis = make(analysis, select=selected(CLASSES), predictions=predictions, roles=_roles())
    _write(analysis, predictions, groups or {"Age": bands, "region": regions})
    return analysis


def _roles() -> dict[str, Any]:
    from feedback_lab.records.rows import Segment

    return {"segments": (Segment("Age", (25.0, 35.0)), Segment("region"))}


def _write(analysis: Analysis, predictions: Any, groups: dict[str, Any]) -> None:
    from feedback_lab.pipeline.model_steps import write_predictions
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.rows import Rows

    texts = [f"Text {'word ' * (place % 40)}" for place in range(len(predictions.number))]
    write_predictions(Folder(folders.run_folder(analysis)), predictions, Rows(predictions.number, texts, segments=groups))
