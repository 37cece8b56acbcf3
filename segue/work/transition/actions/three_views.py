"""Self-ratings, what is typed beside the three views, and the report of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.actions import Work, hold, rate_self, record_work
from segue.evidence.models import Entry
from segue.evidence.queries import ledger_of
from segue.shared import clock
from segue.work.transition.actions.closing_row import check_class, locked_closing
from segue.work.transition.decision import checksum_of
from segue.work.transition.queries.three_views import seen_of, undated, views_page
from segue.work.transition.three_views import ACTIVITY, KIND

TITLE = "Readiness report"


@transaction.atomic
def rate(learner: Learner, levels: Mapping[str, int]) -> int:
    """Records the self-ratings that differ from the newest ones: how many. One that is the same again is not recorded."""
    hold(learner)
    before = ledger_of(learner).self_ratings
    new = {competency: level for competency, level in levels.items() if before.get(competency) != level}
    for competency, level in new.items():
        rate_self(learner, competency, level, clock.today())
    return len(new)


@transaction.atomic
def keep_views(learner: Learner, right: Mapping[str, Mapping[str, str]], holds: str, seen: str) -> bool:
    """Keeps who is probably right, and what holds most. False, with nothing changed, where another window had changed it."""
    row = locked_closing(learner)
    given = {competency: {name: text for name, text in said.items() if text} for competency, said in right.items()}
    given = {competency: said for competency, said in given.items() if said}
    if (row.right or row.holds) and seen_of(row) != seen and (row.right, row.holds) != (given, holds):
        return False
    row.right, row.holds, row.saved_at = given, holds, clock.now()
    row.save(update_fields=["right", "holds", "saved_at"])
    return True


@transaction.atomic
def record_report(learner: Learner, turn: Turn, confidentiality: str) -> Entry:
    """Records the views of today: new evidence at first, then new versions of it."""
    check_class(confidentiality)
    row = locked_closing(learner)
    page = views_page(learner, turn, row)
    if page.entry is not None and not page.is_changed and page.entry.confidentiality == confidentiality:
        raise UserError(f"The views are in the ledger as they stand, as entry {page.entry.number}.", "Change something first.")
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    facts = page.views.facts
    work = Work(KIND, TITLE, clock.today(), ACTIVITY, proves, page.text, facts=facts, confidentiality=confidentiality)
    row.report = record_work(learner, work, revises=page.entry)
    row.recorded = row.recorded | {"report": checksum_of(undated(page.text))}
    row.save(update_fields=["report", "recorded"])
    return row.report
