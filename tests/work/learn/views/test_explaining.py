"""The closed-book box, as its reader has it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import withdraw
from segue.shared import clock
from segue.work.learn.queries.mastery import explained_by
from tests.browsing import visit
from tests.work.learn.texts import CLEAR, JARGON

BOX = "/learn/concepts/machine-learning/explain/"


def test_the_book_is_closed(page: Client) -> None:
    shown = visit(page, BOX)
    assert shown.heading == "Machine learning (ML)"
    assert "/learn/concepts/machine-learning/" not in [url for _, url in shown.links]
    assert "/glossary/" not in [url for _, url in shown.links]


def test_three_unexplained_terms_come_back_marked_in_the_text(page: Client) -> None:
    answer = page.post(f"{BOX}check/", {"text": JARGON}, headers={"HX-Request": "true"})
    marked = re.findall(r"<mark[^>]*>([^<]*)</mark>", answer.content.decode())
    assert answer.status_code == 200
    assert marked == ["precision", "recall", "embedding"]


def test_without_a_script_the_whole_page_comes_back_with_text_and_feedback(page: Client) -> None:
    answer = page.post(f"{BOX}check/", {"text": JARGON})
    html = answer.content.decode()
    assert "<mark" in html
    assert "We check its precision" in html
    assert "Record it" in html


def test_markup_in_a_text_is_text(page: Client) -> None:
    html = page.post(f"{BOX}check/", {"text": "<script>alert(1)</script> precision"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_clear_text_is_kept_as_evidence_and_counts_as_explained(page: Client, priya: Learner) -> None:
    answer = page.post(f"{BOX}keep/", {"text": CLEAR, "activity": "w02-explain"}, follow=True)
    entry = priya.entries.get()
    assert entry.kind == "explanation"
    assert entry.facts == {"clarity": "passed"}
    assert entry.activity_id == "w02-explain"
    assert entry.body == CLEAR
    assert "Recorded as entry 1: it passes" in answer.content.decode()
    assert explained_by(priya, clock.today()) == {"machine-learning"}


def test_a_text_with_something_to_mend_is_kept_and_does_not_count(page: Client, priya: Learner) -> None:
    page.post(f"{BOX}keep/", {"text": JARGON})
    assert priya.entries.get().facts == {"clarity": "returned"}
    assert explained_by(priya, clock.today()) == set()


def test_a_second_text_is_the_next_version_and_both_stand_side_by_side(page: Client, priya: Learner) -> None:
    page.post(f"{BOX}keep/", {"text": JARGON})
    page.post(f"{BOX}keep/", {"text": CLEAR})
    first, second = priya.entries.order_by("number")
    assert second.revises == first
    shown = visit(page, "/learn/concepts/machine-learning/")
    assert "entry 1" in shown.text
    assert "entry 2" in shown.text
    assert explained_by(priya, clock.today()) == {"machine-learning"}


def test_a_withdrawn_text_counts_no_longer(page: Client, priya: Learner) -> None:
    page.post(f"{BOX}keep/", {"text": CLEAR})
    withdraw(priya.entries.get(), clock.today(), "Not mine")
    assert explained_by(priya, clock.today()) == set()


def test_nothing_to_keep_is_told(page: Client, priya: Learner) -> None:
    answer = page.post(f"{BOX}keep/", {"text": "  "})
    assert answer.status_code == 400
    assert "There is no text yet." in answer.content.decode()
    assert not priya.entries.exists()


def test_what_is_typed_is_saved_and_comes_back(page: Client, priya: Learner) -> None:
    saved = page.post(f"{BOX}save/", {"text": "Half a thought", "revision": "0"}).json()
    assert "Half a thought" in visit(page, BOX).html
    assert page.post(f"{BOX}save/", {"text": "Half a thought more", "revision": saved["revision"]}).status_code == 200
    assert priya.explanations.get().text == "Half a thought more"


def test_a_second_tab_loses_nothing(page: Client, priya: Learner) -> None:
    page.post(f"{BOX}save/", {"text": "From the first tab", "revision": "0"})
    answer = page.post(f"{BOX}save/", {"text": "From the second", "revision": "0"})
    assert answer.status_code == 409
    assert "From the first tab" in answer.content.decode()
    assert priya.explanations.get().text == "From the first tab"


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 30, "\u0663"])
def test_a_strange_revision_breaks_nothing(page: Client, revision: str) -> None:
    assert page.post(f"{BOX}save/", {"text": "Words", "revision": revision}).status_code == 200


def test_an_activity_that_is_not_offered_is_refused_and_the_text_stays(page: Client) -> None:
    answer = page.post(f"{BOX}keep/", {"text": CLEAR, "activity": "w99-made-up"})
    assert answer.status_code == 422
    assert "tomatoes" in answer.content.decode()


def test_a_text_far_too_long_is_told_and_stays(page: Client) -> None:
    answer = page.post(f"{BOX}check/", {"text": "word " * 5000})
    assert answer.status_code == 422
    assert "at most 150 words" in answer.content.decode()


@pytest.mark.parametrize("concept", ["nothing", "machine_learning"])
def test_an_unknown_concept_is_not_there(page: Client, concept: str) -> None:
    assert page.get(f"/learn/concepts/{concept}/explain/").status_code == 404
