"""What the pages of tier tests show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.curriculum.concept import Item, Option
from segue.work.learn.models import Sitting
from segue.work.learn.queries.concepts import url_of
from segue.work.learn.queries.mastery import PASS_AT

PART = 10
SECONDS_A_QUESTION = 45


@dataclass(frozen=True)
class Tier:
    """A test: which tiers of concepts it asks about, and how many questions it draws."""

    number: int
    name: str
    says: str
    tiers: tuple[int, ...]
    count: int
    activity: str = ""

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return round(self.count * SECONDS_A_QUESTION / 60)


TIERS: Mapping[int, Tier] = {
    1: Tier(1, "Test of the core", "The ideas that everything else builds on.", (1,), 20),
    2: Tier(2, "The concept gate", "Core and further ideas together; it opens the deep topics.", (1, 2), 30, "w08-concept-gate"),
    3: Tier(3, "Test of the deep topics", "For those who went on: what most product managers leave to others.", (3,), 12),
}


@dataclass(frozen=True)
class TierRow:
    """A test in the list, with what came of it so far."""

    tier: Tier
    open: Sitting | None
    finished: tuple[Sitting, ...]
    available: int

    @property
    def best(self) -> int | None:
        """The best score so far."""
        return max((sitting.score for sitting in self.finished if sitting.score is not None), default=None)

    @property
    def passed(self) -> bool:
        return self.best is not None and self.best >= PASS_AT


@dataclass(frozen=True)
class Answer:
    """A question of a finished test: what was chosen, and what is right."""

    item: Item
    concept: str
    url: str
    chosen: Option | None
    right: Option

    @property
    def is_right(self) -> bool:
        return self.chosen is not None and self.chosen.right


def bank_of(tier: Tier) -> Mapping[str, Sequence[str]]:
    """Ids of the items of a test by concept."""
    concepts = {concept.id: concept.tier for concept in current().concepts}
    bank: dict[str, list[str]] = {}
    for item in current().items:
        if concepts[item.concept] in tier.tiers:
            bank.setdefault(item.concept, []).append(item.id)
    return bank


def tier_rows(learner: Learner) -> tuple[TierRow, ...]:
    """All tests."""
    sittings = list(learner.sittings.select_related("entry").order_by("-begun_at"))
    return tuple(
        TierRow(
            tier,
            next((s for s in sittings if s.tier == number and s.entry is None), None),
            tuple(s for s in sittings if s.tier == number and s.entry is not None),
            sum(map(len, bank_of(tier).values())),
        )
        for number, tier in TIERS.items()
    )


def open_sitting(learner: Learner, tier: int) -> Sitting | None:
    """The sitting of a test that was begun and not finished."""
    return learner.sittings.filter(tier=tier, entry=None).first()


def part_of(sitting: Sitting, part: int) -> list[tuple[Item, Sequence[int]]]:
    """The questions of a part, each with the order of its options. Questions that the content has no longer are passed over."""
    bank = current().bank_by_id
    known = [(bank[question["item"]], question["order"]) for question in sitting.questions if question["item"] in bank]
    return known[(part - 1) * PART : part * PART]


def parts_in(sitting: Sitting) -> int:
    """How many parts a sitting has."""
    return max(1, -(-len(sitting.questions) // PART))


def answers_of(sitting: Sitting) -> tuple[Answer, ...]:
    """Every question of a sitting with what was chosen, those missed first."""
    curriculum = current()
    found = []
    for question in sitting.questions:
        item = curriculum.bank_by_id.get(question["item"])
        if item is not None:
            chosen = sitting.answers.get(item.id)
            option = item.options[chosen] if chosen is not None else None
            name = curriculum.concept_by_id[item.concept].name
            found.append(Answer(item, name, url_of(item.concept), option, item.options[item.answer]))
    return tuple(sorted(found, key=lambda answer: answer.is_right))
