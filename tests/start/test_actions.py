"""What the first hour writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.curriculum import current
from segue.evidence.actions import withdraw
from segue.evidence.models import Entry
from segue.evidence.queries import ledger_of
from segue.schedule.queries import hours_of, turn_of
from segue.start.actions import agree_plan, keep_answers, rate_strengths, record_diagnostic
from segue.start.queries import answers_of, outcome
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db


def agree(learner: Learner) -> None:
    turn = turn_of(learner)
    assert turn is not None
    agree_plan(learner, turn)


def test_only_ratings_that_changed_are_written(priya: Learner) -> None:
    assert rate_strengths(priya, {"C1": 2, "C2": 0}, "Launches") == 2
    assert rate_strengths(priya, {"C1": 2, "C2": 1}, "Launches") == 1
    assert rate_strengths(priya, {}, "Launches and experiments") == 0
    assert ledger_of(priya).self_ratings == {"C1": 2, "C2": 1}
    assert [e.body for e in priya.entries.all()] == ["Launches"] * 3


def test_ratings_never_count(priya: Learner) -> None:
    rate_strengths(priya, {c.id: 3 for c in current().programme.competencies}, "")
    turn = turn_of(priya)
    assert turn is not None
    assert set(turn.readiness.levels().values()) == {0}


def test_answers_of_parts_add_up(priya: Learner) -> None:
    keep_answers(priya, {"a": "1", "b": ""})
    keep_answers(priya, {"b": "2", "c": "x"})
    assert answers_of(priya) == {"a": "1", "b": "2", "c": "x"}


def test_diagnostic_is_evidence_with_its_protocol(priya: Learner) -> None:
    first, second, third, *_ = current().diagnostic
    found = outcome({first.id: str(first.answer), second.id: "x", third.id: str((third.answer + 1) % 4)})
    entry = record_diagnostic(priya, found)
    assert entry.title == f"Diagnostic: 1 of {len(current().diagnostic)} right"
    assert entry.facts["score"] == round(100 / len(current().diagnostic))
    assert f"{first.question} *{first.options[first.answer]}* (right)" in entry.body
    assert f"{second.question} *I don't know yet* (the answer is: {second.options[second.answer]})" in entry.body
    assert entry.body.count("*left open*") == len(current().diagnostic) - 3
    turn = turn_of(priya)
    assert turn is not None
    assert turn.progress["w01-diagnostic"].done_on == MONDAY


def test_same_diagnostic_counts_once_a_day(priya: Learner, on_day: Callable[[date], None]) -> None:
    first = current().diagnostic[0]
    one, other = outcome({first.id: str(first.answer)}), outcome({})
    entry = record_diagnostic(priya, one)
    assert record_diagnostic(priya, one) == entry
    assert record_diagnostic(priya, other) != entry
    assert record_diagnostic(priya, one) != entry  # the last one counts, so it has to be the last
    last = Entry.objects.get(learner=priya, number=3)
    withdraw(last, MONDAY, "a slip")
    assert record_diagnostic(priya, one).number == 5
    on_day(date(2026, 11, 24))
    assert record_diagnostic(priya, one).number == 6


def test_why_becomes_the_note_of_week_one_once(priya: Learner) -> None:
    priya.why = "word " * 45
    agree(priya)
    agree(priya)
    entry = priya.entries.get()
    assert (entry.kind, entry.activity_id, entry.body, entry.facts) == ("why-note", "w01-why", priya.why, {"hours": 5.0})
    turn = turn_of(priya)
    assert turn is not None
    assert turn.progress["w01-why"].done


@pytest.mark.parametrize("why", ["", "  \n "])
def test_no_why_leaves_no_note(priya: Learner, why: str) -> None:
    priya.why = why
    agree(priya)
    assert not priya.entries.exists()


def test_short_why_is_kept_but_proves_nothing_yet(priya: Learner) -> None:
    priya.why = "Because."
    agree(priya)
    assert [a.tier for a in ledger_of(priya).artefacts] == [Tier.E0]
    turn = turn_of(priya)
    assert turn is not None
    assert not turn.progress["w01-why"].done


def test_agreeing_marks_the_start_once_and_the_day_each_time(priya: Learner, on_day: Callable[[date], None]) -> None:
    agree(priya)
    priya.refresh_from_db()
    started = priya.started_at
    assert started is not None
    assert started.date() == MONDAY
    on_day(date(2026, 11, 30))
    agree(priya)
    priya.refresh_from_db()
    assert priya.started_at == started
    hours = hours_of(priya)
    assert hours is not None
    assert hours.agreed_on == date(2026, 11, 30)
