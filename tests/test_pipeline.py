"""All steps on a small file: what comes out, that it comes out twice, and that a killed run goes on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.pipeline import STEPS, Config, Outcome, analyse, analyse_again, run_steps, up_to
from feedback_lab.pipeline.document_steps import DOCUMENTS
from feedback_lab.pipeline.model_steps import load_model, read_predictions
from feedback_lab.pipeline.run import RESULTS, stored
from feedback_lab.records.findings import ThemesResult
from feedback_lab.records.models import LabelResult, SelectResult
from feedback_lab.records.source import RedactResult
from feedback_lab.themes.edits import make_edit, read_edits, write_edits
from tests.feedback import TOPICS, shop_rows, write_shop

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A finished run."""
    folder = tmp_path_factory.mktemp("shop")
    return analyse(write_shop(folder / "shop.csv"), folder / "run", engine="serial")


def metrics(run: Path) -> dict[str, bytes]:
    """All results as bytes."""
    return {path.name: path.read_bytes() for path in sorted((run / "results").iterdir())}


def test_every_step_leaves_a_result_or_a_reason(outcome: Outcome) -> None:
    steps = outcome.manifest.steps
    assert list(steps) == [step.name for step in STEPS]
    assert [name for name, entry in steps.items() if entry.state == "skipped"] == []
    assert {path.stem for path in (outcome.folder.path / "results").iterdir()} == set(RESULTS)
    for name, kind in RESULTS.items():
        stored(outcome.folder, name, kind)
    assert all((outcome.folder.path / name).stat().st_size > 500 for name in DOCUMENTS)


def test_personal_data_is_nowhere_in_the_run(outcome: Outcome) -> None:
    assert stored(outcome.folder, "redact", RedactResult).found["EMAIL"] == 6
    planted = re.compile(rb"buyer\d+@example|555-0\d+")
    for path in outcome.folder.path.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            assert not planted.search(path.read_bytes()), path


def test_planted_topics_are_found_and_predicted(outcome: Outcome) -> None:
    select = stored(outcome.folder, "select", SelectResult)
    assert select.target.classes == tuple(sorted(TOPICS))
    best = next(each for each in select.candidates if each.name == select.recommended)
    majority = next(each for each in select.candidates if each.name == "majority")
    assert best.macro_f1.low > majority.macro_f1.high
    words = " ".join(" ".join(theme.keywords) for theme in stored(outcome.folder, "themes", ThemesResult).broad)
    assert all(word in words for word in ("delivery", "fabric", "size", "friendly"))


def test_the_same_file_gives_the_same_metrics_whatever_does_the_work(outcome: Outcome, tmp_path: Path) -> None:
    again = analyse(write_shop(tmp_path / "shop.csv"), tmp_path / "run", engine="pool")
    assert metrics(again.folder.path) == metrics(outcome.folder.path)


def test_stored_predictions_are_the_models(outcome: Outcome) -> None:
    from feedback_lab.parts import read_rows

    predictions = read_predictions(outcome.folder)
    labels, scores = load_model(outcome.folder.model).predict(read_rows(outcome.folder.test).texts)
    assert labels.tolist() == predictions.predicted.tolist()
    assert abs(scores - predictions.scores).max() < 1e-9


