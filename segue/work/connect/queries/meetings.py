"""Meetings: what is coming, what waits to be followed up, what was held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.shared import clock
from segue.work.connect.models import Commitment, Direction, Insight, Meeting
from segue.work.connect.preparing import Sheet, sheet_from
from segue.work.connect.queries.asking import recorded_numbers
from segue.work.connect.queries.talks import TalkEvidence, evidence_of
from segue.work.connect.talk import USUAL_MINUTES, ended_at, follow_up_state, thanks_due_at

PAGE = 20
NAG = timedelta(days=30)  # thanks that are longer overdue no longer come up
LONG = ("notes", "preparation", "thanks", "agenda", "person__note", "person__found_by")


@dataclass(frozen=True)
class FollowUp:
    """A talk that waits for thanks. ``state``: ``open`` while there is time, else ``overdue``."""

    meeting: Meeting
    due_at: datetime
    state: str

    @property
    def due_words(self) -> str:
        """Until when thanks are in time, where the machine stands."""
        return _moment_words(self.due_at.astimezone())


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list. ``day`` and ``time`` where the machine stands."""

    meeting: Meeting
    day: date
    time: str
    state: str


@dataclass(frozen=True)
class MeetingsPage:
    """All meetings. ``unmarked``: the time is over and nobody said whether it took place. ``recorded``: entries that stand."""

    follow_ups: tuple[FollowUp, ...]
    unmarked: tuple[MeetingRow, ...]
    coming: tuple[MeetingRow, ...]
    cancelled: tuple[MeetingRow, ...]
    held: Page[Any]
    held_rows: tuple[MeetingRow, ...]
    recorded: Collection[int]
    is_empty: bool


def meetings_of(learner: Learner) -> QuerySet[Meeting]:
    """Meetings with their people, without the long texts."""
    return learner.meetings.select_related("person").defer(*LONG)


def follow_ups_due(learner: Learner, now: datetime) -> tuple[FollowUp, ...]:
    """Talks that were held and wait for thanks, the first due standing first. One query."""
    held = meetings_of(learner).filter(held_on__isnull=False, thanked_at=None, held_on__gte=clock.day_of(now - NAG))
    rows = [FollowUp(meeting, thanks_due_at(meeting), follow_up_state(meeting, now)) for meeting in held]
    return tuple(sorted(rows, key=lambda row: row.due_at))


def open_commitments(learner: Learner, today: date) -> tuple[Commitment, ...]:
    """What was promised and is not done, by either of the two: the earliest day first, those without one last. One query."""
    found = learner.commitments.filter(done_on=None).select_related("person").defer("person__note", "person__found_by")
    return tuple(found.order_by(F("due_on").asc(nulls_last=True), "id"))


def row_of(meeting: Meeting, now: datetime) -> MeetingRow:
    """A meeting as lists show it."""
    local = meeting.starts_at.astimezone()
    state = follow_up_state(meeting, now) if meeting.held_on else ""
    return MeetingRow(meeting, meeting.held_on or local.date(), f"{local:%H:%M}", state)


def meetings_page(turn: Turn, learner: Learner, now: datetime, number: str | None) -> MeetingsPage:
    """What is coming, what waits, what was held. Five queries."""
    ahead = [row_of(meeting, now) for meeting in meetings_of(learner).filter(held_on=None, cancelled_at=None)]
    off = meetings_of(learner).exclude(cancelled_at=None).order_by("-starts_at")[:PAGE]
    received = Count("insights", filter=Q(insights__direction=Direction.RECEIVED))
    held = meetings_of(learner).exclude(held_on=None).annotate(learnt=received, recorded_as=F("entry__number"))
    page = Paginator(held.order_by("-held_on", "-id"), PAGE).get_page(number)
    cancelled = tuple(row_of(meeting, now) for meeting in off)
    return MeetingsPage(
        follow_ups=follow_ups_due(learner, now),
        unmarked=tuple(row for row in ahead if ended_at(row.meeting) <= now),
        coming=tuple(row for row in ahead if ended_at(row.meeting) > now),
        cancelled=cancelled,
        held=page,
        held_rows=tuple(row_of(meeting, now) for meeting in page.object_list),
        recorded=recorded_numbers(turn),
        is_empty=not (ahead or cancelled or page.paginator.count),
    )


def when_words(meeting: Meeting) -> tuple[str, str]:
    """When it is, where it was fixed and where the machine stands; the second is empty where clocks show the same."""
    there = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    here = meeting.starts_at.astimezone()
    is_same = there.utcoffset() == here.utcoffset()
    return _moment_words(there), "" if is_same else _moment_words(here)


def _moment_words(moment: datetime) -> str:
    return f"{written_date(moment.date())}, {moment:%H:%M}"


def last_zone(learner: Learner) -> str:
    """The time zone of the meeting that was planned last; empty where there is none."""
    return learner.meetings.order_by("-id").values_list("zone", flat=True).first() or ""


# --- one meeting ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TalkPage:
    """What a meeting has come to. ``sheet``: what is prepared; ``follow_up`` and ``evidence`` are empty until it was held."""

    is_over: bool
    is_long: bool
    sheet: Sheet
    insights: tuple[Insight, ...]
    commitments: tuple[Commitment, ...]
    points: int
    follow_up: FollowUp | None
    evidence: TalkEvidence | None


def talk_page(meeting: Meeting, now: datetime) -> TalkPage:
    """One meeting, with what came of it."""
    is_held = meeting.held_on is not None
    return TalkPage(
        is_over=ended_at(meeting) <= now,
        is_long=meeting.minutes > USUAL_MINUTES,
        sheet=sheet_from(meeting.preparation),
        insights=tuple(meeting.insights.order_by("id")),
        commitments=tuple(meeting.commitments.select_related("person").order_by("id")),
        points=meeting.points.count(),
        follow_up=FollowUp(meeting, thanks_due_at(meeting), follow_up_state(meeting, now)) if is_held else None,
        evidence=evidence_of(meeting, now) if is_held else None,
    )
