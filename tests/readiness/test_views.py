"""How ready, as its reader has it: levels with their reasons, the gates, what lacks and when it comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.curriculum import current
from segue.evidence.actions import Work, rate_self, record_work, withdraw
from segue.evidence.models import Entry
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from segue.schedule.queries import turn_of
from tests.browsing import visit
from tests.conftest import MONDAY
from tests.counting import queries_of, two_learners
from tests.records import before_week, do

LEVELS = ("not yet", "Aware", "Working", "Practitioner", "Lead")


def turn(learner: Learner) -> Turn:
    found = turn_of(learner)
    assert found is not None
    return found


def work(learner: Learner, title: str, **more: object) -> Entry:
    """Two features judged both ways, which is what level 1 of framing asks for."""
    fields = {"kind": "rules-or-ml", "on": MONDAY, "competencies": ("C2",), "body": "word " * 160, **more}
    return record_work(learner, Work(title=title, **fields))  # type: ignore[arg-type]


def test_at_the_start_everything_is_still_to_prove(page: Client, priya: Learner) -> None:
    shown = visit(page, "/readiness/")
    opens = turn(priya).gate_opens_on
    assert opens is not None
    assert f"With what is planned, the last gate opens on {written_date(opens)}." in shown.text
    assert "0 of 8 competencies are at the level that the gate wants." in shown.text
    rows = shown.section("The eight competencies")
    for competency in current().programme.competencies:
        if not competency.is_track:
            wanted = current().programme.gates[-1].levels[competency.id]
            row = f"\n{competency.id} {competency.name}\n0 not yet\n{wanted} {LEVELS[wanted]}\n–\n"
            assert row in rows
    assert "\nT Transition\nnot yet\ncomplete, to apply\n" in rows
    assert "How it grew" not in shown.text


def test_gates_say_line_by_line_what_they_want(page: Client, priya: Learner) -> None:
    shown = visit(page, "/readiness/")
    first, second = turn(priya).readiness.gates
    card = shown.section(first.gate.name)
    for line in first.lines:
        assert f"{line.text}\n{line.tally}" in card.replace(f"{line.text}{line.tally}", f"{line.text}\n{line.tally}")
    assert f"All that “{first.gate.name}” asks for, and:" in shown.section(second.gate.name)
    assert "Transition: complete" in shown.section(second.gate.name)


def test_every_gap_stands_with_the_day_of_the_plan(page: Client, priya: Learner) -> None:
    now = turn(priya)
    shown = visit(page, "/readiness/").section("What is missing, and when it is planned")
    assert f"{len(now.gaps)} lines still to meet" in shown
    for gap in now.gaps:
        assert gap.on is not None
        assert gap.on == max(now.plan.end_of(i) or date.max for i in gap.activity_ids)
        assert gap.line.text in shown
    days = [f"{gap.on.day} {gap.on:%b %Y}" for gap in sorted(now.gaps, key=lambda g: g.on or date.max) if gap.on]
    assert [line for line in shown.split("\n") if line in set(days)] == days


def test_what_closes_a_gap_is_named_and_linked(page: Client, priya: Learner) -> None:
    gap = next(g for g in turn(priya).gaps if len(g.activity_ids) == 1)
    title = turn(priya).activities[gap.activity_ids[0]].title
    shown = visit(page, "/readiness/")
    assert shown.link(title) == f"/activity/{gap.activity_ids[0]}/"


def test_left_out_work_is_told_where_it_lacks(page: Client, priya: Learner) -> None:
    gap = next(g for g in turn(priya).gaps if len(g.activity_ids) == 1)
    choose(priya, ChoiceSort.SKIP, gap.activity_ids[0], reason="No")
    shown = visit(page, "/readiness/")
    assert f"Left out: {turn(priya).activities[gap.activity_ids[0]].title}" in shown.text
    assert "no date" in shown.section("What is missing, and when it is planned")
    assert "Some lines have nothing planned that would meet them: see what is missing." in shown.text


def test_evidence_raises_a_level_and_a_claim_does_not(page: Client, priya: Learner) -> None:
    work(priya, "Too short", body="word " * 10)
    rate_self(priya, "C2", 3, MONDAY)
    rows = visit(page, "/readiness/").section("The eight competencies")
    assert (
        "\nC2 Problem framing, AI fit and scope\n0 not yet\n3 Practitioner\n3 Practitioner\nabove the evidence so far\n" in rows
    )
    do(priya, before_week(10, MONDAY, MONDAY))
    rows = visit(page, "/readiness/").section("The eight competencies")
    reached = turn(priya).readiness.levels()["C2"]
    assert reached >= 1
    assert f"\nC2 Problem framing, AI fit and scope\n{reached} {LEVELS[reached]}\n" in rows


def test_open_gate_says_so(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + timedelta(weeks=26))
    shown = visit(page, "/readiness/")
    assert "Every line of the last gate is met." in shown.text
    assert "8 of 8 competencies are at the level that the gate wants." in shown.text
    assert "What is missing" not in shown.text
    assert shown.text.count("\nopen\n") == 2


def test_growth_is_a_picture_with_a_table(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + timedelta(weeks=30))
    table = visit(page, "/readiness/").section("How it grew")
    assert " gained since " in table
    assert "Level by week" in table
    today = MONDAY + timedelta(weeks=30)
    assert (
        f"\n{today.day} {today:%b %Y}\n" + "\n".join(str(turn(priya).readiness.levels()[f"C{n}"]) for n in range(1, 9)) in table
    )


@pytest.mark.parametrize("competency", [c.id for c in current().programme.competencies])
def test_each_competency_opens_with_its_levels_and_lines(competency: str, page: Client, priya: Learner) -> None:
    shown = visit(page, f"/readiness/{competency}/")
    result = turn(priya).readiness.result(competency)
    assert shown.heading == f"{competency} {result.competency.name}"
    assert result.competency.summary in shown.text
    for level in result.levels:
        assert level.level.observable in shown.text
        for line in level.lines:
            assert f"\n{line.text}" in shown.text
            assert line.missing in shown.text
    assert "planned by " in shown.text


@pytest.mark.parametrize("competency", ["C9", "c1", "C0", "T1", "C1/x", "<b>", "%00", "C1 "])
def test_unknown_competency_is_not_found(page: Client, competency: str) -> None:
    assert visit(page, f"/readiness/{competency}/").status == 404


def test_line_names_the_evidence_that_meets_it_and_what_lacks(page: Client, priya: Learner) -> None:
    entry = work(priya, "Search <i>or</i> rules")
    shown = visit(page, "/readiness/C2/")
    first, second = turn(priya).readiness.result("C2").levels[:2]
    line = next(line for line in second.lines if line.id == "c2-2-rule-e1")
    assert (line.by, line.tally) == ((entry.number,), "1 of 2")
    assert shown.link("Search <i>or</i> rules") == f"/evidence/{entry.number}/"
    assert "<i>or" not in shown.html
    after = shown.text.split(f"\n{line.text}", 1)[1]
    assert after.replace("\n", "").startswith(line.tally)
    assert f"\n{line.missing} " in after
    met = next(line for line in first.lines if line.id == "c2-1-rule-e1")
    assert shown.text.split(f"\n{met.text}", 1)[1].replace("\n", "").startswith("metMet by Search <i>or</i> rules.")


def test_long_proof_is_cut_with_a_count(page: Client, priya: Learner) -> None:
    for number in range(9):
        work(priya, f"Sheet {number}")
    shown = visit(page, "/readiness/C2/")
    assert "Sheet 5 and 3 more." in shown.text


def test_untitled_evidence_has_a_number_to_press(page: Client, priya: Learner) -> None:
    entry = work(priya, "")
    assert visit(page, "/readiness/C2/").link(f"Entry {entry.number}") == f"/evidence/{entry.number}/"


def test_withdrawn_evidence_proves_nothing(page: Client, priya: Learner) -> None:
    entry = work(priya, "Search or rules")
    withdraw(entry, MONDAY, "A mistake")
    assert "Search or rules" not in visit(page, "/readiness/C2/").text


def test_self_rating_above_the_evidence_is_told(page: Client, priya: Learner) -> None:
    assert "You rated yourself above" not in visit(page, "/readiness/C4/").text
    rate_self(priya, "C4", 1, MONDAY)
    assert "You rated yourself above what the evidence shows so far." in visit(page, "/readiness/C4/").text


def test_nobody_elses_evidence_shows_or_counts(page: Client, priya: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("Sam")
    mine = work(priya, "My own sheet")
    for number in range(3):
        assert work(sam, f"Sheet of Sam {number}").number >= mine.number
    rate_self(sam, "C2", 3, MONDAY)
    for path in ("/readiness/", "/readiness/C2/", "/", "/plan/"):
        assert "of Sam" not in visit(page, path).text
    assert "My own sheet" in visit(page, "/readiness/C2/").text
    assert turn(priya).readiness.result("C2").self_level is None


def test_pages_ask_as_much_with_300_entries_as_with_5(
    client_of: Callable[[Learner | None], Client], make_learner: Callable[..., Learner], on_day: Callable[[date], None]
) -> None:
    today = MONDAY + timedelta(weeks=20)
    on_day(today)
    few, many = (client_of(learner) for learner in two_learners(make_learner, MONDAY, today))
    for path in ("/readiness/", "/readiness/C1/"):
        few.get(path)  # the first visit may fill a cache
        assert queries_of(few, path) == queries_of(many, path) <= 12, path
