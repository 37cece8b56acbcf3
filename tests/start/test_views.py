"""The first hour as somebody goes through it: five steps, a dated plan at the end, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.wording import written_date
from segue.curriculum import current
from segue.evidence.queries import ledger_of
from segue.schedule.queries import hours_of, turn_of
from segue.start.queries import parts
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY

STEPS = ("/start/", "/start/target/", "/start/strengths/", "/start/diagnostic/", "/start/plan/")


def right_answers(number: int) -> dict[str, str]:
    """The right answer to each question of a part."""
    return {item.id: str(item.answer) for item in parts()[number - 1].items}


def answer_all(browser: Client, answer: Callable[[int], dict[str, str]]) -> Page:
    """Sends all parts; gives the page after the last."""
    last = len(parts())
    for number in range(1, last):
        browser.post(f"/start/diagnostic/{number}/", answer(number))
    return visit(browser, f"/start/diagnostic/{last}/", answer(last), "post")


def through_the_diagnostic(browser: Client, page: Page, answer: Callable[[int], dict[str, str]]) -> Page:
    page = visit(browser, page.link("Begin"))
    for number in range(1, len(parts()) + 1):
        assert page.text.count(f"Part {number} of {len(parts())}") == 1
        page = press(browser, page, "Go on", **answer(number))
    return page


def test_first_hour_ends_with_a_dated_plan(browser: Client, newcomer: Learner) -> None:
    page = visit(browser, "/")
    assert page.path == "/start/"
    assert page.heading == "When will you work on it?"
    assert page.form("Go on").values["starts_on"] == "2026-11-23"
    page = press(browser, page, "Go on", name="Priya", why="I want to build what helps.")
    assert page.path == "/start/target/"
    page = press(browser, page, "Go on", role="ml-platform-pm")
    assert page.path == "/start/strengths/"
    page = press(browser, page, "Go on", level_C1="1", level_C7="3", note="Three launches.")
    assert page.path == "/start/diagnostic/"
    page = through_the_diagnostic(browser, page, right_answers)
    assert page.path == "/start/plan/"
    assert f"{len(current().diagnostic)} of {len(current().diagnostic)} right." in page.text
    assert "Ground you know" in page.text
    turn = turn_of(newcomer)
    assert turn is not None
    assert turn.plan.ends_on is not None
    assert f"From {written_date(MONDAY)} to {written_date(turn.plan.ends_on)}:" in page.text
    page = press(browser, page, "Agree the plan")
    assert page.path == "/"
    assert "This is your plan. It moves when your weeks do." in page.text
    assert page.heading == "Nothing planned today"  # it is a Monday, and sessions are on Tuesdays
    assert f"The next session is tomorrow, on {written_date(date(2026, 11, 24))}." in page.text
    newcomer.refresh_from_db()
    assert newcomer.started_at is not None


def test_pages_before_the_first_hour_lead_to_it(browser: Client) -> None:
    for path in ("/", "/plan/", "/plan/hours/", "/readiness/", "/learn/", *STEPS):
        page = visit(browser, path)
        assert (page.status, page.path) == (200, "/start/"), path
    for path in ("/plan/week/2026-11-23/", "/plan/replan/", "/plan/courses/", "/plan/calendar.ics", "/readiness/C1/"):
        assert visit(browser, path).status == 404, path
    assert visit(browser, "/activity/w01-diagnostic/").status == 404
    assert visit(browser, "/start/diagnostic/1/").status == 404


def test_each_step_is_kept_when_one_stops_after_it(browser: Client) -> None:
    page = visit(browser, "/start/")
    typed = {"day_0": "45", "day_1": "", "session_at": "06:30", "off-0-first": "2026-12-21", "off-0-last": "2027-01-03"}
    press(browser, page, "Go on", **typed, **{"off-0-reason": "Skiing", "name": "Priya N.", "why": "For <b>me</b>,\nand us."})
    again = visit(browser, "/start/").form("Go on").values
    assert {name: again[name] for name in typed} == {**typed, "day_1": "0"}
    assert again["off-0-reason"] == "Skiing"
    assert again["name"] == "Priya N."
    assert again["why"].replace("\r", "") == "For <b>me</b>,\nand us."

    page = press(browser, visit(browser, "/start/target/"), "Go on", role="internal-ai-pm")
    assert visit(browser, "/start/target/").form("Go on").values["role"] == "internal-ai-pm"

    press(browser, page, "Go on", level_C4="2", note="I ran experiments.")
    again = visit(browser, "/start/strengths/").form("Go on").values
    assert again["level_C4"] == "2"
    assert "level_C5" not in again
    assert again["note"] == "I ran experiments."

    press(browser, visit(browser, "/start/diagnostic/1/"), "Go on", **right_answers(1))
    again = visit(browser, "/start/diagnostic/1/").form("Go on").values
    assert right_answers(1).items() <= again.items()
    assert visit(browser, "/start/diagnostic/").link("Go on with the questions") == "/start/diagnostic/1/"


def test_stepper_shows_where_one_is(browser: Client) -> None:
    visit(browser, "/start/")
    press(browser, visit(browser, "/start/"), "Go on")
    for at, path in enumerate(STEPS):
        page = visit(browser, path)
        stepper = page.html[page.html.index('class="stepper"') : page.html.index("</ol>")]
        assert stepper.count("stepper__step--done") == at, path
        assert stepper.count('aria-current="step"') == 1, path


def test_role_decides_the_order_and_may_be_changed(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    page = visit(browser, "/start/target/")
    roles = current().programme.roles
    assert page.form("Go on").options["role"] == [role.id for role in roles]
    for role in roles:
        assert f"{role.name}: {role.summary}" in page.text
        press(browser, page, "Go on", role=role.id)
        newcomer.refresh_from_db()
        turn = turn_of(newcomer)
        assert turn is not None
        assert turn.inputs.weights == role.weights


def test_role_that_does_not_exist_is_refused(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    page = press(browser, visit(browser, "/start/target/"), "Go on", role="<b>king</b>")
    assert page.status == 422
    assert "Which role do you aim at?: Select a valid choice. <b>king</b> is not one of the available choices." in page.text
    assert "<b>king" not in page.html
    newcomer.refresh_from_db()
    assert newcomer.role_target == "ai-feature-pm"


def test_answers_that_do_not_exist_are_refused(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    first, second = (item.id for item in parts()[0].items[:2])
    page = press(browser, visit(browser, "/start/diagnostic/1/"), "Go on", **{first: "7", second: "1"})
    assert page.status == 422
    assert "Select a valid choice. 7 is not one of the available choices." in page.text
    assert page.form("Go on").values[second] == "1"
    page = press(browser, visit(browser, "/start/strengths/"), "Go on", level_C1="9", note="Launches")
    assert page.status == 422
    assert "9 is not one of the available choices." in page.text
    assert page.form("Go on").values["note"] == "Launches"
    assert not ledger_of(newcomer).entries


@pytest.mark.parametrize("number", [0, 9, 99])
def test_part_that_does_not_exist_is_not_found(browser: Client, number: int) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    assert visit(browser, f"/start/diagnostic/{number}/").status == 404


def test_diagnostic_may_be_skipped(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    page = visit(browser, visit(browser, "/start/diagnostic/").link("Leave it out: plan everything"))
    assert page.heading == "Your plan"
    assert "Ground you know" not in page.text
    assert press(browser, page, "Agree the plan").path == "/"
    assert not ledger_of(newcomer).artefacts


def test_diagnostic_taken_again_replaces_what_is_known(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    answer_all(browser, right_answers)
    assert ledger_of(newcomer).known_concepts
    page = visit(browser, "/start/diagnostic/")
    assert "You have taken it before. Taking it again replaces what is known." in page.text
    assert page.link("Begin") == "/start/diagnostic/1/"
    page = answer_all(browser, lambda number: dict.fromkeys(right_answers(number), "x"))
    assert f"0 of {len(current().diagnostic)} right." in page.text
    assert "Ground you know" not in page.text
    ledger = ledger_of(newcomer)
    assert [(a.kind, len(a.versions)) for a in ledger.artefacts] == [("diagnostic", 2)]  # a second version, not a second piece
    assert not ledger.known_concepts


def test_last_part_sent_twice_records_the_diagnostic_once(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    answer_all(browser, right_answers)
    known = ledger_of(newcomer).known_concepts
    last = f"/start/diagnostic/{len(parts())}/"
    page = press(browser, visit(browser, last), "Go on")
    assert f"{len(current().diagnostic)} of {len(current().diagnostic)} right." in page.text
    assert len(ledger_of(newcomer).artefacts) == 1
    assert ledger_of(newcomer).known_concepts == known


def test_going_back_to_one_part_keeps_the_others(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    answer_all(browser, right_answers)
    wrong = {item: "x" for item in right_answers(len(parts()))}
    press(browser, visit(browser, f"/start/diagnostic/{len(parts())}/"), "Go on", **wrong)
    ledger = ledger_of(newcomer)
    count = len(current().diagnostic)
    assert ledger.artefacts[-1].latest.facts["score"] == round(100 * (count - len(wrong)) / count)


def test_note_without_a_rating_is_kept(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on")
    press(browser, visit(browser, "/start/strengths/"), "Go on", note="Ten launches.")
    assert visit(browser, "/start/strengths/").form("Go on").values["note"] == "Ten launches."
    assert not ledger_of(newcomer).entries


def test_second_first_hour_keeps_the_first_date_and_the_evidence(
    browser: Client, newcomer: Learner, on_day: Callable[[date], None]
) -> None:
    press(browser, visit(browser, "/start/"), "Go on", why="word " * 40)
    press(browser, visit(browser, "/start/plan/"), "Agree the plan")
    newcomer.refresh_from_db()
    started = newcomer.started_at
    on_day(date(2026, 12, 7))
    press(browser, visit(browser, "/start/"), "Go on", day_1="60")
    press(browser, visit(browser, "/start/plan/"), "Agree the plan")
    newcomer.refresh_from_db()
    assert newcomer.started_at == started
    assert [e.title for e in newcomer.entries.all()] == ["Why I want this"]
    hours = hours_of(newcomer)
    assert hours is not None
    assert hours.agreed_on == date(2026, 12, 7)


def test_text_with_html_is_shown_as_text(browser: Client, newcomer: Learner) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    texts = {"name": evil, "why": evil, "off-0-reason": evil}
    page = press(browser, visit(browser, "/start/"), "Go on", **texts, starts_on=evil, session_at=evil, day_0=evil)
    assert page.status == 422
    assert "<script>alert" not in page.html
    assert "<img" not in page.html
    values = page.form("Go on").values
    assert {name: values[name] for name in (*texts, "starts_on", "session_at", "day_0")} == dict.fromkeys(
        (*texts, "starts_on", "session_at", "day_0"), evil
    )
    dates = {"off-0-first": "2026-12-01", "off-0-last": "2026-12-02"}
    press(browser, visit(browser, "/start/"), "Go on", **texts, **dates)
    press(browser, visit(browser, "/start/strengths/"), "Go on", note=evil, level_C1="1")
    page = press(browser, visit(browser, "/start/plan/"), "Agree the plan")
    for path in ("/", "/start/", "/start/strengths/", "/plan/hours/", "/evidence/", "/evidence/2/"):
        html = visit(browser, path).html
        assert "<script>alert" not in html, path
        assert "<img src=x" not in html, path
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.why) == (evil, evil)
