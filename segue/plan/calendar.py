"""The plan as a calendar that other programs read: sessions, people to ask, milestones, a weekly look back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from segue.core.loop import Turn
from segue.core.plan import Session
from segue.core.wording import written_date

PRODUCT = "-//Segue//Plan//EN"
LOOK_BACK = time(18, 0)
LOOK_BACK_MINUTES = 10
SUNDAY = 6


def build_calendar(turn: Turn, session_at: time, stamp: datetime) -> bytes:
    """An iCalendar file (RFC 5545). Times are floating, as sessions move with their person and not with a time zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Segue")
    calendar.add("method", "PUBLISH")
    for event in (*_sessions(turn, session_at), *_requests(turn), *_milestones(turn), *_look_back(turn)):
        event.add("dtstamp", stamp)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(*parts: object) -> str:
    """The same thing keeps its identity from one download to the next; nothing of the learner is in it."""
    return hashlib.sha256("|".join(str(p) for p in parts).encode()).hexdigest()[:32] + "@segue.local"


def _sessions(turn: Turn, session_at: time) -> Iterator[Event]:
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in turn.plan.sessions:
        by_day[session.on].append(session)
    for day, sessions in by_day.items():
        begins = datetime.combine(day, session_at)
        for session in sessions:
            yield _session(turn, session, begins)
            begins += timedelta(minutes=session.minutes)


def _session(turn: Turn, session: Session, begins: datetime) -> Event:
    activity = turn.activities[session.task_id]
    event = Event()
    event.add("uid", _uid("session", session.task_id, session.on))
    part = f" ({session.part} of {session.parts})" if session.parts > 1 else ""
    event.add("summary", f"{activity.title}{part}")
    event.add("description", activity.why)
    event.add("dtstart", begins)
    event.add("duration", timedelta(minutes=session.minutes))
    event.add("categories", ["Segue"])
    return event


def _all_day(uid: str, on: date, summary: str, description: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("summary", summary)
    event.add("description", description)
    event.add("dtstart", on)
    event.add("transp", "TRANSPARENT")
    return event


def _requests(turn: Turn) -> Iterator[Event]:
    for request in turn.plan.requests:
        title = turn.activities[request.task_id].title
        uid = _uid("request", request.task_id, request.who)
        description = f"{request.ask} Needed on {written_date(request.needed_on)}: {title}."
        yield _all_day(uid, request.ask_by, f"Ask {request.who}", description)


def _milestones(turn: Turn) -> Iterator[Event]:
    for milestone in turn.plan.milestones:
        yield _all_day(_uid("milestone", milestone.id), milestone.on, milestone.title, "A milestone of your Segue plan.")


def _look_back(turn: Turn) -> Iterator[Event]:
    """Ten minutes each Sunday until the plan ends. It repeats by a rule, so that it is one entry in the calendar."""
    ends = turn.plan.ends_on
    first = turn.today + timedelta(days=SUNDAY - turn.today.weekday())
    if ends is None or first > ends:
        return
    event = Event()
    event.add("uid", _uid("look-back", turn.inputs.availability.starts_on))
    event.add("summary", "Look back at the week")
    event.add("description", "What was done, what it proved, what comes next: open Segue and log what is missing.")
    event.add("dtstart", datetime.combine(first, LOOK_BACK))
    event.add("duration", timedelta(minutes=LOOK_BACK_MINUTES))
    event.add("rrule", {"freq": "weekly", "byday": "SU", "until": datetime.combine(ends, time(23, 59, 59))})
    yield event
