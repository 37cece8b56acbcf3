"""A plan for the gaps in 30, 60 and 90 days: which of them is due when, and the text that is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from segue.core.availability import Availability
from segue.core.wording import counted, written_date

KIND = "gap-plan"
ACTIVITY = "w26-report-and-plan"
MOST_AT_A_TIME = 3
LATE, LATER = 0, 999
BUCKETS = ((LATE, "Their day has passed"), (30, "In 30 days"), (60, "In 60 days"), (90, "In 90 days"), (LATER, "Later"))
TERM = "term:"
GAP = "gap:"


@dataclass(frozen=True)
class Planned:
    """A gap in the plan. ``subject``: what it is a gap in, in words. ``shown_by``: what closed it, where evidence did."""

    key: str
    subject: str
    what: str
    hours: float | None
    person: str
    due_on: date
    shown_by: str = ""
    given_up: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be closed."""
        return not self.shown_by and not self.given_up


def bucket_of(due_on: date, today: date) -> int:
    """Which of the buckets a day falls into."""
    days = (due_on - today).days
    if days < 0:
        return LATE
    return next((bucket for bucket, _ in BUCKETS if bucket and days <= bucket), LATER)


def crowded(due_on: date, due_days: Sequence[date], today: date) -> int:
    """How many are due in the bucket of a day, where they are more than are wise at a time; else 0."""
    bucket = bucket_of(due_on, today)
    count = sum(bucket_of(day, today) == bucket for day in due_days)
    return count if bucket and bucket != LATER and count > MOST_AT_A_TIME else 0


def begin_on(due_on: date, minutes: int, availability: Availability, today: date) -> date | None:
    """The day on which to begin so that it can be done by its day in the hours of the week; ``None`` where it can't."""
    day, left = due_on, max(1, minutes)
    while day >= today:
        left -= availability.minutes_on(day)
        if left <= 0:
            return day
        day -= timedelta(days=1)
    return None


def text_of(planned: Sequence[Planned], left: Sequence[str], today: date) -> str:
    """The plan as it is recorded. ``left``: lines of the gate that are in no plan."""
    parts = []
    for bucket, heading in BUCKETS:
        rows = [each for each in planned if each.is_open and bucket_of(each.due_on, today) == bucket]
        if rows or bucket in (30, 60, 90):
            parts.append(f"## {heading}\n\n" + ("\n".join(_line(each) for each in rows) or "Nothing."))
    closed = [f"- {each.what} ({each.shown_by})" for each in planned if each.shown_by]
    if closed:
        parts.append("## Closed since it was planned\n\n" + "\n".join(closed))
    given_up = [f"- {each.subject}: {each.what}" for each in planned if each.given_up]
    open_lines = given_up + [f"- {line}" for line in left]
    parts.append("## Left open on purpose\n\n" + ("\n".join(open_lines) or "Nothing that the gate asks for."))
    return "\n\n".join(parts) + "\n"


def _line(each: Planned) -> str:
    hours = "hours not estimated" if each.hours is None else counted(each.hours, "hour")
    with_whom = f", with {each.person}" if each.person else ""
    return f"- {each.subject}. Closes it: {each.what} ({hours}{with_whom}, by {written_date(each.due_on)})"
