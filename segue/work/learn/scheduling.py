"""When a card comes again: FSRS, by the library, without its random shift, so that the same reviews give the same days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fsrs import Rating, Scheduler

Memory = Mapping[str, Any]  # a card as the library writes it down
RETENTION = 0.9  # share of cards that should be remembered when they come again
RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(desired_retention=RETENTION, enable_fuzzing=False)


def review(memory: Memory | None, rating: int, at: datetime) -> tuple[dict[str, Any], datetime]:
    """What is remembered after a review, and when the card is due again. ``memory`` is ``None`` for a new card."""
    from fsrs import Card, Rating

    moment = at.astimezone(UTC)
    # The number that the library gives a card is its moment of birth; ours go by their own ids.
    card = Card.from_dict(dict(memory)) if memory else Card(card_id=0, due=moment)  # type: ignore[arg-type]
    after, _ = _scheduler().review_card(card, Rating(rating), moment)
    return dict(after.to_dict()), after.due


def due_of(memory: Memory) -> datetime:
    """When a card is due again."""
    return datetime.fromisoformat(str(memory["due"]))


def is_memory(value: object) -> bool:
    """Whether something, as from a file that anybody may have edited, is a card as the library writes it down."""
    from fsrs import Card

    try:
        card = Card.from_dict(value)  # type: ignore[arg-type]
        _scheduler().review_card(card, _good(), max(card.due, card.last_review or card.due).astimezone(UTC))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        return False
    return True


def _good() -> Rating:
    from fsrs import Rating

    return Rating.Good


def stability_of(memory: Memory) -> float:
    """Days after which nine in ten would still be remembered; 0 while it is not known."""
    return float(memory.get("stability") or 0.0)
