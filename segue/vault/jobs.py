"""What a worker does for this app. Whoever starts a worker hands these functions to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from segue.accounts.models import Learner
from segue.jobs.actions import enqueue
from segue.jobs.models import Job, State
from segue.jobs.worker import Handler, Report
from segue.shared import clock
from segue.vault.backup import SUFFIX, daily_backup, make_backup
from segue.vault.export import export
from segue.vault.outgoing import BACKUP, DAILY_BACKUP, EXPORT, new_file


def build_export(job: Job, report: Report) -> Mapping[str, Any]:
    """Everything of a learner, to be downloaded."""
    target = new_file(job, ".zip")
    done = export(Learner.objects.get(jobs=job), target, report)
    return _result(target) | {"entries": done.entries, "files": done.files, "missing": list(done.missing)}


def build_backup(job: Job, report: Report) -> Mapping[str, Any]:
    """A full backup, to be downloaded."""
    target = new_file(job, SUFFIX)
    manifest = make_backup(target, report=report)
    files = len(manifest.members) - 1
    return _result(target) | {
        "entries": manifest.counts.get("evidence_entry", 0),
        "files": files,
        "missing": list(manifest.missing),
    }


def build_daily_backup(job: Job, report: Report) -> Mapping[str, Any]:
    """Today's backup, where there is none yet."""
    made = daily_backup(report)
    return {"name": made.name} if made else {}


HANDLERS: Mapping[str, Handler] = {EXPORT: build_export, BACKUP: build_backup, DAILY_BACKUP: build_daily_backup}


def see_to_daily_backup() -> None:
    """Asks for today's backup where Segue has been running over midnight. Cheap, so that a worker may call it often."""
    today = clock.today().isoformat()
    if connection.vendor != "sqlite" or (Path(settings.BACKUPS) / f"daily-{today}{SUFFIX}").exists():
        return
    asked = Job.objects.filter(kind=DAILY_BACKUP, payload={"day": today}).exclude(state=State.CANCELLED)
    if not asked.exists():
        enqueue(DAILY_BACKUP, payload={"day": today})


def _result(target: Path) -> dict[str, Any]:
    return {"name": target.name, "size": target.stat().st_size}
