"""Finished exports and backups that wait to be downloaded: copies, which are deleted after a day."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings

from segue.jobs.models import Job
from segue.shared import clock
from segue.vault.staging import mendable

# Kinds of jobs.
EXPORT = "export"
BACKUP = "backup"
DAILY_BACKUP = "daily-backup"

KEPT_SECONDS = 24 * 60 * 60


def folder() -> Path:
    """Where they lie."""
    return Path(settings.HOME) / "outgoing"


def new_file(job: Job, suffix: str) -> Path:
    """The name of what a job will make. Old ones are deleted."""
    with mendable(folder()):
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    remove_old()
    return folder() / f"segue-{job.kind}-{clock.now():%Y-%m-%d-%H%M}-{job.pk}{suffix}"


def remove_old() -> None:
    """Deletes what was made more than a day ago."""
    for path in folder().glob("segue-*"):
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def file_of(job: Job) -> Path | None:
    """What a finished job left; ``None`` where it is gone."""
    name = job.result.get("name")
    path = folder() / Path(str(name)).name
    return path if name and job.is_done and path.is_file() else None
