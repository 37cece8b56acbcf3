"""Models are entered in the register, and every change of them is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.shared import clock
from segue.work.deepen.models import ModelItem, new_key
from segue.work.deepen.register import FIRST, LOGGED, line_of
from segue.work.lab.lineage import RunVersion, lineage_of

COLUMNS = ("name", "purpose", "version", "state", "owner", "next_review_on", "analysis", "lab_version", "data_sha256", "note")


@transaction.atomic
def add_model(learner: Learner, told: Mapping[str, Any], run: RunVersion | None, says: str) -> ModelItem:
    """Enters a model. The same sent twice, word for word, is there once."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    columns = {**told, **_hashes(run)}
    twin = learner.model_items.filter(**columns).first()
    if twin is not None and len(twin.history) == 1:
        return twin
    item = ModelItem(learner=learner, key=new_key(), **columns)
    item.history = [line_of(item, says or FIRST, clock.today())]
    item.save()
    return item


@transaction.atomic
def change_model(item: ModelItem, told: Mapping[str, Any], run: RunVersion | None, says: str, seen: int) -> ModelItem:
    """Changes a model; a new line of its history where version, state, run or day of review did. Nothing of it is ever lost.

    Raises ``UserError`` where it was changed after the form was opened.
    """
    row = ModelItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if len(row.history) != seen:
        raise UserError("It was changed in another window meanwhile.", "Look at its page, then change it again.")
    is_same_run = (row.analysis, row.lab_version) == (told["analysis"], told["lab_version"])
    hashes = _kept(row) if is_same_run and row.analysis else _hashes(run)
    logs = any(getattr(row, name) != told[name] for name in LOGGED)
    for name, value in {**told, **hashes}.items():
        setattr(row, name, value)
    if logs or says:
        row.history = [*row.history, line_of(row, says, clock.today())]
    row.save(update_fields=[*COLUMNS, "manifest_sha256", "history"])
    return row


def _kept(row: ModelItem) -> dict[str, str]:
    return {"data_sha256": row.data_sha256, "manifest_sha256": row.manifest_sha256}


def _hashes(run: RunVersion | None) -> dict[str, str]:
    """Hashes of the data and the manifest of a run; no manifest without one."""
    if run is None:
        return {"manifest_sha256": ""}
    found = lineage_of(run)
    return {"data_sha256": found.source_sha256 if found else "", "manifest_sha256": run.manifest_sha256}
