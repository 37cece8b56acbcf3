"""The decision through its page: weighed, chosen, kept as it is typed, recorded, taken along as a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from icalendar import Calendar

from segue.accounts.models import Learner
from segue.work.transition.models import Closing
from tests.browsing import Page, press, visit

DECISION = "/transition/decision/"
KEEP, LATER, RECORD = "Keep the decision", "Go on another day", "Record the decision"
WHOLE = {
    "for_apply": "Two companies near me look for somebody who has evaluated a classifier by hand. " * 4,
    "for_extend": "C6 would be at level 2 with four more weeks, and the memo read by legal. " * 3,
    "choice": "apply",
    "why": "I learn faster in the job than beside it, and the portfolio is there.",
    "sign": "Five applications without a talk by the end of January.",
    "step1": "Send the first application",
    "step1_on": "2026-12-04",
    "step2": "Ask Marco for an introduction",
    "step2_on": "2026-12-07",
    "step3": "Rehearse the case",
    "thanks": "Ines Duarte: for the question about cost",
}


def kept(page: Client, button: str = KEEP, **changes: str) -> Page:
    return press(page, visit(page, DECISION), button, **{**WHOLE, **changes})


def test_what_lacks_is_told_at_its_field_and_what_was_typed_stays(page: Client, priya: Learner) -> None:
    refused = press(page, visit(page, DECISION), KEEP, for_apply="Only this one.", choice="extend")
    assert refused.status == 422
    for words in (
        "one alone is no choice",
        "the one you chose",
        "how many weeks",
        "reason that tipped it",
        "first step with a day",
    ):
        assert words in refused.text
    assert visit(page, DECISION).form(KEEP).values["for_apply"] == "Only this one."
    assert "Kept." in press(page, visit(page, DECISION), LATER, why="Half a thought").text


def test_it_is_recorded_with_its_figures_and_without_the_thanks(page: Client, priya: Learner) -> None:
    assert "Record the decision" not in visit(page, DECISION).text
    entry = press(page, kept(page), RECORD, confidentiality="private")
    row = priya.entries.get(kind="decision")
    assert entry.path == f"/evidence/{row.number}/"
    assert row.facts == {"options": 2, "choice": "go"}
    assert (row.activity_id, row.competencies) == ("w26-decision", ["T"])
    assert "1. Send the first application, by Friday 4 December 2026" in row.body
    assert "3. Rehearse the case\n" in row.body
    assert "Ines" not in row.body
    assert "Apply outside, recorded." in visit(page, "/transition/").text
    assert visit(page, f"{DECISION}record/", {"confidentiality": "private"}, "post").status == 400
    kept(page, sign="No talk by February.")
    press(page, visit(page, DECISION), "Record a new version")
    assert priya.entries.filter(kind="decision").last().revises == row  # type: ignore[union-attr]


def test_to_go_on_waits_and_says_until_when(page: Client, priya: Learner) -> None:
    shown = kept(page, choice="extend", weeks="4")
    assert "4 weeks more go to" in shown.text
    press(page, shown, RECORD, confidentiality="private")
    row = priya.entries.get(kind="decision")
    assert row.facts["choice"] == "wait"
    assert "Go on for some weeks, 4 weeks." in row.body
    assert "26 weeks at most" in kept(page, weeks="99").text


def test_to_apply_before_the_gate_is_open_is_said_kindly_and_allowed(page: Client, priya: Learner) -> None:
    assert "The gate is not open yet" not in visit(page, DECISION).text
    shown = kept(page)
    assert "The gate is not open yet" in shown.text
    assert "You may apply all the same" in shown.text
    assert "The gate is not open yet" not in kept(page, choice="move", for_move="They know my work.").text


def test_two_windows_do_not_overwrite_each_other(page: Client, priya: Learner) -> None:
    assert page.post(f"{DECISION}save/", {"why": "From one", "revision": "0", "window": "one"}).status_code == 200
    other = page.post(f"{DECISION}save/", {"why": "From two", "revision": "0", "window": "two"})
    assert other.status_code == 409
    assert "From one" in other.content.decode()
    refused = visit(page, DECISION, {"why": "From two", "revision": "0", "window": "two", "do": "later"}, "post")
    assert "Another window has changed the decision" in refused.text
    assert refused.form(KEEP).values["why"] == "From two"
    assert Closing.objects.get().decision == {"why": "From one"}


def test_the_steps_go_into_a_calendar(page: Client, priya: Learner) -> None:
    assert page.get(f"{DECISION}steps.ics").status_code == 404
    kept(page)
    file = page.get(f"{DECISION}steps.ics")
    events = Calendar.from_ical(file.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Send the first application", "Ask Marco for an introduction"]
    assert events[0].decoded("dtstart") == date(2026, 12, 4)


def test_nonsense_is_refused(page: Client, priya: Learner) -> None:
    refused = visit(page, DECISION, {"choice": "win", "weeks": "many", "step1_on": "soon", "do": "later"}, "post")
    assert refused.status == 422
    assert "Choose one of the four" in refused.text
    assert "This is no date" in refused.text
    kept(page)
    assert visit(page, f"{DECISION}record/", {"confidentiality": "x"}, "post").status == 400
    assert "<script>alert" not in kept(page, why="<script>alert(1)</script>").html


def test_it_is_ones_own(
    page: Client, priya: Learner, client_of: Callable[[Learner], Client], make_learner: Callable[..., Learner]
) -> None:
    kept(page)
    sam = client_of(make_learner("Sam"))
    assert visit(sam, DECISION).form(KEEP).values["why"] == ""
    assert sam.get(f"{DECISION}steps.ics").status_code == 404
