from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.core.errors import UserError
from segue.core.evidence import Sort
from segue.evidence import actions
from segue.evidence.models import Entry
from segue.evidence.queries import ledger_of
from tests.conftest import MONDAY
from tests.evidence.pieces import opinion, piece, reviewed, stored, work


def test_numbers_count_from_one_for_each_learner(make_learner: Callable[[str], Learner]) -> None:
    priya, sam = make_learner("Priya"), make_learner("Sam")
    assert [piece(who).number for who in (priya, priya, sam, priya)] == [1, 2, 1, 3]


def test_what_is_recorded_is_what_was_given(priya: Learner) -> None:
    entry = piece(
        priya, link="https://example.org/x", minutes=30, facts={"classes": 8}, files=(stored(),), activity_id="w09-charter"
    )
    entry.refresh_from_db()
    assert (entry.sort, entry.kind, entry.on, entry.minutes) == (Sort.ARTEFACT, "charter", MONDAY, 30)
    assert (entry.link, entry.facts, entry.competencies) == ("https://example.org/x", {"classes": 8}, ["C2"])
    assert entry.words == 260
    assert [a.name for a in entry.attachments.all()] == ["notes.txt"]
    assert entry.content_version


def test_the_same_bytes_twice_are_kept_once(priya: Learner) -> None:
    entry = piece(priya, files=(stored("a.txt"), stored("b.txt"), stored("c.txt", b"other")))
    assert sorted(a.name for a in entry.attachments.all()) == ["b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("it's well-known", 2),
        ("a, b - c", 3),
        ("__ ** #", 0),
        ("éàü 12 3.5", 4),
        ("x" * 10_000, 1),
        ("नमस्ते", 2),
    ],
)
def test_words_are_counted_as_the_page_counts_them(text: str, words: int) -> None:
    assert actions.count_words(text) == words


def test_one_piece_proves_at_most_three_competencies(priya: Learner) -> None:
    with pytest.raises(UserError, match="at most 3"):
        piece(priya, competencies=("C1", "C2", "C3", "C4"))


def test_a_new_version_is_of_the_same_kind(priya: Learner) -> None:
    first = piece(priya)
    with pytest.raises(UserError, match="same kind"):
        actions.record_work(priya, work("log"), first)


def test_a_version_recorded_meanwhile_is_noticed(priya: Learner) -> None:
    first = piece(priya)
    second = actions.record_work(priya, work(title="Two"), first, seen=first.number)
    with pytest.raises(actions.NewerVersion) as error:
        actions.record_work(priya, work(title="Mine"), first, seen=first.number)
    assert error.value.newest == second.number
    assert priya.entries.count() == 2
    assert actions.record_work(priya, work(title="Mine"), second, seen=second.number).number == 3


@pytest.mark.parametrize(("minutes", "good"), [(0, False), (1, True), (1440, True), (1441, False), (-5, False)])
def test_minutes_fit_a_day(priya: Learner, minutes: int, good: bool) -> None:
    if good:
        assert actions.log_time(priya, activity_id="w09-charter", minutes=minutes, on=MONDAY).minutes == minutes
    else:
        with pytest.raises(UserError, match="whole day"):
            actions.log_time(priya, activity_id="w09-charter", minutes=minutes, on=MONDAY)


def test_a_withdrawal_is_one_more_entry_and_final(priya: Learner) -> None:
    entry = piece(priya)
    withdrawal = actions.withdraw(entry, MONDAY, "Twice.")
    assert (withdrawal.number, withdrawal.subject, withdrawal.body) == (2, entry, "Twice.")
    assert ledger_of(priya).artefacts == ()
    with pytest.raises(UserError, match="withdrawn already"):
        actions.withdraw(entry, MONDAY, "Again.")
    with pytest.raises(UserError, match="can't be withdrawn"):
        actions.withdraw(withdrawal, MONDAY, "No.")


def test_withdrawing_several_versions_is_all_or_nothing(priya: Learner) -> None:
    first = piece(priya)
    second = actions.record_work(priya, work(), first)
    actions.withdraw(second, MONDAY, "Twice.")
    with pytest.raises(UserError):
        actions.withdraw_versions([first, second], MONDAY, "All.")
    assert ledger_of(priya).artefacts[0].ids == (first.number,)


@pytest.mark.parametrize("name", ["Priya", " priya ", "PRIYA", "me", "Myself", "I"])
def test_nobody_reviews_themself(priya: Learner, name: str) -> None:
    with pytest.raises(UserError, match="Nobody reviews themself"):
        reviewed(piece(priya), name=name)
    assert priya.entries.count() == 1


def test_nor_under_the_name_that_they_sign_in_with(priya: Learner) -> None:
    priya.user.username = "psharma"
    with pytest.raises(UserError, match="Nobody reviews themself"):
        reviewed(piece(priya), name="PSharma")
    assert priya.entries.count() == 1


def test_a_review_needs_the_words_of_the_reviewer(priya: Learner) -> None:
    with pytest.raises(UserError, match="own words are missing"):
        reviewed(piece(priya), files=())


def test_a_withdrawn_version_takes_no_words(priya: Learner) -> None:
    entry = piece(priya)
    actions.withdraw(entry, MONDAY, "Twice.")
    with pytest.raises(UserError, match="withdrawn"):
        reviewed(entry)


@pytest.mark.parametrize(("record", "tier"), [(actions.record_review, Tier.E2), (actions.record_confirmation, Tier.E3)])
def test_words_lift_the_piece_and_keep_who_said_them(
    priya: Learner, record: Callable[[Entry, actions.Opinion], Entry], tier: Tier
) -> None:
    entry = piece(priya)
    said = record(entry, opinion())
    assert ledger_of(priya).artefacts[0].tier is tier
    assert (said.reviewer_name, said.reviewer_role, said.reviewer_years, said.reviewer_practises_ai) == (
        "Marco",
        "Data scientist",
        5,
        True,
    )
    assert (said.subject, said.channel, said.marks) == (entry, "recorded", {"c2-3-charter": True})
    assert [a.name for a in said.attachments.all()] == ["mail.eml"]


def test_the_ledger_of_a_day_sees_what_was_dated_up_to_it(priya: Learner) -> None:
    piece(priya, on=MONDAY)
    piece(priya, on=MONDAY + timedelta(days=7))
    assert [len(ledger_of(priya, day).artefacts) for day in (date(2026, 11, 22), MONDAY, date(2026, 12, 1))] == [0, 1, 2]
