"""Writes: hours, time off, decisions about single activities, and agreeing a plan anew."""

from __future__ import annotations

import secrets
from datetime import date, time

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.availability import MOST_MINUTES, Span
from segue.core.errors import UserError
from segue.schedule.models import Choice, ChoiceSort, Hours, TimeOff
from segue.shared import clock

LEAST_MINUTES_A_WEEK = 30


def check_weekday_minutes(minutes: tuple[int, ...]) -> None:
    """Raises ``UserError`` where the seven numbers can't carry a plan."""
    if len(minutes) != 7 or any(not 0 <= m <= MOST_MINUTES for m in minutes):
        raise UserError("Minutes a day go from 0 to 720 (12 hours).", "Give each weekday a number in that range.")
    if sum(minutes) < LEAST_MINUTES_A_WEEK:
        raise UserError(
            f"{sum(minutes)} minutes a week are too few for a plan.", f"Give at least {LEAST_MINUTES_A_WEEK} minutes a week."
        )


@transaction.atomic
def set_hours(
    learner: Learner,
    *,
    starts_on: date,
    weekday_minutes: tuple[int, ...],
    session_at: time,
    time_off: tuple[tuple[Span, str], ...] | None = None,
) -> Hours:
    """Keeps when somebody works, and agrees the plan that follows from it. ``time_off`` of ``None`` leaves it as it is."""
    check_weekday_minutes(weekday_minutes)
    kept = {
        "starts_on": starts_on,
        "weekday_minutes": list(weekday_minutes),
        "session_at": session_at,
        "agreed_on": clock.today(),
    }
    fresh = kept | {"feed_token": secrets.token_urlsafe(32)}
    hours, _ = Hours.objects.update_or_create(learner=learner, defaults=kept, create_defaults=fresh)
    if time_off is not None:
        learner.time_off.all().delete()
        TimeOff.objects.bulk_create(TimeOff(learner=learner, first=s.first, last=s.last, reason=r) for s, r in time_off)
    return hours


def agree(learner: Learner) -> None:
    """From today on, slipping is measured against the plan as it is now."""
    Hours.objects.filter(learner=learner).update(agreed_on=clock.today())


def renew_feed(learner: Learner) -> None:
    """A new secret address for the calendar feed; the old one stops to work."""
    Hours.objects.filter(learner=learner).update(feed_token=secrets.token_urlsafe(32))


@transaction.atomic
def pause(learner: Learner, span: Span) -> None:
    """Time off for a while, and the plan agreed anew around it."""
    TimeOff.objects.create(learner=learner, first=span.first, last=span.last, reason="Pause")
    agree(learner)


@transaction.atomic
def trim(learner: Learner, activity_ids: tuple[str, ...]) -> None:
    """Skips optional activities, and the plan is agreed anew without them."""
    for activity_id in activity_ids:
        choose(learner, ChoiceSort.SKIP, activity_id, reason="Trimmed to keep the end date")
    agree(learner)


def choose(
    learner: Learner,
    sort: ChoiceSort,
    activity_id: str,
    *,
    on: date | None = None,
    parts: int | None = None,
    scope: str = "",
    reason: str = "",
) -> Choice:
    """Keeps a decision about one activity; an earlier one of the same sort is replaced."""
    values = {"on": on, "parts": parts, "scope": scope, "reason": reason, "made_at": clock.now()}
    return Choice.objects.update_or_create(learner=learner, sort=sort, activity_id=activity_id, defaults=values)[0]


def undo_choice(learner: Learner, sort: ChoiceSort, activity_id: str) -> None:
    """Takes a decision back; nothing happens where there was none."""
    learner.choices.filter(sort=sort, activity_id=activity_id).delete()
