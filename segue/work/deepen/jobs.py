"""What a worker does for month 5: the weeks of a replay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segue.core.errors import UserError
from segue.jobs.models import Job
from segue.jobs.worker import Handler, Report
from segue.work.deepen.actions.replays import JOB, keep_played
from segue.work.deepen.models import Replay
from segue.work.lab.models import Analysis
from segue.work.lab.replay import Wish, play


def replay(job: Job, report: Report) -> Mapping[str, Any]:
    """Works out the weeks of a replay, and keeps them with it."""
    row = Replay.objects.filter(pk=job.payload["replay"]).first()
    if row is None or row.weeks:  # removed meanwhile, or a worker was killed after it had kept them
        return {}
    analysis = Analysis.objects.filter(pk=row.analysis, learner=row.learner_id, gone_on=None).first()
    if analysis is None:
        raise UserError("The data of this run was deleted.", "Replay another run.")
    wish = Wish(row.split, row.shift, row.seed, row.plan["labels"], row.plan["batch"])
    keep_played(row.pk, play(analysis, row.version, wish, report))
    return {}


HANDLERS: Mapping[str, Handler] = {JOB: replay}
