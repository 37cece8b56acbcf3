from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from segue.core.mastery import GATED_TIER, OFFERED, Mastery, State, Topic

TODAY = date(2026, 11, 25)
TOPICS = {
    t.id: t
    for t in (
        Topic("ml", 1, 1),
        Topic("model", 1, 1, ("ml",)),
        Topic("loss", 1, 5, ("model",)),
        Topic("linear", 2, 5, ("loss",)),
        Topic("transformer", 3, 7, ("model",)),
    )
}


def test_a_topic_is_early_until_what_it_builds_on_was_explained_or_is_known() -> None:
    assert Mastery(TOPICS, TODAY).state("model") is State.EARLY
    assert Mastery(TOPICS, TODAY).lacking("model") == ("ml",)
    assert Mastery(TOPICS, TODAY, explained=frozenset({"ml"})).state("model") is State.READY
    assert Mastery(TOPICS, TODAY, known=frozenset({"ml"})).state("model") is State.READY
    assert Mastery(TOPICS, TODAY, explained=frozenset({"model"}), known=frozenset({"model"})).state("model") is State.EXPLAINED
    assert Mastery(TOPICS, TODAY, known=frozenset({"model"})).state("model") is State.KNOWN


def test_a_deep_topic_waits_for_the_test_of_the_tier_below() -> None:
    shown = frozenset({"ml", "model"})
    assert Mastery(TOPICS, TODAY, explained=shown, tests=frozenset({1})).state("transformer") is State.EARLY
    assert Mastery(TOPICS, TODAY, explained=shown, tests=frozenset({2})).state("transformer") is State.READY
    assert "transformer" not in Mastery(TOPICS, TODAY, explained=shown).this_week(26)
    assert "transformer" in Mastery(TOPICS, TODAY, explained=shown, tests=frozenset({2})).this_week(26)


def test_this_week_offers_nothing_of_later_weeks_or_parked() -> None:
    ready = Mastery(TOPICS, TODAY, explained=frozenset({"ml", "model"}))
    assert ready.this_week(4) == ()
    assert ready.this_week(5) == ("loss",)
    tomorrow = {"loss": TODAY + timedelta(days=1)}
    assert Mastery(TOPICS, TODAY, explained=frozenset({"ml", "model"}), parked=tomorrow).this_week(5) == ()
    assert Mastery(TOPICS, TODAY, explained=frozenset({"ml", "model"}), parked={"loss": TODAY}).this_week(5) == ("loss",)


IDS = st.sampled_from(sorted(TOPICS))


@given(st.frozensets(IDS), st.frozensets(IDS), st.frozensets(st.integers(1, 3)), st.integers(1, 26))
def test_nothing_early_is_ever_offered(
    explained: frozenset[str], known: frozenset[str], tests: frozenset[int], week: int
) -> None:
    mastery = Mastery(TOPICS, TODAY, explained, known, tests)
    offered = mastery.this_week(week)
    assert len(offered) <= OFFERED
    for topic in offered:
        assert set(TOPICS[topic].prerequisites) <= explained | known
        assert TOPICS[topic].week <= week
        assert TOPICS[topic].tier < GATED_TIER or GATED_TIER - 1 in tests