def test_a_tampered_model_is_refused_by_name(outcome: Outcome, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "model"
    shutil.copytree(outcome.folder.model, copy)
    victim = max(copy.glob("*.skops"), key=lambda path: path.stat().st_size, default=copy / "encoder.npz")
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    with pytest.raises(DamagedRun, match=re.escape(victim.name)):
        load_model(copy)


def test_labels_by_hand_become_the_target(tmp_path: Path) -> None:
    source = write_shop(tmp_path / "shop.csv")
    labels = tmp_path / "gold.csv"
    lines = [f"{number},{'complaint' if int(row['stars']) < 3 else 'praise'}" for number, row in enumerate(shop_rows(), 1)]
    labels.write_text("row,label\n" + "\n".join(lines[:150]) + "\n")
    made = run_steps(up_to("errors"), source, tmp_path / "run", Config(labels=(str(labels),)), lambda step, share: None, "serial")
    select = stored(made.folder, "select", SelectResult)
    assert select.target.classes == ("complaint", "praise")
    assert select.n_train + select.n_test == 150
    labels.write_text("row,label\n1,praise\n999,praise\n")
    with pytest.raises(LabError, match="Row 999"):
        run_steps(up_to("select"), source, tmp_path / "run", Config(labels=(str(labels),)), lambda step, share: None, "serial")


def test_settled_labels_are_what_models_learn_from_without_the_file(outcome: Outcome, tmp_path: Path) -> None:
    import shutil

    run = tmp_path / "run"
    shutil.copytree(outcome.folder.path, run)
    stars = {number: int(row["stars"]) for number, row in enumerate(shop_rows(), 1)}
    files = {"own": range(1, 151), "second": range(1, 51), "gold": range(1, 141)}
    for name, numbers in files.items():
        other = "praise" if name == "second" else "complaint"
        lines = [f"{number},{other if stars[number] < 3 else 'praise'}" for number in numbers]
        (tmp_path / f"{name}.csv").write_text("row,label\n" + "\n".join(lines) + "\n")
    labels, gold = tuple(str(tmp_path / f"{name}.csv") for name in ("own", "second")), str(tmp_path / "gold.csv")
    made = analyse_again(run, labels=labels, gold=gold, engine="serial")
    select = stored(made.folder, "select", SelectResult)
    assert (select.target.classes, select.n_train + select.n_test) == (("complaint", "praise"), 140)
    agreement = stored(made.folder, "label", LabelResult).agreement
    assert agreement is not None
    assert agreement.n == 50
    assert made.manifest.config["gold"] == "gold.csv"
    assert made.manifest.source_sha256 == outcome.manifest.source_sha256
    assert metrics(outcome.folder.path)["redact.json"] == metrics(run)["redact.json"]


def test_edits_by_hand_outlive_a_run_on_more_rows(tmp_path: Path) -> None:
    import numpy as np

    from feedback_lab.themes import MODEL, assigning

    quiet: Any = lambda step, share: None  # noqa: E731
    first = run_steps(up_to("themes"), write_shop(tmp_path / "shop.csv"), tmp_path / "run", Config(themes=4), quiet, "serial")
    themes = stored(first.folder, "themes", ThemesResult)
    sizes = np.array([theme.rows for theme in themes.fine])
    model = assigning.load(first.folder.themes / MODEL)
    chosen = next(theme for theme in themes.broad if "fabric" in theme.keywords)
    write_edits(first.folder.edits, [make_edit(model, sizes, "rename", [chosen.id], "How it feels")])
    assert len(read_edits(first.folder.edits)) == 1
    again = run_steps(
        up_to("themes"), write_shop(tmp_path / "shop.csv", 400, seed=2), tmp_path / "run", Config(themes=4), quiet, "serial"
    )
    renamed = next(theme for theme in stored(again.folder, "themes", ThemesResult).broad if theme.name == "How it feels")
    assert "fabric" in renamed.keywords


def start(source: Path, run: Path) -> subprocess.Popen[str]:
    """The command line in a process of its own."""
    command = [sys.executable, "-m", "feedback_lab", "analyse", str(source), "--run", str(run)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


@pytest.mark.parametrize("victim", ["redact", "themes", "select"])
def test_a_run_killed_after_a_step_goes_on_to_the_same_metrics(outcome: Outcome, tmp_path: Path, victim: str) -> None:
    """A kill at every step, many times, is in benchmarks/lab_faults.py."""
    source, run = write_shop(tmp_path / "shop.csv"), tmp_path / "run"
    process = start(source, run)
    assert process.stderr is not None
    for line in process.stderr:
        if victim in line:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.stderr.close()
    assert process.wait(60) == -signal.SIGKILL
    assert not (run / "report.html").exists()
    again = analyse(source, run, engine="serial")
    assert metrics(again.folder.path) == metrics(outcome.folder.path)
    assert (run / "report.html").exists()


def test_config_of_the_manifest_says_what_was_asked(outcome: Outcome) -> None:
    manifest = json.loads((outcome.folder.path / "manifest.json").read_text())
    assert manifest["config"]["seed"] == 0
    assert manifest["source_name"] == "shop.csv"
    assert "/" not in json.dumps(manifest["config"])
