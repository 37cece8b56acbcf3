"""The outline of a briefing is kept as the draft of the ledger's own form, so that it is recorded there without copying."""

from __future__ import annotations

from collections.abc import Sequence

from segue.accounts.models import Learner
from segue.evidence.actions import Saved, save_draft
from segue.evidence.drafts import Written
from segue.work.learn.briefing import ACTIVITY
from segue.work.learn.queries.briefing import KEY, body_of, draft_of_briefing

AT_FIRST = {"activity_id": [ACTIVITY], "fact_minutes": ["10"], "fact_audience": ["not-given"], "fact_accuracy": ["unchecked"]}


def keep_outline(learner: Learner, title: str, texts: Sequence[str], revision: int, window: str) -> Saved:
    """Keeps the outline; what else was typed in the form of the ledger stays.

    ``revision``: the draft it began from; ``window`` tells windows apart.

    Where another window saved a different text in between, both are kept.
    """
    draft = draft_of_briefing(learner)
    before = {name: [*values] for name, values in draft.fields.items()} if draft else AT_FIRST
    fields = {**before, "title": [title], "body": [body_of(texts)]}
    return save_draft(learner, Written(KEY, revision, window, fields))
