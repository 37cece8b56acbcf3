"""What stands of the ledger and how far it can be trusted: the rules one by one, then on random ledgers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.activity import EvidenceKind
from segue.core.competency import Tier
from segue.core.evidence import MAX_COMPETENCIES, Artefact, Entry, Ledger, Sort, is_favourable, own_tier
from tests.core.random_ledgers import LAST_DAY, ledgers, more
from tests.core.sample import FADES_AFTER, MONDAY, SAMPLE, Book, day, named, programme

TEXT = EvidenceKind("memo", "Memo", "memos", 30, min_words=40)
SHORT = EvidenceKind("explanation", "Explanation", "explanations", 20, min_words=60, max_words=150)
ANY = EvidenceKind("diagnostic", "Diagnostic", "diagnostics", 15, min_words=1)
FILE = EvidenceKind("report", "Report", "reports", 30, min_words=None)


def only(ledger: Ledger) -> Artefact:
    """The one artefact there is."""
    (artefact,) = ledger.artefacts
    return artefact


@pytest.mark.parametrize(
    ("kind", "words", "files", "tier", "why"),
    [
        (TEXT, 40, 0, Tier.E1, "its text has 40 words (40 are needed)"),
        (TEXT, 39, 0, Tier.E0, "39 words; 40 are needed, or a file"),
        (TEXT, 0, 1, Tier.E1, "a file is attached"),
        (SHORT, 60, 0, Tier.E1, "its text has 60 words (60 are needed)"),
        (SHORT, 150, 0, Tier.E1, "its text has 150 words (60 are needed)"),
        (SHORT, 151, 0, Tier.E0, "its text has 151 words; at most 150 are wanted"),
        (SHORT, 151, 1, Tier.E1, "a file is attached"),
        (ANY, 1, 0, Tier.E1, "its text has 1 word"),
        (ANY, 0, 0, Tier.E0, "its text has 0 words; 1 are needed, or a file"),
        (FILE, 5000, 0, Tier.E0, "a file is needed"),
        (FILE, 0, 1, Tier.E1, "a file is attached"),
        (FILE, 0, 7, Tier.E1, "a file is attached"),
        (None, 5000, 0, Tier.E0, "a file is needed"),
        (None, 0, 1, Tier.E1, "a file is attached"),
    ],
)
def test_a_piece_reaches_e1_by_a_file_or_by_the_length_of_its_kind(
    kind: EvidenceKind | None, words: int, files: int, tier: Tier, why: str
) -> None:
    entry = Entry(1, Sort.ARTEFACT, MONDAY, kind="memo", words=words, files=files)
    assert own_tier(entry, kind)[0] is tier
    assert why in own_tier(entry, kind)[1]


@pytest.mark.parametrize(
    ("marks", "favourable"),
    [
        ({}, False),
        ({"a": True}, True),
        ({"a": False}, False),
        ({"a": True, "b": False}, True),
        ({"a": True, "b": False, "c": False}, False),
        ({"a": True, "b": True, "c": False}, True),
    ],
)
def test_a_review_lifts_to_e2_where_half_of_its_marks_are_met(marks: dict[str, bool], favourable: bool) -> None:
    book = Book()
    work = book.work("memo")
    book.append(Sort.REVIEW, subject=work, reviewer=named("Ann"), marks=marks)
    assert is_favourable(book.entries[-1]) is favourable
    assert only(book.ledger()).tier is (Tier.E2 if favourable else Tier.E1)


def test_words_of_others_lift_nothing_that_cannot_be_checked() -> None:
    book = Book()
    claim = book.work("report", files=0, words=5000)
    book.review(claim)
    book.confirm(claim)
    assert only(book.ledger()).tier is Tier.E0


def test_a_review_without_a_name_lifts_nothing() -> None:
    book = Book()
    work = book.work("memo")
    book.append(Sort.REVIEW, subject=work, marks={"a": True})
    assert only(book.ledger()).tier is Tier.E1


def test_a_confirmation_lifts_to_e3_with_or_without_a_review() -> None:
    book = Book()
    work = book.work("memo")
    book.confirm(work)
    assert only(book.ledger()).tier is Tier.E3


def test_versions_are_one_artefact_and_the_best_tier_stays() -> None:
    book = Book()
    first = book.work("memo", "C1")
    book.review(first)
    second = book.work("memo", "C2", files=0, words=3, revises=first)
    artefact = only(book.ledger())
    assert artefact.ids == (first, second)
    assert artefact.latest.id == second
    assert artefact.tier is Tier.E2
    assert artefact.competencies == ("C1",)  # the second version is a claim, and claims add nothing


def test_competencies_are_those_of_all_checked_versions_three_at_the_most() -> None:
    book = Book()
    first = book.work("memo", "C1 C2")
    second = book.work("memo", "C2 T", revises=first)
    book.work("memo", "C9", revises=second)
    assert only(book.ledger()).competencies == ("C1", "C2", "T")


def test_another_kind_is_another_artefact_though_it_says_it_follows() -> None:
    book = Book()
    first = book.work("memo")
    book.work("note", revises=first)
    assert [a.kind for a in book.ledger().artefacts] == ["memo", "note"]


def test_withdrawing_the_newest_version_leaves_the_older_ones_standing() -> None:
    book = Book()
    first = book.work("memo")
    second = book.work("memo", revises=first)
    book.review(second)
    book.withdraw(second)
    artefact = only(book.ledger())
    assert artefact.ids == (first,)
    assert artefact.reviews == ()  # they spoke of the version that was taken back
    assert artefact.tier is Tier.E1


def test_withdrawing_the_first_version_keeps_the_thread_together() -> None:
    book = Book()
    first = book.work("memo")
    second = book.work("memo", revises=first)
    third = book.work("memo", revises=second)
    book.review(second)
    book.withdraw(first)
    artefact = only(book.ledger())
    assert artefact.ids == (second, third)
    assert artefact.tier is Tier.E2


def test_work_recorded_again_after_a_withdrawal_stands_without_the_old_reviews() -> None:
    book = Book()
    first = book.work("memo")
    book.review(first)
    book.withdraw(first)
    assert book.ledger().artefacts == ()
    again = book.work("memo", revises=first)
    artefact = only(book.ledger())
    assert artefact.ids == (again,)
    assert artefact.tier is Tier.E1


@pytest.mark.parametrize("sort", [Sort.REVIEW, Sort.CONFIRMATION])
def test_words_taken_back_no_longer_lift(sort: Sort) -> None:
    book = Book()
    work = book.work("memo")
    words = book.review(work) if sort is Sort.REVIEW else book.confirm(work)
    assert only(book.ledger()).tier >= Tier.E2
    book.withdraw(words)
    assert only(book.ledger()).tier is Tier.E1


def test_a_review_answers_another_activity_than_the_work_was_made_for() -> None:
    book = Book()
    work = book.work("memo", "C2", activity_id="w4-memo")
    book.review(work, activity_id="w5-memo-review")
    ledger = book.ledger()
    assert ledger.by_activity["w4-memo"] == ledger.by_activity["w5-memo-review"] == ledger.artefacts


def test_evidence_for_a_retired_activity_counts_for_the_one_in_its_place() -> None:
    book = Book()
    book.work("memo", activity_id="w4-old", minutes=30)
    book.append(Sort.TIME, activity_id="w4-gone", minutes=10)
    ledger = book.ledger(of=programme(replaced={"w4-old": "w4-memo", "w4-gone": ""}))
    assert set(ledger.by_activity) == {"w4-memo"}
    assert ledger.minutes_by_activity == {"w4-memo": 30}


def test_minutes_of_what_was_withdrawn_are_not_counted() -> None:
    book = Book()
    book.append(Sort.TIME, 1, activity_id="w4-memo", minutes=25)
    wrong = book.append(Sort.TIME, 1, activity_id="w4-memo", minutes=600)
    book.work("memo", on=2, activity_id="w4-memo", minutes=5)
    book.withdraw(wrong, on=2)
    ledger = book.ledger(on=2)
    assert ledger.minutes_by_activity == {"w4-memo": 30}
    assert ledger.minutes_between(day(1), day(1)) == 25
    assert ledger.minutes_between(day(1), day(2)) == 30
    assert ledger.minutes_between(day(3), day(9)) == 0


def test_the_last_self_rating_stands_and_a_withdrawn_one_does_not() -> None:
    book = Book()
    book.append(Sort.SELF_RATING, competencies=("C1",), facts={"level": 2})
    last = book.append(Sort.SELF_RATING, competencies=("C1",), facts={"level": 3})
    assert book.ledger().self_ratings == {"C1": 3}
    book.withdraw(last)
    assert book.ledger().self_ratings == {"C1": 2}


@pytest.mark.parametrize(("later", "faded"), [(0, False), (FADES_AFTER, False), (FADES_AFTER + 1, True)])
def test_an_explanation_fades_after_its_days_and_a_memo_never(later: int, faded: bool) -> None:
    book = Book()
    book.work("explanation")
    book.work("memo")
    ledger = book.ledger(on=later)
    explanation, memo = ledger.artefacts
    assert ledger.expired(explanation, day(later)) is faded
    assert not ledger.expired(memo, day(later + 3650))


@pytest.mark.parametrize(("files", "faded"), [(1, False), (0, True)])
def test_only_a_version_that_can_be_checked_keeps_an_explanation_fresh(files: int, faded: bool) -> None:
    book = Book()
    first = book.work("explanation")
    book.work("explanation", on=20, files=files, revises=first)
    ledger = book.ledger(on=FADES_AFTER + 5)
    assert ledger.expired(only(ledger), day(FADES_AFTER + 5)) is faded


def test_the_past_is_seen_as_it_was() -> None:
    book = Book()
    work = book.work("memo", on=1)
    book.review(work, on=3)
    book.withdraw(work, on=5)
    tiers = [[a.tier for a in book.ledger(on=n).artefacts] for n in (0, 1, 3, 5)]
    assert tiers == [[], [Tier.E1], [Tier.E2], []]


def test_known_concepts_are_those_of_the_last_diagnostic_that_stands() -> None:
    book = Book()
    book.work("diagnostic", facts={"known": "model label"})
    last = book.work("diagnostic", facts={"known": "model"})
    assert book.ledger().known_concepts == {"model"}
    book.withdraw(last)
    assert book.ledger().known_concepts == {"model", "label"}


@given(entries=ledgers())
def test_every_standing_version_is_in_one_artefact_and_nothing_withdrawn_is(entries: list[Entry]) -> None:
    ledger = Ledger(entries, SAMPLE)
    shown = [i for a in ledger.artefacts for i in a.ids]
    standing = [e.id for e in entries if e.sort is Sort.ARTEFACT and e.id not in ledger.withdrawn]
    assert sorted(shown) == sorted(standing)
    spoken = [w for a in ledger.artefacts for w in (*a.reviews, *a.confirmations)]
    assert not {w.id for w in spoken} & ledger.withdrawn
    assert all(w.subject in {v.id for v in a.versions} for a in ledger.artefacts for w in (*a.reviews, *a.confirmations))


@given(entries=ledgers())
def test_a_tier_has_its_reason(entries: list[Entry]) -> None:
    for artefact in Ledger(entries, SAMPLE).artefacts:
        kind = SAMPLE.kinds.get(artefact.kind)
        assert (artefact.tier >= Tier.E1) == any(own_tier(v, kind)[0] is Tier.E1 for v in artefact.versions)
        assert (artefact.tier is Tier.E3) == bool(artefact.checked and artefact.confirmations)
        if artefact.tier is Tier.E2:
            assert any(is_favourable(r) for r in artefact.reviews)
        assert len(artefact.competencies) <= MAX_COMPETENCIES
        days = [artefact.reached_on(tier) for tier in (Tier.E0, Tier.E1, Tier.E2, Tier.E3) if tier in (Tier.E0, artefact.tier)]
        assert days == sorted(days)
        assert min(v.on for v in artefact.versions) <= days[-1] <= max(e.on for e in entries)


@given(data=st.data(), entries=ledgers())
def test_adding_to_the_ledger_lowers_no_tier(data: st.DataObject, entries: list[Entry]) -> None:
    before = {a.ids[0]: a.tier for a in Ledger(entries, SAMPLE).artefacts}
    after = {a.ids[0]: a.tier for a in Ledger([*entries, data.draw(more(entries))], SAMPLE).artefacts}
    assert all(after[root] >= tier for root, tier in before.items())


@given(entries=ledgers(), number=st.integers(0, LAST_DAY))
def test_withdrawing_twice_is_as_withdrawing_once(entries: list[Entry], number: int) -> None:
    on: date = day(number)
    taken = [e.subject for e in entries if e.sort is Sort.WITHDRAWAL]
    again = [Entry(len(entries) + i, Sort.WITHDRAWAL, on, subject=subject) for i, subject in enumerate(taken, 1)]
    assert Ledger([*entries, *again], SAMPLE).artefacts == Ledger(entries, SAMPLE).artefacts
