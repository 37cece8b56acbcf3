"""The last step: report, model card and datasheet from the results of all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from feedback_lab.card import RunView, datasheet_html, datasheet_markdown, model_card_html, model_card_markdown, report_html
from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.files import read_json, write_text
from feedback_lab.pipeline.manifest import Manifest, read_manifest
from feedback_lab.pipeline.run import RESULTS, Folder, Run, stored
from feedback_lab.pipeline.running import Done
from feedback_lab.records.models import CandidateCost, SelectResult
from feedback_lab.records.restoring import restore

NOTES = "notes.json"
DOCUMENTS = ("model-card.md", "model-card.html", "datasheet.md", "datasheet.html", "report.html")


def view_of(folder: Folder, manifest: Manifest, made_on: date) -> RunView:
    """A run as its documents see it."""
    config = manifest.config
    results: dict[str, Any] = {
        step: stored(folder, step, kind)
        for step, kind in RESULTS.items()
        if step in manifest.steps and manifest.steps[step].state == "done"
    }
    if "select" in results:
        results["select"] = with_costs(results["select"], manifest.steps["select"].measured)
    skipped = {step: entry.reason for step, entry in manifest.steps.items() if entry.state == "skipped"}
    hashes = {name: output.sha256 for entry in manifest.steps.values() for name, output in entry.outputs.items()}
    return RunView(
        title=str(config.get("title") or manifest.source_name),
        question=str(config.get("question") or ""),
        made_on=made_on.isoformat(),
        version=manifest.version,
        seed=int(config.get("seed", 0)),
        source_sha256=manifest.source_sha256,
        config=config,
        skipped=skipped,
        hashes={name: value for name, value in hashes.items() if name.startswith(("results/", "model/", "embed/"))},
        **results,
    )


def with_costs(select: SelectResult, measured: Mapping[str, Any]) -> SelectResult:
    """Costs are measurements, which the manifest keeps apart from the metrics."""
    return replace(select, costs=tuple(restore(CandidateCost, cost) for cost in measured.get("costs", ())))


def read_notes(path: Path) -> dict[str, str]:
    """What only a person can know, by the name that the cards ask for. None where the file does not exist."""
    if not path.exists():
        return {}
    value = read_json(path)
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise LabError(f"{path.name} does not hold names and texts.", 'Write it as {"intended-use": "..."}.')
    return value


def write_documents(folder: Folder, manifest: Manifest, made_on: date) -> tuple[Path, ...]:
    """Write all documents of a run; the report last, so that a run with a report is a finished one."""
    view, notes = view_of(folder, manifest, made_on), read_notes(folder.path / NOTES)
    texts = {
        "model-card.md": model_card_markdown(view, notes),
        "model-card.html": model_card_html(view, notes),
        "datasheet.md": datasheet_markdown(view, notes),
        "datasheet.html": datasheet_html(view, notes),
        "report.html": report_html(view),
    }
    for name in DOCUMENTS:
        write_text(folder.path / name, texts[name])
    return tuple(folder.path / name for name in DOCUMENTS)


def notes_mark(run: Run) -> Any:
    """What else the documents depend on: the notes, and the results of all steps."""
    manifest = read_manifest(run.folder.path)
    results = {} if manifest is None else {name: entry.fingerprint for name, entry in manifest.steps.items() if name != "card"}
    return [read_notes(run.folder.path / NOTES), results]


def do_card(run: Run, on_share: Callable[[float], None]) -> Done:
    """Write the documents."""
    manifest = read_manifest(run.folder.path)
    if manifest is None:
        raise DamagedRun("The manifest of the run is gone.", "Run the analysis anew.")
    return Done(None, write_documents(run.folder, manifest, date.today()))
