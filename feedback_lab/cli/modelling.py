"""Commands on models: train, evaluate, slices."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from feedback_lab.cli.analysing import carry_out, print_candidates, print_json, print_skipped
from feedback_lab.cli.serving import model_folder
from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.intervals import macro_f1
from feedback_lab.parts import read_rows
from feedback_lab.pipeline.manifest import Manifest, changed_files
from feedback_lab.pipeline.model_steps import load_model, read_predictions
from feedback_lab.pipeline.run import Folder, open_run, stored
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import ErrorsResult, SelectResult, SlicesResult
from feedback_lab.serve import gate, read_eval_set
from feedback_lab.slices import slices as score_slices

NOT_PASSED = 3


def train(parsed: argparse.Namespace) -> int:
    """``feedback-lab train``."""
    outcome = carry_out(parsed, "errors")
    if "select" in outcome.skipped:
        raise NotEnoughData(outcome.skipped["select"])
    select = stored(outcome.folder, "select", SelectResult)
    if parsed.json:
        print_json(select)
        return 0
    print_candidates(select)
    if select.forecast:
        print(f"  {select.forecast.says}")
    errors = stored(outcome.folder, "errors", ErrorsResult)
    for truth, said, rows in errors.worst_pairs[:5]:
        print(f"  {rows:>6,} of “{truth}” were called “{said}”")
    if errors.threshold:
        print(f"  {errors.threshold.says}")
    print_skipped(outcome)
    print(f"\nModel: {outcome.folder.model}")
    return 0


def evaluate(parsed: argparse.Namespace) -> int:
    """``feedback-lab evaluate``: code 3 where figures can't be reproduced or the gate is not passed."""
    folder, manifest = open_run(Path(parsed.run))
    return _gate(folder, parsed) if parsed.eval_set else _check_again(folder, manifest, parsed.json)


def _gate(folder: Folder, parsed: argparse.Namespace) -> int:
    model = load_model(model_folder(parsed.run))
    result = gate(model, read_eval_set(Path(parsed.eval_set)), parsed.pass_at)
    if parsed.json:
        print_json(result)
    else:
        print(result.says)
        for each in result.by_class:
            print(f"  {each.name:<28} precision {each.precision:.2f}, recall {each.recall:.2f}, n {each.n:,}")
    return result.exit_code


def _check_again(folder: Folder, manifest: Manifest, as_json: bool) -> int:
    """Compare all files with their hashes, and the stored score with one computed from the stored predictions."""
    changed = {
        name: found for name, entry in manifest.steps.items() if (found := changed_files(folder.path, entry, thorough=True))
    }
    scores = _scores(folder) if folder.result("select").exists() and not changed.get("select") else None
    true = not changed and (scores is None or scores[0] == scores[1])
    if as_json:
        print_json({"reproduced": true, "changed": changed, "stored": scores and scores[0], "computed": scores and scores[1]})
        return 0 if true else NOT_PASSED
    for step, names in changed.items():
        print(f"{step}: not as written: {', '.join(names)}")
    if scores:
        print(f"macro-F1 stored {scores[0].value:.4f}, computed from {scores[1].n:,} stored predictions {scores[1].value:.4f}")
    files = sum(len(entry.outputs) for entry in manifest.steps.values())
    print(f"All {files} files are as written and the figures come out the same." if true else "The run is not as it was written.")
    return 0 if true else NOT_PASSED


def _scores(folder: Folder) -> tuple[Estimate, Estimate]:
    select = stored(folder, "select", SelectResult)
    predictions = read_predictions(folder)
    found = next(each.macro_f1 for each in select.candidates if each.name == select.recommended)
    again = macro_f1(predictions.truth, predictions.predicted, len(predictions.classes))
    # Stored with nine digits; the interval depends on the seed, the score does not.
    rounded = Estimate(float(f"{again.value:.9g}"), found.low, found.high, again.n)
    return found, rounded


def slices(parsed: argparse.Namespace) -> int:
    """``feedback-lab slices``."""
    folder, manifest = open_run(Path(parsed.run))
    if parsed.positive:
        result = _selection(folder, parsed.positive, int(manifest.config.get("seed", 0)))
    elif "slices" in manifest.steps and manifest.steps["slices"].state == "skipped":
        raise NotEnoughData(manifest.steps["slices"].reason)
    elif "slices" not in manifest.steps:
        raise NotEnoughData("This run stopped at its model.", "Groups come with `feedback-lab analyse FILE --run FOLDER`.")
    else:
        result = stored(folder, "slices", SlicesResult)
    if parsed.json:
        print_json(result)
        return 0
    for each in result.slices:
        print(f"\n{each.column} ({each.metric})")
        for group in each.groups:
            few = "  too few to judge" if group.n < result.min_n else "  differs" if group.established else ""
            print(f"  {group.group:<24}{group.n:>8,}  {_shown(group.metric)}{few}")
        print(f"  {each.says}")
    return 0


def _selection(folder: Folder, positive: str, seed: int) -> SlicesResult:
    predictions = read_predictions(folder)
    if positive not in predictions.classes:
        raise LabError(f"There is no class {positive!r}.", f"Choose one of {', '.join(predictions.classes[:20])}.")
    segments: Any = read_rows(folder.test).segments
    if not segments:
        raise NotEnoughData("No column cuts the rows into groups.", "Name one with --segment when you analyse.")
    return score_slices(predictions, segments, positive=positive, seed=seed)


def _shown(figure: Estimate) -> str:
    if np.isnan(figure.value):
        return "not known"
    return f"{figure.value:.3f}  ({figure.low:.3f} to {figure.high:.3f})"
