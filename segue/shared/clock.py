"""The only place that reads the clock. ``settings.TODAY`` moves it for tests and tours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, aware, in the machine's own time zone."""
    moment = timezone.now().astimezone()
    if settings.TODAY is not None:
        moment += timedelta(days=(settings.TODAY - moment.date()).days)
    return moment


def today() -> date:
    """Today where the machine stands."""
    return settings.TODAY or now().date()
