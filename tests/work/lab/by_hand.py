"""An analysis whose second version learnt from labels by hand, made once for all tests of the gate."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.actions.versions import finish
from segue.work.lab.models import Analysis, LabelPlan, Purpose, RowMark
from segue.work.lab.queries.versions import inputs_of, told
from tests.feedback import shop_rows

GUIDE = "delivery: how it came.\nsize: how it fits."


def labels_by_hand() -> dict[int, str]:
    """The topic of each row, but for some on which the labeller was tired."""
    return {number: "size" if number % 9 == 0 else row["topic"] for number, row in enumerate(shop_rows(), 1)}


def write_version(run: Path, target: Path, gold: dict[int, str]) -> Path:
    """The next version from a run, as the worker makes it."""
    from feedback_lab.pipeline import STEPS, Config, run_steps

    shutil.copytree(run, target)
    path = target / "labels" / "gold.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("row", "label"), *gold.items()])
    config = Config(question="Why?", title="shop.csv", labels=(str(path),), gold=str(path))
    run_steps(STEPS, None, target, config, lambda step, share: None, engine="serial")
    return target


@pytest.fixture(scope="session")
def hand_run(finished_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose model learnt from labels by hand."""
    return write_version(finished_run, tmp_path_factory.mktemp("hand") / "run", labels_by_hand())


@pytest.fixture
def hand(done: Analysis, hand_run: Path) -> Analysis:
    """An analysis with two versions, the second of which learnt from labels by hand."""
    marks = [
        RowMark(analysis=done, purpose=Purpose.OWN, row=row, value=label, at=clock.now())
        for row, label in labels_by_hand().items()
    ]
    RowMark.objects.bulk_create(marks)
    LabelPlan.objects.create(analysis=done, classes=sorted({*labels_by_hand().values()}), guide=GUIDE, saved_at=clock.now())
    shutil.copytree(hand_run, folders.run_folder(done, 2))
    finish(done, 2, inputs_of(done, told(done)))
    return done
