"""A page of the learning log is begun: the ledger's own draft, with the questions of its checkpoint as headings."""

from __future__ import annotations

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import begin_draft
from segue.work.build.logbook import KIND, LogPoint, blank


def begin_log(learner: Learner, point: LogPoint) -> str:
    """The key of the draft. Each checkpoint has its own, and what was begun before stays."""
    proves = current().programme.by_id[point.activity].proves(KIND)
    fields = {"title": [f"Week {point.week}: {point.title}"], "body": [blank()], "competencies": [*proves]}
    return begin_draft(learner, point.activity, KIND, fields)
