"""Whom to ask by when, what was done about it, and one ask with all that belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator

from segue.accounts.models import Learner
from segue.core.activity import Activity
from segue.core.availability import Span
from segue.core.loop import Turn
from segue.core.plan import Request
from segue.evidence.models import Entry
from segue.work.connect.asks import (
    INVITE,
    INVITED_BY,
    KIND,
    OPEN,
    Asked,
    Headway,
    Standing,
    answering,
    headway_of,
    how_many,
    standing_of,
)
from segue.work.connect.invitation_texts import gaps_in
from segue.work.connect.models import Ask, Meeting

PAGE = 50
SOON = timedelta(days=7)
NAG = timedelta(days=30)  # a yes that is older no longer asks for its meeting
LONG = ("person__note", "person__found_by", "person__tags", "entry__body")


@dataclass(frozen=True)
class AskRow:
    """An ask in a list. ``gaps``: places of a draft still to be filled; ``entry``: where it stands in the ledger.

    ``wants_meeting``: they said yes not long ago, and no meeting is planned.
    """

    ask: Ask
    standing: Standing
    title: str
    gaps: int
    meeting: Meeting | None
    entry: Entry | None

    wants_meeting: bool

    @property
    def is_open(self) -> bool:
        """Whether an answer is out."""
        return self.standing in OPEN


@dataclass(frozen=True)
class NeedRow:
    """Somebody to ask for the plan. ``week`` and ``needed_week`` are weeks of the plan; ``best_by``: asking is best till then."""

    request: Request
    activity: Activity
    week: int
    needed_week: int
    best_by: date
    days_left: int
    is_past: bool
    is_late: bool
    wanted: int
    headway: Headway
    asks: tuple[AskRow, ...]


@dataclass(frozen=True)
class Panel:
    """One activity for which people are asked. ``wants``: texts that it leaves behind, of which ``have`` are recorded."""

    activity: Activity
    wants: int
    have: int
    rows: tuple[AskRow, ...]
    unrecorded: int


@dataclass(frozen=True)
class AsksPage:
    """Whom to ask, and who was asked."""

    panel: Panel | None
    is_uninvited: bool
    now: tuple[NeedRow, ...]
    ahead: tuple[NeedRow, ...]
    under_way: tuple[NeedRow, ...]
    waiting: tuple[AskRow, ...]
    drafts: tuple[AskRow, ...]
    answered: Page[AskRow]
    unrecorded: int

    @property
    def count(self) -> int:
        """How many asks there are."""
        return len(self.waiting) + len(self.drafts) + self.answered.paginator.count


# --- rows -------------------------------------------------------------------------------------------------------------------


def ask_rows(turn: Turn, learner: Learner, today: date) -> tuple[AskRow, ...]:
    """All asks, the newest first. Two queries."""
    asks = learner.asks.select_related("person", "entry").defer(*LONG).prefetch_related("meetings")
    recorded = recorded_numbers(turn)
    return tuple(row_of(turn, ask, today, recorded) for ask in asks)


def recorded_numbers(turn: Turn) -> frozenset[int]:
    """The numbers of all entries that stand as evidence."""
    return frozenset(number for artefact in turn.ledger.artefacts for number in artefact.ids)


def row_of(turn: Turn, ask: Ask, today: date, recorded: Collection[int]) -> AskRow:
    """An ask as lists show it. Its meetings should be loaded."""
    standing = standing_of(ask.sent_on, ask.reminded_on, ask.answer, today)
    activity = turn.activities.get(ask.activity_id)
    meeting = next((each for each in ask.meetings.all() if each.cancelled_at is None), None)
    is_fresh = ask.answered_on is not None and ask.answered_on >= today - NAG
    return AskRow(
        ask=ask,
        standing=standing,
        title=activity.title if activity else ask.get_purpose_display(),
        gaps=len(gaps_in(ask.text)) if standing == Standing.DRAFT else 0,
        meeting=meeting,
        entry=ask.entry if ask.entry is not None and ask.entry.number in recorded else None,
        wants_meeting=standing == Standing.YES and meeting is None and is_fresh,
    )


def asking_activities(turn: Turn, activity: Activity | None) -> tuple[str, ...]:
    """The activities that take an ask for an activity as evidence: itself, and where its people are asked."""
    if activity is None:
        return ()
    waits = [turn.activities.get(wait.activity_id) for wait in activity.waits]
    return tuple(each.id for each in (activity, *waits) if each is not None and each.proves(KIND))


def is_for(turn: Turn, ask: Ask, activity_id: str) -> bool:
    """Whether an ask was made for an activity, or for one whose people are asked there."""
    return ask.activity_id == activity_id or activity_id in asking_activities(turn, turn.activities.get(ask.activity_id))


def asking_choices(turn: Turn, now: str = "") -> list[tuple[str, str]]:
    """The activities for which people are asked and that are not done, and the one chosen now: values and words, by week."""
    found = [each for each in turn.activities.values() if each.people or each.proves(KIND)]
    ahead = [each for each in found if each.id not in turn.state.done or each.id == now]
    return [(each.id, f"Week {each.week}: {each.title}") for each in sorted(ahead, key=lambda each: each.week)]


# --- the page ---------------------------------------------------------------------------------------------------------------


def asks_page(turn: Turn, learner: Learner, today: date, number: str | None, activity_id: str = "") -> AsksPage:
    """Whom to ask by when, and what was done about it. Two queries, however many asks there are."""
    rows = ask_rows(turn, learner, today)
    needs = need_rows(turn, rows)
    open_needs = [need for need in needs if need.headway in (Headway.OPEN, Headway.DRAFTED)]
    is_now = {id(need): need.best_by <= today + SOON for need in open_needs}
    answered = [row for row in rows if not row.is_open and row.standing != Standing.DRAFT]
    return AsksPage(
        panel=_panel(turn, rows, activity_id),
        is_uninvited=is_uninvited(turn, rows),
        now=tuple(sorted((need for need in open_needs if is_now[id(need)]), key=lambda need: (not need.is_late, need.best_by))),
        ahead=tuple(need for need in open_needs if not is_now[id(need)]),
        under_way=tuple(need for need in needs if need.headway in (Headway.WAITING, Headway.SETTLED)),
        waiting=tuple(sorted((row for row in rows if row.is_open), key=lambda row: row.ask.sent_on or today)),
        drafts=tuple(row for row in rows if row.standing == Standing.DRAFT),
        answered=Paginator(answered, PAGE).get_page(number),
        unrecorded=sum(1 for row in rows if row.ask.sent_on and row.entry is None),
    )


def need_rows(turn: Turn, rows: Sequence[AskRow]) -> tuple[NeedRow, ...]:
    """What the plan asks of people, each with the asks that answer it."""
    requests = turn.plan.requests
    by_key = {row.ask.key: row for row in rows}
    asked = [_asked(row) for row in rows]
    waits = {each.task_id: asking_activities(turn, turn.activities[each.task_id]) for each in requests}
    found = answering(requests, asked, waits)
    return tuple(_need_row(turn, each, found.get(i, ()), by_key) for i, each in enumerate(requests))


def _asked(row: AskRow) -> Asked:
    person = row.ask.person
    return Asked(row.ask.key, row.ask.activity_id, person.role, person.relation, row.standing)


def _need_row(turn: Turn, request: Request, asks: Sequence[Asked], by_key: dict[str, AskRow]) -> NeedRow:
    activity = turn.activities[request.task_id]
    lead = next((need.lead_days for need in activity.people if (need.who, need.ask) == (request.who, request.ask)), 0)
    best_by = before_time_off(request.needed_on - timedelta(days=lead), turn.inputs.availability.time_off)
    return NeedRow(
        request=request,
        activity=activity,
        week=week_of(turn, best_by),
        needed_week=week_of(turn, request.needed_on),
        best_by=best_by,
        days_left=(request.needed_on - turn.today).days,
        is_past=best_by < turn.today,
        is_late=best_by < turn.today and not activity.optional,
        wanted=how_many(request.who),
        headway=headway_of(request.who, asks),
        asks=tuple(by_key[each.key] for each in asks),
    )


def before_time_off(day: date, time_off: Collection[Span]) -> date:
    """The day itself; where it is in time off, the last one before that."""
    while (span := next((each for each in time_off if day in each), None)) is not None:
        day = span.first - timedelta(days=1)
    return day


def week_of(turn: Turn, day: date) -> int:
    """The week of the plan in which a day is, from 1."""
    starts_on = turn.inputs.availability.starts_on
    return max(1, (day - (starts_on - timedelta(days=starts_on.weekday()))).days // 7 + 1)


def _panel(turn: Turn, rows: Sequence[AskRow], activity_id: str) -> Panel | None:
    activity = turn.activities.get(activity_id)
    if activity is None or not (activity.people or activity.proves(KIND)):
        return None
    wants, have = texts_wanted(turn, activity)
    mine = tuple(row for row in rows if is_for(turn, row.ask, activity_id))
    unrecorded = sum(1 for row in mine if row.ask.sent_on and row.entry is None)
    return Panel(activity, wants, have, mine, unrecorded)


def texts_wanted(turn: Turn, activity: Activity) -> tuple[int, int]:
    """How many texts an activity leaves behind, and how many of them are recorded."""
    progress = turn.progress.get(activity.id)
    wants = sum(each.count for each in activity.yields if each.kind == KIND)
    lacking = sum(each.count for each in progress.ahead if each.kind == KIND) if progress else wants
    return wants, max(0, wants - lacking)


def is_uninvited(turn: Turn, rows: Sequence[AskRow]) -> bool:
    """Whether month 4 is near and nobody was invited for it: the guard of the programme in week 12."""
    last = max(phase.last_week for phase in turn.programme.phases if phase.area == "connect")
    reached = reached_week(turn)
    if reached == INVITED_BY - 1 and week_of(turn, turn.today) >= INVITED_BY:
        reached = INVITED_BY  # inviting itself is what one is held up by
    if not INVITED_BY <= reached <= last or turn.ledger.by_activity.get(INVITE):
        return False
    month = {each.id for each in turn.programme.activities if turn.programme.phase_of(each.week).area == "connect"}
    return not any(row.ask.sent_on and row.ask.activity_id in {"", INVITE, *month} for row in rows)


def reached_week(turn: Turn) -> int:
    """The week of the programme that one works in, 0 where nothing is planned: that of the first session, or of what is done."""
    if not turn.plan.sessions:
        return 0
    done = [each.week for each in turn.programme.activities if each.id in turn.state.done and not each.optional]
    return max(turn.activities[turn.plan.sessions[0].task_id].week, *done, 0)
