"""The plan and its weeks, as their reader has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree

from django.test import Client

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.wording import spoken_minutes, written_date
from segue.curriculum import current
from segue.evidence.actions import Work, log_time, record_work, withdraw
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from segue.schedule.queries import hours_of
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of, two_learners
from tests.records import do
from tests.work.learn.texts import CLEAR

PAGES = ("/", "/plan/", "/plan/week/2026-11-23/", "/plan/replan/", "/plan/courses/", "/plan/calendar.ics")


def test_pages_of_the_plan_only_read(page: Client) -> None:
    for path in PAGES:
        assert page.post(path).status_code == 405, path


def test_a_link_changes_nothing(page: Client) -> None:
    choices = ("/plan/choose/pin/w01-why/", "/plan/undo/pin/w01-why/")
    for path in ("/plan/replan/shift/", "/plan/courses/ai-for-everyone/take/", "/plan/feed/renew/", *choices):
        assert page.get(path).status_code == 405, path


def test_timeline_has_each_of_the_26_weeks_once(page: Client, turn: Callable[[], Turn]) -> None:
    shown = visit(page, "/plan/")
    assert shown.html.count('class="timeline__row') == 26
    for week in turn().programme.weeks:
        assert shown.text.count(f"Week {week.number} ") == 1
        assert week.outcome in shown.text
    for phase in turn().programme.phases:
        assert f"\n# {phase.title}\n" in shown.text
        assert phase.mistake in shown.text
        assert phase.guard in shown.text


def test_end_is_written_out(page: Client, turn: Callable[[], Turn]) -> None:
    ends = turn().plan.ends_on
    assert ends is not None
    assert f"At 5 h a week, you end on {written_date(ends)}." in visit(page, "/plan/").text


def test_figure_is_a_picture_with_a_table(page: Client, turn: Callable[[], Turn]) -> None:
    html = visit(page, "/plan/").html
    svg = ElementTree.fromstring(html[html.index("<svg viewBox") : html.index("</svg>", html.index("<svg viewBox")) + 6])
    assert svg.get("role") == "img"
    shown = visit(page, "/plan/").section("When am I there?")
    assert "The months of the plan" in shown
    for phase in turn().programme.phases:
        assert f"\n{phase.months}\n" in shown


def states(browser: Client) -> list[str]:
    """The state of each week, first to last."""
    rows = visit(browser, "/plan/").html.split('class="timeline__row ')[1:]
    return [row.split('"')[0].split("is-")[1] for row in rows]


def test_states_follow_the_evidence(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    done = [a.id for a in current().programme.activities if a.week == 1 and not a.buffer]
    do(priya, MONDAY, *done, "w02-explain")
    assert states(page)[:2] == ["done", "now"]
    assert set(states(page)[4:]) == {"later"}
    on_day(MONDAY + timedelta(days=28))
    assert states(page)[:3] == ["done", "slipped", "slipped"]
    assert states(page)[-1] == "later"


def test_what_moved_is_told_without_blame(page: Client, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    assert "What moved" not in visit(page, "/plan/").text
    on_day(MONDAY + timedelta(days=15))
    shown = visit(page, "/plan/").section("What moved")
    assert f"Against the plan agreed on {written_date(MONDAY)}." in shown
    assert turn().standing.slipped
    for slip in turn().standing.slipped:
        title = turn().activities[slip.task_id].title
        assert slip.now is not None
        assert f"\n{title}\n{written_date(slip.was)}\n{written_date(slip.now)}" in shown


def test_a_week_lists_its_sessions_day_by_day(page: Client, turn: Callable[[], Turn]) -> None:
    shown = visit(page, "/plan/week/2026-11-23/")
    assert shown.heading == "23 to 29 November 2026"
    sessions = turn().plan.between(MONDAY, MONDAY + timedelta(days=6))
    assert len(sessions) >= 5
    for session in sessions:
        title = turn().activities[session.task_id].title
        assert f"\n# {title}\n{spoken_minutes(session.minutes)}" in shown.text
        assert f"\n# {written_date(session.on)}\n" in shown.text
    assert f"\n# {written_date(MONDAY)}\n" not in shown.text  # a Monday has no minutes


def test_sum_of_each_day_fits_its_minutes(page: Client) -> None:
    shown = visit(page, "/plan/week/2026-11-23/")
    assert shown.text.count("1 h 30 min of 1 h 30 min") == 2
    assert shown.text.count("2 h of 2 h") == 1


def test_any_day_leads_to_its_week(page: Client) -> None:
    for day in ("2026-11-24", "2026-11-29", "20261125", "2026-W48-3"):
        assert visit(page, f"/plan/week/{day}/").heading == "23 to 29 November 2026"


def test_week_that_does_not_exist_is_not_found(page: Client) -> None:
    beyond = ("0001-01-01", "1998-12-28", "9000-01-08", "9999-12-31")
    for day in ("today", "2026-13-01", "2027-02-29", "26-11-23", "2026-11-23T00:00", "%00", "-1", "2026-W60-1", "<b>", *beyond):
        assert visit(page, f"/plan/week/{day}/").status == 404, day


def test_empty_week_says_so(page: Client) -> None:
    words = {"1999-01-04": "was recorded", "2026-11-16": "was recorded", "2027-12-27": "is planned", "8999-12-30": "is planned"}
    for day, what in words.items():
        shown = visit(page, f"/plan/week/{day}/")
        assert shown.status == 200
        assert f"Nothing {what} in this week." in shown.text


def test_a_past_week_shows_what_was_recorded_on_its_days(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    kept = record_work(priya, Work(kind="log", title="What I read", on=MONDAY, body="word " * 20, minutes=25))
    gone = record_work(priya, Work(kind="log", title="Not for here", on=MONDAY, body="word " * 20))
    withdraw(gone, MONDAY, "a mistake")
    log_time(priya, activity_id="w01-resume", minutes=40, on=MONDAY + timedelta(days=1))
    on_day(MONDAY + timedelta(weeks=3))
    shown = visit(page, f"/plan/week/{MONDAY}/")
    assert "1 h 5 min logged." in shown.text
    assert shown.link("What I read") == f"/evidence/{kept.number}/"
    assert "Store today's résumé and name five strengths" in shown.section("Tuesday 24 November 2026")
    assert "Not for here" not in shown.text
    assert "free" not in shown.text


def test_one_walks_from_week_to_week_from_the_first_to_the_last(page: Client, turn: Callable[[], Turn]) -> None:
    ends = turn().plan.ends_on
    assert ends is not None
    shown = visit(page, "/plan/week/2026-11-23/")
    assert "Week before" not in shown.text
    for number in (2, 3):
        shown = visit(page, shown.link("Week after"))
        assert f"Calendar week {number} of your plan" in shown.text
    assert visit(page, shown.link("Week before")).path == "/plan/week/2026-11-30/"
    last = visit(page, f"/plan/week/{ends.isoformat()}/")
    assert "Week after" not in last.text
    assert "End of the programme" in last.text


def test_people_are_named_in_the_week_to_ask_them(page: Client, turn: Callable[[], Turn]) -> None:
    request = turn().plan.requests[0]
    shown = visit(page, f"/plan/week/{request.ask_by.isoformat()}/")
    assert f"Ask {request.who} by {written_date(request.ask_by)}. {request.ask}" in shown.text


def test_feed_address_is_shown_and_renewed(page: Client, priya: Learner) -> None:
    hours = hours_of(priya)
    assert hours is not None
    shown = visit(page, "/plan/")
    assert f"http://testserver/plan/feed/{hours.feed_token}.ics" in shown.text
    after = press(page, shown, "Make a new address")
    assert after.path == "/plan/"
    assert hours.feed_token not in after.text
    assert "The feed has a new address." in after.text
    assert page.get(f"/plan/feed/{hours.feed_token}.ics").status_code == 404
    renewed = hours_of(priya)
    assert renewed is not None
    assert page.get(f"/plan/feed/{renewed.feed_token}.ics").status_code == 200


def test_plan_that_does_not_end_says_what_is_in_the_way(page: Client, priya: Learner) -> None:
    choose(priya, ChoiceSort.DEFER, "w01-why", on=date(2040, 1, 1))
    shown = visit(page, "/plan/")
    assert "As things stand, the plan does not end: see below what is in the way." in shown.text
    title = current().programme.by_id["w01-why"].title
    assert f"“{title}” has no day: it may not begin before Sunday 1 January 2040, more than five years ahead." in shown.text


def test_pages_ask_as_much_with_300_entries_as_with_5(
    client_of: Callable[[Learner | None], Client], make_learner: Callable[..., Learner], on_day: Callable[[date], None]
) -> None:
    today = MONDAY + timedelta(weeks=20)
    on_day(today)
    few, many = (client_of(learner) for learner in two_learners(make_learner, MONDAY, today))
    for path in ("/", "/plan/", "/plan/week/2026-11-23/", "/plan/hours/", "/plan/replan/", "/plan/courses/"):
        few.get(path)  # the first visit may fill a cache
        assert queries_of(few, path) == queries_of(many, path) <= 20, path


def test_today_offers_the_cards_that_wait_and_is_silent_without(page: Client) -> None:
    assert "to recall" not in visit(page, "/").text
    page.post("/learn/concepts/model/explain/keep/", {"text": CLEAR})
    shown = visit(page, "/")
    assert "cards to recall" in shown.text
    assert shown.link("Begin") == "/learn/recall/"
