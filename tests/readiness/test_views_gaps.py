"""From a line that lacks to what closes it, and back; nothing on the pages leads nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import resolve

from segue.accounts.models import Learner
from segue.core.loop import Gap, Turn
from segue.core.projection import project_activities
from segue.core.readiness import Line
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from segue.schedule.queries import turn_of
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.records import activity, append_all, before_week, do

LINE, TASK = "c2-1-both-ways", "gap:c2-1-both-ways"


def turn(learner: Learner) -> Turn:
    found = turn_of(learner)
    assert found is not None
    return found


def argued(learner: Learner, both_ways: int, activity_id: str, title: str = "Search or rules") -> Entry:
    """Features of which so many were argued both ways; two are asked for."""
    facts: dict[str, float | str] = {"features": 5, "both_ways": both_ways}
    return record_work(
        learner,
        Work(
            kind="rules-or-ml",
            title=title,
            on=MONDAY,
            activity_id=activity_id,
            competencies=("C2",),
            body="word " * 200,
            facts=facts,
        ),
    )


def line_of(learner: Learner) -> Line:
    lines = (line for level in turn(learner).readiness.result("C2").levels for line in level.lines)
    return next(line for line in lines if line.id == LINE)


def gap_of(learner: Learner) -> Gap:
    return next(gap for gap in turn(learner).gaps if gap.line.id == LINE)


def test_gap_that_done_work_leaves_becomes_a_task_and_closes(page: Client, priya: Learner) -> None:
    argued(priya, 1, "w02-rules-or-ml")
    assert "Done on Monday 23 November 2026." in visit(page, "/activity/w02-rules-or-ml/").section("When")
    gap, line = gap_of(priya), line_of(priya)
    assert (gap.status, gap.activity_ids) == ("task", (TASK,))
    assert gap.on is not None
    label = f"Close a gap in C2: {line.text}"
    competency = visit(page, "/readiness/C2/")
    assert f"{line.missing} {label}, planned by {gap.on.day} {gap.on:%B %Y}." in competency.text
    task = visit(page, visit(page, "/readiness/").link(label))
    assert (task.status, task.path, task.heading) == (200, competency.link(label), label)
    form = visit(page, task.link("Record it"))
    assert (form.status, form.path) == (200, f"/evidence/new/?activity={TASK}&kind=rules-or-ml")
    better = argued(priya, 2, TASK)
    assert line_of(priya).met
    assert LINE not in {gap.line.id for gap in turn(priya).gaps}
    closed = visit(page, visit(page, f"/evidence/{better.number}/").link(label))
    assert (closed.status, closed.path) == (200, "/readiness/C2/#level-1")


def test_task_left_out_stays_open_until_it_is_brought_back(page: Client, priya: Learner) -> None:
    argued(priya, 1, "w02-rules-or-ml")
    choose(priya, ChoiceSort.SKIP, TASK, reason="Rules are enough here")
    assert gap_of(priya).status == "skipped"
    label = f"Left out: Close a gap in C2: {line_of(priya).text}"
    shown = visit(page, visit(page, "/readiness/C2/").link(label))
    assert "Left out\nRules are enough here" in shown.text
    assert "Not in the plan at present." in shown.text
    press(page, shown, "Bring back")
    assert gap_of(priya).status == "task"


def test_what_is_there_for_an_open_line_is_named(page: Client, priya: Learner) -> None:
    explained = next(line for line in turn(priya).readiness.result("C1").levels[0].lines if line.need.kinds == ("explanation",))
    for number in range(2):
        record_work(priya, Work(kind="explanation", title=f"Idea {number}", on=MONDAY, competencies=("C1",), body="word " * 70))
    after = visit(page, "/readiness/C1/").text.split(f"\n{explained.text}", 1)[1].replace("\n", "")
    assert after.startswith("2 of 10So far: Idea 0, Idea 1.8 more explanations needed.")


def test_every_link_leads_to_a_page_that_is_there(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    """Half-way, with work left out, a gap that has a task, and evidence that proves something."""
    do(priya, {i: day for i, day in before_week(14, MONDAY).items() if i != "w02-rules-or-ml"})
    argued(priya, 1, "w02-rules-or-ml")
    left_out = next(g.activity_ids[0] for g in turn(priya).gaps if g.status == "planned" and len(g.activity_ids) == 1)
    choose(priya, ChoiceSort.SKIP, left_out, reason="Later")
    on_day(MONDAY + timedelta(weeks=13))
    assert {gap.status for gap in turn(priya).gaps} == {"planned", "skipped", "task"}
    now, numbers = turn(priya), set(priya.entries.values_list("number", flat=True))
    seen: set[str] = set()
    for path in ("/readiness/", *(f"/readiness/{c.id}/" for c in now.programme.competencies)):
        for words, url in visit(page, path).links:
            assert words, (path, url)
            if url.startswith("#"):
                continue
            match = resolve(url.partition("?")[0].partition("#")[0])
            seen.add(match.view_name)
            assert match.kwargs.get("activity_id", "w01-why") in now.activities, (path, url)
            assert match.kwargs.get("number", 1) in numbers, (path, url)
            assert match.kwargs.get("competency_id", "C1") in now.programme.competency_by_id, (path, url)
    assert {"workbench:show-activity", "evidence:show-entry", "readiness:show-competency"} <= seen
    assert visit(page, f"/activity/{TASK}/").status == 200


def test_only_people_lack(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    """Every line is met, but one and the same person reviewed everything: the gate stays closed and says why."""
    days = before_week(27, MONDAY)
    entries = project_activities([activity(i) for i in days], days)
    append_all(priya, [replace(e, reviewer=replace(e.reviewer, name="Marco")) if e.reviewer else e for e in entries])
    on_day(MONDAY + timedelta(weeks=26))
    assert turn(priya).gaps == ()
    shown = visit(page, "/readiness/")
    assert "8 of 8 competencies are at the level that the gate wants." in shown.text
    first = current().programme.gates[0]
    assert f"{first.reviewers} people have reviewed your work1 of 2" in shown.section(first.name).replace("\n", "")
    assert shown.text.count("\nclosed\n") == 2
    assert "Every line of the last gate is met." not in shown.text


@pytest.mark.parametrize(
    ("path", "status", "leads_to"),
    [("/readiness/", 302, "/start/"), ("/readiness/C1/", 404, None), ("/readiness/C9/", 404, None)],
)
def test_before_the_first_hour_there_is_nothing_to_measure(
    path: str,
    status: int,
    leads_to: str | None,
    make_learner: Callable[..., Learner],
    client_of: Callable[[Learner | None], Client],
) -> None:
    response = client_of(make_learner("Nora", started=False)).get(path)
    assert (response.status_code, response.headers.get("Location")) == (status, leads_to)


@pytest.mark.parametrize("path", ["/readiness/", "/readiness/C1/"])
def test_pages_are_only_read(path: str, page: Client) -> None:
    assert page.post(path).status_code == 405
