from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

from segue.core.recall import SECONDS
from segue.curriculum import current
from segue.work.learn.cards import all_cards, cards_of
from segue.work.learn.decks import deck_of


def test_every_concept_has_its_cards_and_every_misconception_one() -> None:
    cards = all_cards().values()
    assert {card.concept for card in cards if card.sort == "definition"} == {concept.id for concept in current().concepts}
    fronts = "\n".join(card.front for card in cards)
    assert all(mixup.wrong in fronts for concept in current().concepts for mixup in concept.misconceptions)
    assert {card.id for card in cards if card.sort == "item"} == {f"item:{i.id}" for i in current().items if i.sort != "choice"}


def test_true_and_false_are_in_balance_and_every_choice_has_one_right_answer() -> None:
    chosen = [card for card in all_cards().values() if card.choices]
    beliefs = [card for card in chosen if card.sort == "belief"]
    assert all(sum(choice.right for choice in card.choices) == 1 for card in chosen)
    true = sum(card.choices[0].right for card in beliefs) / len(beliefs)
    assert 0.4 < true < 0.6


def test_every_sort_takes_a_known_time_and_ids_fit_the_table() -> None:
    assert {card.sort for card in all_cards().values()} == set(SECONDS) - {"note"}
    assert all(len(card) <= 100 for card in all_cards())


def test_cards_of_some_concepts_come_in_the_order_of_the_curriculum() -> None:
    found = cards_of(["model", "artificial-intelligence"])
    assert {card.concept for card in found} == {"model", "artificial-intelligence"}
    assert found[0].concept == "artificial-intelligence"


def test_the_deck_opens_and_holds_every_card(tmp_path: Path) -> None:
    cards = tuple(all_cards().values())
    path = tmp_path / "segue.apkg"
    path.write_bytes(deck_of(cards))
    with zipfile.ZipFile(path) as package:
        package.extract("collection.anki2", tmp_path)
    base = sqlite3.connect(tmp_path / "collection.anki2")
    try:
        notes = base.execute("SELECT guid, flds FROM notes").fetchall()
    finally:
        base.close()
    assert len({guid for guid, _ in notes}) == len(cards)
    assert any("is it software" in fields.casefold() or "AI is software" in fields for _, fields in notes)


def test_a_later_deck_has_the_same_ids(tmp_path: Path) -> None:
    def guids(name: str) -> set[str]:
        (tmp_path / name).write_bytes(deck_of(cards_of(["model"])))
        with zipfile.ZipFile(tmp_path / name) as package:
            package.extract("collection.anki2", tmp_path / f"{name}-out")
        base = sqlite3.connect(tmp_path / f"{name}-out" / "collection.anki2")
        try:
            return {guid for (guid,) in base.execute("SELECT guid FROM notes")}
        finally:
            base.close()

    assert guids("one.apkg") == guids("two.apkg")
