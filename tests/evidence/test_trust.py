from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.competency import Condition, Need, Tier
from segue.core.evidence import Artefact
from segue.core.readiness import assess
from segue.evidence import actions, trust
from segue.evidence.queries import ledger_of
from tests.conftest import MONDAY
from tests.evidence.pieces import opinion, piece, reviewed, stored, work


def only(learner: Learner) -> Artefact:
    (artefact,) = ledger_of(learner).artefacts
    return artefact


def reasons(learner: Learner) -> list[tuple[str, bool]]:
    return [(reason.text, reason.lifts) for reason in trust.tier_reasons(only(learner))]


def test_the_reasons_tell_versions_and_words_one_by_one(priya: Learner) -> None:
    first = piece(priya, body="too short")
    second = actions.record_work(priya, work(files=(stored(),)), first)
    reviewed(second, marks={"a": True, "b": False, "c": False})
    reviewed(second, name="Ana", marks={"a": True})
    reviewed(second, name="Bo", marks={})
    actions.record_confirmation(second, opinion("Olga", role="Head of support"))
    assert reasons(priya) == [
        ("Version 1: its text has 2 words; 200 are needed, or a file.", False),
        ("Version 2: a file is attached.", True),
        (
            "Marco (Data scientist) reviewed it on Monday 23 November 2026: 1 of 3 criteria met. "
            "At least half are needed to lift the tier.",
            False,
        ),
        ("Ana (Data scientist) reviewed it on Monday 23 November 2026: 1 of 1 criterion met.", True),
        (
            "Bo (Data scientist) reviewed it on Monday 23 November 2026 without marking a criterion, "
            "so it does not lift the tier.",
            False,
        ),
        ("Olga (Head of support) confirmed an effect outside on Monday 23 November 2026.", True),
    ]
    assert trust.tier_in_short(only(priya)) == "Olga (Head of support) confirmed an effect outside"
    assert trust.next_step(only(priya)) == ""


def test_in_short_the_best_reason_is_told(priya: Learner) -> None:
    first = piece(priya, body="too short")
    assert "2 words; 200 are needed" in trust.tier_in_short(only(priya))
    assert "Attach a file, or write at least 200 words" in trust.next_step(only(priya))
    second = actions.record_work(priya, work(files=(stored(),)), first)
    assert trust.tier_in_short(only(priya)) == "a file is attached"
    assert "lifts it to E2" in trust.next_step(only(priya))
    reviewed(second)
    reviewed(second, name="Ana")
    assert trust.tier_in_short(only(priya)) == "Ana (Data scientist) and 1 more reviewed it and found it good"
    assert "lifts it to E3" in trust.next_step(only(priya))


@pytest.mark.parametrize(
    ("need", "lacks"),
    [
        (Need(("charter",)), ""),
        (Need(("charter",), tier=Tier.E2), "a review that finds it good"),
        (Need(("charter",), tier=Tier.E3), "a confirmed effect"),
        (Need(("charter",), practitioner=True), "a review by somebody who practises AI"),
        (Need(("charter",), where=(Condition("classes", at_least=9),)), "“Classes” of 9 or more"),
        (Need(("charter",), where=(Condition("data", any_of=("real",)),)), "“Data to be used”: "),
        (Need(("charter",), where=(Condition("gone", at_least=2),)), "“gone” of 2 or more"),
    ],
)
def test_what_lacks_is_named(priya: Learner, need: Need, lacks: str) -> None:
    piece(priya, facts={"classes": 8})
    if lacks:
        assert trust.what_lacks(only(priya), need).startswith(lacks)
    else:
        assert "faded" in trust.what_lacks(only(priya), need)  # it fits, so only time can be in the way


def test_what_counts_agrees_with_readiness(priya: Learner) -> None:
    piece(priya, "charter", files=(stored(),), facts={"classes": 8, "data": "real", "scope": "green"})
    reviewed(piece(priya, "gold-set", files=(stored("g.csv"),), competencies=("C4", "C3"), facts={"items": 220, "data": "real"}))
    ledger = ledger_of(priya)
    by = {
        line.id: line.by
        for result in assess(ledger.programme, ledger, MONDAY).results
        for level in result.levels
        for line in level.lines
    }
    for artefact in ledger.artefacts:
        for count in trust.counts_for(artefact, ledger, MONDAY):
            assert (count.lacks == "") == (artefact.latest.id in by[count.id])


def test_a_faded_explanation_says_so(priya: Learner, on_day: Callable[[date], None]) -> None:
    piece(priya, "explanation", competencies=("C1",), body="word " * 80)
    later = MONDAY + timedelta(days=400)
    ledger = ledger_of(priya)
    assert ledger.expired(ledger.artefacts[0], later)
    counts = trust.counts_for(ledger.artefacts[0], ledger, later)
    assert counts
    assert all("faded" in c.lacks or "review" in c.lacks or "“" in c.lacks for c in counts)


def test_a_thread_is_found_from_any_of_its_entries(priya: Learner) -> None:
    first = piece(priya)
    second = actions.record_work(priya, work(), first)
    review = reviewed(second)
    withdrawal = actions.withdraw(review, MONDAY, "No.")
    time = actions.log_time(priya, activity_id="w09-charter", minutes=5, on=MONDAY)
    entries = ledger_of(priya).entries
    for number in (first.number, second.number, review.number, withdrawal.number):
        assert trust.thread_of(entries, number) == (1, 2)
    assert trust.thread_of(entries, time.number) == ()
    assert trust.thread_of(entries, 99) == ()
