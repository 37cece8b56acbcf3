"""What the pages of recall show: today's session, and how it goes over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.recall import DAY_SECONDS, Waiting, due_today, forecast, new_today, pace
from segue.core.wording import written_date
from segue.shared import clock
from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.bars import bars
from segue.work.learn.cards import Card, all_cards, cards_of, own_card
from segue.work.learn.models import CardState, RecallPause, Review
from segue.work.learn.queries.mastery import explained_by
from segue.work.learn.scheduling import stability_of

FORECAST_DAYS = 30
MATURE_DAYS = 21
WEEKS = 12
PACE_REVIEWS = 400


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


def cards_for(learner: Learner) -> dict[str, Card]:
    """Every card that there is for somebody, by its id: those of the concepts, and those of their own notes."""
    return all_cards() | {card.id: card for card in own_cards(learner)}


def own_cards(learner: Learner) -> list[Card]:
    """The cards of somebody's own notes that are asked, in the order they came."""
    rows = learner.own_cards.filter(kept=True).values_list("key", "front", "back", "concept_id")
    return [own_card(*row) for row in rows]


def pace_of(learner: Learner, cards: Mapping[str, Card]) -> Mapping[str, int]:
    """What a card of each sort takes, in seconds, by the learner's latest reviews."""
    latest = learner.card_reviews.filter(undone=False).order_by("-reviewed_at", "-id")[:PACE_REVIEWS]
    known = [(cards[r.card_id].sort, r.reviewed_at) for r in latest if r.card_id in cards]
    return pace(reversed(known))


def waiting(states: Iterable[CardState], cards: Mapping[str, Card], seconds: Mapping[str, int]) -> list[Waiting]:
    """Cards that were seen before, without those that there are no longer."""
    return [Waiting(s.card_id, seconds[cards[s.card_id].sort], s.due_at) for s in states if s.card_id in cards]


def reviews_today(learner: Learner) -> list[Review]:
    """The reviews of this day that count, in order."""
    midnight = datetime.combine(clock.today(), time()).astimezone()
    return list(learner.card_reviews.filter(undone=False, reviewed_at__gte=midnight))


def session_of(learner: Learner, turn: Turn) -> Session:
    """What there is to do today."""
    today, cards = clock.today(), cards_for(learner)
    seconds = pace_of(learner, cards)
    states = {state.card_id: state for state in learner.card_states.all()}
    done = reviews_today(learner)
    spent = sum(seconds[cards[review.card_id].sort] for review in done if review.card_id in cards)
    pause = RecallPause.objects.filter(learner=learner).first()
    until = pause.until if pause is not None and pause.until > today else None
    queue: tuple[str, ...] = ()
    if until is None:
        queue = due_today(waiting(states.values(), cards, seconds), today, spent)
        left = DAY_SECONDS - spent - sum(seconds[cards[card].sort] for card in queue)
        fresh = [(card.id, seconds[card.sort]) for card in _fresh(learner, turn, cards) if card.id not in states]
        queue += new_today(fresh, sum(review.before is None for review in done), left)
    first = queue[0] if queue else None
    return Session(
        card=cards[first] if first else None,
        reviews=states[first].reviews if first in states else 0,
        left=len(queue),
        minutes=-(-sum(seconds[cards[card].sort] for card in queue) // 60),
        done=len(done),
        until=until,
        met=len(states),
        can_undo=bool(done),
    )


def _fresh(learner: Learner, turn: Turn, cards: Mapping[str, Card]) -> Iterator[Card]:
    """Cards that may be met, those of concepts and of own notes by turns: neither waits for the end of the other."""
    own = [card for card in cards.values() if card.sort == "note"]
    for pair in zip_longest(cards_of(concepts_met(learner, turn)), own):
        yield from (card for card in pair if card)


def statistics_of(learner: Learner) -> Statistics:
    """Reviews by week, minutes to come, and how firmly cards sit."""
    cards = cards_for(learner)
    states = [state for state in learner.card_states.all() if state.card_id in cards]
    mature = sum(stability_of(state.memory) >= MATURE_DAYS for state in states)
    reviews = list(learner.card_reviews.filter(undone=False, reviewed_at__gte=clock.now() - timedelta(weeks=WEEKS)))
    again = [review for review in reviews if review.before is not None]
    kept = sum(review.rating > 1 for review in again)
    stats = (
        Stat(str(len(states)), label="Cards met", note=f"of {len(cards)}"),
        Stat(str(mature), label="Sit firmly", note=f"for {MATURE_DAYS} days or more"),
        Stat(f"{kept / len(again):.0%}" if again else "-", label="Remembered", note=f"of {len(again)} reviews in {WEEKS} weeks"),
    )
    return Statistics(stats, _forecast(waiting(states, cards, pace_of(learner, cards))), _weeks(reviews))


def _forecast(due: list[Waiting]) -> Figure:
    today = clock.today()
    seconds = forecast(due, today, FORECAST_DAYS)
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
