"""The gap plan through its pages: planned, closed by evidence, put into the plan, taken out, recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import withdraw
from segue.schedule.queries import turn_of
from segue.work.transition.models import GapTask, new_key
from segue.work.transition.queries.backing import backing_of
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.transition.ledger import aware_of_framing, piece

LIST, ADD = "/transition/gaps/", "/transition/gaps/add/"
PLAN, RECORD = "Plan it", "Record the plan"
LINE = "c2-1-both-ways"


def planned(page: Client, days: int = 20, **typed: str) -> Page:
    given: dict[str, object] = {"subject": "C6", "what": "A risk register that legal has read", "hours": "2.5"}
    given |= {"person": "Anneke Vos", "due_on": (MONDAY + timedelta(days=days)).isoformat(), **typed}
    return press(page, visit(page, ADD), PLAN, "", **given)


def of_line(page: Client, line: str = LINE) -> Page:
    return press(page, visit(page, f"{ADD}?line={line}"), PLAN)


def test_a_gap_stands_in_the_bucket_of_its_day(page: Client, priya: Learner) -> None:
    assert "No gap is planned yet" in visit(page, LIST).text
    assert "Planned by Sunday 13 December 2026" in planned(page).text
    planned(page, 50, what="A second one")
    planned(page, 80, what="A third one")
    shown = planned(page, 200, what="Far away")
    assert "A risk register that legal has read" in shown.section("In 30 days")
    assert "2.5 h · with Anneke Vos" in shown.section("In 30 days")
    assert "A second one" in shown.section("In 60 days")
    assert "A third one" in shown.section("In 90 days")
    assert "Far away" in shown.section("Later")
    planned(page)
    assert GapTask.objects.count() == 4


def test_a_fourth_at_a_time_is_advised_against_and_kept(page: Client, priya: Learner) -> None:
    for n in range(3):
        assert "easier to close" not in planned(page, what=f"Gap {n}").text
    fourth = planned(page, what="Gap 3")
    assert "That makes 4 at a time; 3 are easier to close" in fourth.text
    assert "More than three at a time" in fourth.section("In 30 days")
    assert GapTask.objects.count() == 4


def test_what_can_not_be_a_plan_is_refused_with_its_place(page: Client, priya: Learner) -> None:
    refused = press(page, visit(page, ADD), PLAN, what="", due_on="2026-11-22", hours="0", subject="")
    assert refused.status == 422
    for words in ("Choose where it is", "Say what would show", "This day has passed", "Give half an hour or more"):
        assert words in refused.text
    assert "two years away" in planned(page, 800).text
    assert "This is no date" in press(page, visit(page, ADD), PLAN, due_on="soon").text
    assert "Choose one of these" in visit(page, ADD, {"subject": "C9", "activity_id": "nothing"}, "post").text
    assert "200 hours" in planned(page, hours="1000").text
    assert not GapTask.objects.exists()


def test_a_line_of_the_gate_begins_one_and_evidence_closes_it(page: Client, priya: Learner) -> None:
    first = visit(page, LIST)
    assert "What the gate still lacks" in first.text
    form = visit(page, f"{ADD}?line={LINE}").form(PLAN)
    assert form.values["subject"] == "C2"
    assert form.values["what"] == "Two cases argued both ways, rules and machine learning"
    assert form.values["activity_id"]
    of_line(page)
    assert GapTask.objects.get().activity_id == form.values["activity_id"]
    GapTask.objects.update(activity_id=f"gap:{LINE}")
    assert "Closed, or left open" not in visit(page, LIST).text
    entry = aware_of_framing(priya)
    assert "the evidence meets this line of the gate" in visit(page, LIST).section("Closed, or left open")
    withdraw(entry, MONDAY, "Not mine.")
    assert "Closed, or left open" not in visit(page, LIST).text


def test_an_activity_that_is_done_closes_its_gap(page: Client, priya: Learner) -> None:
    planned(page, activity_id="w26-decision")
    facts = {"options": 3, "choice": "go"}
    piece(priya, "decision", "Go", ("T",), activity_id="w26-decision", facts=facts)
    assert "done in the programme on Monday 23 November 2026" in visit(page, LIST).section("Closed, or left open")


def test_a_term_of_an_ad_is_closed_by_what_shows_it(page: Client, priya: Learner) -> None:
    row = {"learner": priya, "what": "A sheet on it", "due_on": MONDAY + timedelta(days=9)}
    piece(
        priya,
        "rules-or-ml",
        "Sorted by machine learning",
        ("C2",),
        facts={"both_ways": 2},
        body="word " * 160 + "machine learning",
    )
    backed = next(iter(backing_of(priya)))
    GapTask.objects.create(key=new_key(), subject=f"term:{backed}", **row)
    GapTask.objects.create(key=new_key(), subject="term:nothing-of-the-sort", **row)
    shown = visit(page, LIST)
    assert "shown by “Sorted by machine learning”" in shown.section("Closed, or left open")
    assert "Something that an ad asks for" in shown.section("In 30 days")


def test_a_gap_holds_its_day_in_the_plan(page: Client, priya: Learner) -> None:
    planned(page, 12, activity_id=_some_activity(priya))
    held = press(page, visit(page, LIST), "Hold its day in the plan")
    assert "The plan has moved around it" in held.text
    task = GapTask.objects.get()
    turn = turn_of(priya)
    assert turn is not None
    assert turn.inputs.choices.pinned[task.activity_id] <= task.due_on
    end = turn.plan.end_of(task.activity_id)
    assert end is not None
    assert end <= task.due_on
    freed = press(page, held, "Let the plan choose")
    assert "the plan sets its day again" in freed.text
    assert not priya.choices.exists()


def _some_activity(learner: Learner) -> str:
    turn = turn_of(learner)
    assert turn is not None
    return next(a.id for a in turn.activities.values() if not (a.requires or a.waits or a.buffer))


def test_a_day_that_the_hours_can_not_hold_is_told(page: Client, priya: Learner) -> None:
    planned(page, 0, activity_id=_some_activity(priya))
    refused = press(page, visit(page, LIST), "Hold its day in the plan")
    assert refused.status == 400
    assert "Your hours of the week can’t hold" in refused.text


def test_changed_left_open_taken_up_removed_and_brought_back(page: Client, priya: Learner) -> None:
    planned(page)
    changed = press(
        page, visit(page, visit(page, LIST).link("Change")), "Keep the change", what="A register and a memo", hours=""
    )
    assert "A register and a memo" in changed.section("In 30 days")
    left = press(page, changed, "Leave it open")
    assert "Left open since Monday 23 November 2026" in left.section("Closed, or left open")
    assert "In 30 days" in press(page, left, "Take it up again").text
    removed = press(page, visit(page, LIST), "Remove")
    assert not GapTask.objects.exists()
    back = press(page, removed, "Undo")
    assert "The gap is back" in back.text
    row = GapTask.objects.get()
    assert (row.what, row.hours, row.person, row.subject) == ("A register and a memo", None, "Anneke Vos", "C6")
    assert "Nothing is left to bring back" in visit(page, f"{LIST}{row.key}/restore/", {}, "post").text


def test_a_day_that_passed_may_stay_when_something_else_is_changed(
    page: Client, priya: Learner, on_day: Callable[[date], None]
) -> None:
    planned(page, 5)
    on_day(MONDAY + timedelta(days=10))
    late = visit(page, LIST)
    assert "A risk register" in late.section("Their day has passed")
    assert press(page, visit(page, late.link("Change")), "Keep the change", person="Marco").status == 200


def test_the_plan_is_recorded_with_its_days(page: Client, priya: Learner) -> None:
    assert visit(page, f"{LIST}record/", {"confidentiality": "private"}, "post").status == 400
    planned(page)
    planned(page, 50, what="A second one", hours="")
    press(page, visit(page, LIST), RECORD, confidentiality="redacted")
    row = priya.entries.get(kind="gap-plan")
    assert row.facts == {"gaps": 2, "dated": 2}
    assert (row.activity_id, row.competencies) == ("w26-report-and-plan", ["T"])
    assert "2.5 hours, with Anneke Vos, by Sunday 13 December 2026" in row.body
    assert "## Left open on purpose" in row.body
    assert row.words >= 80
    assert "is the plan as it stands" in visit(page, LIST).text
    assert visit(page, f"{LIST}record/", {"confidentiality": "redacted"}, "post").status == 400
    planned(page, 70, what="A third one")
    press(page, visit(page, LIST), "Record a new version")
    assert priya.entries.filter(kind="gap-plan").last().revises == row  # type: ignore[union-attr]


@pytest.mark.parametrize("action", ["", "close/", "reopen/", "remove/", "pin/", "unpin/"])
def test_a_gap_of_somebody_else_does_not_exist(
    action: str, page: Client, priya: Learner, client_of: Callable[[Learner], Client], make_learner: Callable[..., Learner]
) -> None:
    planned(page)
    sam = client_of(make_learner("Sam"))
    assert sam.post(f"{LIST}{GapTask.objects.get().key}/{action}").status_code == 404


def test_hostile_words_stay_words(page: Client, priya: Learner) -> None:
    assert "<script>alert" not in planned(page, what="<script>alert(1)</script>", person="<b>x</b>").html


def test_queries_do_not_grow_with_gaps(page: Client, priya: Learner) -> None:
    planned(page, what="One")
    few = queries_of(page, LIST)
    for n in range(5):
        planned(page, what=f"More {n}")
    assert queries_of(page, LIST) == few
