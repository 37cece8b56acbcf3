"""The first steps of the decision as a calendar file (RFC 5545): whole days, no time zone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from segue.work.transition.decision import Step

PRODUCT = "-//Segue//First steps//EN"


def calendar_of(steps: Sequence[Step], stamp: datetime) -> bytes:
    """A day for each step that has one. The same step keeps its identity from one download to the next."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for step in steps:
        if step.on is not None:
            event = Event()
            event.add("uid", hashlib.sha256(f"step|{step.number}".encode()).hexdigest()[:32] + "@segue.local")
            event.add("summary", step.says)
            event.add("dtstart", step.on)
            event.add("dtend", step.on + timedelta(days=1))
            event.add("dtstamp", stamp)
            calendar.add_component(event)
    return bytes(calendar.to_ical())
