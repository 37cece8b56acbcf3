"""Recall, as its reader has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.recall import DAY_SECONDS, SECONDS
from segue.schedule.queries import turn_of
from segue.shared import clock
from segue.work.learn.cards import all_cards
from segue.work.learn.queries.recall import session_of
from tests.browsing import visit
from tests.work.learn.texts import CLEAR

HOME = "/learn/recall/"


@pytest.fixture
def studied(page: Client) -> Client:
    """Priya's browser, three concepts explained."""
    for concept in ("artificial-intelligence", "machine-learning", "model"):
        page.post(f"/learn/concepts/{concept}/explain/keep/", {"text": CLEAR})
    return page


def now(learner: Learner) -> str:
    """The card that is asked now; empty where none is."""
    turn = turn_of(learner)
    assert turn is not None
    card = session_of(learner, turn).card
    return card.id if card else ""


def rate(page: Client, learner: Learner, rating: int = 3) -> str:
    """Rates the card that is asked now."""
    card = now(learner)
    state = learner.card_states.filter(card_id=card).first()
    page.post(f"{HOME}rate/", {"card": card, "rating": str(rating), "reviews": str(state.reviews if state else 0)})
    return card


def test_without_studies_there_are_no_cards(page: Client) -> None:
    assert "No cards yet" in visit(page, HOME).text


def test_a_definition_is_asked_and_its_answer_folded_away(studied: Client, priya: Learner) -> None:
    shown = visit(studied, HOME)
    card = all_cards()[now(priya)]
    assert card.front in shown.text
    assert "Show the answer" in shown.text
    assert "Anki" in shown.text


def test_a_statement_is_answered_first_and_then_shows_why(studied: Client, priya: Learner) -> None:
    while not all_cards()[now(priya)].choices:
        rate(studied, priya)
    card = all_cards()[now(priya)]
    wrong = next(place for place, choice in enumerate(card.choices) if not choice.right)
    assert card.back not in visit(studied, HOME).text
    shown = visit(studied, f"{HOME}?card={card.id}&said={wrong}")
    assert "Not so." in shown.text
    assert card.choices[wrong].because in shown.text


@pytest.mark.parametrize("query", ["said=0", "said=9&card=def:model", "said=x", "said=-1", "card=%00&said=0", "said=" + "1" * 50])
def test_a_strange_answer_shows_the_card(studied: Client, query: str) -> None:
    assert studied.get(f"{HOME}?{query}").status_code == 200


def test_a_day_ends_after_ten_minutes_at_most(studied: Client, priya: Learner) -> None:
    spent = 0
    while card := now(priya):
        spent += SECONDS[all_cards()[card].sort]
        assert spent <= DAY_SECONDS
        rate(studied, priya, 4)
    assert "Done for today" in visit(studied, HOME).text


def test_undo_brings_back_the_card_as_it_was(studied: Client, priya: Learner) -> None:
    first = rate(studied, priya)
    studied.post(f"{HOME}undo/")
    assert now(priya) == first
    assert not priya.card_states.exists()
    assert priya.card_reviews.get().undone


def test_undo_of_a_second_look_gives_the_first_one_its_day_back(
    studied: Client, priya: Learner, on_day: Callable[[date], None]
) -> None:
    card = rate(studied, priya, 4)
    before = priya.card_states.get(card_id=card)
    on_day(clock.today() + timedelta(days=60))
    state = priya.card_states.get(card_id=card)
    studied.post(f"{HOME}rate/", {"card": card, "rating": "1", "reviews": str(state.reviews)})
    studied.post(f"{HOME}undo/")
    after = priya.card_states.get(card_id=card)
    assert (after.memory, after.due_at, after.reviews) == (before.memory, before.due_at, before.reviews)
    assert b"no rating of today" in studied.post(f"{HOME}undo/", follow=True).content


def test_a_second_window_is_told_and_nothing_is_noted_twice(studied: Client, priya: Learner) -> None:
    card = rate(studied, priya)
    answer = studied.post(f"{HOME}rate/", {"card": card, "rating": "3", "reviews": "0"})
    assert answer.status_code == 400
    assert "another window" in answer.content.decode()
    assert priya.card_reviews.count() == 1


@pytest.mark.parametrize(("rating", "reviews"), [("9", "0"), ("", "0"), ("x", "0"), ("3", ""), ("3", "-1"), ("3", "9" * 20)])
def test_a_strange_rating_is_refused(studied: Client, priya: Learner, rating: str, reviews: str) -> None:
    answer = studied.post(f"{HOME}rate/", {"card": now(priya), "rating": rating, "reviews": reviews})
    assert answer.status_code == 400
    assert not priya.card_reviews.exists()


def test_a_card_that_there_is_not(studied: Client) -> None:
    assert studied.post(f"{HOME}rate/", {"card": "def:nothing", "rating": "3", "reviews": "0"}).status_code == 404


def test_away_asks_nothing_and_coming_back_takes_ten_minutes_a_day(
    studied: Client, priya: Learner, on_day: Callable[[date], None]
) -> None:
    while now(priya):
        rate(studied, priya)
    until = clock.today() + timedelta(days=30)
    studied.post(f"{HOME}away/", {"until": until.isoformat()})
    on_day(until - timedelta(days=1))
    assert "Away" in visit(studied, HOME).text
    assert now(priya) == ""
    on_day(until)
    spent = 0
    while card := now(priya):
        spent += SECONDS[all_cards()[card].sort]
        rate(studied, priya, 4)
    assert 0 < spent <= DAY_SECONDS


def test_away_ends_sooner_by_a_button(studied: Client, priya: Learner) -> None:
    studied.post(f"{HOME}away/", {"until": (clock.today() + timedelta(days=9)).isoformat()})
    studied.post(f"{HOME}away/", {"back": "1"})
    assert now(priya)


@pytest.mark.parametrize("until", ["", "2020-01-01", "2999-01-01", "x"])
def test_a_wrong_day_is_told(studied: Client, until: str) -> None:
    answer = studied.post(f"{HOME}away/", {"until": until})
    assert answer.status_code == 400
    assert "Recall goes on as before" in answer.content.decode()


def test_statistics_with_nothing_and_with_reviews(studied: Client, priya: Learner) -> None:
    assert visit(studied, f"{HOME}statistics/").status == 200
    for _ in range(5):
        rate(studied, priya)
    shown = visit(studied, f"{HOME}statistics/")
    assert "Week of" in shown.text
    assert "no day more than 10" in shown.text


def test_the_deck_is_a_download(studied: Client) -> None:
    answer = studied.get(f"{HOME}segue.apkg")
    assert answer.content.startswith(b"PK")
    assert "segue.apkg" in answer["Content-Disposition"]
