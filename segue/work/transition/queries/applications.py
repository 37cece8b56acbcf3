"""The board of applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from segue.accounts.models import Learner
from segue.work.transition.models import Application, ApplicationState, JobAd

OPEN = (ApplicationState.OFFER, ApplicationState.TALKING, ApplicationState.APPLIED, ApplicationState.THINKING)
CLOSED = (ApplicationState.SILENT, ApplicationState.DECLINED, ApplicationState.REJECTED)


@dataclass(frozen=True)
class Line:
    """A line of the history."""

    on: date
    state: str
    says: str


@dataclass(frozen=True)
class Card:
    """An application on the board. ``is_due``: its next step has come."""

    application: Application
    history: tuple[Line, ...]
    is_due: bool


@dataclass(frozen=True)
class Column:
    """All applications of a state."""

    name: str
    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Board:
    """The columns that have something in them; ``untouched``: ads about which nothing was done."""

    open: tuple[Column, ...]
    closed: tuple[Column, ...]
    untouched: tuple[JobAd, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no ad at all."""
        return not (self.open or self.closed or self.untouched)


def board_of(learner: Learner, today: date) -> Board:
    """The whole board. Two queries."""
    rows = list(learner.applications.select_related("ad", "version__resume"))
    cards = [Card(row, history_of(row), row.next_on is not None and row.next_on <= today) for row in rows]
    untouched = tuple(learner.job_ads.filter(application=None))
    return Board(_columns(cards, OPEN), _columns(cards, CLOSED), untouched)


def _columns(cards: Sequence[Card], states: Sequence[ApplicationState]) -> tuple[Column, ...]:
    found = []
    for state in states:
        mine = [card for card in cards if card.application.state == state]
        mine.sort(key=lambda card: (card.application.next_on or date.max, card.application.ad.title))
        if mine:
            found.append(Column(state.value, state.label, tuple(mine)))
    return tuple(found)


def history_of(application: Application) -> tuple[Line, ...]:
    """The history in words, the newest first."""
    labels = {state.value: str(state.label) for state in ApplicationState}
    lines: list[dict[str, str]] = application.history
    return tuple(Line(date.fromisoformat(line["on"]), labels.get(line["state"], ""), line["says"]) for line in lines[::-1])


def application_of(ad: JobAd) -> Application | None:
    """What was noted about an ad."""
    return Application.objects.filter(ad=ad).select_related("ad", "version__resume").first()


def versions_of(learner: Learner) -> Any:
    """Versions of résumés that they may have been sent, the newest first."""
    return learner.resume_versions.select_related("resume").order_by("-made_at")
