"""Drawing a test from a bank: another one each time, spread over its topics."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")


class Chance(Protocol):
    """What deals: ``random.Random``, for one."""

    def sample(self, population: Sequence[Thing], k: int) -> list[Thing]:
        """``k`` of the things, each at most once, in random order."""
        ...


def draw(bank: Mapping[str, Sequence[str]], count: int, recent: Collection[str], chance: Chance) -> tuple[str, ...]:
    """``count`` items of a bank (topic -> items), or all where it has fewer, in random order.

    No topic gives a second item before every topic gave one; of a topic's items those that were not asked ``recent``ly come
    first.
    """
    topics = chance.sample(sorted(bank), len(bank))
    piles = {topic: sorted(chance.sample(list(bank[topic]), len(bank[topic])), key=lambda i: i in recent) for topic in topics}
    rounds = max(map(len, piles.values()), default=0)
    drawn = [piles[topic][turn] for turn in range(rounds) for topic in topics if turn < len(piles[topic])]
    chosen = drawn[:count]
    return tuple(chance.sample(chosen, len(chosen)))
