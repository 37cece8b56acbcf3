"""Reviewing cards: a rating is noted and the card gets its next day; the last ones can be taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.shared import clock
from segue.work.learn.models import CardState, RecallPause, Review
from segue.work.learn.queries.recall import reviews_today
from segue.work.learn.scheduling import RATINGS, due_of, review


@transaction.atomic
def rate_card(learner: Learner, card_id: str, rating: int, seen: int) -> Review:
    """Notes how well a card was remembered. ``seen``: the number of its reviews that the window knew of.

    Raises ``UserError`` where another window has rated it meanwhile, or for a rating that there is not.
    """
    if rating not in RATINGS:
        raise UserError("There is no such rating.", "Choose one of Again, Hard, Good and Easy.")
    Learner.objects.select_for_update().get(pk=learner.pk)
    state = learner.card_states.filter(card_id=card_id).first()
    if (state.reviews if state else 0) != seen:
        raise UserError("This card was rated in another window meanwhile.", "Go back to recall; the next card waits there.")
    now = clock.now()
    before = state.memory if state else None
    memory, due_at = review(before, rating, now)
    fields = {"memory": memory, "due_at": due_at, "reviews": seen + 1}
    CardState.objects.update_or_create(learner=learner, card_id=card_id, defaults=fields)
    return Review.objects.create(learner=learner, card_id=card_id, rating=rating, reviewed_at=now, before=before)


@transaction.atomic
def undo_rating(learner: Learner) -> Review | None:
    """Takes the last rating of today back; ``None`` where there is none."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    done = reviews_today(learner)
    if not done:
        return None
    last = done[-1]
    state = learner.card_states.filter(card_id=last.card_id).first()
    if state is not None and last.before is None:
        state.delete()
    elif state is not None and last.before is not None:
        state.memory, state.reviews, state.due_at = last.before, state.reviews - 1, due_of(last.before)
        state.save(update_fields=["memory", "reviews", "due_at"])
    last.undone = True
    last.save(update_fields=["undone"])
    return last


def set_away(learner: Learner, until: date | None) -> None:
    """Nothing is asked before a day; ``None`` ends the pause."""
    if until is None:
        RecallPause.objects.filter(learner=learner).delete()
    else:
        RecallPause.objects.update_or_create(learner=learner, defaults={"until": until})
