"""What the steps on models keep of their predictions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from feedback_lab.pipeline.model_steps import read_predictions, write_predictions
from feedback_lab.pipeline.run import Folder
from feedback_lab.records.models import Predictions
from feedback_lab.records.rows import Rows


@pytest.mark.parametrize("classes", [("bug", "praise"), ("Bug", "bug"), ("a:b", 'say "hi"', "", "ä")])
def test_predictions_come_back_as_they_were(tmp_path: Path, classes: tuple[str, ...]) -> None:
    count = len(classes)
    made = Predictions(
        number=np.array([7, 3], np.int64),
        classes=classes,
        truth=np.array([0, count - 1], np.int64),
        predicted=np.array([1, 0], np.int64),
        scores=np.full((2, count), 1 / count),
    )
    rows = Rows(np.array([3, 5, 7], np.int64), ["three", "five", "seven"])
    write_predictions(Folder(tmp_path), made, rows)
    back = read_predictions(Folder(tmp_path))
    assert back.classes == classes
    for name in ("number", "truth", "predicted", "scores"):
        assert (getattr(back, name) == getattr(made, name)).all()
