"""The map, a concept and the parking lot, as their reader has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.mastery import GATED_TIER
from segue.curriculum import current
from segue.shared import clock
from segue.work.learn.actions.parking import park
from tests.browsing import visit
from tests.counting import queries_of
from tests.work.learn.texts import CLEAR


def offered(page: Client) -> list[str]:
    """Names of what the page offers to explain next."""
    return [url.split("/")[-3] for words, url in visit(page, "/learn/").links if words.startswith("Explain it")]


def test_every_concept_has_a_page_with_its_text_and_is_on_the_map(page: Client) -> None:
    everything = visit(page, "/learn/concepts/").html
    for concept in current().concepts:
        assert f'href="/learn/concepts/{concept.id}/"' in everything
    for concept in current().concepts[::9]:
        shown = visit(page, f"/learn/concepts/{concept.id}/")
        assert shown.heading == concept.name
        assert concept.misconceptions[0].wrong in shown.text
        assert all(point.say in shown.text for point in concept.key_points)


def test_a_new_learner_is_offered_what_builds_on_nothing(page: Client) -> None:
    assert offered(page) == [c.id for c in current().concepts if not c.prerequisites and c.week == 1][:5]


def test_what_was_explained_opens_what_builds_on_it(page: Client) -> None:
    first = offered(page)[0]
    page.post(f"/learn/concepts/{first}/explain/keep/", {"text": CLEAR})
    after = offered(page)
    assert first not in after
    assert any(first in current().concept_by_id[concept].prerequisites for concept in after)


def test_a_deep_topic_is_early_and_says_what_comes_first(page: Client) -> None:
    deep = next(c for c in current().concepts if c.tier == GATED_TIER)
    shown = visit(page, f"/learn/concepts/{deep.id}/")
    assert "This is early." in shown.text
    assert "the concept gate" in shown.text
    assert "nothing is locked" in shown.text


def test_a_topic_is_parked_with_one_click_and_comes_back_on_its_day(
    page: Client, on_day: Callable[[date], None], priya: Learner
) -> None:
    first = offered(page)[0]
    until = clock.today() + timedelta(days=7)
    answer = page.post(f"/learn/concepts/{first}/park/", {"until": until.isoformat()}, follow=True)
    assert "is parked until" in answer.content.decode()
    assert first not in offered(page)
    assert "Parking lot" in visit(page, "/learn/concepts/").text
    on_day(until)
    assert first in offered(page)
    page.post(f"/learn/concepts/{first}/unpark/")
    assert not priya.parked_topics.exists()


@pytest.mark.parametrize("until", ["", "yesterday", "2026-01-01", "2999-01-01", "31.12.2026"])
def test_a_wrong_day_is_told(page: Client, until: str, priya: Learner) -> None:
    answer = page.post("/learn/concepts/model/park/", {"until": until})
    assert answer.status_code == 400
    assert "is not parked" in answer.content.decode()
    assert not priya.parked_topics.exists()


@pytest.mark.parametrize("tier", ["1", "2", "3", "0", "x", "99"])
def test_the_map_can_be_seen_by_tier(page: Client, tier: str) -> None:
    assert page.get("/learn/concepts/", {"tier": tier}).status_code == 200


def test_terms_lead_to_the_glossary_and_say_what_they_mean(page: Client) -> None:
    html = visit(page, "/learn/concepts/precision-and-recall/").html
    assert "/glossary/#" in html
    assert 'title="' in html


def test_before_the_first_hour_there_is_nothing(
    client_of: Callable[[Learner | None], Client], make_learner: Callable[..., Learner]
) -> None:
    new = client_of(make_learner("Nina", started=False))
    assert new.get("/learn/").status_code == 302
    assert new.get("/learn/concepts/").status_code == 404


def test_queries_do_not_grow_with_what_is_parked(page: Client, priya: Learner) -> None:
    few = queries_of(page, "/learn/concepts/")
    for concept in current().concepts[:30]:
        park(priya, concept.id, clock.today() + timedelta(days=9))
    assert queries_of(page, "/learn/concepts/") == few
