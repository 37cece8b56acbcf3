"""The months, each activity and the glossary, as their reader has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.wording import written_date
from segue.curriculum import current
from segue.evidence.actions import Work, log_time, record_work
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from segue.schedule.queries import turn_of
from segue.work.workbench import views
from segue.work.workbench.queries import DOORS, PAGES, SHEETS
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of, two_learners
from tests.records import activity, before_week, do

AREAS = ("learn", "build", "connect", "deepen", "transition")
OTHER_DOORS = {
    "w08-concept-gate",
    "w08-briefing",
    "w09-charter",
    *(activity for activity, _ in PAGES),
}  # a page of the month leads to the ledger
WAYS = ("Record it", "Explain", "Open the sheet", "Take a case apart", "Replay it", "See the slices")


def test_five_areas_show_all_months_and_weeks_between_them(page: Client) -> None:
    weeks = []
    for area in AREAS:
        shown = visit(page, f"/{area}/")
        assert shown.heading == area.capitalize()
        for phase in (p for p in current().programme.phases if p.area == area):
            assert f"\n# {phase.title}\n" in shown.text
            assert phase.mistake in shown.text
            assert phase.guard in shown.text
        weeks += [line.split(":")[0] for line in shown.text.split("\n") if line.startswith("Week ") and ":" in line]
    assert weeks == [f"Week {n}" for n in range(1, 27)]


@pytest.mark.parametrize("area", ["work", "Learn", "learn/1", "learning", "plan%00", "deepen/../learn/x", "lea rn"])
def test_other_areas_are_not_found(page: Client, area: str) -> None:
    assert visit(page, f"/{area}/").status == 404


def test_area_lists_its_activities_with_state_and_day(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + timedelta(days=8))
    do(priya, MONDAY + timedelta(days=1), "w01-diagnostic")
    choose(priya, ChoiceSort.SKIP, "w01-resume", reason="No")
    shown = visit(page, "/learn/").text
    for listed in (a for a in current().programme.activities if a.week <= 8):
        assert f"\n# {listed.title}\n{listed.why}" in shown
    assert "24 Nov\n# Take the diagnostic" in shown
    assert f"left out\n# {activity('w01-resume').title}" in shown
    assert "\nslipped\n" in shown
    assert shown.count("1 of 4 done") == 1  # what was left out does not count
    assert "what cleaning and leakage mean for them. 0 of 3 done" in " ".join(shown.split())  # nor does catch-up time


def test_every_activity_of_the_programme_opens(page: Client, priya: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    turn, activities = turn_of(priya), current().programme.activities
    monkeypatch.setattr(views, "turn_of", lambda learner: turn)  # the same for all: it need not be computed 125 times
    assert len(activities) == 125
    for listed in activities:
        shown = visit(page, f"/activity/{listed.id}/")
        assert shown.status == 200, listed.id
        assert shown.heading == listed.title
        assert listed.why in shown.text
        assert "planned " in shown.section("When"), listed.id
        for person in listed.people:
            assert person.ask in shown.section("Whom you need")
        for concept in listed.concepts:
            assert current().concept_by_id[concept].plain in shown.text
        links = [url for _, url in shown.links]
        for wanted in listed.yields:
            made_elsewhere = wanted.kind in {"explanation", "request", *DOORS, *SHEETS} or (
                listed.id in OTHER_DOORS and wanted.kind != "log"
            )
            assert (f"/evidence/new/?activity={listed.id}&kind={wanted.kind}" in links) is not made_elsewhere


def test_task_that_closes_a_gap_opens(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + timedelta(days=500))
    turn = turn_of(priya)
    assert turn is not None
    gaps = [i for i in turn.activities if i.startswith("gap:")]
    assert gaps
    for gap in gaps:
        shown = visit(page, f"/activity/{gap}/")
        assert shown.heading == turn.activities[gap].title
        assert any(words.startswith(WAYS) for words, _ in shown.links)


def test_unit_of_a_course_opens_and_has_a_place_for_evidence(page: Client, priya: Learner) -> None:
    assert visit(page, "/activity/course:ai-for-everyone:w1/").path == "/plan/courses/"
    choose(priya, ChoiceSort.COURSE, "ai-for-everyone", scope="slice")
    shown = visit(page, "/activity/course:ai-for-everyone:w1/")
    assert shown.heading == "AI For Everyone: Week 1: What AI is"
    assert shown.link("Record evidence for it") == "/evidence/new/?activity=course%3Aai-for-everyone%3Aw1"
    assert visit(page, "/activity/course:ai-for-everyone:w4/").path == "/plan/courses/"


@pytest.mark.parametrize(
    "activity_id", ["no-such", "w01-why/more", "gap:c1-1-rule-e9", "gap:", "%3Cb%3E", "W01-why", "w01-why%00"]
)
def test_unknown_activity_is_not_found(page: Client, activity_id: str) -> None:
    assert visit(page, f"/activity/{activity_id}/").status == 404


def test_activity_says_when_and_what_comes_before(page: Client) -> None:
    shown = visit(page, "/activity/w02-explain/")
    assert "planned for " in shown.section("When") or "planned on " in shown.section("When")
    before = activity("w02-explain").requires[0]
    assert shown.link(activity(before).title) == f"/activity/{before}/"
    assert f"{activity(before).title} comes first" in shown.section("Comes after")
    assert visit(page, shown.link("Move, split or leave out")).status == 200


def test_done_activity_says_when_it_was_and_by_what(page: Client, priya: Learner) -> None:
    (entry,) = do(priya, MONDAY, "w01-diagnostic")
    shown = visit(page, "/activity/w01-diagnostic/")
    assert f"Done on {written_date(MONDAY)}." in shown.section("When")
    assert shown.link(entry.title) == "/evidence/1/"
    assert "E1 checked" in shown.section("Recorded for it")
    assert "Record it" not in shown.text


def test_half_done_activity_counts_what_is_there(page: Client, priya: Learner) -> None:
    work = Work(
        kind="explanation", title="Clustering", on=MONDAY, activity_id="w03-explain", competencies=("C1",), body="word " * 70
    )
    record_work(priya, work)
    assert "\n1 of 4\n" in visit(page, "/activity/w03-explain/").section("What it leaves behind")


def test_logged_minutes_are_shown(page: Client, priya: Learner) -> None:
    log_time(priya, activity_id="w01-why", minutes=25, on=MONDAY)
    assert "25 min logged so far." in visit(page, "/activity/w01-why/").section("When")


def test_left_out_activity_is_brought_back_from_its_page(page: Client, priya: Learner) -> None:
    choose(priya, ChoiceSort.SKIP, "w01-why", reason="I <i>know</i> why")
    shown = visit(page, "/activity/w01-why/")
    assert "Left out\nI <i>know</i> why" in shown.text
    assert "<i>know" not in shown.html
    assert "Not in the plan at present." in shown.section("When")
    back = press(page, shown, "Bring back")
    assert back.path == "/activity/w01-why/"
    assert "Taken back." in back.text
    assert "Bring back" not in back.text


def test_known_ground_is_short_and_says_so(page: Client, priya: Learner) -> None:
    study = activity("w01-study-first-ideas")
    facts: dict[str, float | str] = {"score": 20, "known": " ".join(study.concepts)}
    record_work(priya, Work(kind="diagnostic", title="Diagnostic", on=MONDAY, body="all", facts=facts))
    shown = visit(page, f"/activity/{study.id}/")
    assert "The diagnostic showed that you know this ground" in shown.text
    assert f"Week 1 · {study.known_minutes} min" in shown.text


def test_text_with_html_is_shown_as_text(page: Client, priya: Learner) -> None:
    evil = "<script>alert(1)</script>"
    record_work(priya, Work(kind="why-note", title=evil, on=MONDAY, activity_id="w01-why", body="word " * 50))
    shown = visit(page, "/activity/w01-why/")
    assert f"\n{evil} 23 Nov 2026" in shown.section("Recorded for it")
    assert "<script>alert" not in shown.html


def test_evidence_of_somebody_else_is_not_shown(page: Client, priya: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("Sam")
    record_work(sam, Work(kind="why-note", title="Sam's reason", on=MONDAY, activity_id="w01-why", body="word " * 50))
    shown = visit(page, "/activity/w01-why/")
    assert "Sam's reason" not in shown.text
    assert "Record it" in shown.text


# --- the glossary -----------------------------------------------------------------------------------------------------------


def test_glossary_has_every_term(page: Client) -> None:
    shown = visit(page, "/glossary/")
    assert f"{len(current().terms)} terms" in shown.text
    for term in current().terms:
        assert f'id="{term.id}"' in shown.html
        assert term.plain in shown.text


@pytest.mark.parametrize("search", ["hallucination", "HALLUCINATION", "  HalluCination "])
def test_search_takes_capitals_and_small_letters_alike(page: Client, search: str) -> None:
    shown = visit(page, "/glossary/", {"q": search})
    assert "\nHallucination" in shown.text
    assert len(shown.text) < len(visit(page, "/glossary/").text) / 3
    assert f"with “{search.strip()}”" in shown.text


@pytest.mark.parametrize(
    "search", ["qqqqq", "<script>alert(1)</script>", "'; drop table", "%_%", "x" * 5000, "\x00", "“”", "a\u202eb"]
)
def test_search_without_a_hit_says_so_and_shows_no_markup(page: Client, search: str) -> None:
    shown = visit(page, "/glossary/", {"q": search})
    assert shown.status == 200
    assert "No term has these words" in shown.text
    assert "<script>alert" not in shown.html
    assert shown.link("Show all terms") == "/glossary/"


def test_empty_search_shows_all(page: Client) -> None:
    assert visit(page, "/glossary/", {"q": "   "}).text.count("\n") == visit(page, "/glossary/").text.count("\n")


# --- questions to the database ----------------------------------------------------------------------------------------------


def test_pages_ask_as_much_with_300_entries_as_with_5(
    client_of: Callable[[Learner | None], Client], make_learner: Callable[..., Learner], on_day: Callable[[date], None]
) -> None:
    today = MONDAY + timedelta(weeks=20)
    on_day(today)
    few, many = (client_of(learner) for learner in two_learners(make_learner, MONDAY, today))
    for path in ("/learn/", "/activity/w02-explain/", "/glossary/"):
        few.get(path)  # the first visit may fill a cache
        assert queries_of(few, path) == queries_of(many, path) <= 13, path
