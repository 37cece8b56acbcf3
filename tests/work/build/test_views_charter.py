"""The charter from the page to the ledger, and what the guard of month 3 does on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import Work, log_time, record_work, save_draft, withdraw
from segue.evidence.drafts import Written, first
from segue.schedule.queries import turn_of
from segue.work.build.actions.charter import keep_charter
from segue.work.build.queries.charter import checkpoint_of, hours_of
from segue.work.build.sheet import Sheet, sheet_from
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.evidence.pieces import reviewed
from tests.records import before_week, do
from tests.work.build.sheets import SHEET, TYPED

BUILD, CHARTER, EDIT, CUTS = "/build/", "/build/charter/", "/build/charter/edit/", "/build/charter/cuts/"


def write(page: Client, **changes: str) -> Page:
    return press(page, visit(page, EDIT), "Keep the charter", **{**TYPED, **changes})


def kept(learner: Learner) -> Sheet:
    learner.charter.refresh_from_db()
    sheet = sheet_from(learner.charter.sheet)
    assert sheet is not None
    return sheet


def test_the_activity_leads_to_the_charter_and_the_charter_to_the_ledger(page: Client, priya: Learner) -> None:
    form = visit(page, visit(page, "/activity/w09-charter/").link("Write it"))
    assert form.path == EDIT
    assert form.form("Keep").values["seconds"] == "25"
    shown = press(page, form, "Keep the charter", **TYPED)
    assert (shown.path, shown.heading) == (CHARTER, SHEET.title)
    assert "Small enough (green)" in shown.text
    entry = press(page, shown, "Record the charter")
    assert entry.heading == SHEET.title
    recorded = priya.entries.get(kind="charter")
    assert recorded.facts == SHEET.figures()
    assert recorded.activity_id == "w09-charter"
    turn = turn_of(priya)
    assert turn is not None
    assert turn.progress["w09-charter"].done
    met = {line.id for result in turn.readiness.results for level in result.levels for line in level.lines if line.met}
    assert {"c2-3-charter", "c2-3-scope"} <= met
    assert "c2-3-charter-review" not in met


def test_a_change_is_a_new_version_and_its_review_counts(page: Client, priya: Learner) -> None:
    press(page, write(page), "Record the charter")
    shown = visit(page, CHARTER)
    assert "is the charter as it stands" in shown.text
    assert page.post(f"{CHARTER}record/").status_code == 400
    changed = write(page, classes="4")
    assert "the charter has changed since" in changed.text
    press(page, changed, "Record it as a new version")
    first_version, second = priya.entries.filter(kind="charter").order_by("number")
    assert second.revises == first_version
    assert second.facts["classes"] == 4
    form = visit(page, visit(page, CHARTER).link("Record what a data scientist said"))
    assert form.status == 200
    reviewed(second, activity_id="w09-charter-review", marks={"c2-3-charter-review": True})
    assert "E2" in visit(page, f"/evidence/{second.number}/").text


def test_a_version_written_in_the_ledger_is_not_the_charter_as_it_stands(page: Client, priya: Learner) -> None:
    press(page, write(page), "Record the charter")
    first = priya.entries.get(kind="charter")
    by_hand = record_work(priya, Work("charter", "Other", MONDAY, "w09-charter", (), "Other words."), revises=first)
    shown = visit(page, CHARTER)
    assert "is the charter as it stands" not in shown.text
    press(page, shown, "Record it as a new version")
    assert priya.entries.get(revises=by_hand).body == first.body
    assert "is the charter as it stands" in visit(page, CHARTER).text
    assert page.post(f"{CHARTER}record/").status_code == 400


def test_a_charter_that_was_withdrawn_is_recorded_anew(page: Client, priya: Learner) -> None:
    press(page, write(page), "Record the charter")
    withdraw(priya.entries.get(kind="charter"), MONDAY, "It named a customer")
    shown = visit(page, CHARTER)
    press(page, shown, "Record the charter")
    assert priya.entries.filter(kind="charter", revises=None).count() == 2


def test_a_large_charter_is_red_names_its_cuts_and_lets_nothing_more_in(page: Client, priya: Learner) -> None:
    shown = write(page, sources="2", languages="3", classes="12")
    check = shown.section("Is it small enough?")
    assert "Too large (red)" in check
    for cut in ("Keep 1 data source.", "Keep 2 languages.", "Keep 8 classes."):
        assert cut in check
    refused = write(page, sources="3", languages="3", classes="12")
    assert refused.status == 422
    assert "1 data source would come in and nothing go out" in refused.text
    assert refused.form("Keep").values["sources"] == "3"
    assert kept(priya).sources == 2
    taken = write(page, sources="3", languages="3", classes="8")
    assert taken.path == CHARTER
    history = taken.section("In and out")
    assert "In: 1 data source" in history
    assert "Out: 4 classes" in history


def test_cuts_make_it_smaller_one_by_one_until_it_fits(page: Client, priya: Learner) -> None:
    write(page, sources="2", languages="3", classes="12", labels="400")
    for words in ("Merge to 8 classes", "Keep one data source", "Keep 2 languages"):
        shown = visit(page, CUTS)
        assert words in shown.text
        form = next(f for f in shown.forms if any(words in button for button in f.buttons))
        after = visit(page, form.action, form.values, "post")
        assert "Cut. The charter now takes about" in after.text
    assert kept(priya).score == "green"
    assert kept(priya).labels == 400 * 8 // 12
    assert page.post(f"{CUTS}sources/").status_code == 400
    assert page.post(f"{CUTS}no-such/").status_code == 400
    assert priya.scope_changes.count() == 3


def test_what_is_typed_stays_without_being_kept(page: Client, priya: Learner) -> None:
    form = visit(page, EDIT).form("Keep").values
    answer = page.post(f"{EDIT}save/", {**form, "title": "Half a title", "live": "on"})
    assert answer.status_code == 200
    again = visit(page, EDIT)
    assert "What you typed is back" in again.text
    assert again.form("Keep").values["title"] == "Half a title"
    assert visit(page, CHARTER).path == EDIT  # nothing is kept yet
    write(page)
    assert "What you typed is back" not in visit(page, EDIT).text
    assert kept(priya).title == SHEET.title


def test_two_windows_lose_nothing(page: Client, priya: Learner) -> None:
    form = visit(page, EDIT).form("Keep").values
    saved = page.post(f"{EDIT}save/", {**form, "title": "One"}).json()
    assert page.post(f"{EDIT}save/", {**form, "title": "One and more", **saved}).status_code == 200
    refused = page.post(f"{EDIT}save/", {**form, "title": "Other"})
    assert refused.status_code == 409
    assert "One and more" in refused.content.decode()
    assert priya.charter.typed["title"] == ["One and more"]


def test_hostile_words_stay_words(page: Client) -> None:
    shown = write(page, title="<script>alert(1)</script>", outside="<img src=x onerror=alert(2)>")
    assert "<script>alert" not in shown.html
    assert "<img" not in shown.html
    assert shown.heading == "<script>alert(1)</script>"


def test_saying_no_is_begun_from_the_charter_and_overwrites_nothing(page: Client, priya: Learner) -> None:
    memo = press(page, write(page), "Write the memo")
    assert memo.path.startswith("/evidence/new/?activity=w09-fit-and-no&kind=no-ai-memo")
    sent = memo.form("Record").values
    assert sent["title"] == f"No AI for: {SHEET.title}"
    for words in ("We will not use AI for this.", SHEET.baseline.strip(), "2026-11-23"):
        assert words in sent["body"]
    draft = priya.drafts.get(key="new:w09-fit-and-no:no-ai-memo")
    draft.fields = {**draft.fields, "body": ["Mine."]}
    draft.save()
    press(page, visit(page, CHARTER), "Write the memo")
    assert first(priya.drafts.get(pk=draft.pk).fields, "body") == "Mine."


def test_a_data_scientist_is_asked_in_time(page: Client) -> None:
    ask = write(page).section("Ask a data scientist")
    assert "Ask by" in ask
    assert SHEET.user in ask
    assert "classes 5, labels 200" in ask


def test_week_10_without_a_run_opens_the_menu_of_cuts(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    keep_charter(priya, replace(SHEET, sources=2, languages=3))
    do(priya, before_week(10, MONDAY))
    turn = turn_of(priya)
    assert turn is not None
    day = checkpoint_of(turn).on
    assert day is not None
    on_day(day)
    assert "nothing has run yet" not in visit(page, BUILD).text
    on_day(day + timedelta(days=1))
    late = visit(page, BUILD)
    assert "Week 10 is over, and nothing has run yet" in late.text
    cuts = visit(page, late.link("To the menu of cuts"))
    assert "Cut until a first number is in reach." in cuts.text
    decision = press(page, cuts, "Begin the decision")
    assert decision.path.startswith("/evidence/new/?activity=w10-checkpoint&kind=decision")
    assert "Keep one data source" in decision.form("Record").values["body"]
    do(priya, day, "w10-profile", "w10-mask", "w10-first-run")
    assert "There is a first number beside a baseline." in visit(page, BUILD).text


def test_hours_burned_are_held_against_25(page: Client, priya: Learner) -> None:
    turn = turn_of(priya)
    assert turn is not None
    asked = sum(a.minutes for a in turn.programme.activities if 9 <= a.week <= 13 and not a.optional and not a.buffer)
    assert hours_of(turn).ahead == asked
    assert "0 min of 25 h" in visit(page, BUILD).text
    for _ in range(4):
        log_time(priya, activity_id="w09-fit-and-no", minutes=300, on=MONDAY)
    turn = turn_of(priya)
    assert turn is not None
    assert (hours_of(turn).spent, hours_of(turn).left) == (1200, 300)
    assert hours_of(turn).is_over
    assert "That is more than the budget holds." in visit(page, BUILD).text


def test_without_a_charter_the_pages_lead_to_it_or_are_not_there(page: Client) -> None:
    assert visit(page, CHARTER).path == EDIT
    assert visit(page, CUTS).status == 404
    for path in (f"{CHARTER}record/", f"{CHARTER}memo/", f"{CHARTER}decision/", f"{CUTS}classes/"):
        assert page.post(path).status_code == 404


@pytest.mark.parametrize("path", [BUILD, CHARTER, EDIT])
def test_before_the_first_hour(client_of: Callable[..., Client], make_learner: Callable[..., Learner], path: str) -> None:
    shown = visit(client_of(make_learner("Nina", started=False)), path)
    assert shown.path == "/start/" if path == BUILD else shown.status == 404


def test_a_cut_leaves_what_is_typed(page: Client, priya: Learner) -> None:
    write(page, sources="2", languages="3", classes="12")
    form = visit(page, EDIT).form("Keep").values
    page.post(f"{EDIT}save/", {**form, "problem": "A better question"})
    assert page.post(f"{CUTS}sources/").status_code == 302
    assert kept(priya).sources == 1
    assert visit(page, EDIT).form("Keep").values["problem"] == "A better question"


def test_a_window_opened_before_is_told_before_it_overwrites(page: Client, priya: Learner) -> None:
    write(page)
    old = visit(page, EDIT)
    write(page, title="Newer")
    refused = press(page, old, "Keep the charter", title="Older")
    assert refused.status == 422
    assert "Another window has changed the charter meanwhile." in refused.text
    assert kept(priya).title == "Newer"
    press(page, refused, "Keep the charter")
    assert kept(priya).title == "Older"


def test_what_the_own_window_saved_is_no_other_window(page: Client, priya: Learner) -> None:
    form = visit(page, EDIT).form("Keep").values | TYPED
    page.post(f"{EDIT}save/", form)
    answer = page.post(EDIT, form)  # sent before the answer to its own save came back
    assert answer.status_code == 302
    assert kept(priya).title == SHEET.title


def test_a_draft_with_a_title_alone_is_a_draft(page: Client, priya: Learner) -> None:
    write(page)
    key = "new:w09-fit-and-no:no-ai-memo"
    save_draft(priya, Written(key, fields={"title": ["Mine"], "link": ["https://example.org"]}))
    press(page, visit(page, CHARTER), "Write the memo")
    assert priya.drafts.get(key=key).fields["title"] == ["Mine"]
