"""A replay through its pages: set up, worked out, seen, decided, looked back on, recorded, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.jobs.models import Job, State
from segue.work.deepen.actions import replays as actions
from segue.work.deepen.jobs import HANDLERS
from segue.work.deepen.models import Replay
from segue.work.deepen.monitors import Monitors
from segue.work.deepen.queries.replays import course_in
from segue.work.deepen.replay_text import report_of
from segue.work.deepen.replaying import WEEKS
from segue.work.lab.actions.runs import remove
from segue.work.lab.replay import Played
from tests.browsing import Page, press, visit
from tests.counting import queries_of
from tests.work.deepen.replayed import BEGINS, SCRIPT, plan_of, replay_row, weeks_of
from tests.work.deepen.sliced import sliced_run

LIST, NEW, SHOW = "/deepen/replay/", "/deepen/replay/new/", "/deepen/replay/replay/"
WHO = {"owner": "Ines, data scientist", "fallback": "A person reads them."}
MAKE, NEXT, FIRST = "Work out the weeks", "Next week", "Show the first week"


def on(page: Client, weeks: int = 1) -> Page:
    shown = visit(page, SHOW)
    for _ in range(weeks):
        shown = press(page, shown, NEXT if "Next week" in shown.text else FIRST)
    return shown


def decide(page: Client, choice: str, why: str = "The interval lies below the floor.") -> Page:
    return press(page, visit(page, SHOW), "Decide", choice=choice, why=why)


def to_the_end(page: Client) -> Page:
    """Trains and ships in the week of the shift, then goes on to the end."""
    on(page, BEGINS)
    decide(page, "retrain")
    decide(page, "ship")
    return on(page, WEEKS - BEGINS)


# --- setting it up ---


def test_without_a_run_one_is_sent_to_the_lab(page: Client, priya: Learner) -> None:
    for path in (LIST, NEW):
        shown = visit(page, path)
        assert "There is no run to replay" in shown.text
        assert shown.link("To the Lab") == "/lab/"


def test_without_the_parts_of_the_lab_it_says_so(page: Client, priya: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    replay_row(priya)
    monkeypatch.setattr("segue.work.deepen.queries.replays.is_installed", lambda: False)
    monkeypatch.setattr("segue.work.deepen.views.replays.is_installed", lambda: False)
    shown = visit(page, LIST)
    assert "The Lab is not installed here" in shown.text
    assert "Week 1" in on(page).text
    assert "The Lab is not installed here" in visit(page, NEW).text
    assert visit(page, NEW, {"run": "1"}, "post").status == 422


def test_the_monitors_are_set_and_a_worker_is_asked(page: Client, priya: Learner) -> None:
    run = sliced_run(priya)
    form = visit(page, visit(page, LIST).link("Set one up"))
    assert "“topic”" in form.text
    assert "The rows of this run have no time" in form.text
    shown = press(page, form, MAKE, **WHO, seed="12", floor="0.6", length="", every="4")
    row = Replay.objects.get()
    assert shown.path == f"{LIST}{row.key}/"
    assert "Waiting for the worker" in shown.text
    assert "Length of texts" not in shown.text
    assert (row.analysis, row.version, row.split, row.shift, row.seed) == (run.pk, 1, "seeded", "any", 12)
    assert row.plan["monitors"]["floor"] == 0.6
    assert Job.objects.get().payload == {"replay": row.pk}
    assert "Being worked out" in visit(page, LIST).text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"owner": ""}, "Say who."),
        ({"fallback": ""}, "Say what they get."),
        ({"mix": "", "length": ""}, "Nothing would ever fire"),
        ({"mix": "a lot"}, "Give a number, such as 0.25."),
        ({"mix": "nan"}, "Give a number, such as 0.25."),
        ({"floor": "60"}, "0.99 is the most."),
        ({"seed": "-1"}, "1 is the least."),
        ({"every": "0"}, "1 is the least."),
        ({"split": "time"}, "The rows of this run have no time."),
        ({"split": "seeded", "shift": "gone"}, "Choose one of these."),
        ({"labels": "7"}, "Choose one of these."),
    ],
)
def test_what_can_not_be_is_said_and_what_was_typed_stays(typed: dict[str, str], says: str, page: Client, priya: Learner) -> None:
    sliced_run(priya)
    sent = {**visit(page, NEW).form(MAKE).values, **WHO, "seed": "5", **typed}
    refused = visit(page, NEW, sent, "post")
    assert refused.status == 422
    assert says in refused.text
    assert refused.form(MAKE).values["seed"] == sent["seed"]
    assert not Replay.objects.exists()


def test_somebody_elses_run_is_not_there(page: Client, priya: Learner, make_learner: Callable[[str], Learner]) -> None:
    other = sliced_run(make_learner("Sam"))
    sliced_run(priya)
    assert visit(page, f"{NEW}?run={other.pk}").status == 404


def test_there_are_so_many_replays_and_no_more(page: Client, priya: Learner) -> None:
    sliced_run(priya)
    for number in range(20):
        replay_row(priya, key=f"r{number}")
    assert "There are 20 replays already" in press(page, visit(page, NEW), MAKE, **WHO).text


# --- the worker ---


def begun(priya: Learner) -> tuple[Replay, Job]:
    row = replay_row(priya, weeks=[])
    actions.work_out_again(row)
    return Replay.objects.get(pk=row.pk), Job.objects.get()


def test_the_worker_keeps_the_weeks_once(page: Client, priya: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sliced_run(priya)
    row, job = begun(priya)
    Replay.objects.filter(pk=row.pk).update(analysis=run.pk, shift="any")
    about = plan_of(Monitors())["about"] | {"classes": ["fi\x00ne", SCRIPT], "target": "to\x00pic"}
    played = Played("short", about, weeks_of())
    monkeypatch.setattr("segue.work.deepen.jobs.play", lambda *given: played)
    HANDLERS[job.kind](job, lambda percent, step: None)
    found = Replay.objects.get()
    assert (found.shift, len(found.weeks)) == ("short", WEEKS)
    assert (found.plan["about"]["classes"], found.plan["about"]["target"]) == (["fine", SCRIPT], "topic")
    monkeypatch.setattr("segue.work.deepen.jobs.play", lambda *given: pytest.fail("played twice"))
    HANDLERS[job.kind](job, lambda percent, step: None)
    assert visit(page, SHOW).heading == f"Replay of {SCRIPT}.csv"


def test_a_worker_without_data_says_so_and_one_without_a_replay_is_done(priya: Learner) -> None:
    run = sliced_run(priya)
    row, job = begun(priya)
    Replay.objects.filter(pk=row.pk).update(analysis=run.pk)
    remove(run)
    with pytest.raises(UserError, match="was deleted"):
        HANDLERS[job.kind](job, lambda percent, step: None)
    Replay.objects.all().delete()
    assert HANDLERS[job.kind](job, lambda percent, step: None) == {}


def test_how_far_it_is_comes_alone_where_htmx_asks(page: Client, priya: Learner) -> None:
    begun(priya)
    part = page.get(SHOW, headers={"HX-Request": "true"}).content.decode()
    assert "Waiting for the worker" in part
    assert "<html" not in part
    Job.objects.update(state=State.RUNNING, progress=40, step="Training models")
    assert "Training models" in visit(page, SHOW).text
    Replay.objects.update(weeks=weeks_of())
    assert page.get(SHOW, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(("state", "says"), [(State.FAILED, "Too few rows."), (State.CANCELLED, "were not worked out")])
def test_what_came_to_nothing_can_be_tried_again(state: State, says: str, page: Client, priya: Learner) -> None:
    begun(priya)
    Job.objects.update(state=state, error="Too few rows.")
    shown = visit(page, SHOW)
    assert says in shown.text
    assert "Waiting for the worker" in press(page, shown, "Try again").text
    assert Job.objects.count() == 2
    visit(page, f"{SHOW}again/", {}, "post")
    assert Job.objects.count() == 2


# --- the weeks ---


def test_weeks_come_one_by_one_and_nothing_ahead_is_told(page: Client, priya: Learner) -> None:
    replay_row(priya)
    before = visit(page, SHOW)
    assert "0 of 12" in before.text
    assert "went from 10%" not in before.html
    first = press(page, before, FIRST)
    assert "Week 1" in first.text
    assert "Nothing fired." in first.text
    assert "0.70 (0.62 to 0.78)" in first.text
    press(page, before, FIRST)  # pressed twice
    assert Replay.objects.get().shown == 1
    assert "0.50" not in on(page, 2).section("Week 3").partition("Decide")[0]


def test_an_alarm_asks_for_a_decision_with_its_reason(page: Client, priya: Learner) -> None:
    replay_row(priya)
    shown = on(page, BEGINS)
    assert "The score is below the floor of 0.60: 0.50 (0.42 to 0.58)." in shown.text
    assert NEXT not in shown.text
    waits = visit(page, f"{SHOW}next/", {"seen": str(BEGINS)}, "post")
    assert "waits for a decision" in waits.text
    refused = press(page, shown, "Decide", choice="hold", why=" ")
    assert refused.status == 422
    assert "A decision needs its reason." in refused.text
    without = visit(page, f"{SHOW}decide/", {"week": str(BEGINS), "why": "Because."}, "post")
    assert without.status == 422
    assert without.form("Decide").values["why"] == "Because."
    assert NEXT in press(page, shown, "Decide", choice="hold", why="One week is no trend.").text
    stale = press(page, shown, "Decide", choice="hold", why="Again.")
    assert "was decided already" in stale.text
    assert len(Replay.objects.get().decisions) == 1
    assert "One week is no trend." in on(page).section("What you decided before")


def test_a_challenger_is_compared_on_the_same_rows_and_only_used_when_shipped(page: Client, priya: Learner) -> None:
    replay_row(priya)
    on(page, BEGINS)
    compared = decide(page, "retrain", f"{SCRIPT} its interval is below.")
    assert "In use: 0.50 (0.42 to 0.58). Challenger: 0.70 (0.62 to 0.78)" in compared.text
    assert "better, and by more than chance" in compared.text
    assert "<script>alert" not in compared.html
    assert set(compared.form("Decide").options["choice"]) == {"ship", "hold"}
    assert "The first model" in compared.section("Where it stands")
    decide(page, "ship")
    assert "The model of week 5" in on(page).section("Where it stands")


def test_a_rolled_back_model_leaves_the_rule(page: Client, priya: Learner) -> None:
    replay_row(priya)
    on(page, BEGINS)
    decide(page, "roll-back")
    shown = on(page)
    assert "always the commonest class" in shown.section("Where it stands")
    assert "0.30 (0.22 to 0.38)" in shown.text


def test_the_sheet_of_the_decision_is_offered_with_its_figures(page: Client, priya: Learner) -> None:
    replay_row(priya)
    on(page, BEGINS)
    decide(page, "retrain")
    shown = decide(page, "ship")
    card = shown.section("On one page")
    assert "0.50 (0.42 to 0.58)" in card
    assert "The first model" in card
    assert shown.link("Ship, hold or retrain") == "/deepen/sheets/lifecycle-decision/edit/"


# --- the end ---


def test_hindsight_tells_what_nobody_could_know(page: Client, priya: Learner) -> None:
    replay_row(priya)
    end = to_the_end(page)
    seen = end.section("In hindsight")
    assert "The shift began in week 5: The class “bad” went from 10% of rows to 20%." in seen
    assert "An alarm fired in that very week." in seen
    assert "False alarms before it: 0." in seen
    assert "It was trained again once; 1 shipped." in seen
    assert "the shift begins" in end.html
    assert NEXT not in end.text


def test_the_report_is_recorded_once_and_then_as_a_new_version(page: Client, priya: Learner) -> None:
    replay_row(priya)
    early = visit(page, f"{SHOW}record/", {"words": "Prices.", "confidentiality": "private"}, "post")
    assert "not over yet" in early.text
    end = to_the_end(page)
    assert "Say what you think it was" in press(page, end, "Record the report", words="").text
    press(page, end, "Record the report", words="A new class of complaints.", confidentiality="redacted")
    entry = priya.entries.get()
    assert (entry.kind, entry.activity_id, entry.confidentiality) == ("drift-report", "w20-drift", "redacted")
    assert entry.facts == {"split": "random", "items": 240, "before": 72.0, "after": 50.0, "data": "realistic"}
    for said in ("A new class of complaints.", "shift was put in on purpose by a seed", "Week 5, retrain", "difference +0.20"):
        assert said in entry.body
    shown = visit(page, SHOW)
    assert "is the report as it stands" in shown.text
    assert shown.link("Ask for a review") == f"/evidence/{entry.number}/ask-review/"
    assert "in the ledger as it stands" in press(page, shown, "Record a new version").text
    press(page, shown, "Record a new version", words="Or the season.")
    assert priya.entries.last().revises == entry  # type: ignore[union-attr]
    assert "Recorded as entry" in visit(page, LIST).text


def test_a_report_by_time_says_from_when_to_when(priya: Learner) -> None:
    weeks = weeks_of()
    for number, week in enumerate(weeks, 1):
        week["from"], week["to"] = f"2026-03-{number:02}", f"2026-03-{number:02}"
    plan = plan_of(Monitors(mix=9, owner="Ines", fallback="A person."), begins=0)
    row = replay_row(priya, split="time", shift="", weeks=weeks, plan=plan, shown=WEEKS)
    text = report_of(row, course_in(row))
    assert "Split by time" in text
    assert "from 2026-03-01 to 2026-03-12" in text
    assert "Nobody put a shift in" in text
    assert "Nothing fired, and nothing was decided." in text


def test_files_that_are_gone_leave_the_replay(page: Client, priya: Learner) -> None:
    run = sliced_run(priya)
    replay_row(priya, analysis=run.pk)
    remove(run)
    assert "Week 2" in on(page, 2).text
    assert visit(page, LIST).link(f"{SCRIPT}.csv, seed 7") == SHOW


def test_it_is_removed_and_comes_back(page: Client, priya: Learner) -> None:
    replay_row(priya)
    on(page, BEGINS)
    decide(page, "hold")
    before = Replay.objects.values().get()
    gone = press(page, visit(page, SHOW), "Remove this replay")
    assert not Replay.objects.exists()
    assert press(page, gone, "Undo").path == SHOW
    after = Replay.objects.values().get()
    assert {**before, "id": 0} == {**after, "id": 0}
    late = visit(page, f"{SHOW}restore/", {}, "post")
    assert "Nothing is left to bring back" in late.text


def test_a_replay_is_its_owners_alone(page: Client, client_of: Any, priya: Learner, make_learner: Any) -> None:
    replay_row(make_learner("Sam"))
    assert visit(page, SHOW).status == 404
    for path in ("next", "decide", "record", "remove", "again"):
        assert visit(page, f"{SHOW}{path}/", {}, "post").status == 404


def test_the_number_of_queries_does_not_grow(page: Client, priya: Learner) -> None:
    replay_row(priya)
    visit(page, LIST)
    one = queries_of(page, LIST)
    early = queries_of(page, SHOW)
    for number in range(5):
        replay_row(priya, key=f"r{number}")
    to_the_end(page)
    assert queries_of(page, LIST) == one
    assert queries_of(page, SHOW) <= early + 2
