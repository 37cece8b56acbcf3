"""The top of month 4, and the card of today: whom to talk to next, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.relations import Balance
from segue.shared import clock
from segue.work.connect.models import Commitment
from segue.work.connect.queries.asking import NeedRow, asks_page
from segue.work.connect.queries.coverage import roles_met
from segue.work.connect.queries.feedback import open_points
from segue.work.connect.queries.meetings import FollowUp, MeetingRow, follow_ups_due, meetings_of, row_of
from segue.work.connect.queries.touching import LONG, Contact, Turns, balance_words, overall_balance, whose_turn
from segue.work.connect.talk import ended_at
from segue.work.connect.vocabulary import roles

SHOWN = 3  # of those whose turn it is: more would be a list nobody works off
AHEAD = timedelta(days=14)
MOST = 5  # of anything else; its own page has the rest


@dataclass(frozen=True)
class PeopleDue:
    """Whom one owes something today. ``contacts``: the first whose turn it is; ``more``: how many more there are."""

    follow_ups: tuple[FollowUp, ...]
    promises: tuple[Commitment, ...]
    contacts: tuple[Contact, ...]
    more: int

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.follow_ups) + len(self.promises) + len(self.contacts)


@dataclass(frozen=True)
class ConnectPage:
    """The top of month 4. ``unmarked``: meetings whose time is over and of which nobody said whether they took place.

    ``roles_met``: roles of which somebody was talked with, of all ``roles``; ``next_role``: the first that is lacking.
    ``needs``: whom the plan wants asked by now; ``is_uninvited``: month 4 is near and nobody was invited.
    """

    due: PeopleDue
    coming: tuple[MeetingRow, ...]
    unmarked: tuple[MeetingRow, ...]
    balance: Balance
    balance_words: str
    people: int
    with_rhythm: int
    points: int
    open_points: int
    requests: int
    needs: tuple[NeedRow, ...]
    drafts: int
    is_uninvited: bool
    roles_met: int
    roles: int
    next_role: str

    @property
    def is_empty(self) -> bool:
        """Whether nobody is there yet."""
        return not self.people


def people_due(learner: Learner, now: datetime) -> PeopleDue:
    """Thanks due within 48 hours, promises due, and those whose turn it is. Four queries."""
    return _due(learner, now, whose_turn(learner, clock.day_of(now), SHOWN))


def _due(learner: Learner, now: datetime, turns: Turns) -> PeopleDue:
    today = clock.day_of(now)
    open_ones = learner.commitments.filter(done_on=None, due_on__lte=today).select_related("person")
    promises = open_ones.defer(*(f"person__{name}" for name in LONG)).order_by("due_on", "id")[:MOST]
    return PeopleDue(follow_ups_due(learner, now)[:MOST], tuple(promises), turns.first, turns.due - len(turns.first))


def connect_page(learner: Learner, turn: Turn, now: datetime) -> ConnectPage:
    """The top of month 4."""
    asks = asks_page(turn, learner, clock.day_of(now), None)
    today, balance = clock.day_of(now), overall_balance(learner)
    turns = whose_turn(learner, today, SHOWN)
    met = roles_met(learner)
    rows = [row_of(meeting, now) for meeting in meetings_of(learner).filter(held_on=None, cancelled_at=None)]
    return ConnectPage(
        due=_due(learner, now, turns),
        coming=tuple(row for row in rows if ended_at(row.meeting) > now and row.day <= today + AHEAD)[:MOST],
        unmarked=tuple(row for row in rows if ended_at(row.meeting) <= now)[:MOST],
        balance=balance,
        balance_words=balance_words(balance),
        people=learner.people.count(),
        with_rhythm=turns.known,
        points=learner.feedback_points.count(),
        open_points=open_points(learner),
        requests=open_requests(learner, today),
        needs=asks.now[:MOST],
        drafts=len(asks.drafts),
        is_uninvited=asks.is_uninvited,
        roles_met=sum(1 for role, _ in roles() if role in met),
        roles=len(roles()),
        next_role=next((words for role, words in roles() if role not in met), ""),
    )


def open_requests(learner: Learner, today: date) -> int:
    """Requests for a review that were not answered and are still open. One query."""
    return learner.review_requests.filter(reply=None, revoked_at=None, until__gte=today).count()
