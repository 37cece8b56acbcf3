"""One's own notes become cards; a card is asked no more, or again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.learn.models import OwnCard
from segue.work.learn.notes import Note
from segue.work.learn.queries.cards import Change, changes_of

MOST_CARDS = 3000


@transaction.atomic
def keep_notes(learner: Learner, notes: Sequence[Note]) -> tuple[Change, ...]:
    """Keeps notes as cards; what is remembered of a card with the same front stays. Keeping the same twice changes nothing.

    Raises ``UserError`` where there would be too many.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    changes = changes_of(learner, notes)
    fresh = [change.note for change in changes if change.state == "new"]
    if learner.own_cards.filter(kept=True).count() + len(fresh) > MOST_CARDS:
        raise UserError(
            f"That would be more than {MOST_CARDS:,} cards of your own.", "At eight new ones a day, begin with those that matter."
        )
    for change in changes:
        if change.state != "same":
            _keep(learner, change.note)
    return changes


def _keep(learner: Learner, note: Note) -> None:
    values = {"front": note.front, "back": note.back, "kept": True} | ({"concept_id": note.concept} if note.concept else {})
    OwnCard.objects.update_or_create(learner=learner, key=note.key, defaults=values)


def set_kept(learner: Learner, key: str, kept: bool) -> OwnCard | None:
    """Whether a card is asked; ``None`` where there is no such card. What is remembered of it stays."""
    card = learner.own_cards.filter(key=key).first()
    if card is not None:
        card.kept = kept
        card.save(update_fields=["kept"])
    return card
