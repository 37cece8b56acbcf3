"""Decisions from the log to the ledger, and back on the day to look at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import withdraw
from segue.schedule.queries import turn_of
from segue.work.build.actions.charter import keep_charter, record_charter
from segue.work.build.actions.decisions import change_decision, log_decision
from segue.work.build.decisions import text_of
from segue.work.build.models import LoggedDecision
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.work.build.sheets import SHEET, TOLD

LIST, NEW = "/build/decisions/", "/build/decisions/new/"
TYPED = {
    **{name: str(TOLD[name]) for name in ("title", "choice", "way", "why", "expects", "made_on")},
    "options": "- Eight classes: two had nine rows\n* Stars only: they say nothing about size",
    "weeks": "4",
}


def log(page: Client, **changes: str) -> Page:
    return press(page, visit(page, NEW), "Log it", **{**TYPED, **changes})


def test_a_decision_is_logged_and_comes_back(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    shown = visit(page, visit(page, "/build/").link("Decisions"))
    assert "No decision is logged yet" in shown.text
    shown = log(page)
    assert shown.path == LIST
    assert "Again on Monday 21 December" in shown.text
    row = priya.logged_decisions.get()
    assert row.options == TOLD["options"]
    assert "to look at again" not in visit(page, "/").text
    on_day(MONDAY + timedelta(weeks=4))
    for path in ("/", "/build/"):
        assert "1 decision to look at again" in visit(page, path).text
    assert str(TOLD["title"]) in visit(page, LIST).section("Due to be looked at again")
    early = press(page, visit(page, visit(page, LIST).link("What came of it")), "Note it", verdict="early", weeks="2")
    assert "It comes back on" in early.text
    row.refresh_from_db()
    assert (row.revisit_on, row.looked_on) == (MONDAY + timedelta(weeks=6), None)
    assert "Due to be" not in early.text
    outcome = visit(page, f"{LIST}{row.pk}/outcome/")
    refused = press(page, outcome, "Note it", verdict="held", outcome="")
    assert refused.status == 422
    assert "Say in a sentence" in refused.text
    noted = press(page, refused, "Note it", verdict="wrong", outcome="Kappa stayed at 0.4.")
    assert "It was wrong" in noted.text
    assert "Kappa stayed at 0.4." in noted.text
    row.refresh_from_db()
    assert row.looked_on == MONDAY + timedelta(weeks=4)


def test_it_can_be_changed_until_somebody_looked(page: Client, priya: Learner) -> None:
    log(page)
    row = priya.logged_decisions.get()
    form = visit(page, f"{LIST}{row.pk}/")
    assert form.form("Keep the change").values["title"] == TOLD["title"]
    press(page, form, "Keep the change", choice="Four classes.")
    row.refresh_from_db()
    assert (row.choice, row.revisit_on) == ("Four classes.", TOLD["revisit_on"])
    old = visit(page, f"{LIST}{row.pk}/")
    press(page, visit(page, f"{LIST}{row.pk}/outcome/"), "Note it", verdict="partly", outcome="Half of it.")
    refused = press(page, old, "Keep the change", choice="I always said so.")
    assert refused.status == 422
    assert "was looked at already" in refused.text
    assert visit(page, f"{LIST}{row.pk}/").path == LIST
    assert visit(page, f"{LIST}{row.pk}/outcome/").path == LIST
    row.refresh_from_db()
    with pytest.raises(UserError):
        change_decision(row, {"choice": "Other"})
    assert priya.logged_decisions.get().choice == "Four classes."


def test_it_is_recorded_once_for_the_checkpoint_that_wants_one(page: Client, priya: Learner) -> None:
    shown = log(page, why="word " * 60)
    entry = press(page, shown, "Record it for week 10")
    assert entry.heading == TOLD["title"]
    recorded = priya.entries.get(kind="decision")
    assert recorded.facts == {"options": 2, "choice": "change"}
    assert (recorded.activity_id, recorded.competencies) == ("w10-checkpoint", ["C2"])
    row = priya.logged_decisions.get()
    assert recorded.body == text_of(row)
    assert page.post(f"{LIST}{row.pk}/record/").status_code == 400
    turn = turn_of(priya)
    assert turn is not None
    assert [wanted.kind for wanted in turn.progress["w10-checkpoint"].ahead] == ["request"]
    log(page, title="Another")
    assert "Record it for week 10" not in visit(page, LIST).text
    page.post(f"{LIST}{priya.logged_decisions.get(title='Another').pk}/record/", {"made_for": "checkpoint"})
    other = priya.entries.get(kind="decision", title="Another")
    assert (other.activity_id, other.competencies) == ("", [])
    withdraw(recorded, MONDAY, "A mistake")
    assert page.post(f"{LIST}{row.pk}/record/").status_code == 302


def test_the_line_holds_scope_and_charter_too(page: Client, priya: Learner) -> None:
    keep_charter(priya, replace(SHEET, classes=12))
    keep_charter(priya, SHEET)
    record_charter(priya, SHEET)
    shown = visit(page, LIST)
    assert "Scope of the charter. Out: 7 classes. It was green after that." in shown.text
    assert f"Charter recorded: {SHEET.title}. Entry 1" in shown.text


def test_what_is_typed_wrongly_is_told_and_stays(page: Client, priya: Learner) -> None:
    refused = log(page, why="", made_on="2027-01-01", title="x" * 121)
    assert refused.status == 422
    for words in ("Give the reason.", "This day has not come yet.", "This has 121 characters"):
        assert words in refused.text
    assert refused.form("Log it").values["choice"] == TOLD["choice"]
    assert not priya.logged_decisions.exists()


def test_the_same_sent_twice_is_there_once(page: Client, priya: Learner) -> None:
    log(page)
    log(page)
    assert priya.logged_decisions.count() == 1
    assert log_decision(priya, TOLD).pk == priya.logged_decisions.get().pk


@pytest.mark.parametrize(
    "change", [{"why": "Another reason."}, {"expects": "Less."}, {"options": "- None"}, {"way": "stop"}, {"weeks": "8"}]
)
def test_other_words_are_another_decision(page: Client, priya: Learner, change: dict[str, str]) -> None:
    log(page)
    log(page, **change)
    assert priya.logged_decisions.count() == 2


def test_hostile_words_stay_words(page: Client) -> None:
    shown = log(page, title="<script>alert(1)</script>", options="<img src=x onerror=alert(2)>", why="<b>bold</b>")
    for code in ("<script>alert", "<img", "<b>bold"):
        assert code not in shown.html


def test_text_says_what_came_of_it() -> None:
    row = LoggedDecision(**{**TOLD, "verdict": "held", "outcome": "It did.", "looked_on": date(2026, 12, 21)})
    assert text_of(row).endswith("## What came of it\nIt held, Monday 21 December 2026. It did.\n")
    assert "To be looked at again on Monday 21 December 2026." in text_of(row)
