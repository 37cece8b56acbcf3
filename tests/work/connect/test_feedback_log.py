"""The log as text: every point is in it, nobody is named, and the same log has the same checksum."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.connect.feedback_log import checksum_of, data_choices, facts_of, message_of, text_of
from segue.work.connect.models import FeedbackPoint, Person, Verdict
from tests.conftest import MONDAY

NAME = "Zsófia Őrhegyi"
WORDS = st.lists(st.sampled_from([NAME, "Zsófia", "labels", "are", "dirty", "# heading", "> quoted", "\n"]), min_size=1)
VERDICT = st.sampled_from(["", *Verdict.values])


def point(text: str, verdict: str = "", reason: str = "", change: str = "") -> FeedbackPoint:
    said = Person(name=NAME, role="ml-engineer")
    return FeedbackPoint(
        person=said, role="ml-engineer", on=MONDAY, text=text, verdict=verdict, reason=reason, change=change, run="4:2"
    )


@given(st.lists(st.tuples(WORDS, VERDICT, WORDS, WORDS), min_size=1, max_size=4))
def test_nobody_is_named_and_every_point_is_there(said: list[tuple[list[str], str, list[str], list[str]]]) -> None:
    points = [point(" ".join(a), verdict, " ".join(b), " ".join(c)) for a, verdict, b, c in said]
    text = text_of(points, {"4:2": "Run: acme.csv, version 2."})
    assert "Zsófia" not in text
    assert [f"\n## Point {n}\nML or software engineer, " in f"\n{text}" for n in range(1, len(points) + 1)] == [True] * len(
        points
    )
    assert text.count("\n### Answer\n") == len(points)
    facts = facts_of(points, "real")
    answered = sum(1 for _, verdict, _, _ in said if verdict)
    assert (facts["points"], facts["answered"]) == (len(points), answered)
    assert int(facts["accepted"]) <= answered


def test_what_was_said_stays_a_quotation() -> None:
    text = text_of([point("First line\n## No heading of ours")], {})
    assert "> First line\n> ## No heading of ours\n" in text


@pytest.mark.parametrize("change", [{"text": "Other"}, {"verdict": "declined"}, {"told_on": MONDAY}])
def test_the_checksum_follows_the_log(change: dict[str, object]) -> None:
    def checksum(row: FeedbackPoint, data: str = "real") -> str:
        return checksum_of(text_of([row], {}), facts_of([row], data))

    row = point("Labels are dirty", "accepted", "", "Relabel")
    before = checksum(row)
    assert checksum(point("Labels are dirty", "accepted", "", "Relabel")) == before
    assert checksum(row, "toy") != before
    for name, value in change.items():
        setattr(row, name, value)
    assert checksum(row) != before


def test_the_message_goes_by_the_newest_talk() -> None:
    first, last = point("Dirty", "accepted", "", "Relabel"), point("Late", "declined", "It costs a week")
    last.on = MONDAY + timedelta(days=3)
    text = message_of([first, last])
    assert "on Thursday 26 November 2026" in text
    assert "“Dirty”\nI take it up: Relabel" in text
    assert "“Late”\nI decided against it: It costs a week" in text


def test_data_is_said_in_the_words_of_the_ledger() -> None:
    assert [value for value, _ in data_choices()] == ["real", "realistic", "toy"]
