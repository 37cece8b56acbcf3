"""Tier tests, as their reader has them."""

from __future__ import annotations

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.work.learn.models import Sitting
from segue.work.learn.queries.testing import TIERS
from tests.browsing import visit


def sit(page: Client, learner: Learner, tier: int, *, wrong: int = 0) -> str:
    """Takes a test with so many wrong answers; the text of its result."""
    page.post(f"/learn/tests/{tier}/begin/")
    sitting = learner.sittings.get(tier=tier, entry=None)
    bank = current().bank_by_id
    part, answer = 1, None
    for place in range(0, len(sitting.questions), 10):
        items = [bank[question["item"]] for question in sitting.questions[place : place + 10]]
        data = {item.id: str((item.answer + 1) % 4 if place + at < wrong else item.answer) for at, item in enumerate(items)}
        answer = page.post(f"/learn/tests/{tier}/{part}/", data, follow=True)
        part += 1
    assert answer is not None
    return answer.content.decode()


@pytest.mark.parametrize("tier", TIERS)
def test_all_right_passes_and_is_evidence(page: Client, priya: Learner, tier: int) -> None:
    assert "100%, passed" in sit(page, priya, tier)
    entry = priya.entries.get()
    assert (entry.kind, entry.facts) == ("quiz", {"score": 100, "items": TIERS[tier].count})
    assert entry.words >= 20


def test_the_gate_counts_for_its_activity(page: Client, priya: Learner) -> None:
    sit(page, priya, 2)
    assert priya.entries.get().activity_id == "w08-concept-gate"


def test_missed_questions_come_with_the_reason_against_the_answer_chosen(page: Client, priya: Learner) -> None:
    html = sit(page, priya, 1, wrong=10)
    assert "50%" in html
    sitting = priya.sittings.get()
    item = current().bank_by_id[sitting.questions[0]["item"]]
    chosen = item.options[sitting.answers[item.id]]
    from django.utils.html import escape

    assert escape(chosen.because) in html
    assert escape(item.options[item.answer].because) in html


def test_a_question_left_open_is_missed_and_the_page_says_so(page: Client, priya: Learner) -> None:
    page.post("/learn/tests/3/begin/")
    page.post("/learn/tests/3/1/", {})
    html = page.post("/learn/tests/3/2/", {}, follow=True).content.decode()
    assert "You left it open." in html
    assert priya.sittings.get().score == 0


def test_a_test_that_was_begun_goes_on_with_its_answers(page: Client, priya: Learner) -> None:
    page.post("/learn/tests/1/begin/")
    sitting = priya.sittings.get()
    item = current().bank_by_id[sitting.questions[0]["item"]]
    page.post("/learn/tests/1/1/", {item.id: "2"})
    page.post("/learn/tests/1/begin/")
    assert priya.sittings.count() == 1
    (form,) = [form for form in visit(page, "/learn/tests/1/1/").forms if item.id in form.values]
    assert form.values[item.id] == "2"


def test_the_next_draw_asks_other_questions(page: Client, priya: Learner) -> None:
    sit(page, priya, 1)
    sit(page, priya, 1)
    first, second = (
        {question["item"] for question in sitting.questions} for sitting in Sitting.objects.filter(learner=priya, tier=1)
    )
    assert not first & second


def test_finishing_twice_records_once(page: Client, priya: Learner) -> None:
    page.post("/learn/tests/3/begin/")
    page.post("/learn/tests/3/2/", {})
    assert page.post("/learn/tests/3/2/", {}).status_code == 404
    assert priya.entries.count() == 1


@pytest.mark.parametrize("data", [{"q-model-1": "7"}, {"q-model-1": "x"}, {"nothing": "1"}])
def test_a_strange_answer_is_no_error(page: Client, data: dict[str, str]) -> None:
    page.post("/learn/tests/1/begin/")
    assert page.post("/learn/tests/1/1/", data).status_code in (302, 422)


@pytest.mark.parametrize("path", ["/learn/tests/9/1/", "/learn/tests/1/99/", "/learn/tests/1/0/", "/learn/tests/results/99999/"])
def test_what_is_not_there_is_not_there(page: Client, path: str) -> None:
    page.post("/learn/tests/1/begin/")
    assert page.get(path).status_code == 404
