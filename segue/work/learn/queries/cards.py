"""What the page of one's own cards shows, and what keeping notes would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.texts import finds
from segue.work.learn.models import OwnCard
from segue.work.learn.notes import Note, Notes, Rejected

PAGE = 50


@dataclass(frozen=True)
class CardRow:
    """A card of one's own, with the name of its concept."""

    card: OwnCard
    concept: str


@dataclass(frozen=True)
class Change:
    """A note against the cards there are. ``state``: new, changed or same; ``before`` is the back that it replaces."""

    note: Note
    state: str
    before: str = ""

    @property
    def concept(self) -> str:
        """The name of its concept."""
        return name_of(self.note.concept)


@dataclass(frozen=True)
class Preview:
    """What keeping the notes would do."""

    changes: tuple[Change, ...]
    rejected: tuple[Rejected, ...]
    remarks: tuple[str, ...]

    def count(self, state: str) -> int:
        """How many notes are new, changed or same."""
        return sum(change.state == state for change in self.changes)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each, those rejected too."""
        return {state: self.count(state) for state in ("new", "changed", "same")} | {"rejected": len(self.rejected)}

    @property
    def kept(self) -> int:
        """How many cards come or change."""
        return self.count("new") + self.count("changed")


def name_of(concept_id: str) -> str:
    """The name of a concept; empty where there is none."""
    concept = current().concept_by_id.get(concept_id)
    return concept.name if concept else ""


def cards_page(learner: Learner, query: str, number: str | None) -> Page[CardRow]:
    """One's own cards, the newest first, those with every word of a query."""
    rows = [CardRow(card, name_of(card.concept_id)) for card in learner.own_cards.filter(kept=True).order_by("-id")]
    found = [row for row in rows if finds(query, row.card.front, row.card.back, row.concept)] if query else rows
    return Paginator(found, PAGE).get_page(number)


def preview_of(learner: Learner, notes: Notes) -> Preview:
    """What keeping these notes would do. One query."""
    return Preview(changes_of(learner, notes.notes), notes.rejected, notes.remarks)


def changes_of(learner: Learner, notes: Sequence[Note]) -> tuple[Change, ...]:
    """Each note against the card of the same front."""
    there = {card.key: card for card in learner.own_cards.all()}
    return tuple(_change(note, there.get(note.key)) for note in notes)


def _change(note: Note, card: OwnCard | None) -> Change:
    if card is None or not card.kept:
        return Change(note, "new")
    same = (card.front, card.back, card.concept_id) == (note.front, note.back, note.concept or card.concept_id)
    return Change(note, "same") if same else Change(note, "changed", card.back)
