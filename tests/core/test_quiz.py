from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from segue.core.quiz import draw

BANK = {"a": ["a1", "a2", "a3"], "b": ["b1", "b2", "b3"], "c": ["c1"]}


def test_another_draw_is_another_test() -> None:
    assert len({draw(BANK, 3, (), Random(seed)) for seed in range(20)}) > 5


def test_what_was_not_asked_lately_comes_first() -> None:
    for seed in range(20):
        drawn = draw({"a": ["a1", "a2"], "b": ["b1", "b2"]}, 2, {"a1", "b2"}, Random(seed))
        assert set(drawn) == {"a2", "b1"}


@given(
    st.dictionaries(st.text("abc", min_size=1), st.lists(st.integers(0, 50).map(str), max_size=5, unique=True), max_size=6),
    st.integers(0, 30),
    st.integers(0, 999),
)
def test_a_draw_is_spread_over_the_topics(piles: dict[str, list[str]], count: int, seed: int) -> None:
    bank = {topic: [f"{topic}-{item}" for item in items] for topic, items in piles.items()}
    drawn = draw(bank, count, (), Random(seed))
    assert len(drawn) == min(count, sum(map(len, bank.values())))
    assert len(set(drawn)) == len(drawn)
    asked = Counter(item.rsplit("-", 1)[0] for item in drawn)
    for topic, items in bank.items():
        assert asked[topic] >= min(len(items), max(asked.values(), default=0) - 1)
