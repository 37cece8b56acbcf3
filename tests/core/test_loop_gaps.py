"""What lacks for the last gate, what will close it by when, and which of it binds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from segue.core.activity import Activity, Programme, Yield
from segue.core.availability import Choices
from segue.core.competency import Condition, Need, Tier
from segue.core.evidence import Entry
from segue.core.loop import REVIEW_LEAD_DAYS, Gap, Turn, supplies, turn
from segue.core.projection import project_activities
from segue.core.readiness import Line
from tests.core.random_ledgers import FAIR
from tests.core.sample import ACTIVITIES, APPLY, SAMPLE, Book, activity, day, inputs, leaves, programme

PLANNED = {
    "c1-1-quiz": ("w2-quiz", 7),
    "c1-1-explained": ("w1-explain w2-explain", 4),
    "c1-1-rule-e1": ("w1-diagnostic", 0),
    "c1-2-report": ("w4-review", 18),
    "c1-2-rule-e1": ("w1-diagnostic w1-study", 2),
    "c1-2-rule-e2": ("w4-review", 18),
    "c1-3-sound": ("w4-review", 18),
    "c1-3-rule-e2": ("w4-review", 18),
    "c1-3-rule-practitioner": ("w4-review", 18),
    "c1-3-rule-data": ("w3-report", 14),
    "c1-3-rule-weeks": ("w1-diagnostic w1-study", 2),
    "c2-1-talks": ("w3-talks", 17),
    "c2-1-rule-e1": ("w2-ask", 7),
    "c2-2-either": ("w4-review", 18),
    "c2-2-rule-e1": ("w2-ask w3-report", 14),
    "c2-2-rule-e2": ("w4-review", 18),
    "t-1-stories": ("w5-stories", 25),
    "t-1-mentor": ("w6-mentor", 28),
}


def turned(entries: Iterable[Entry] = (), on: int = 0, of: Programme = SAMPLE, agreed_on: int = 0, **skipped: str) -> Turn:
    ids = {name.replace("_", "-"): reason for name, reason in skipped.items()}
    return turn(of, entries, inputs(day(agreed_on), Choices(skipped=ids)), day(on))


def without(*ids: str, more: tuple[Activity, ...] = ()) -> Programme:
    return programme(activities=(*(a for a in ACTIVITIES if a.id not in ids), *more))


def gap_of(found: Turn, line_id: str) -> Gap:
    return next(gap for gap in found.gaps if gap.line.id == line_id)


# --- status -----------------------------------------------------------------------------------------------------------------


def test_at_the_start_every_gap_is_planned() -> None:
    found = turned()
    assert {g.line.id: (" ".join(g.activity_ids), g.on) for g in found.gaps} == {i: (a, day(n)) for i, (a, n) in PLANNED.items()}
    assert {g.status for g in found.gaps} == {"planned"}
    assert found.gate_opens_on == day(28)
    assert [i for i in found.activities if i.startswith("gap:")] == []


@pytest.mark.parametrize("count", range(len(FAIR) + 1))
def test_while_the_work_goes_as_planned_every_gap_stays_planned(count: int) -> None:
    on = (FAIR[count - 1].on - day(0)).days if count else 0
    found = turned(FAIR[:count], on=on)
    assert {g.status for g in found.gaps} <= {"planned"}
    assert {g.line for g in found.gaps} == set(found.readiness.open_lines(APPLY))
    assert all(set(g.activity_ids).isdisjoint(found.state.done) for g in found.gaps)


def test_a_gap_closes_when_the_last_of_its_activities_is_planned_to_end() -> None:
    found = turned(after_half(), on=3)
    gap = gap_of(found, "c1-1-explained")
    assert (gap.line.short, gap.activity_ids) == (2, ("w1-explain", "w2-explain"))
    assert gap.on == found.plan.end_of("w2-explain")


def after_half() -> list[Entry]:
    book = Book()
    book.work("explanation", on=2, activity_id="w1-explain")
    return book.entries


def test_a_skipped_activity_leaves_its_gap_open_and_undated() -> None:
    found = turned(w5_stories="no need")
    gap = gap_of(found, "t-1-stories")
    assert (gap.status, gap.activity_ids, gap.on) == ("skipped", ("w5-stories",), None)
    assert {g.line.id for g in found.gaps if g.status != "planned"} == {"t-1-stories"}
    assert found.gate_opens_on is None


def test_a_skipped_activity_that_others_make_up_for_leaves_no_gap() -> None:
    found = turned(w2_extra="no need", w2_ask="no need", w1_diagnostic="done elsewhere")
    assert {g.status for g in found.gaps} == {"planned"}
    assert gap_of(found, "c1-1-rule-e1").activity_ids == ("w1-study",)
    assert gap_of(found, "c2-1-rule-e1").activity_ids == ("w3-report",)


def test_of_several_needed_only_the_skipped_are_named() -> None:
    found = turned(w1_explain="no need")
    assert gap_of(found, "c1-1-explained").activity_ids == ("w1-explain",)
    found = turned(w1_explain="no need", w2_explain="no need")
    assert gap_of(found, "c1-1-explained").activity_ids == ("w1-explain", "w2-explain")


# --- tasks that close gaps --------------------------------------------------------------------------------------------------


def test_a_gap_that_nothing_ahead_closes_gets_a_dated_task() -> None:
    found = turned(of=without("w5-stories"))
    gap = gap_of(found, "t-1-stories")
    assert (gap.status, gap.activity_ids) == ("task", ("gap:t-1-stories",))
    task = found.activities["gap:t-1-stories"]
    assert (task.minutes, task.week, task.people) == (60, 6, ())
    assert task.yields == (leaves("story", 2, to="T"),)
    assert (task.title, task.why) == ("Close a gap in T: Two stories", "2 more interview stories needed.")
    assert gap.on == found.plan.end_of("gap:t-1-stories") is not None
    assert sum(s.minutes for s in found.plan.sessions_of("gap:t-1-stories")) == 60
    assert next(t for t in found.state.tasks if t.id == "gap:t-1-stories").gap
    assert sum(t.gap for t in found.state.tasks) == 1
    assert found.gate_opens_on == max(g.on for g in found.gaps if g.on)


def test_the_task_is_only_for_what_the_activities_ahead_leave_open() -> None:
    found = turned(of=without("w2-explain"))
    gap = gap_of(found, "c1-1-explained")
    assert (gap.status, gap.activity_ids) == ("task", ("w1-explain", "gap:c1-1-explained"))
    assert (found.activities["gap:c1-1-explained"].minutes, found.activities["gap:c1-1-explained"].week) == (20, 1)
    assert found.activities["gap:c1-1-explained"].yields == (leaves("explanation"),)
    ends = [found.plan.end_of(i) for i in gap.activity_ids]
    assert gap.on == max(e for e in ends if e)


def test_the_task_gets_smaller_as_evidence_comes_and_goes_with_the_gap() -> None:
    book = Book()
    of = without("w5-stories")
    for minutes in (60, 30):
        found = turned(book.entries, on=1, of=of)
        assert found.activities["gap:t-1-stories"].minutes == minutes
        book.work("story", "T", on=1, activity_id="gap:t-1-stories")
    found = turned(book.entries, on=1, of=of)
    assert "gap:t-1-stories" not in found.activities
    assert "t-1-stories" not in {g.line.id for g in found.gaps}


def test_a_task_that_needs_somebody_asks_them_in_time() -> None:
    found = turned(of=without("w6-mentor"))
    task = found.activities["gap:t-1-mentor"]
    assert (task.minutes, task.yields) == (60, (leaves("mentor-review", 1, Tier.E2, "T", by=True),))
    request = next(r for r in found.plan.requests if r.task_id == "gap:t-1-mentor")
    assert (request.who, request.ask) == ("somebody who practises AI", "Ask them to look at: A mentor's review")
    assert (request.needed_on - request.ask_by).days <= REVIEW_LEAD_DAYS
    other = turned(of=without("w4-review", "w5-memo-review", "w3-report"))
    assert other.activities["gap:c2-2-either"].people[0].who == "somebody to review it"
    assert other.activities["gap:c2-2-either"].yields[0].kind == "memo"


def test_a_rule_of_a_level_gets_a_task_without_a_kind() -> None:
    found = turned(of=without("w3-report", "w4-review"))
    task = found.activities["gap:c1-3-rule-data"]
    assert (task.minutes, task.yields, task.people) == (60, (), ())
    assert gap_of(found, "c1-3-rule-data").on is not None


def test_what_faded_gets_a_task_of_its_own() -> None:
    found = turned(FAIR, on=41, agreed_on=41)
    gap = gap_of(found, "c1-1-explained")
    assert (gap.status, gap.activity_ids) == ("task", ("gap:c1-1-explained",))
    assert found.activities["gap:c1-1-explained"].why == (
        "2 more explanations needed; 2 faded: check them again by a new version."
    )
    assert found.activities["gap:c1-1-explained"].week == 2  # the last week that leaves explanations
    assert found.gate_opens_on == gap.on is not None


def test_a_skipped_task_is_told_as_skipped() -> None:
    of = without("w5-stories")
    decided = inputs(choices=Choices(skipped={"gap:t-1-stories": "never"}))
    found = turn(of, (), decided, day(0))
    gap = gap_of(found, "t-1-stories")
    assert (gap.status, gap.activity_ids, gap.on) == ("skipped", ("gap:t-1-stories",), None)
    assert found.plan.sessions_of("gap:t-1-stories") == ()
    assert found.activities["gap:t-1-stories"].title == "Close a gap in T: Two stories"
    assert found.binding.sort == "skipped"


# --- what supplies a line ---------------------------------------------------------------------------------------------------

WHERE = (Condition("score", at_least=50), Condition("data", any_of=("real",)))
ASKED = Need(("report", "memo"), 1, Tier.E2, practitioner=True, where=WHERE)
GOOD = leaves("report", 1, Tier.E2, "C1 C2", by=True, score=50, data="real")


@pytest.mark.parametrize(
    ("wanted", "counts"),
    [
        (GOOD, True),
        (replace(GOOD, tier=Tier.E3), True),
        (replace(GOOD, kind="memo"), True),
        (replace(GOOD, kind="note"), False),
        (replace(GOOD, tier=Tier.E1), False),
        (replace(GOOD, practitioner=False), False),
        (replace(GOOD, competencies=("C2",)), False),
        (replace(GOOD, expected={"score": 49, "data": "real"}), False),
        (replace(GOOD, expected={"score": 50, "data": "toy"}), False),
        (replace(GOOD, expected={}), False),
    ],
)
def test_a_yield_supplies_a_line_when_it_would_count_for_it(wanted: Yield, counts: bool) -> None:
    line = Line("x", "C1", 1, "", ASKED, 0, 1, (), "")
    assert supplies(wanted, line) is counts
    assert supplies(wanted, replace(line, need=replace(ASKED, kinds=()))) is (counts or wanted.kind == "note")


# --- what binds -------------------------------------------------------------------------------------------------------------


def bound(found: Turn) -> tuple[str, str, str, int, int]:
    binding = found.binding
    return binding.sort, binding.competency, binding.gap.line.id if binding.gap else "", binding.level, binding.expected


def test_on_time_the_next_gap_to_close_binds() -> None:
    assert bound(turned()) == ("next", "C1", "c1-1-rule-e1", 0, 0)
    done = project_activities(
        [SAMPLE.by_id[i] for i in ("w1-diagnostic", "w1-study", "w1-explain")], dict.fromkeys(SAMPLE.by_id, day(2))
    )
    found = turned(done, on=3)
    assert bound(found) == ("next", "C1", "c1-1-explained", 0, 0)
    assert found.binding.gap == min(found.gaps, key=lambda g: (g.on or day(999), g.line.id))


@pytest.mark.parametrize(
    ("on", "binds"),
    [
        (8, ("behind", "C1", "c1-1-quiz", 0, 1)),
        (18, ("behind", "C1", "c1-1-quiz", 0, 1)),  # 0.6 for one level of C1, 0.4 for one of C2
        (19, ("behind", "C1", "c1-1-quiz", 0, 3)),  # 0.6 for three levels, 0.4 for two
        (49, ("behind", "C2", "c2-1-talks", 0, 2)),  # by now the explanations would have faded
    ],
)
def test_behind_the_agreed_plan_the_competency_that_lacks_most_binds(on: int, binds: tuple[str, str, str, int, int]) -> None:
    assert bound(turned(on=on)) == binds


def test_the_weights_of_the_role_say_which_lacks_most() -> None:
    decided = replace(inputs(), weights={"C1": 0.1, "C2": 0.9})
    assert bound(turn(SAMPLE, (), decided, day(19)))[1] == "C2"
    # Without a role every competency weighs the same; the track too.
    assert bound(turn(SAMPLE, (), replace(inputs(), weights={}), day(19)))[:2] == ("behind", "C1")
    assert bound(turn(SAMPLE, [e for e in FAIR if "T" not in e.competencies], inputs(), day(35)))[:2] == ("behind", "T")


def test_what_was_skipped_binds_before_what_comes_next() -> None:
    assert bound(turned(w5_stories="no need")) == ("skipped", "T", "t-1-stories", 0, 0)
    assert bound(turned(on=8, w5_stories="no need"))[:2] == ("behind", "C1")


def one_reviewer() -> list[Entry]:
    return [replace(e, reviewer=replace(e.reviewer, name="Ann")) if e.reviewer else e for e in FAIR]


def test_when_only_people_lack_it_says_so() -> None:
    found = turned(one_reviewer(), on=36)
    assert found.gaps == ()
    assert not found.readiness.gates[-1].met
    assert (bound(found), found.gate_opens_on) == (("reviewers", "", "", 0, 0), None)
    assert bound(turned(FAIR, on=36)) == ("none", "", "", 0, 0)


def test_one_gap_without_a_day_leaves_the_gate_without_one() -> None:
    endless = activity("w5-stories", 60, leaves("story", 2, to="T"), requires=("w5-stories",))
    found = turned(of=without("w5-stories", more=(endless,)))
    assert [g.line.id for g in found.gaps if g.on is None] == ["t-1-stories"]
    assert found.gate_opens_on is None
    assert bound(found) == ("next", "C1", "c1-1-rule-e1", 0, 0)
