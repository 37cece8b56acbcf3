"""What was promised, by oneself and by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import Http404

from segue.accounts.models import Learner
from segue.work.connect.models import Commitment, Owed
from segue.work.connect.queries.meetings import open_commitments

PAGE = 30


@dataclass(frozen=True)
class CommitmentsPage:
    """Promises of one side. ``counts``: how many are open on each side; ``done``: a page of what was kept."""

    by: str
    late: tuple[Commitment, ...]
    ahead: tuple[Commitment, ...]
    done: Page[Commitment]
    counts: dict[str, int]
    is_empty: bool


def commitment_of(learner: Learner, key: str) -> Commitment:
    """A promise of this learner; 404 for anybody else's."""
    row = learner.commitments.select_related("person", "meeting", "learner").filter(key=key).first()
    if row is None:
        raise Http404
    return row


def commitments_page(learner: Learner, by: str, today: date, number: str | None) -> CommitmentsPage:
    """The promises of one side, overdue first. Three queries."""
    everything = open_commitments(learner, today)
    counts = {side: sum(1 for each in everything if each.by == side) for side in Owed.values}
    mine = [each for each in everything if each.by == by]
    kept = learner.commitments.filter(by=by).exclude(done_on=None).select_related("person")
    done = Paginator(kept.order_by(F("done_on").desc(), "-id"), PAGE).get_page(number)
    late = tuple(each for each in mine if each.due_on and each.due_on < today)
    ahead = tuple(each for each in mine if each not in late)
    return CommitmentsPage(by, late, ahead, done, counts, not (everything or done.paginator.count))
