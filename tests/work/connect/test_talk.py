"""When a talk ended, how it was followed up, and the texts that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from segue.work.connect.models import Meeting
from segue.work.connect.talk import (
    Told,
    ended_at,
    first_name,
    follow_up_fact,
    follow_up_state,
    invitation_title,
    is_unfinished,
    promise_words,
    quotes_in,
    text_of,
    thanks_to_begin,
    title_of,
)
from segue.work.connect.vocabulary import roles

AT = datetime(2026, 11, 24, 14, tzinfo=UTC)
DAY = date(2026, 11, 24)
END = AT + timedelta(minutes=30)
TOLD = Told("Data scientist", "How they work", DAY, 30, ("They wait for data.", "Two\nlines."), promised=("Send the report",))


def meeting(**fields: object) -> Meeting:
    return Meeting(**{"starts_at": AT, "minutes": 30, "held_on": DAY, "title": "x", **fields})


def test_it_ends_as_planned_on_the_day_on_which_it_was_held() -> None:
    assert ended_at(meeting()) == END
    assert ended_at(meeting(held_on=None)) == END
    assert ended_at(meeting(held_on=DAY + timedelta(days=2))) == END + timedelta(days=2)


@pytest.mark.parametrize(
    ("thanked", "now", "state", "fact"),
    [
        (None, END, "open", "open"),
        (None, END + timedelta(hours=48), "open", "open"),
        (None, END + timedelta(hours=48, seconds=1), "overdue", "open"),
        (END + timedelta(hours=48), END + timedelta(days=9), "within-48h", "within-48h"),
        (END + timedelta(hours=48, seconds=1), END + timedelta(days=9), "later", "later"),
    ],
)
def test_forty_eight_hours_are_forty_eight_hours(thanked: datetime | None, now: datetime, state: str, fact: str) -> None:
    row = meeting(thanked_at=thanked)
    assert (follow_up_state(row, now), follow_up_fact(row, now)) == (state, fact)


def test_the_text_has_the_headings_of_its_kind() -> None:
    text = text_of(replace(TOLD, quotes=("We guess.",), thanks="Thank you.", thanked_on=DAY, expected=("Send a page",)))
    headings = [line for line in text.split("\n") if line.startswith("## ")]
    assert headings == [
        f"## {name}"
        for name in ("Who and when", "What I learnt", "In their words", "What I will do", "What they will do", "What I sent them")
    ]
    assert "Data scientist, 30 min, on Tuesday 24 November 2026. What it was for: How they work." in text
    assert "- They wait for data.\n- Two\n  lines." in text
    assert "> We guess." in text
    assert text.endswith("Thanks, on Tuesday 24 November 2026.\n\nThank you.\n")


def test_what_is_not_there_is_left_out() -> None:
    text = text_of(Told("", "Something else", DAY, 30))
    assert text == "## Who and when\nSomebody, 30 min, on Tuesday 24 November 2026. What it was for: Something else.\n"


def test_quotes_are_the_lines_that_say_so() -> None:
    assert quotes_in("> We guess.\nno\n  >Twice\n>\n> We guess.") == ("We guess.", "Twice")


def test_titles_and_names() -> None:
    assert title_of("workflow", "Data scientist") == "Talk with a data scientist: how they work"
    assert title_of("other", "AI product manager") == "Talk with an AI product manager"
    assert title_of("workflow", "ML or software engineer") == "Talk with an ML or software engineer: how they work"
    assert title_of("workflow", "") == "Talk with somebody: how they work"
    assert invitation_title("workflow", "Ines Duarte", "Priya Rao") == "Ines and Priya: how you work"
    assert invitation_title("other", "Ines Duarte", "") == "Talk with Ines"
    assert (first_name("Duarte, Ines"), first_name("田中太郎"), first_name("Ines Duarte")) == ("Duarte, Ines", "田中太郎", "Ines")
    assert promise_words("Send it.", DAY) == "Send it. By Tuesday 24 November 2026."
    assert promise_words("Send it", DAY) == "Send it, by Tuesday 24 November 2026"
    assert promise_words("Send it", None) == "Send it"


def test_thanks_begin_with_one_insight() -> None:
    text = thanks_to_begin("Ines Duarte", "Priya", meeting(), "They wait for data.", ["send the report"])
    assert text == (
        "Hello Ines,\n\nThank you for the half hour on Tuesday. What stayed with me: They wait for data.\n\n"
        "What I promised: send the report.\n\nPriya"
    )
    assert "Thank you for the 90 minutes on Tuesday" in thanks_to_begin("Ines", "", meeting(minutes=90), "", [])


@pytest.mark.parametrize(
    ("name", "first"),
    [("Dr. Jana Roth", "Jana"), ("Prof. Dr. Ada", "Ada"), ("Dr.", "Dr."), ("Roth, Jana", "Roth, Jana"), ("田中", "田中")],
)
def test_one_greets_without_a_title(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize("role", [words for _, words in roles()])
def test_a_talk_is_with_somebody_whatever_the_role(role: str) -> None:
    with_whom = title_of("workflow", role).removeprefix("Talk with ").partition(":")[0]
    assert with_whom.startswith(("a ", "an ")) != role.startswith(("Legal", "Security", "Customer", "Sales"))
    assert title_of("workflow", "Security") == "Talk with somebody from security: how they work"


def test_a_title_fits_whatever_the_names() -> None:
    assert len(invitation_title("informational", "名" * 200, "Priya")) == 200


def test_a_sentence_that_was_only_begun_is_noticed() -> None:
    begun = thanks_to_begin("Ines", "Priya", meeting(), "They wait.", [])
    assert is_unfinished(begun)
    assert not is_unfinished(begun.replace("I will ", "I will ask them first."))
    assert "; b." in thanks_to_begin("Ines", "Priya", meeting(), "They wait.", ["a.", "b."])
