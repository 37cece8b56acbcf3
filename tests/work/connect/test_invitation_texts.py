"""The texts that come with Segue: short, plain, with every place filled or marked."""

from __future__ import annotations

import re

import pytest

from segue.core.clarity import grade_of, sentences_of
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.evidence.actions.ledger import WORD
from segue.work.connect.asks import OCCASIONS, need_of
from segue.work.connect.invitation_texts import (
    MOST_WORDS,
    SLOT,
    Known,
    compose,
    gaps_in,
    leftovers_in,
    note,
    occasion_choices,
    occasion_like,
    texts,
)
from segue.work.connect.models import Purpose
from segue.work.connect.vocabulary import roles

INES = Known("Inês", "Priya", "data-scientist")
EVERY = [(occasion, role) for occasion, _ in occasion_choices() for role in texts().roles]
QUESTIONS = [need.ask for each in current().programme.activities for need in each.people]
MOST_GRADE, MOST_SENTENCE = 9, 36


def test_each_role_has_its_own_words() -> None:
    assert set(texts().roles) == {"", *(role for role, _ in roles())}
    parts = [tuple(parts.values()) for parts in texts().roles.values()]
    assert len(set(parts)) == len(parts)
    assert {each.purpose for each in texts().occasions.values()} == set(Purpose.values)
    assert set(OCCASIONS.values()) <= set(texts().occasions)


@pytest.mark.parametrize(("occasion", "role"), EVERY)
def test_a_text_is_short_and_plain(occasion: str, role: str) -> None:
    text = compose(occasion, Known("Inês", "Priya", role))
    assert 60 < count_words(text) <= MOST_WORDS
    assert not SLOT.search(text)
    assert text.startswith("Hello Inês,\n\n«one sentence that fits nobody else")
    assert text.endswith("\n\nPriya")
    assert gaps_in(text)
    assert not leftovers_in(text)
    assert " no is fine" in text or "that is fine" in text or "can say no" in text
    filled = re.sub("«[^»]*»", "words", text)
    words = WORD.findall(filled)
    sentences = [len(WORD.findall(filled[begin:end])) for begin, end in sentences_of(filled)]
    assert grade_of(words, len(sentences)) <= MOST_GRADE
    assert max(sentences) <= MOST_SENTENCE
    assert "!" not in text


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("occasion", ["workflow", "project-feedback", "informational", "review", "other"])
def test_the_question_of_the_plan_takes_the_place(occasion: str, question: str) -> None:
    project = "Eight reasons: what the customers of small shops are really unhappy about"
    text = compose(occasion, Known("Inês", "Priya", "ml-engineer", question, project))
    assert question in text
    assert count_words(text) <= MOST_WORDS


def test_what_is_known_is_filled() -> None:
    assert "«your project in one line»" in compose("project-feedback", INES)
    known = compose("project-feedback", Known("Inês", "Priya", "data-scientist", project="Why parcels come late"))
    assert "“Why parcels come late”" in known
    assert len(gaps_in(known)) == 2
    assert "weakest point first" in known


def test_names_with_braces_and_marks_stay_as_they_are() -> None:
    text = compose("workflow", Known("{me} \\1 «x»", "{bring}", "nobody-known"))
    assert text.startswith("Hello {me} \\1 «x»,")
    assert text.endswith("{bring}")
    assert leftovers_in(text) == ("x",)


def test_gaps_are_those_of_segue_only() -> None:
    assert gaps_in("«two or three dates with times» «two or three dates with times»") == ("two or three dates with times",)
    assert gaps_in("Elle a dit «bonjour».") == ()
    assert leftovers_in("Elle a dit «bonjour».") == ("bonjour",)
    assert leftovers_in("«one\ntwo» « «») »") == ()


@pytest.mark.parametrize("name", ["reminder", "no", "yes"])
@pytest.mark.parametrize("purpose", [*Purpose.values, "of-a-later-segue"])
def test_short_messages(name: str, purpose: str) -> None:
    text = note(name, INES, purpose, "Monday 4 January")
    assert text.startswith("Hello Inês,")
    assert text.endswith("Priya")
    assert not SLOT.search(text)
    assert "«" not in text
    assert count_words(text) < 80


def test_occasion_like() -> None:
    assert occasion_like("workflow", "workflow") == "workflow"
    assert occasion_like("other", "mentor") == "mentor"
    assert occasion_like("project-feedback", "workflow") == "project-feedback"
    assert occasion_like("other", "workflow") == "other"
    assert occasion_like("of-a-later-segue", "workflow") == "other"


def test_a_question_is_there_for_every_activity_that_needs_people() -> None:
    for each in current().programme.activities:
        need = need_of(each, "", "")
        assert (need is None) == (not each.people)


def test_a_day_to_answer_by_is_one_day() -> None:
    gaps = gaps_in(compose("permission", INES))
    assert "the day by which you need an answer" in gaps
    assert "two or three dates with times" not in gaps
