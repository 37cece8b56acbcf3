"""Doing the steps one after the other, leaving out those whose result is there and would come out the same."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedback_lab.engines import POOL_ROWS, open_engine
from feedback_lab.errors import DamagedRun, LabError, NotEnoughData
from feedback_lab.files import plain, sha256_of, write_json
from feedback_lab.pipeline.config import Config
from feedback_lab.pipeline.manifest import (
    Entry,
    Manifest,
    changed_files,
    fingerprint,
    new_manifest,
    outputs_of,
    read_manifest,
    write_manifest,
)
from feedback_lab.pipeline.run import Folder, Run, check_folder, only_one, stored
from feedback_lab.records.source import IngestResult

# What a step calls with its name and how far it is, 0-1.
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Done:
    """What a step made: its result, the files it wrote besides, and measurements that are no metrics."""

    result: Any
    files: tuple[Path, ...] = ()
    measured: dict[str, Any] | None = None


@dataclass(frozen=True)
class Step:
    """A step of a run.

    ``settings``: names in ``Config`` that can change its result. ``needs``: steps whose result it uses. ``folders``: what it
    writes, made anew each time. ``weight``: its share of the time of a usual run. ``version`` rises when the code's results
    change. ``reads_source``: without the source, what it left before is what there is.
    """

    name: str
    says: str
    does: Callable[[Run, Callable[[float], None]], Done]
    needs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ("seed",)
    folders: tuple[str, ...] = ()
    inputs: Callable[[Run], Any] | None = None
    weight: float = 1.0
    version: int = 1
    reads_source: bool = False


@dataclass(frozen=True)
class Outcome:
    """A run after its last step."""

    folder: Folder
    manifest: Manifest

    @property
    def skipped(self) -> dict[str, str]:
        """Steps that were left out, and why."""
        return {name: entry.reason for name, entry in self.manifest.steps.items() if entry.state == "skipped"}


def run_steps(
    steps: Iterable[Step],
    source: Path | None,
    into: Path,
    config: Config,
    on_progress: Progress,
    engine: str = "auto",
    workers: int = 0,
    address: str = "",
) -> Outcome:
    """Do the steps on a file, in a folder that may hold an earlier run, finished or not.

    ``source``: None where the file is gone; then the folder holds a run, and its stored rows are what the steps go by.

    Raises ``LabError`` for what a person can mend. A step that the data is not enough for is noted as left out, and the rest
    goes on.
    """
    if source is not None and not source.is_file():
        raise LabError(f"{source} is not a file.", "Give the path of a file with feedback.")
    check_folder(into)
    with only_one(into):
        manifest = _begin(into, source, config)
        with open_engine(_kind_of(engine, source, Folder(into)), workers, address=address) as opened:
            run = Run(source, Folder(into), config, opened)
            for step in steps:
                manifest = _do(step, run, manifest, on_progress)
        return Outcome(Folder(into), manifest)


def _kind_of(engine: str, source: Path | None, folder: Folder) -> str:
    """Which engine: a pool where the file is large enough to pay for one."""
    if engine != "auto":
        return engine
    size = source.stat().st_size if source is not None else stored(folder, "ingest", IngestResult).size_bytes
    return "auto" if size < POOL_ROWS * 40 else "pool"


def _begin(into: Path, source: Path | None, config: Config) -> Manifest:
    """The manifest to go on with: what earlier steps left stays, under the new settings."""
    earlier = read_manifest(into)
    if source is not None:
        known = source.name, sha256_of(source)
    elif earlier is not None:
        known = earlier.source_name, earlier.source_sha256
    else:
        raise DamagedRun(f"{into} holds no run to go on from.", "Give the file with the feedback.")
    # A path is the machine's business.
    settings = plain(config) | {"labels": [Path(path).name for path in config.labels], "gold": Path(config.gold).name}
    manifest = new_manifest(*known, settings)
    for name, entry in (earlier.steps if earlier else {}).items():
        manifest = manifest.with_step(name, entry)
    write_manifest(into, manifest)
    return manifest


def _do(step: Step, run: Run, manifest: Manifest, on_progress: Progress) -> Manifest:
    on_progress(step.name, 0.0)
    entry = manifest.steps.get(step.name)
    if step.reads_source and run.source is None:
        _check_kept(step, run.folder.path, entry)
        on_progress(step.name, 1.0)
        return manifest
    mark = _mark(step, run, manifest)
    if entry is None or entry.fingerprint != mark or changed_files(run.folder.path, entry):
        entry = _attempt(step, run, mark, lambda share: on_progress(step.name, share))
        manifest = manifest.with_step(step.name, entry)
        write_manifest(run.folder.path, manifest)
    on_progress(step.name, 1.0)
    return manifest


def _check_kept(step: Step, folder: Path, entry: Entry | None) -> None:
    """Raise ``DamagedRun`` where a step that can't be done again has not left what it should have."""
    if entry is None or entry.state != "done" or changed_files(folder, entry):
        raise DamagedRun(
            f"What the step {step.name} left is not as it was written, and the file is gone.", "Give the file again."
        )


def _mark(step: Step, run: Run, manifest: Manifest) -> str:
    """Hash over all that can change what a step writes."""
    settings = {name: plain(getattr(run.config, name)) for name in step.settings}
    before = {name: manifest.steps[name].fingerprint if name in manifest.steps else "" for name in step.needs}
    made = {name: _result_hash(manifest.steps.get(name)) for name in step.needs}
    extra = step.inputs(run) if step.inputs else None
    return fingerprint(step.name, step.version, manifest.version, manifest.source_sha256, settings, before, made, extra)


def _result_hash(entry: Entry | None) -> str:
    return next((output.sha256 for name, output in entry.outputs.items() if name.startswith("results/")), "") if entry else ""


def _attempt(step: Step, run: Run, mark: str, on_progress: Callable[[float], None]) -> Entry:
    begun = time.perf_counter()
    path = run.folder.result(step.name)
    path.unlink(missing_ok=True)
    _make_room(step, run.folder.path, mark)
    try:
        done = step.does(run, on_progress)
    except NotEnoughData as reason:
        return Entry("skipped", mark, reason=" ".join(str(reason).split("\n")), seconds=round(time.perf_counter() - begun, 3))
    if done.result is not None:
        write_json(path, done.result)
        done = Done(done.result, (*done.files, path), done.measured)
    outputs = outputs_of(run.folder.path, list(done.files))
    return Entry("done", mark, outputs, seconds=round(time.perf_counter() - begun, 3), measured=plain(done.measured or {}))


def _make_room(step: Step, folder: Path, mark: str) -> None:
    """Clear what an earlier attempt with other settings left; what the same attempt finished before it was killed stays."""
    for name in step.folders:
        note = folder / name / ".attempt"
        if not note.exists() or note.read_text("utf-8") != mark:
            shutil.rmtree(folder / name, ignore_errors=True)
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(mark, "utf-8")
