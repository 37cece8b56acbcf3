"""The command ``drift``: newer rows against those of a run, a replay, a decision on record."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from feedback_lab import embed
from feedback_lab.cli.analysing import print_json
from feedback_lab.drift import Decision, log_decision, replay, split_rows
from feedback_lab.drift import drift as compare
from feedback_lab.errors import LabError
from feedback_lab.files import write_json
from feedback_lab.ingest import Wishes, look, read
from feedback_lab.intervals import macro_f1
from feedback_lab.languages import languages_of
from feedback_lab.parts import read_rows
from feedback_lab.pipeline.model_steps import DRIFT_ROWS, load_model, read_predictions, trainer
from feedback_lab.pipeline.run import Folder, open_run, stored
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import DriftResult
from feedback_lab.records.rows import Roles, Rows
from feedback_lab.records.source import IngestResult
from feedback_lab.redact import redact_rows
from feedback_lab.sampling import drawn

DECISIONS = "decisions.jsonl"


def drift(parsed: argparse.Namespace) -> int:
    """``feedback-lab drift``."""
    folder, manifest = open_run(Path(parsed.run))
    roles = stored(folder, "ingest", IngestResult).roles
    seed = int(manifest.config.get("seed", 0))
    if parsed.file and parsed.periods > 1:
        raise LabError("A file is compared as a whole.", "Leave out --periods, or the file.")
    results = _against_file(folder, roles, Path(parsed.file), seed) if parsed.file else _within(folder, roles, parsed, seed)
    write_json(folder.path / "drift" / f"drift-{'file' if parsed.file else parsed.by}.json", list(results))
    if parsed.decide:
        _decide(folder, results[-1], parsed)
    if parsed.json:
        print_json(list(results))
        return 0
    for number, result in enumerate(results, 1):
        _print(result, f"Period {number}" if len(results) > 1 else "")
    return 0


def own_rows(folder: Folder, seed: int) -> Rows:
    """At most ``DRIFT_ROWS`` of the run's rows, drawn evenly."""
    rows = Rows.joined(read_rows(part) for part in sorted(folder.rows.glob("part-*.parquet")))
    return rows.take(drawn(len(rows), DRIFT_ROWS, seed))


def _within(folder: Folder, roles: Roles, parsed: argparse.Namespace, seed: int) -> tuple[DriftResult, ...]:
    rows = own_rows(folder, seed)
    encoder = embed.load(folder.encoder)
    train, truth = trainer(folder, seed)
    if parsed.periods > 1:
        return replay(rows, roles, encoder, train, parsed.periods, parsed.by, seed, truth=truth, languages=languages_of)
    reference, new = split_rows(rows, parsed.by, parsed.share)
    found = compare(reference, new, roles, encoder, None, parsed.by, seed, train=train, truth=truth, languages=languages_of)
    return (found.result,)


def _against_file(folder: Folder, roles: Roles, path: Path, seed: int) -> tuple[DriftResult, ...]:
    """The file's rows against the run's, with the run's model as champion."""
    wishes = Wishes(roles.text, roles.time or "", roles.rating or "", roles.label or "", roles.segments)
    new = Rows.joined(redact_rows(part)[0] for part in read(path, look(path, wishes)))
    new = new.take(drawn(len(new), DRIFT_ROWS, seed))
    train, truth = trainer(folder, seed)
    model = load_model(folder.model) if train else None
    encoder = embed.load(folder.encoder)
    tested = _tested(folder) if model else None
    options: dict[str, Any] = {"train": train, "truth": truth, "champion_reference": tested, "languages": languages_of}
    return (compare(own_rows(folder, seed), new, roles, encoder, model, "file", seed, **options).result,)


def _tested(folder: Folder) -> Estimate:
    predictions = read_predictions(folder)
    return macro_f1(predictions.truth, predictions.predicted, len(predictions.classes))


def _decide(folder: Folder, result: DriftResult, parsed: argparse.Namespace) -> None:
    decision = Decision(parsed.decide, parsed.because, parsed.who, date.today().isoformat(), result.recommendation, result.fired)
    log_decision(folder.path / "drift" / DECISIONS, decision)


def _print(result: DriftResult, head: str) -> None:
    print(f"{head + ': ' if head else ''}{result.new_n:,} new rows against {result.reference_n:,}")
    for shift in result.inputs:
        print(f"  {shift.feature:<28} PSI {shift.psi:.3f}")
    for name, figure in (
        ("told apart (AUC; 0.5 is no difference)", result.auc),
        ("macro-F1 then", result.champion_reference),
        ("macro-F1 now", result.champion_new),
        ("macro-F1 now, retrained", result.challenger_new),
        ("retrained minus present", result.difference),
    ):
        if figure is not None:
            print(f"  {name:<40} {figure.value:.3f}  ({figure.low:.3f} to {figure.high:.3f})")
    for trigger in result.fired:
        print(f"  fired: {trigger}")
    print(f"  {result.recommendation}: {result.reason}")
