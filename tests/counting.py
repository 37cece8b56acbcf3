"""How many questions a page asks the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from segue.accounts.models import Learner
from tests.records import append_all, before_week, do, minutes


def queries_of(browser: Client, path: str) -> int:
    """The number of queries with which a page is answered."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200, path
    return len(captured)


def two_learners(make_learner: Callable[..., Learner], starts_on: date, today: date) -> tuple[Learner, Learner]:
    """Two in the same week of the same plan: one with 5 entries, one with 300."""
    few, many = make_learner("Few"), make_learner("Many")
    do(few, starts_on, "w02-explain")
    append_all(few, minutes("w02-explain", starts_on, 1))
    do(many, before_week(27, starts_on, today - timedelta(days=1)))
    append_all(many, minutes("w02-explain", starts_on, 300 - many.entries.count()))
    assert (few.entries.count(), many.entries.count()) == (5, 300)
    return few, many
