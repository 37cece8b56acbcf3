"""The only place that reads the clock. ``settings.TODAY`` moves it for tests and tours, ``at`` for a made-up past."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The moment, aware, in the machine's own time zone."""
    moved = _moved.get()
    if moved is not None:
        return moved
    moment = timezone.now().astimezone()
    if settings.TODAY is not None:
        moment += timedelta(days=(settings.TODAY - moment.date()).days)
    return moment


def today() -> date:
    """Today where the machine stands."""
    moved = _moved.get()
    return moved.date() if moved is not None else settings.TODAY or now().date()


def day_of(moment: datetime) -> date:
    """The day of a moment where the machine stands, as the pages show it."""
    return (moment.astimezone() if moment.tzinfo else moment).date()


def restore_zone(name: str | None) -> None:
    """Gives the process the zone of the machine back, which Django has set to UTC. ``name``: what ``TZ`` said, if anything."""
    if name is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = name
    if hasattr(time, "tzset"):  # Windows has its zone from the system
        time.tzset()


@contextmanager
def at(day: date) -> Iterator[None]:
    """Within it the clock stands still: on a day at the present time of day, or at a moment, read in the machine's own time zone.

    It holds for this thread only, so that pages served meanwhile see the true time.
    """
    moment = day if isinstance(day, datetime) else datetime.combine(day, now().time())
    token = _moved.set(moment.astimezone())
    try:
        yield
    finally:
        _moved.reset(token)
