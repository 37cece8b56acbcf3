"""What an ad asks for and nothing shows can’t get into a paper: every term, every way of writing it, every state it can be in."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import withdraw
from segue.evidence.files import StoredFile, store
from segue.work.transition.actions.ads import add_ad, change_ad, remove_ad, restore_ad
from segue.work.transition.models import JobAd, Resume, new_key
from segue.work.transition.queries.backing import backing_of, claimed_in_papers
from segue.work.transition.queries.honesty import Found, check_no_gaps, gap_terms_in, gap_words
from segue.work.transition.terms import Form, terms
from tests.conftest import MONDAY
from tests.work.transition.ledger import piece


def a_file() -> StoredFile:
    return store("a.txt", "text/plain", [b"x"])


TRADE = tuple(term for term in terms() if not term.is_classic)


def sentence_with(form: Form) -> str:
    return f"It says {form.text}, such as {form.only_if[0] if form.only_if else 'this'}"


def ad(learner: Learner, text: str) -> JobAd:
    return add_ad(learner, {"title": "PM", "company": "", "link": "", "text": text, "found_on": MONDAY})


def resume(learner: Learner, text: str) -> Resume:
    document = {"positions": [{"id": "a", "name": "Ada Ltd", "bullets": [{"id": "b", "text": text, "entries": []}]}]}
    return Resume.objects.create(learner=learner, key=new_key(), name="One", document=document, saved_at=f"{MONDAY}T12:00Z")


def test_every_way_of_writing_every_term_is_stopped(priya: Learner) -> None:
    forms = [(term, form) for term in TRADE for form in term.forms]
    ad(priya, "Requirements\n" + "\n".join(f"- {sentence_with(form)}" for _, form in forms))
    assert set(gap_words(priya)) == {term.id for term in TRADE}
    lines = [(f"line {n}", sentence_with(form)) for n, (_, form) in enumerate(forms)]
    caught = {(found.place, found.term) for found in gap_terms_in(priya, lines)}
    for n, (term, form) in enumerate(forms):
        assert (f"line {n}", term.name) in caught, form.text
    with pytest.raises(UserError, match="line 0 says"):
        check_no_gaps(priya, lines)


def test_nothing_is_a_gap_without_an_ad(priya: Learner) -> None:
    check_no_gaps(priya, [("one", "machine learning, RAG with LLMs and everything")])
    assert gap_words(priya) == {}


# What can be so or not: in the papers before the ad came, evidence of its kind, that evidence withdrawn, the ad removed.
STATES = list(itertools.product((False, True), repeat=4))


@pytest.mark.parametrize(("claimed", "shown", "withdrawn", "removed"), STATES)
def test_a_gap_in_every_state(priya: Learner, claimed: bool, shown: bool, withdrawn: bool, removed: bool) -> None:
    if claimed:
        resume(priya, "Wrote model cards")
    row = ad(priya, "Requirements\n- Model cards\n")
    if shown:
        entry = piece(priya, "model-card", "A card", ("C6",), files=(a_file(),))
        if withdrawn:
            withdraw(entry, MONDAY, "Wrong")
    if removed:
        remove_ad(row)
    is_gap = not claimed and not (shown and not withdrawn) and not removed
    found = gap_terms_in(priya, [("Ada Ltd, bullet 1", "Wrote model cards for two models")])
    assert bool(found) is is_gap
    assert not is_gap or found == (Found("Ada Ltd, bullet 1", "model cards", "model cards"),)


def test_what_was_claimed_is_noted_when_the_ad_comes_in_and_not_later(priya: Learner) -> None:
    row = ad(priya, "Requirements\n- Python\n- SQL\n")
    resume(priya, "Python, copied from the ad")
    assert set(gap_words(priya)) == {"python", "sql"}
    change_ad(
        row, {"title": "PM", "company": "", "link": "", "text": "Requirements\n- Python\n- Red teaming", "found_on": MONDAY}
    )
    assert set(gap_words(priya)) == {"python", "red-teaming"}
    kept = remove_ad(row)
    restore_ad(priya, kept)
    assert set(gap_words(priya)) == {"python", "red-teaming"}
    ad(priya, "Requirements\n- Python\n")
    assert "python" in gap_words(priya)


def test_the_papers_are_resumes_the_profile_and_the_baseline(priya: Learner) -> None:
    piece(priya, "resume", "Baseline", ("T",), body="Synthetic data and SQL. " + "word " * 60)
    resume(priya, "Red teaming")
    piece(priya, "profile", "Profile", ("T",), body="Python. " + "word " * 60)
    assert claimed_in_papers(priya) == {"synthetic-data", "sql", "red-teaming", "python"}


def test_papers_and_stories_never_support_a_term(priya: Learner) -> None:
    words = "Red teaming with synthetic data. " + "word " * 200
    for kind in ("resume", "star-story", "profile", "job-ads", "gap-plan", "why-note", "log", "mock-interview"):
        piece(priya, kind, "Red teaming", ("T",), body=words)
    ad(priya, "Requirements\n- Synthetic data")
    assert not {"red-teaming", "synthetic-data"} & set(backing_of(priya))


def test_ways_of_support(priya: Learner, on_day: Callable[[date], None]) -> None:
    piece(priya, "run", "Run 1", ("C4",), files=(a_file(),), body="We used synthetic data.\n## Python\n" + "word " * 160)
    piece(priya, "explanation", "Embeddings", ("C1",), body="word " * 80)
    piece(priya, "monitoring-plan", "Too short", ("C5",), body="drift", on=MONDAY - timedelta(days=1))
    found = {term: [each.way for each in each_one] for term, each_one in backing_of(priya).items()}
    assert found["machine-learning"] == ["done"]
    assert found["synthetic-data"] == ["named"]
    assert found["embeddings"] == ["explained"]
    assert "python" not in found  # a heading comes with the form
    assert "monitoring" not in found  # what can’t be checked supports nothing


def test_what_is_asked_of_any_product_manager_is_never_stopped(priya: Learner) -> None:
    ad(priya, "Requirements\n- Product management, agile, backlog, roadmap")
    assert set(gap_words(priya)) == {"product-strategy"}


def test_somebody_elses_ads_stop_nothing(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    ad(make_learner("Sam"), "Requirements\n- Python")
    assert gap_words(priya) == {}
