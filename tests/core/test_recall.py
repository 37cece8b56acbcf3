from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.recall import (
    DAY_SECONDS,
    ENOUGH,
    LEAST_SECONDS,
    NEW_A_DAY,
    SECONDS,
    Waiting,
    due_today,
    forecast,
    new_today,
    pace,
)

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOON.astimezone().date()


def card(number: int, days: int = 0, sort: str = "definition") -> Waiting:
    return Waiting(f"c{number:03}", SECONDS[sort], NOON + timedelta(days=days))


def test_what_is_due_longest_comes_first_and_what_is_not_due_waits() -> None:
    assert due_today([card(1), card(2, -3), card(3, 1)], TODAY) == ("c002", "c001")


def test_a_day_takes_what_fits_less_what_was_done() -> None:
    many = [card(n, -n) for n in range(100)]
    assert len(due_today(many, TODAY)) == DAY_SECONDS // SECONDS["definition"]
    assert len(due_today(many, TODAY, spent=DAY_SECONDS - 65)) == 2
    assert due_today(many, TODAY, spent=DAY_SECONDS) == ()


@pytest.mark.parametrize(
    ("met", "left", "count"), [(0, 600, NEW_A_DAY), (NEW_A_DAY - 2, 600, 2), (99, 600, 0), (0, 70, 2), (0, 0, 0)]
)
def test_new_cards_are_few_and_fit(met: int, left: int, count: int) -> None:
    fresh = [(f"n{n}", SECONDS["definition"]) for n in range(20)]
    assert new_today(fresh, met, left) == tuple(f"n{n}" for n in range(count))


CARDS = st.lists(st.tuples(st.integers(-400, 60), st.sampled_from(sorted(SECONDS))), max_size=300)


@given(CARDS, st.integers(0, 90), st.integers(0, DAY_SECONDS))
def test_after_any_absence_no_day_holds_more_than_its_minutes_and_no_card_is_lost(
    made: list[tuple[int, str]], away: int, spent: int
) -> None:
    cards = [card(n, days, sort) for n, (days, sort) in enumerate(made)]
    back: date = TODAY + timedelta(days=away)
    horizon = 61 + len(cards)
    seconds = forecast(cards, back, horizon, spent)
    assert all(0 <= each <= DAY_SECONDS for each in seconds)
    assert seconds[0] <= DAY_SECONDS - spent
    assert sum(seconds) == sum(SECONDS[sort] for _, sort in made)


@given(CARDS)
def test_the_first_day_of_the_forecast_is_what_is_offered_today(made: list[tuple[int, str]]) -> None:
    cards = [card(n, days, sort) for n, (days, sort) in enumerate(made)]
    by_id = {each.id: each for each in cards}
    assert sum(by_id[i].seconds for i in due_today(cards, TODAY)) == forecast(cards, TODAY, 1)[0]


def ratings(*gaps: float, sort: str = "belief") -> list[tuple[str, datetime]]:
    moments = [NOON]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(seconds=gap))
    return [(sort, moment) for moment in moments]


def test_cards_take_what_one_needs_for_them_once_there_are_enough() -> None:
    assert pace([]) == SECONDS
    assert pace(ratings(*[40.0] * (ENOUGH - 1))) == SECONDS
    assert pace(ratings(*[40.0] * ENOUGH)) == {**SECONDS, "belief": 40}
    # The median: neither a night between two sittings nor a double press counts.
    assert pace(ratings(*[40.0] * ENOUGH, 50_000, 0.2, 121))["belief"] == 40
    assert pace(ratings(*[2.0] * ENOUGH))["belief"] == LEAST_SECONDS


def test_a_rating_counts_for_the_card_that_was_rated() -> None:
    mixed = [("item" if n % 2 else "belief", at) for n, (_, at) in enumerate(ratings(*[10.0, 60.0] * ENOUGH))]
    assert {sort: pace(mixed)[sort] for sort in ("item", "belief")} == {"item": 10, "belief": 60}
