"""Cards for recall, made from the concepts and the bank (nothing to write, and ids that stay), or from one's own notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from segue.curriculum import current
from segue.curriculum.concept import Concept, Item

TRUE, FALSE = "True", "False"


@dataclass(frozen=True)
class Choice:
    """An answer that one may give, and why it is right or wrong."""

    say: str
    right: bool
    because: str


@dataclass(frozen=True)
class Card:
    """A question with its answer. ``choices`` is empty where one says the answer to oneself. ``sort``: see ``core.recall``."""

    id: str
    sort: str
    concept: str
    front: str
    back: str
    points: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@cache
def all_cards() -> dict[str, Card]:
    """Every card by its id, concept by concept in the order of the curriculum."""
    items = [item for item in current().items if item.sort != "choice"]
    cards = (card for concept in current().concepts for card in _of_concept(concept, items))
    return {card.id: card for card in cards}


def cards_of(concepts: Iterable[str]) -> tuple[Card, ...]:
    """The cards of these concepts."""
    wanted = set(concepts)
    return tuple(card for card in all_cards().values() if card.concept in wanted)


def own_card(key: str, front: str, back: str, concept: str) -> Card:
    """A card from one's own notes."""
    return Card(f"own:{key}", "note", concept, front, back)


def _of_concept(concept: Concept, items: list[Item]) -> Iterable[Card]:
    points = tuple(point.say for point in concept.key_points)
    front = f"{concept.name}: say in one or two plain sentences what it is."
    yield Card(f"def:{concept.id}", "definition", concept.id, front, concept.plain, points)
    for mixup in concept.misconceptions:
        yield _statement(concept, mixup.wrong, mixup.right, is_true=False)
    # As many that hold, or "false" would always be the answer.
    for point in points[: len(concept.misconceptions)]:
        yield _statement(concept, point, concept.plain, is_true=True)
    for item in items:
        if item.concept == concept.id:
            yield _item(item)


def _statement(concept: Concept, says: str, because: str, *, is_true: bool) -> Card:
    mark = hashlib.sha256(says.encode()).hexdigest()[:8]
    choices = (Choice(TRUE, is_true, because), Choice(FALSE, not is_true, because))
    back = f"{TRUE if is_true else FALSE}. {because}"
    return Card(f"say:{concept.id}:{mark}", "belief", concept.id, f"{concept.name}: “{says}”", back, (), choices)


def _item(item: Item) -> Card:
    choices = tuple(Choice(option.say, option.right, option.because) for option in item.options)
    right = item.options[item.answer]
    return Card(f"item:{item.id}", "item", item.concept, item.question, f"{right.say} {right.because}", (), choices)
