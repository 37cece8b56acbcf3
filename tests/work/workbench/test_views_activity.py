"""An activity in the states it can be in, and what becomes of its address when the plan has it no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.activity import Programme
from segue.core.evidence import Entry as CoreEntry
from segue.core.evidence import Reviewer, Sort
from segue.core.loop import Turn
from segue.core.wording import spoken_minutes
from segue.curriculum import current
from segue.evidence.actions import Work, log_time, record_work, withdraw
from segue.schedule.actions import choose, undo_choice
from segue.schedule.models import ChoiceSort
from segue.schedule.queries import turn_of
from segue.work.workbench.queries import activity_page, instead_of, months, state_of
from tests.browsing import visit
from tests.conftest import MONDAY
from tests.records import activity, append_all, before_week, do

COURSE, FIRST, SECOND = "ai-for-everyone", "course:ai-for-everyone:w1", "course:ai-for-everyone:w2"


def turn(learner: Learner) -> Turn:
    found = turn_of(learner)
    assert found is not None
    return found


# --- states -----------------------------------------------------------------------------------------------------------------


def test_unit_of_a_course_is_done_when_its_minutes_are_logged(page: Client, priya: Learner) -> None:
    choose(priya, ChoiceSort.COURSE, COURSE, scope="slice")
    log_time(priya, activity_id=FIRST, minutes=turn(priya).activities[FIRST].minutes - 1, on=MONDAY)
    assert "comes first" in visit(page, f"/activity/{SECOND}/").section("Comes after")
    log_time(priya, activity_id=FIRST, minutes=1, on=MONDAY)
    when = visit(page, f"/activity/{FIRST}/").section("When")
    assert "\ndone\nDone on Monday 23 November 2026.\n" in when
    title = turn(priya).activities[FIRST].title
    assert f"{title} done" in visit(page, f"/activity/{SECOND}/").section("Comes after")


def test_left_out_activity_is_neither_now_nor_slipped(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    log_time(priya, activity_id="w01-why", minutes=5, on=MONDAY)
    assert state_of(turn(priya), "w01-why") == "now"
    choose(priya, ChoiceSort.SKIP, "w01-why", reason="No")
    for days in (0, 20):
        on_day(MONDAY + timedelta(days=days))
        assert state_of(turn(priya), "w01-why") == "later"
    needed = activity("w02-explain").requires[0]
    choose(priya, ChoiceSort.SKIP, needed, reason="No")
    assert f"{activity(needed).title} left out" in visit(page, "/activity/w02-explain/").section("Comes after")


def test_done_activity_has_its_day_even_where_it_was_left_out_before(priya: Learner) -> None:
    choose(priya, ChoiceSort.SKIP, "w01-diagnostic", reason="No")
    row = months(turn(priya), "learn")[0].weeks[0].rows[0]
    assert (row.title, row.state, row.when) == (activity("w01-diagnostic").title, "later", "left out")
    do(priya, MONDAY, "w01-diagnostic")
    row = months(turn(priya), "learn")[0].weeks[0].rows[0]
    assert (row.state, row.when) == ("done", "23 Nov")


def test_catch_up_time_says_what_it_is_for(page: Client) -> None:
    buffer = next(a for a in current().programme.activities if a.buffer)
    shown = visit(page, f"/activity/{buffer.id}/")
    assert "When work has slipped, the plan takes it from here first." in shown.text
    assert "Record" not in shown.text
    assert "What it proves" not in shown.text


def test_people_are_named_with_the_days_they_need(page: Client, priya: Learner) -> None:
    needed = next(a for a in current().programme.activities if len(a.people) > 1)
    card = visit(page, f"/activity/{needed.id}/").section("Whom you need")
    for person in needed.people:
        who = person.who[:1].upper() + person.who[1:]
        assert f"\n{who}, asked {person.lead_days} days ahead. {person.ask}" in card
    nobody = next(a for a in current().programme.activities if not a.people)
    assert "Whom you need" not in visit(page, f"/activity/{nobody.id}/").text


def test_concepts_are_explained_with_an_example_and_their_use(page: Client) -> None:
    study = next(a for a in current().programme.activities if a.concepts)
    shown = visit(page, f"/activity/{study.id}/").section("The concepts in it", until="\n# When")
    for concept in (current().concept_by_id[c] for c in study.concepts):
        for text in (concept.name, concept.plain, concept.example, concept.pm_relevance, *(p.say for p in concept.key_points)):
            assert " ".join(text.split()) in shown
    without = next(a for a in current().programme.activities if not a.concepts)
    assert "The concepts in it" not in visit(page, f"/activity/{without.id}/").text


def test_known_ground_asks_for_one_explanation(page: Client, priya: Learner) -> None:
    study = activity("w01-study-first-ideas")
    full = visit(page, f"/activity/{study.id}/")
    assert "you know this ground" not in full.text
    known = " ".join(study.concepts)
    record_work(priya, Work(kind="diagnostic", title="Diagnostic", on=MONDAY, body="all", facts={"score": 20, "known": known}))
    assert study.known_minutes is not None
    shown = visit(page, f"/activity/{study.id}/")
    assert "Explanation\n0 of 1\n" in shown.section("What it leaves behind")
    assert shown.link("Explain") == "/learn/concepts/#next"
    row = next(r for r in months(turn(priya), "learn")[0].weeks[0].rows if r.title == study.title)
    assert row.minutes == study.known_minutes < study.minutes
    assert f"{spoken_minutes(study.known_minutes)}, planned for " in shown.section("When")


# --- evidence ---------------------------------------------------------------------------------------------------------------


def test_review_for_another_activity_counts_there(page: Client, priya: Learner) -> None:
    """The briefing was made for one activity; the review of it answers another, which asks for one."""
    asked = visit(page, "/activity/w08-accuracy-review/")
    assert "Recorded for it" not in asked.text
    assert "0 of 1; record the work, or ask for a review of an earlier piece and name this activity in it" in asked.text
    reviewer = Reviewer("Marco", "mentor", "data scientist", practises_ai=True)
    work = CoreEntry(-1, Sort.ARTEFACT, MONDAY, "briefing", "w08-briefing", ("C1",), words=400, files=1)
    review = CoreEntry(-2, Sort.REVIEW, MONDAY, "", "w08-accuracy-review", subject=-1, reviewer=reviewer, marks={"a": True})
    entry, _ = append_all(priya, [work, review])
    shown = visit(page, "/activity/w08-accuracy-review/")
    assert "E2 reviewed" in shown.section("Recorded for it")
    assert shown.link(entry.title) == f"/evidence/{entry.number}/"
    assert "Done on Monday 23 November 2026." in shown.section("When")


def test_evidence_without_a_title_has_a_link_to_press(page: Client, priya: Learner) -> None:
    entry = record_work(priya, Work(kind="why-note", title="", on=MONDAY, activity_id="w01-why", body="word " * 50))
    shown = visit(page, "/activity/w01-why/")
    assert shown.link(f"Entry {entry.number}") == f"/evidence/{entry.number}/"


def test_withdrawn_evidence_is_not_listed_and_a_new_version_once(page: Client, priya: Learner) -> None:
    first = record_work(priya, Work(kind="why-note", title="First", on=MONDAY, activity_id="w01-why", body="word " * 50))
    again = Work(kind="why-note", title="Second", on=MONDAY, activity_id="w01-why", body="word " * 60)
    second = record_work(priya, again, revises=first)
    shown = visit(page, "/activity/w01-why/").section("Recorded for it")
    assert ("First" in shown, shown.count("Second")) == (False, 1)
    for entry in (first, second):
        withdraw(entry, MONDAY, "A mistake")
    assert "Recorded for it" not in visit(page, "/activity/w01-why/").text


@pytest.mark.parametrize("activity_id", ["w01-why", "w08-accuracy-review", "w09-charter-review"])
def test_every_way_to_record_opens_the_form_of_that_kind(activity_id: str, page: Client) -> None:
    links = [url for words, url in visit(page, f"/activity/{activity_id}/").links if words.startswith("Record it")]
    assert len(links) == len(activity(activity_id).yields)
    for url, wanted in zip(links, activity(activity_id).yields, strict=True):
        form = visit(page, url)
        assert form.status == 200
        sent = next(f.values for f in form.forms if "activity_id" in f.values)
        assert (sent["kind"], sent["activity_id"]) == (wanted.kind, activity_id)


@pytest.mark.parametrize(
    ("activity_id", "words", "door"),
    [("w02-explain", "Explain", "/learn/concepts/#next"), ("w08-concept-gate", "Take the test", "/learn/tests/")],
)
def test_what_has_a_page_of_its_own_is_made_there(activity_id: str, words: str, door: str, page: Client) -> None:
    assert [url for text, url in visit(page, f"/activity/{activity_id}/").links if text.startswith(words)] == [door]
    assert visit(page, door).status == 200


# --- addresses that stay good -----------------------------------------------------------------------------------------------


def test_evidence_for_a_course_that_was_taken_out_still_leads_somewhere(page: Client, priya: Learner) -> None:
    choose(priya, ChoiceSort.COURSE, COURSE, scope="slice")
    entry = record_work(priya, Work(kind="log", title="Notes", on=MONDAY, activity_id=FIRST, body="word " * 60))
    title = turn(priya).activities[FIRST].title
    assert visit(page, visit(page, f"/evidence/{entry.number}/").link(title)).heading == title
    undo_choice(priya, ChoiceSort.COURSE, COURSE)
    led = visit(page, visit(page, f"/evidence/{entry.number}/").link(title))
    assert (led.status, led.path) == (200, "/plan/courses/")


def test_gap_that_is_not_open_leads_to_its_competency(priya: Learner) -> None:
    now = turn(priya)
    assert instead_of(now, "gap:c2-1-both-ways") == "/readiness/C2/#level-1"
    assert instead_of(now, "gap:c1-3-rule-weeks") == "/readiness/C1/#level-3"
    for nothing in ("", "gap:", "gap:c2-1-no-such", "c2-1-both-ways", "course:", "course:ai-for-everyone:w99", "no-such"):
        assert instead_of(now, nothing) == ""


def test_retired_activity_leads_to_the_one_in_its_place(priya: Learner) -> None:
    now = turn(priya)
    programme: Programme = replace(now.programme, replaced={"w01-old": "w01-why", "w01-gone": ""})
    later = replace(now, programme=programme)
    assert instead_of(later, "w01-old") == "/activity/w01-why/"
    assert instead_of(later, "w01-gone") == ""


def test_before_the_first_hour_only_the_glossary_is_there(
    make_learner: Callable[..., Learner], client_of: Callable[[Learner | None], Client]
) -> None:
    browser = client_of(make_learner("Nora", started=False))
    assert browser.get("/learn/").headers["Location"] == "/start/"
    assert browser.get("/lab/").status_code == 404
    assert browser.get("/activity/w01-why/").status_code == 404
    assert browser.get("/glossary/").status_code == 200


def test_day_of_a_late_page_is_the_day_of_the_plan(priya: Learner, on_day: Callable[[date], None]) -> None:
    """Half a year in, what is still ahead has days from today on, and nothing that is done asks for anything."""
    do(priya, before_week(14, MONDAY))
    today = MONDAY + timedelta(weeks=20)
    on_day(today)
    now = turn(priya)
    for listed in now.programme.activities:
        shown = activity_page(now, priya, listed.id)
        done = listed.id in now.state.done
        assert (shown.state == "done") == done
        assert not done or all(w.met for w in shown.wanted)
        assert shown.planned.startswith("Done on ") == done
        first = now.plan.start_of(listed.id)
        assert first is None or first >= today
        assert shown.week_url == (f"/plan/week/{first.isoformat()}/" if first else "")


# --- the glossary -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("search", ["AGENTIC ai", "agent agentic", "ai\tagent", "AI  agent"])
def test_term_is_found_by_other_names_and_by_words_in_any_order(search: str, page: Client) -> None:
    shown = visit(page, "/glossary/", {"q": search})
    assert "\nAI agent agentic AI\n" in shown.text


def test_search_of_a_thousand_characters_is_cut_and_told(page: Client) -> None:
    shown = visit(page, "/glossary/", {"q": "model " * 167})
    assert shown.status == 200
    assert f"with “{('model ' * 167)[:100]}”" in shown.text
    assert len(shown.text) < len(visit(page, "/glossary/").text)


def test_markup_in_a_search_that_hits_is_shown_as_text(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segue.work.workbench.queries.terms_like", lambda search: current().terms[:1])
    shown = visit(page, "/glossary/", {"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in shown.html
    assert 'with “"><script>alert(1)</script>”' in shown.text
    assert next(f.values["q"] for f in shown.forms if "q" in f.values) == '"><script>alert(1)</script>'
