"""What was done about an ad is noted; each change of state stays in the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.transition.models import Application, JobAd

COLUMNS = ("state", "version", "who", "next_step", "next_on")


@transaction.atomic
def note_application(ad: JobAd, told: Mapping[str, Any]) -> Application:
    """Keeps where an application stands. A new state, or a note, becomes a line of its history."""
    learner = Learner.objects.select_for_update().get(pk=ad.learner_id)
    row = Application.objects.filter(ad=ad).first() or Application(learner=learner, ad=ad, state="")
    if row.state != told["state"] or told.get("says"):
        line = {"on": clock.today().isoformat(), "state": told["state"], "says": told.get("says", "")}
        row.history = [*row.history, line]
    for name in COLUMNS:
        setattr(row, name, told[name])
    row.save()
    return row
