"""The calendar file, read by another program's rules (RFC 5545) and held against the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import icalendar
import pytest
from dateutil import rrule  # type: ignore[import-untyped]
from django.test import Client
from icalendar import Component, Event

from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.curriculum import current
from segue.plan.calendar import build_calendar
from segue.schedule.actions import renew_feed
from segue.schedule.queries import hours_of
from tests.conftest import MONDAY, WEEKDAY_MINUTES, give_hours
from tests.records import before_week, do

pytestmark = pytest.mark.django_db
STAMP = datetime(2026, 11, 23, 20, 15, 30, tzinfo=UTC)
EVENING = time(19)


def events(raw: bytes) -> list[Event]:
    """Every event of a file that has no fault anywhere and nothing but events in it."""
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar.walk() == [calendar, *calendar.subcomponents]
    assert not any(component.errors for component in calendar.walk())
    assert all(isinstance(component, Event) for component in calendar.subcomponents)
    return [component for component in calendar.subcomponents if isinstance(component, Event)]


def of(turn: Turn, at: time = EVENING) -> list[Event]:
    return events(build_calendar(turn, at, STAMP))


def words(event: Component, name: str) -> str:
    return str(event[name])


def sessions(found: list[Event]) -> list[Event]:
    return [e for e in found if "CATEGORIES" in e]


def all_day(found: list[Event]) -> list[Event]:
    return [e for e in found if not isinstance(e.decoded("dtstart"), datetime)]


def look_back(found: list[Event]) -> Event:
    (event,) = [e for e in found if "RRULE" in e]
    return event


def test_calendar_says_what_it_is_and_each_event_what_it_must(turn: Callable[[], Turn]) -> None:
    raw = build_calendar(turn(), EVENING, STAMP)
    calendar = icalendar.Calendar.from_ical(raw)
    assert (words(calendar, "version"), words(calendar, "prodid")) == ("2.0", "-//Segue//Plan//EN")
    assert words(calendar, "method") == "PUBLISH"
    for event in events(raw):
        for required in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
            assert required in event
        assert not ({"DTEND", "DURATION"} <= set(event))
        assert event.decoded("dtstamp") == STAMP
        assert words(event, "summary").strip()


def test_each_event_has_an_identity_of_its_own_that_stays(turn: Callable[[], Turn]) -> None:
    first = [words(e, "uid") for e in of(turn())]
    again = [words(e, "uid") for e in events(build_calendar(turn(), time(7), STAMP + timedelta(days=1)))]
    assert len(set(first)) == len(first) > 150
    assert again == first
    assert all(uid.endswith("@segue.local") for uid in first)


def test_two_downloads_differ_in_their_stamp_only(page: Client) -> None:
    files = [page.get("/plan/calendar.ics").content.split(b"\r\n") for _ in range(2)]
    one, other = ([line for line in lines if not line.startswith(b"DTSTAMP")] for lines in files)
    assert one == other


@pytest.mark.parametrize("weeks", [0, 9])
def test_sessions_are_the_plan_to_the_minute(
    weeks: int, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    do(priya, before_week(weeks, MONDAY))
    on_day(MONDAY + timedelta(weeks=weeks))
    now, begins, planned = turn(), dict[date, datetime](), []
    for session in now.plan.sessions:
        start = begins.get(session.on, datetime.combine(session.on, EVENING))
        begins[session.on] = start + timedelta(minutes=session.minutes)
        part = f" ({session.part} of {session.parts})" if session.parts > 1 else ""
        planned.append((start, timedelta(minutes=session.minutes), now.activities[session.task_id].title + part))
    found = [(e.decoded("dtstart"), e.decoded("duration"), words(e, "summary")) for e in sessions(of(now))]
    assert found == planned


@pytest.mark.parametrize("at", [time(0), time(23, 45)])
@pytest.mark.parametrize("minutes", [WEEKDAY_MINUTES, (720,) * 7])
def test_no_two_sessions_overlap(at: time, minutes: tuple[int, ...], priya: Learner, turn: Callable[[], Turn]) -> None:
    give_hours(priya, minutes)
    spans = sorted((e.decoded("dtstart"), e.decoded("dtstart") + e.decoded("duration")) for e in sessions(of(turn(), at)))
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


def test_times_float_with_their_person(turn: Callable[[], Turn]) -> None:
    raw = build_calendar(turn(), EVENING, STAMP)
    assert b"TZID" not in raw
    assert b"VTIMEZONE" not in raw
    for line in raw.split(b"\r\n"):
        if line.startswith((b"DTSTART", b"RRULE")):
            assert not line.endswith(b"Z"), line
    assert raw.count(b"DTSTAMP:20261123T201530Z") == len(events(raw))


def test_sessions_move_with_the_time_of_day(turn: Callable[[], Turn]) -> None:
    assert sessions(of(turn(), time(6, 30)))[0].decoded("dtstart") == datetime(2026, 11, 24, 6, 30)


def test_milestones_are_all_day_and_leave_one_free(turn: Callable[[], Turn]) -> None:
    found = {words(e, "summary"): e for e in all_day(of(turn()))}
    for milestone in turn().plan.milestones:
        event = found[milestone.title]
        assert event.decoded("dtstart") == milestone.on
        assert words(event, "transp") == "TRANSPARENT"
        assert "DURATION" not in event
    assert turn().plan.milestones[-1].title == "End of the programme"


def test_people_to_ask_stand_on_the_day_to_ask_them(turn: Callable[[], Turn]) -> None:
    now = turn()
    asked = [e for e in all_day(of(now)) if words(e, "summary").startswith("Ask ")]
    assert len(asked) == len(now.plan.requests) > 5
    for event, request in zip(asked, now.plan.requests, strict=True):
        assert event.decoded("dtstart") == request.ask_by
        assert words(event, "summary") == f"Ask {request.who}"
        title = now.activities[request.task_id].title
        assert words(event, "description") == f"{request.ask} Needed on {written_date(request.needed_on)}: {title}."


@pytest.mark.parametrize("days", [0, 3, 6, 100])
def test_look_back_is_every_sunday_until_the_end(days: int, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    today = MONDAY + timedelta(days=days)
    on_day(today)
    event = look_back(of(turn()))
    start = event.decoded("dtstart")
    rule = rrule.rrulestr(event.decoded("rrule").to_ical().decode(), dtstart=start)
    found = list(rule)
    ends = turn().plan.ends_on
    assert ends is not None
    sundays = [today + timedelta(days=n) for n in range((ends - today).days + 1) if (today + timedelta(days=n)).weekday() == 6]
    assert found == [datetime.combine(day, time(18)) for day in sundays]
    assert event.decoded("duration") == timedelta(minutes=10)
    assert start.tzinfo is None


def test_no_look_back_once_nothing_is_left(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + timedelta(weeks=27))
    assert of(turn()) == []


def test_plan_without_an_end_has_its_sessions_and_no_look_back(priya: Learner, turn: Callable[[], Turn]) -> None:
    give_hours(priya, off=(Span(MONDAY, date.max),))
    assert of(turn()) == []


def test_lines_end_as_they_must_and_are_folded(turn: Callable[[], Turn]) -> None:
    raw = build_calendar(turn(), EVENING, STAMP)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    raw.decode("utf-8")
    assert any(line.startswith(b" ") for line in raw.split(b"\r\n"))


TITLES = [
    "One, two; three: four",
    "Back\\slash and \\n and \\, too",
    "Two\nlines",
    "“Quotes” and 'quotes' and \"quotes\"",
    "Emoji 👩🏽‍💻 and 🇩🇪 " * 12,
    "Ünïcödé, many letters, " * 10,
    "BEGIN:VEVENT",
    "<b>bold</b> & more",
]


def test_every_title_survives(turn: Callable[[], Turn]) -> None:
    now = turn()
    tasks = list(dict.fromkeys(s.task_id for s in now.plan.sessions))[: len(TITLES)]
    odd = {i: replace(now.activities[i], title=t, why=f"Because {t}") for i, t in zip(tasks, TITLES, strict=True)}
    raw = build_calendar(replace(now, state=replace(now.state, activities={**now.activities, **odd})), EVENING, STAMP)
    found = events(raw)
    for task_id, title in zip(tasks, TITLES, strict=True):
        event = next(e for e, s in zip(sessions(found), now.plan.sessions, strict=True) if s.task_id == task_id)
        assert words(event, "summary").replace("\r\n", "\n").startswith(title)
        assert words(event, "description").replace("\r\n", "\n") == f"Because {title}"
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is torn in two


def test_several_sessions_of_an_activity_are_counted(priya: Learner, turn: Callable[[], Turn]) -> None:
    give_hours(priya, (30, 0, 0, 0, 0, 0, 0))
    now = turn()
    task = now.plan.sessions[0].task_id
    parts = len(now.plan.sessions_of(task))
    assert parts > 1
    titles = [words(e, "summary") for e in sessions(of(now))]
    mine = [title for title in titles if title.startswith(now.activities[task].title)]
    assert mine == [f"{now.activities[task].title} ({n} of {parts})" for n in range(1, parts + 1)]


# --- over the web -----------------------------------------------------------------------------------------------------------


def test_download_is_a_calendar_file(page: Client) -> None:
    response = page.get("/plan/calendar.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="segue.ics"'
    assert "no-store" in response.headers["Cache-Control"]
    assert sessions(events(response.content))


def test_feed_needs_its_token_and_no_sign_in(client: Client, page: Client, priya: Learner) -> None:
    hours = hours_of(priya)
    assert hours is not None
    mine = page.get("/plan/calendar.ics").content.split(b"\r\n")
    response = client.get(f"/plan/feed/{hours.feed_token}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "sessionid" not in response.cookies
    assert len(response.content.split(b"\r\n")) == len(mine)


def test_wrong_token_is_not_found(page: Client, priya: Learner) -> None:
    hours = hours_of(priya)
    assert hours is not None
    token = hours.feed_token
    for wrong in (token.swapcase(), token[:-1], f"{token}a", "", "x" * 43, "%00", "%25", token[::-1]):
        assert page.get(f"/plan/feed/{wrong}.ics").status_code == 404, wrong


def test_renewed_token_ends_the_old_one_and_nobody_elses(
    client: Client, priya: Learner, make_learner: Callable[..., Learner]
) -> None:
    sam, hours = hours_of(make_learner("Sam")), hours_of(priya)
    assert sam is not None
    assert hours is not None
    renew_feed(priya)
    renewed = hours_of(priya)
    assert renewed is not None
    assert client.get(f"/plan/feed/{hours.feed_token}.ics").status_code == 404
    assert client.get(f"/plan/feed/{renewed.feed_token}.ics").status_code == 200
    assert client.get(f"/plan/feed/{sam.feed_token}.ics").status_code == 200


def test_nothing_of_the_learner_is_in_the_file_but_the_plan(priya: Learner, turn: Callable[[], Turn]) -> None:
    priya.name, priya.why = "Priya Verysecret", "Because of my boss"
    priya.save()
    raw = build_calendar(turn(), EVENING, STAMP)
    assert b"Verysecret" not in raw
    assert b"boss" not in raw
    assert priya.user.username.encode() not in raw.lower().replace(b"\r\n ", b"")
    assert current().programme.activities[0].title.encode() in raw
