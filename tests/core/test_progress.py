"""What is done and what remains: derived from the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segue.core.activity import Activity, Yield
from segue.core.competency import Tier
from segue.core.evidence import Ledger, Sort
from segue.core.progress import LEAST_MINUTES, Progress, all_progress, effective, is_known, progress_of, satisfies
from tests.core.random_ledgers import SCRIBES, Scribe
from tests.core.sample import ACTIVITIES, SAMPLE, Book, activity, day, leaves, programme


def progress(book: Book, activity_id: str, on: int = 100) -> Progress:
    return progress_of(SAMPLE.by_id[activity_id], book.ledger(on))


def of(book: Book, *yields: Yield, minutes: int = 60) -> Progress:
    """Progress of an activity of week 1 with these yields."""
    mine = activity("w1-x", minutes, *yields)
    return progress_of(mine, book.ledger(100, programme(activities=(mine,))))


# --- done -------------------------------------------------------------------------------------------------------------------


def test_nothing_is_done_in_an_empty_ledger() -> None:
    found = all_progress(Book().ledger())
    assert list(found) == [a.id for a in ACTIVITIES]
    for one in found.values():
        assert (one.done, one.begun, one.known, one.have, one.logged_minutes) == (False, False, False, 0, 0)
        assert one.remaining_minutes == one.activity.minutes
        assert one.need == sum(y.count for y in one.activity.yields)
        assert one.ahead == one.activity.yields


def test_an_activity_is_done_on_the_day_the_last_of_its_evidence_came() -> None:
    book = Book()
    book.work("explanation", on=3, activity_id="w1-explain")
    half = progress(book, "w1-explain")
    assert (half.done, half.begun, half.have, half.need, half.remaining_minutes) == (False, True, 1, 2, 30)
    assert half.ahead == (leaves("explanation"),)
    book.work("explanation", on=9, activity_id="w1-explain")
    book.work("explanation", on=12, activity_id="w1-explain")
    full = progress(book, "w1-explain")
    assert (full.done_on, full.begun, full.have, full.remaining_minutes, full.ahead) == (day(9), False, 2, 0, ())
    assert not progress(book, "w1-explain", on=8).done


def test_what_was_made_for_another_activity_or_is_of_another_kind_or_a_claim_does_not_count() -> None:
    book = Book()
    book.work("explanation", activity_id="w2-explain")
    book.work("explanation")
    book.work("note", activity_id="w1-explain")
    book.work("explanation", activity_id="w1-explain", files=0)
    assert (progress(book, "w1-explain").have, progress(book, "w2-explain").have) == (0, 1)


def test_what_was_withdrawn_is_not_there_any_more() -> None:
    book = Book()
    note = book.work("note", activity_id="w1-study")
    book.withdraw(note, on=5)
    assert progress(book, "w1-study", on=4).done
    assert not progress(book, "w1-study", on=5).done


def test_what_faded_stays_done() -> None:
    book = Book()
    book.work("explanation", activity_id="w2-explain")
    assert progress(book, "w2-explain", on=1000).done_on == day(0)


def test_catch_up_time_is_never_done() -> None:
    book = Book()
    book.work("note", activity_id="w2-buffer")
    assert (progress(book, "w2-buffer").done, progress(book, "w2-buffer").need) == (False, 0)


# --- several yields ---------------------------------------------------------------------------------------------------------


def test_one_artefact_is_counted_for_one_of_two_yields_of_a_kind() -> None:
    talks = (leaves("talk", role="engineer"), leaves("talk", 2, role="scientist"))
    book = Book()
    for have, lacking in ((0, (1, 2)), (1, (0, 2)), (2, (0, 1)), (3, (0, 0)), (4, (0, 0))):
        found = of(book, *talks)
        assert (found.have, found.need, found.lacking, found.done) == (min(have, 3), 3, lacking, have >= 3)
        book.work("talk", activity_id="w1-x")


def test_what_was_made_and_reviewed_in_one_activity_counts_as_both() -> None:
    book = Book()
    report = book.work("report", on=1, activity_id="w1-x")
    both = (leaves("report"), leaves("report", tier=Tier.E2))
    assert of(book, *both).lacking == (0, 1)
    book.review(report, on=4)
    assert of(book, *both).done_on == day(4)


def test_a_yield_that_wants_a_practitioner_chooses_first() -> None:
    either = (leaves("report", tier=Tier.E2), leaves("report", tier=Tier.E2, by=True))
    book = Book()
    for practises in (True, False):
        book.review(book.work("report", activity_id="w1-x"), practises=practises, on=2)
    assert of(book, *either).done
    assert of(book, *either[::-1]).done
    only = Book()
    only.review(only.work("report", activity_id="w1-x"), practises=True)
    assert of(only, *either).lacking == (1, 0)


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("practitioner", [False, True])
@pytest.mark.parametrize("reviewer", ["nobody", "somebody", "a practitioner", "a practitioner who found it bad"])
@pytest.mark.parametrize("confirmed", [False, True])
def test_a_yield_wants_its_tier_and_reviewer(tier: Tier, practitioner: bool, reviewer: str, confirmed: bool) -> None:
    book = Book()
    report = book.work("report")
    if reviewer != "nobody":
        book.review(report, practises="practitioner" in reviewer, good="bad" not in reviewer)
    if confirmed:
        book.confirm(report)
    artefact = book.ledger().artefacts[0]
    good = reviewer in ("somebody", "a practitioner")
    reached = Tier.E3 if confirmed else Tier.E2 if good else Tier.E1
    wanted = leaves("report", tier=tier, by=practitioner)
    assert satisfies(artefact, wanted) is (reached >= tier and (not practitioner or reviewer == "a practitioner"))
    assert not satisfies(artefact, replace(wanted, kind="memo"))


# --- the day it was done ----------------------------------------------------------------------------------------------------


def reported(steps: Callable[[Book], None], tier: Tier, by: bool = False) -> Progress:
    book = Book()
    steps(book)
    return of(book, leaves("report", tier=tier, by=by))


def test_a_claim_that_became_checkable_counts_from_then() -> None:
    def steps(book: Book) -> None:
        first = book.work("report", files=0, activity_id="w1-x")
        book.work("report", on=5, revises=first, activity_id="w1-x")
        book.work("report", on=8, revises=first, activity_id="w1-x")

    assert reported(steps, Tier.E1).done_on == day(5)


def test_a_good_word_about_a_claim_counts_once_it_can_be_checked() -> None:
    def steps(book: Book) -> None:
        first = book.work("report", files=0)
        book.review(first, on=3, activity_id="w1-x")
        book.work("report", on=5, revises=first)

    assert reported(steps, Tier.E1).done_on == day(5)
    assert reported(steps, Tier.E2).done_on == day(5)


def test_the_review_that_counts_says_the_day() -> None:
    def steps(book: Book) -> None:
        report = book.work("report", activity_id="w1-x")
        book.review(report, on=2, good=False, practises=True)
        book.review(report, on=4)
        book.review(report, on=6, practises=True)
        book.confirm(report, on=9)

    assert reported(steps, Tier.E1).done_on == day(0)
    assert reported(steps, Tier.E2).done_on == day(4)
    assert reported(steps, Tier.E2, by=True).done_on == day(6)
    assert reported(steps, Tier.E3).done_on == day(9)
    assert reported(steps, Tier.E3, by=True).done_on == day(9)


def test_a_confirmation_includes_what_a_review_says() -> None:
    def steps(book: Book) -> None:
        report = book.work("report", activity_id="w1-x")
        book.confirm(report, on=3)
        book.review(report, on=7, practises=True)

    assert reported(steps, Tier.E2).done_on == day(3)
    assert reported(steps, Tier.E2, by=True).done_on == day(7)
    assert reported(steps, Tier.E3, by=True).done_on == day(7)


@settings(max_examples=400)
@given(SCRIBES)
def test_the_day_is_the_first_on_which_it_was_done(scribe: Scribe) -> None:
    entries = scribe.ledger(withdrawals=False)
    for found in all_progress(Ledger(entries, SAMPLE)).values():
        if found.done_on is not None:
            ledgers = (Ledger(entries, SAMPLE, found.done_on), Ledger(entries, SAMPLE, found.done_on - timedelta(days=1)))
            now, before = (progress_of(SAMPLE.by_id[found.activity.id], ledger) for ledger in ledgers)
            assert now.done
            assert not before.done


# --- minutes ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "need", "have", "logged", "remaining"),
    [
        (60, 1, 0, 0, 60),
        (60, 1, 0, 25, 35),
        (60, 1, 0, 50, LEAST_MINUTES),
        (60, 1, 0, 600, LEAST_MINUTES),
        (8, 1, 0, 7, 8),  # shorter than the least from the start
        (60, 3, 1, 0, 40),
        (60, 3, 1, 30, 30),  # what is logged tells more
        (60, 3, 2, 30, 20),  # what is there tells more
        (100, 3, 1, 0, 66),
        (60, 4, 3, 58, LEAST_MINUTES),
        (60, 1, 1, 0, 0),
        (60, 1, 1, 600, 0),
    ],
)
def test_remaining_minutes(minutes: int, need: int, have: int, logged: int, remaining: int) -> None:
    book = Book()
    for _ in range(have):
        book.work("note", activity_id="w1-x")
    if logged:
        book.append(Sort.TIME, activity_id="w1-x", minutes=logged)
    found = of(book, leaves("note", need), minutes=minutes)
    assert (found.remaining_minutes, found.logged_minutes, found.have) == (remaining, logged, have)


@settings(max_examples=300)
@given(SCRIBES, st.integers(0, 60))
def test_an_open_activity_always_has_minutes_left_and_a_done_one_never(scribe: Scribe, on: int) -> None:
    for found in all_progress(Ledger(scribe.ledger(), SAMPLE, day(on))).values():
        assert found.remaining_minutes in range(found.activity.minutes + 1)
        assert (found.remaining_minutes == 0) is found.done
        assert found.have <= found.need
        assert not (found.done and found.begun)
        assert sum(found.lacking) == (0 if found.done else found.need - found.have)


# --- known ground -----------------------------------------------------------------------------------------------------------


def diagnosed(known: str) -> Book:
    book = Book()
    book.work("diagnostic", activity_id="w1-diagnostic", facts={"known": known})
    return book


@pytest.mark.parametrize(
    ("known", "shortened"),
    [("", False), ("model", False), ("label", False), ("model label", True), ("data label model", True)],
)
def test_known_ground_is_shortened_and_confirmed_by_one_explanation(known: str, shortened: bool) -> None:
    book = diagnosed(known)
    found = progress(book, "w1-study")
    study = SAMPLE.by_id["w1-study"]
    assert is_known(study, book.ledger(100)) is shortened
    assert found.known is shortened
    if not shortened:
        assert found.activity is study
        return
    assert (found.activity.minutes, found.remaining_minutes, found.done) == (20, 20, False)
    assert found.activity.yields == (leaves("explanation"),)
    book.work("explanation", on=2, activity_id="w1-study")
    assert progress(book, "w1-study").done_on == day(2)


def test_who_studied_known_ground_in_full_is_done_too() -> None:
    book = diagnosed("model label")
    book.work("note", on=3, activity_id="w1-study")
    found = progress(book, "w1-study")
    assert (found.known, found.done_on, found.remaining_minutes, found.lacking) == (True, day(3), 0, (0,))


def test_only_study_can_be_known() -> None:
    ledger = diagnosed("model label").ledger(100)
    assert not is_known(replace(SAMPLE.by_id["w1-study"], known_minutes=None), ledger)
    assert not is_known(replace(SAMPLE.by_id["w1-study"], concepts=()), ledger)
    for other in ACTIVITIES:
        assert (effective(other, ledger) is other) is (other.id != "w1-study")


# --- retired ids and reviews elsewhere --------------------------------------------------------------------------------------


def test_evidence_of_a_retired_activity_counts_for_its_successor() -> None:
    later = programme(replaced={"w1-old": "w1-older", "w1-older": "w1-study", "w1-gone": ""})
    book = Book()
    book.append(Sort.TIME, activity_id="w1-gone", minutes=15)
    book.append(Sort.TIME, activity_id="w1-older", minutes=15)
    book.work("note", activity_id="w1-gone")
    study: Activity = later.by_id["w1-study"]
    open_still = progress_of(study, book.ledger(0, later))
    assert (open_still.done, open_still.logged_minutes) == (False, 15)
    book.work("note", activity_id="w1-old")
    assert progress_of(study, book.ledger(0, later)).done


def test_a_review_satisfies_the_activity_that_it_names() -> None:
    book = Book()
    report = book.work("report", on=1, activity_id="w3-report")
    book.review(report, practises=True, on=5)
    assert (progress(book, "w3-report").done_on, progress(book, "w4-review").done) == (day(1), False)
    book.review(report, practises=True, on=8, activity_id="w4-review")
    assert progress(book, "w4-review").done_on == day(8)
    assert progress(book, "w3-report").done_on == day(1)


def test_a_new_version_is_done_for_the_activity_that_it_names_on_its_own_day() -> None:
    later = (*ACTIVITIES, activity("w6-story", 30, leaves("story", to="T")))
    book = Book()
    story = book.work("story", "T", on=1, activity_id="w5-stories")
    book.work("story", "T", on=20, revises=story, activity_id="w6-story", files=0)
    claimed = book.ledger(100, programme(activities=later))
    assert progress_of(later[-1], claimed).have == 0
    book.work("story", "T", on=25, revises=story, activity_id="w6-story")
    ledger = book.ledger(100, programme(activities=later))
    assert progress_of(later[-1], ledger).done_on == day(25)
    assert progress_of(SAMPLE.by_id["w5-stories"], ledger).have == 1


def test_a_review_of_the_wrong_sort_does_not() -> None:
    book = Book()
    book.review(book.work("report", activity_id="w3-report"), practises=False, activity_id="w4-review")
    book.review(book.work("memo", activity_id="w4-memo"), practises=True, activity_id="w4-review")
    assert (progress(book, "w4-review").have, progress(book, "w5-memo-review").have) == (0, 0)
    book.review(2, activity_id="w5-memo-review")
    assert not progress(book, "w5-memo-review").done
    book.review(3, activity_id="w5-memo-review")
    assert progress(book, "w5-memo-review").done
