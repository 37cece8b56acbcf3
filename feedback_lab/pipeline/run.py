"""A run: its folder, and the results of steps that ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from feedback_lab.embed import Encoder, load
from feedback_lab.engines import Engine
from feedback_lab.errors import DamagedRun, LabError, NotEnoughData
from feedback_lab.files import clear_drafts, read_json
from feedback_lab.pipeline.config import Config
from feedback_lab.pipeline.manifest import Manifest, read_manifest
from feedback_lab.records.findings import DriversResult, EmbedResult, SentimentResult, ThemesResult
from feedback_lab.records.models import DriftResult, ErrorsResult, LabelResult, SelectResult, SlicesResult
from feedback_lab.records.restoring import restore
from feedback_lab.records.source import IngestResult, ProfileResult, RedactResult

Result = TypeVar("Result")

RESULTS: dict[str, type[Any]] = {
    "ingest": IngestResult,
    "redact": RedactResult,
    "profile": ProfileResult,
    "embed": EmbedResult,
    "themes": ThemesResult,
    "sentiment": SentimentResult,
    "label": LabelResult,
    "select": SelectResult,
    "errors": ErrorsResult,
    "slices": SlicesResult,
    "drivers": DriversResult,
    "drift": DriftResult,
}
LOCK = "run.lock"


@dataclass(frozen=True)
class Folder:
    """Where things lie in a run folder."""

    path: Path

    def result(self, step: str) -> Path:
        """The result of a step as JSON: the metrics."""
        return self.path / "results" / f"{step}.json"

    @property
    def rows(self) -> Path:
        """Redacted rows, a Parquet file a part."""
        return self.path / "rows"

    @property
    def encoder(self) -> Path:
        """The fitted encoder."""
        return self.path / "embed" / "encoder.npz"

    @property
    def sample(self) -> Path:
        """The rows that encoder and themes are fitted on."""
        return self.path / "embed" / "sample.parquet"

    @property
    def themes(self) -> Path:
        """The theme model, and a Parquet file a part with the theme of each row."""
        return self.path / "themes"

    @property
    def edits(self) -> Path:
        """Edits of themes by hand."""
        return self.path / "edits.json"

    @property
    def model(self) -> Path:
        """The recommended model."""
        return self.path / "model"

    @property
    def test(self) -> Path:
        """Test rows of the model and what it said of them, as Parquet."""
        return self.path / "select" / "test.parquet"

    @property
    def predictions(self) -> Path:
        """Truth, prediction and scores of the test rows, as Parquet."""
        return self.path / "select" / "predictions.parquet"

    @property
    def report(self) -> Path:
        """The report."""
        return self.path / "report.html"


@dataclass(frozen=True)
class Run:
    """What a step sees: the source, the settings, the engine, the folder with what earlier steps left.

    ``source`` is None where the file is gone; steps that read it are not done then.
    """

    source: Path | None
    folder: Folder
    config: Config
    engine: Engine

    def result(self, kind: type[Result]) -> Result:
        """The result of an earlier step, always as it was stored. Raises ``NotEnoughData`` where the step was left out."""
        step = next(name for name, each in RESULTS.items() if each is kind)
        return stored(self.folder, step, kind)

    def read_from(self) -> Path:
        """The file. Raises ``LabError`` where it is gone."""
        if self.source is None:
            raise LabError("The file is gone.", "Give the path of the file with feedback.")
        return self.source

    def encoder(self) -> Encoder:
        """The fitted encoder. Raises ``NotEnoughData`` where the step ``embed`` was left out."""
        self.result(EmbedResult)
        return load(self.folder.encoder)

    def parts(self) -> list[Path]:
        """Parts of redacted rows in order."""
        return sorted(self.folder.rows.glob("part-*.parquet"))

    def theme_parts(self) -> list[Path]:
        """Themes of the rows, part by part."""
        return [self.folder.themes / part.name for part in self.parts()]


def stored(folder: Folder, step: str, kind: type[Result]) -> Result:
    """A result as it lies in a run folder."""
    path = folder.result(step)
    if not path.exists():
        raise NotEnoughData(f"This needs the step {step}, which was left out.")
    return restore(kind, read_json(path))


def open_run(path: Path) -> tuple[Folder, Manifest]:
    """A run that was made before. Raises ``LabError`` where the folder holds none."""
    manifest = read_manifest(path)
    if manifest is None:
        raise LabError(f"{path} holds no run of the Feedback Lab.", "Make one: feedback-lab analyse FILE.")
    return Folder(path), manifest


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the run folder for this process. Raises ``LabError`` where another process that is alive holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / LOCK
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        owner = _owner(lock)
        if owner and _alive(owner):
            raise LabError(
                f"Another analysis (process {owner}) is at work in {folder}.", "Wait for it, or choose another folder."
            ) from None
        lock.unlink(missing_ok=True)  # whoever held it was killed
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    with os.fdopen(handle, "w") as file:
        file.write(str(os.getpid()))
    clear_drafts(folder)  # of a run that was killed while it wrote
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _owner(lock: Path) -> int:
    with suppress(OSError, ValueError):
        return int(lock.read_text())
    return 0


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's, or a system that does not say
        return True
    return True


def check_folder(path: Path) -> None:
    """Raise ``LabError`` where a folder can't be used for a run: a file, or a folder with other things in it."""
    if path.exists() and not path.is_dir():
        raise LabError(f"{path} is a file.", "Name a folder for the run: --run FOLDER.")
    if path.is_dir() and read_manifest(path) is None and any(entry.name != LOCK for entry in path.iterdir()):
        raise DamagedRun(f"{path} holds other files and no run.", "Name an empty or a new folder for the run: --run FOLDER.")
