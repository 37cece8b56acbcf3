"""Commands that use a model: predict, serve."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from feedback_lab.cli.analysing import print_json, wishes
from feedback_lab.errors import LabError
from feedback_lab.ingest import look, read
from feedback_lab.pipeline.data_steps import part_rows
from feedback_lab.pipeline.manifest import read_manifest
from feedback_lab.pipeline.model_steps import load_model
from feedback_lab.pipeline.run import Folder, open_run
from feedback_lab.serve import ModelStore, open_endpoint, predict_file


def model_folder(run: str) -> Path:
    """The folder of a run's model. Raises ``LabError`` where the run has none."""
    folder, manifest = open_run(Path(run))
    if not (folder.model / "model.json").exists():
        entry = manifest.steps.get("select")
        raise LabError(f"The run has no model. {entry.reason if entry else ''}".strip(), "Make one: feedback-lab train FILE.")
    return folder.model


def predict(parsed: argparse.Namespace) -> int:
    """``feedback-lab predict``."""
    model = load_model(model_folder(parsed.run))
    source = Path(parsed.file)
    seen = look(source, wishes(parsed))
    out = Path(parsed.out or f"{source.name.split('.')[0]}-labelled.csv")
    count = predict_file(model, read(source, seen, part_rows(seen)), out, parsed.with_text)
    if parsed.json:
        print_json({"out": str(out), "rows": count, "rejected": seen.rejected_by_reason})
        return 0
    for reason, rejected in seen.rejected_by_reason.items():
        print(f"{rejected:,} {'row' if rejected == 1 else 'rows'} set aside: {reason}")
    print(f"{count:,} {'row' if count == 1 else 'rows'} labelled: {out}")
    return 0


def serve(parsed: argparse.Namespace) -> int:
    """``feedback-lab serve``: until it is stopped with Ctrl-C."""
    folder, _ = open_run(Path(parsed.run))
    store = ModelStore(folder.path / "versions")
    if parsed.roll_back:
        print(f"Went back to {store.roll_back().name}.")
    else:
        _bring_up_to_date(store, folder, model_folder(parsed.run))
    log = (lambda line: None) if parsed.quiet else None
    with open_endpoint(store, lambda model, encoder: load_model(model), parsed.port, log=log) as endpoint:
        print(f"Version {store.current} at {endpoint.url}/schema. To roll back, POST to {endpoint.url}/rollback with the token")
        print(f"{endpoint.token} as “Authorization: Bearer”. Ctrl-C stops it.")
        sys.stdout.flush()
        endpoint.serve_forever()
    return 0


def _bring_up_to_date(store: ModelStore, folder: Folder, model: Path) -> None:
    """Add the run's model as a version and use it, unless the newest version is that model."""
    manifest = read_manifest(folder.path)
    entry = manifest.steps.get("select") if manifest else None
    mark = entry.fingerprint if entry else ""
    versions = store.versions()
    if versions and store.version(versions[-1]).made_from == mark:
        if store.current is None:
            store.use(versions[-1])
        return
    store.use(store.add(model, {}, mark).name)
