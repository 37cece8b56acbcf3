"""Reads: where the data lies, what was backed up, how a job stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import Http404
from django.urls import reverse

from segue.accounts.models import Learner
from segue.jobs.models import Job, State
from segue.jobs.queries import job_of, waiting_before
from segue.vault.backup import KeptBackup, kept_backups, restore_command, stored_files
from segue.vault.manifest import Kind
from segue.vault.outgoing import BACKUP, EXPORT, file_of
from segue.vault.version import version

_LABELS = {Kind.DAILY: "Daily", Kind.BEFORE_MIGRATION: "Before an update"}
_NAMES = {EXPORT: "export", BACKUP: "backup"}


@dataclass(frozen=True)
class Place:
    """A part of the data folder and how much is in it."""

    what: str
    path: Path
    size: int
    note: str


@dataclass(frozen=True)
class BackupRow:
    """An automatic backup, with the command that restores it."""

    id: str
    label: str
    at: str
    backup: KeptBackup
    command: str


@dataclass(frozen=True)
class DataPage:
    """The page of the data. ``places`` is empty where the data folder is none of the reader's business (a server for many)."""

    home: Path
    places: tuple[Place, ...]
    backups: tuple[BackupRow, ...]
    can_back_up: bool
    on_sqlite: bool


@dataclass(frozen=True)
class JobPage:
    """A job as its page shows it."""

    job: Job
    name: str
    heading: str
    waiting: int
    file: Path | None

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("Your data", reverse("vault:show-data")), (self.name.capitalize(), "")]


def data_page() -> DataPage:
    """Everything on the page of the data."""
    home, on_sqlite = Path(settings.HOME), connection.vendor == "sqlite"
    if not settings.SINGLE_USER:
        return DataPage(home, (), (), can_back_up=False, on_sqlite=on_sqlite)
    rows = tuple(_row(i, backup) for i, backup in enumerate(kept_backups()))
    return DataPage(home, tuple(_places(home, on_sqlite=on_sqlite)), rows, can_back_up=on_sqlite, on_sqlite=on_sqlite)


def _places(home: Path, *, on_sqlite: bool) -> list[Place]:
    files = [path.stat().st_size for path in stored_files()]
    places = [
        Place(
            "Attached files",
            Path(settings.FILES),
            sum(files),
            "1 file, written once" if len(files) == 1 else f"{len(files)} files, each written once",
        ),
        Place(
            "Automatic backups", Path(settings.BACKUPS), _size_in(Path(settings.BACKUPS)), "made once a day and before an update"
        ),
        Place("What a restore replaced", home / "replaced", _size_in(home / "replaced"), "kept until you delete it"),
    ]
    if on_sqlite:
        database = Path(connection.settings_dict["NAME"])
        size = sum(p.stat().st_size for p in database.parent.glob(f"{database.name}*"))
        places.insert(0, Place("Database", database, size, "everything you typed"))
    return places


def _size_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _row(i: int, backup: KeptBackup) -> BackupRow:
    return BackupRow(f"restore-{i}", _LABELS[backup.kind], f"{backup.made_at:%H:%M}", backup, restore_command(backup.path))


def job_page(learner: Learner, job_id: int) -> JobPage:
    """How a job of the learner stands; 404 for anybody else's."""
    job = job_of(learner, job_id)
    name = _NAMES.get(job.kind)
    if name is None:
        raise Http404
    return JobPage(job, name, _heading(job, name), waiting_before(job), file_of(job))


def _heading(job: Job, name: str) -> str:
    return {
        State.QUEUED: f"Your {name} waits its turn",
        State.RUNNING: f"Your {name} is being made",
        State.DONE: f"Your {name} is ready",
        State.FAILED: f"The {name} could not be made",
        State.CANCELLED: f"The {name} was cancelled",
    }[State(job.state)]


def home_mark() -> str:
    """Tells one data folder from another without telling where it is."""
    return hashlib.sha256(str(Path(settings.HOME).resolve()).encode()).hexdigest()[:16]


def health(*, is_near: bool) -> dict[str, str]:
    """What ``/health/`` says. Those who come through the public address learn that it is up, and not which version to try."""
    near = {"version": version(), "home": home_mark()} if is_near else {}
    return {"product": "segue", **near}
