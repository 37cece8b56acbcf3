"""A finished analysis is run again with what was decided since; the version before stays."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction

from segue.core.errors import UserError
from segue.jobs.actions import enqueue
from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.models import Analysis, Version
from segue.work.lab.queries.versions import LABELS, OF_A_CLASS, learns_from, told
from segue.work.lab.results import facts_of

AGAIN = "analysis-again"


@transaction.atomic
def run_again(analysis: Analysis) -> Analysis:
    """Asks for the next version. Raises ``UserError`` where a run is under way, or there is none to go on from."""
    row = Analysis.objects.select_for_update().get(pk=analysis.pk)
    if row.job is not None and not row.job.is_over:
        raise UserError("A run of this is under way.", "Wait for it, or cancel it first.")
    if not row.version or not folders.run_folder(row).is_dir():
        raise UserError("There is no finished run to go on from.", "Bring the file again.")
    run = told(row)
    if run.learns_from == LABELS and not run.gold:
        raise UserError(
            "There is no settled label that a model may learn from.", "Label rows, or choose a column of the file under Versions."
        )
    row.job = enqueue(AGAIN, row.learner, {"analysis": row.pk, "version": row.version + 1})
    row.save(update_fields=["job"])
    return row


@transaction.atomic
def set_settings(analysis: Analysis, **chosen: Any) -> None:
    """Notes what the next run is told; ``None`` or an empty text takes a setting back.

    A model that learns something else knows other classes, so the class whose threshold was chosen goes with a change of that.
    """
    row = Analysis.objects.select_for_update().get(pk=analysis.pk)
    before = {**row.settings, "learn_from": learns_from(row)}
    if any(name in chosen and chosen[name] != before.get(name) for name in ("learn_from", "target")):
        chosen = {**dict.fromkeys(OF_A_CLASS), **chosen}
    row.settings = {name: value for name, value in {**row.settings, **chosen}.items() if value not in (None, "")}
    row.save(update_fields=["settings"])
    analysis.settings = row.settings


@transaction.atomic
def finish(analysis: Analysis, number: int, inputs: Mapping[str, str]) -> Version:
    """A run is over: it is the newest version.

    ``inputs``: hashes of what it went by, taken when it began.
    """
    facts = facts_of(analysis, number)
    about = {
        "made_at": clock.now(),
        "facts": facts,
        "inputs": dict(inputs),
        "manifest_sha256": sha256((folders.run_folder(analysis, number) / "manifest.json").read_bytes()).hexdigest(),
    }
    found, _ = Version.objects.update_or_create(analysis=analysis, number=number, defaults=about)
    Analysis.objects.filter(pk=analysis.pk).update(version=number, facts=facts)
    analysis.version, analysis.facts = number, facts
    return found
