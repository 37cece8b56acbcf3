"""What the pages of recall show: today's session, and how it goes over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.recall import DAY_SECONDS, SECONDS, Waiting, due_today, forecast, new_today
from segue.core.wording import written_date
from segue.shared import clock
from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.bars import bars
from segue.work.learn.cards import Card, all_cards, cards_of
from segue.work.learn.models import CardState, RecallPause, Review
from segue.work.learn.queries.mastery import explained_by
from segue.work.learn.scheduling import stability_of

FORECAST_DAYS = 30
MATURE_DAYS = 21
WEEKS = 12


@dataclass(frozen=True)
class Session:
    """Today: the card to look at now, and what is left. ``card`` is ``None`` when it is over."""

    card: Card | None
    reviews: int
    left: int
    minutes: int
    done: int
    until: date | None
    met: int
    can_undo: bool


@dataclass(frozen=True)
class Statistics:
    """How recall goes."""

    stats: tuple[Stat, ...]
    forecast: Figure
    weeks: Table


def concepts_met(learner: Learner, turn: Turn) -> frozenset[str]:
    """Concepts that one has studied or explained: those whose cards may come."""
    begun = [a for a in turn.programme.activities if turn.progress[a.id].done or turn.progress[a.id].begun]
    studied = {concept for activity in begun for concept in activity.concepts}
    return frozenset(studied) | explained_by(learner, turn.today)


def waiting(states: Sequence[CardState]) -> list[Waiting]:
    """Cards that were seen before, without those that the content has no longer."""
    cards = all_cards()
    return [Waiting(s.card_id, cards[s.card_id].sort, s.due_at) for s in states if s.card_id in cards]


def reviews_today(learner: Learner) -> list[Review]:
    """The reviews of this day that count, in order."""
    midnight = datetime.combine(clock.today(), time()).astimezone()
    return list(learner.card_reviews.filter(undone=False, reviewed_at__gte=midnight))


def session_of(learner: Learner, turn: Turn) -> Session:
    """What there is to do today."""
    today, cards = clock.today(), all_cards()
    states = {state.card_id: state for state in learner.card_states.all()}
    done = reviews_today(learner)
    spent = sum(SECONDS[cards[review.card_id].sort] for review in done if review.card_id in cards)
    pause = RecallPause.objects.filter(learner=learner).first()
    until = pause.until if pause is not None and pause.until > today else None
    queue: tuple[str, ...] = ()
    if until is None:
        queue = due_today(waiting(list(states.values())), today, spent)
        left = DAY_SECONDS - spent - sum(SECONDS[cards[card].sort] for card in queue)
        fresh = [(card.id, card.sort) for card in cards_of(concepts_met(learner, turn)) if card.id not in states]
        queue += new_today(fresh, sum(review.before is None for review in done), left)
    first = queue[0] if queue else None
    return Session(
        card=cards[first] if first else None,
        reviews=states[first].reviews if first in states else 0,
        left=len(queue),
        minutes=-(-sum(SECONDS[cards[card].sort] for card in queue) // 60),
        done=len(done),
        until=until,
        met=len(states),
        can_undo=bool(done),
    )


def statistics_of(learner: Learner) -> Statistics:
    """Reviews by week, minutes to come, and how firmly cards sit."""
    states = list(learner.card_states.all())
    mature = sum(stability_of(state.memory) >= MATURE_DAYS for state in states)
    reviews = list(learner.card_reviews.filter(undone=False, reviewed_at__gte=clock.now() - timedelta(weeks=WEEKS)))
    again = [review for review in reviews if review.before is not None]
    kept = sum(review.rating > 1 for review in again)
    stats = (
        Stat(str(len(states)), label="Cards met", note=f"of {len(all_cards())}"),
        Stat(str(mature), label="Sit firmly", note=f"for {MATURE_DAYS} days or more"),
        Stat(f"{kept / len(again):.0%}" if again else "-", label="Remembered", note=f"of {len(again)} reviews in {WEEKS} weeks"),
    )
    return Statistics(stats, _forecast(states), _weeks(reviews))


def _forecast(states: list[CardState]) -> Figure:
    today = clock.today()
    seconds = forecast(waiting(states), today, FORECAST_DAYS)
    days = [today + timedelta(days=number) for number in range(FORECAST_DAYS)]
    minutes = [round(each / 60, 1) for each in seconds]
    table = Table(
        "Minutes of review on each of the coming days",
        [Column("Day"), Column("Minutes", is_number=True)],
        [[written_date(day), each] for day, each in zip(days, minutes, strict=True)],
    )
    return Figure(
        "recall-forecast",
        f"The coming {FORECAST_DAYS} days take {sum(seconds) / 60:.0f} minutes, and no day more than {DAY_SECONDS // 60}.",
        table=table,
        svg=bars("recall-forecast", "Minutes of review on each of the coming days", days, minutes, DAY_SECONDS / 60),
        note="If every card is remembered, and without new ones. A card that is forgotten comes again sooner.",
    )


def _weeks(reviews: Sequence[Review]) -> Table:
    """Reviews and the share remembered, by calendar week, the newest first."""
    mondays = Counter[date]()
    kept, again = Counter[date](), Counter[date]()
    for review in reviews:
        day = review.reviewed_at.astimezone().date()
        monday = day - timedelta(days=day.weekday())
        mondays[monday] += 1
        if review.before is not None:
            again[monday] += 1
            kept[monday] += review.rating > 1
    rows = [
        [written_date(monday), count, f"{kept[monday] / again[monday]:.0%}" if again[monday] else "-"]
        for monday, count in sorted(mondays.items(), reverse=True)
    ]
    return Table(
        "Reviews by week", [Column("Week of"), Column("Reviews", is_number=True), Column("Remembered", is_number=True)], rows
    )
