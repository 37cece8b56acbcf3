"""The cards as a deck for Anki, by genanki. Notes keep their ids, so that a later export updates the ones imported before."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from segue.work.learn.cards import Card

# Drawn once; Anki tells decks and kinds of notes apart by them.
DECK_ID, MODEL_ID = 1_764_057_601, 1_764_057_602
FRONT = "{{Front}}"
BACK = "{{FrontSide}}<hr id=answer>{{Back}}"


def deck_of(cards: Sequence[Card]) -> bytes:
    """An ``.apkg`` file of these cards."""
    import genanki

    model = genanki.Model(
        MODEL_ID,
        "Segue",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "Card", "qfmt": FRONT, "afmt": BACK}],
    )
    deck = genanki.Deck(DECK_ID, "Segue: AI concepts")
    for card in cards:
        tags = [card.concept or "own"]
        note = genanki.Note(model=model, fields=[_front(card), _back(card)], guid=genanki.guid_for(card.id), tags=tags)
        deck.add_note(note)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "segue.apkg"
        genanki.Package(deck).write_to_file(str(path))
        return path.read_bytes()


def _front(card: Card) -> str:
    options = "".join(f"<li>{escape(choice.say)}</li>" for choice in card.choices)
    return escape(card.front) + (f"<ul>{options}</ul>" if options else "")


def _back(card: Card) -> str:
    points = "".join(f"<li>{escape(point)}</li>" for point in card.points)
    return escape(card.back) + (f"<ul>{points}</ul>" if points else "")
