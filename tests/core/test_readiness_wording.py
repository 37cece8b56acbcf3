"""What a line says is missing, word for word."""

from __future__ import annotations

import pytest

from segue.core.competency import Condition, LevelRule, Need, Tier
from segue.core.readiness import Line, assess
from tests.core.sample import FADES_AFTER, Book, day, programme
from tests.core.test_readiness import BOTH, TALKS, asked, line_of, wanting
from tests.core.test_readiness_levels import ruled


def test_an_empty_ledger() -> None:
    missing = {
        line.id: line.missing
        for result in assess(programme(), Book().ledger(), day(0)).results
        for level in result.levels
        for line in level.lines
    }
    assert missing == {
        "c1-1-quiz": "1 more quiz needed.",
        "c1-1-explained": "3 more explanations needed.",
        "c1-1-rule-e1": "1 more piece that Segue can check.",
        "c1-2-report": "1 more report needed.",
        "c1-2-rule-e1": "2 more pieces that Segue can check.",
        "c1-2-rule-e2": "1 more piece reviewed by a named person.",
        "c1-3-sound": "1 more report needed.",
        "c1-3-rule-e2": "1 more piece reviewed by a named person.",
        "c1-3-rule-practitioner": "1 more piece reviewed by somebody who practises AI.",
        "c1-3-rule-data": "1 more piece made with real or realistic data.",
        "c1-3-rule-weeks": "2 more weeks with evidence.",
        "c1-4-effect": "1 more effect outside needed.",
        "c1-4-rule-e3": "1 more piece with an effect that a stakeholder confirmed.",
        "c2-1-talks": "3 more talks needed; with 2 different answers to “Role”.",
        "c2-1-rule-e1": "1 more piece that Segue can check.",
        "c2-2-either": "1 more AI memo or report needed.",
        "c2-2-rule-e1": "2 more pieces that Segue can check.",
        "c2-2-rule-e2": "1 more piece reviewed by a named person.",
        "t-1-stories": "2 more interview stories needed.",
        "t-1-mentor": "1 more mentor review needed.",
    }
    assert line_of(Book(), "c1-2-rule-e1").text == "2 pieces of evidence that Segue can check"
    assert line_of(Book(), "c1-1-rule-e1").text == "1 piece of evidence that Segue can check"
    assert line_of(Book(), "c1-3-rule-weeks").text == "Evidence from 2 different weeks"


def test_one_week_more() -> None:
    book = Book()
    book.work("report")
    assert line_of(book, "c1-2-rule-weeks", of=ruled(LevelRule(2, "", weeks=2))).missing == "1 more week with evidence."


def test_three_kinds_in_the_plural() -> None:
    assert asked(Need(("memo", "report", "quiz"), 2), Book()).missing == "2 more AI memos, reports or quizzes needed."


@pytest.mark.parametrize(
    ("need", "facts", "says"),
    [
        (BOTH, {"score": 70, "items": 20}, "1 more quiz needed; 1 recorded lacks “Score” of 80 or more."),
        (BOTH, {"score": 90, "items": 19}, "1 more quiz needed; 1 recorded lacks “Items” of 20 or more."),
        (BOTH, {}, "1 more quiz needed; 1 recorded lacks “Score” of 80 or more."),
        (
            Need(("report",), where=(Condition("data", any_of=("real", "realistic")),)),
            {"data": "toy"},
            "1 more report needed; 1 recorded lacks “Data”: Real or Realistic.",
        ),
        (Need(("report",), where=(Condition("x", any_of=("y",)),)), {}, "1 more report needed; 1 recorded lacks “x”: y."),
        (
            Need(("quiz",), where=(Condition("score", at_least=0.5),)),
            {"score": 0},
            "1 more quiz needed; 1 recorded lacks “Score” of 0.5 or more.",
        ),
        (Need(("report",), tier=Tier.E2), {}, "1 more report needed; 1 recorded lacks a review that finds it good."),
        (Need(("report",), tier=Tier.E3), {}, "1 more report needed; 1 recorded lacks a confirmed effect."),
    ],
)
def test_what_the_nearest_lacks(need: Need, facts: dict[str, float | str], says: str) -> None:
    book = Book()
    book.work(need.kinds[0], facts=facts)
    assert asked(need, book).missing == says


def test_the_version_that_comes_nearest_is_told() -> None:
    book = Book()
    first = book.work("quiz", facts={"score": 10, "items": 5})
    book.work("quiz", facts={"score": 90, "items": 5}, revises=first)
    assert asked(BOTH, book).missing == "1 more quiz needed; 1 recorded lacks “Items” of 20 or more."


def test_everything_at_once() -> None:
    need = Need(("report",), 5, Tier.E2, practitioner=True)
    book = Book()
    book.work("report", files=0, words=900)
    book.work("report")
    book.review(book.work("report"))
    assert asked(need, book).missing == (
        "5 more reports needed; 2 recorded lack a review that finds it good; "
        "1 recorded lacks a review by somebody who practises AI."
    )


def test_something_to_check() -> None:
    book = Book()
    book.work("explanation", files=0, words=59)
    assert line_of(book, "c1-1-explained").missing == "3 more explanations needed; 1 recorded lacks something to check."


def test_another_role_is_wanted() -> None:
    book = Book()
    for _ in range(3):
        book.work("talk", facts={"role": "engineer"})
    assert asked(TALKS, book).missing == "1 more talk needed; with 2 different answers to “Role”."


@pytest.mark.parametrize(
    ("faded", "says"),
    [
        (1, "2 more explanations needed; 1 faded: check it again by a new version."),
        (2, "2 more explanations needed; 2 faded: check them again by a new version."),
    ],
)
def test_what_faded(faded: int, says: str) -> None:
    book = Book()
    for _ in range(faded):
        book.work("explanation")
    book.work("explanation", on=FADES_AFTER + 1)
    assert line_of(book, "c1-1-explained", FADES_AFTER + 1).missing == says


def test_a_met_line_says_nothing() -> None:
    need = Need(("report",))
    book = Book()
    book.work("report")
    line: Line = asked(need, book)
    assert (line.missing, line.need, line.competency, line.level) == ("", need, "C1", 1)
    assert wanting(need).level_rules == {}
