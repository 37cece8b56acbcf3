"""Every rule of a criterion, one by one: kind, competency, count, tier, reviewer, facts, different values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from segue.core.activity import Programme
from segue.core.competency import Condition, Criterion, Distinct, Level, LevelRule, Need, Tier
from segue.core.evidence import Sort
from segue.core.readiness import Line, Readiness, assess, holds, reviewer_names
from tests.core.sample import C1, SAMPLE, Book, day, programme


def assessed(book: Book, on: int = 0, of: Programme = SAMPLE) -> Readiness:
    return assess(of, book.ledger(on, of), day(on))


def line_of(book: Book, line_id: str, on: int = 0, of: Programme = SAMPLE) -> Line:
    results = assessed(book, on, of).results
    return next(line for r in results for level in r.levels for line in level.lines if line.id == line_id)


def wanting(need: Need, rules: tuple[LevelRule, ...] = ()) -> Programme:
    """A programme with one competency whose only criterion is ``c``."""
    level = Level(1, "", (Criterion("c", "What is asked", need),))
    return programme(competencies=(replace(C1, levels=(level,)),), gates=(), rules=rules)


def asked(need: Need, book: Book, on: int = 0) -> Line:
    return line_of(book, "c", on, wanting(need))


# --- criteria: kind, competency, count --------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", range(5))
def test_a_criterion_counts_artefacts(there: int) -> None:
    book = Book()
    ids = [book.work("explanation") for _ in range(there)]
    line = line_of(book, "c1-1-explained")
    assert (line.have, line.count, line.met) == (there, 3, there >= 3)
    assert (line.by, line.short, line.tally) == (tuple(ids), max(0, 3 - there), f"{there} of 3")
    assert bool(line.missing) is not line.met


def test_other_kinds_other_competencies_and_other_sorts_do_not_count() -> None:
    book = Book()
    book.work("note")
    book.work("explanation", "C2 T")
    book.work("explanation", "")
    book.append(Sort.TIME, kind="explanation", competencies=("C1",), files=1)
    book.append(Sort.SELF_RATING, kind="explanation", competencies=("C1",), facts={"level": 4}, files=1)
    assert line_of(book, "c1-1-explained").have == 0


def test_versions_of_one_artefact_count_once() -> None:
    book = Book()
    first = book.work("explanation")
    second = book.work("explanation", revises=first)
    book.work("explanation", revises=second)
    line = line_of(book, "c1-1-explained")
    assert (line.have, line.by) == (1, (3,))


def test_any_of_several_kinds_counts() -> None:
    need = Need(("memo", "report"), 2)
    book = Book()
    book.work("memo")
    assert asked(need, book).have == 1
    book.work("report")
    assert asked(need, book).have == 2


def test_one_artefact_proves_three_competencies_at_the_most() -> None:
    four = tuple(replace(C1, id=f"K{n}", levels=(Level(1, "", (Criterion(f"c{n}", "", Need(("note",))),)),)) for n in range(4))
    of = programme(competencies=four, gates=(), rules=())
    book = Book()
    book.work("note", "K0 K1 K2 K3")
    assert [line_of(book, f"c{n}", of=of).have for n in range(4)] == [1, 1, 1, 0]
    book.work("note", "K3", revises=1)
    assert [line_of(book, f"c{n}", of=of).have for n in range(4)] == [1, 1, 1, 0]
    book.work("note", "K3")
    assert [line_of(book, f"c{n}", of=of).have for n in range(4)] == [1, 1, 1, 1]


# --- criteria: tier and reviewer --------------------------------------------------------------------------------------------


def claim(book: Book) -> int:
    return book.work("report", files=0, words=500)


def put(book: Book, what: str) -> None:
    """One report, and what others said of it."""
    subject = claim(book) if what.startswith("claim") else book.work("report")
    if "bad review" in what:
        book.review(subject, good=False, practises=True)
    elif "practitioner" in what:
        book.review(subject, practises=True)
    elif "review" in what:
        book.review(subject)
    if "confirmed" in what:
        book.confirm(subject)


STATES = (
    ("claim", Tier.E0, False),
    ("claim, practitioner", Tier.E0, False),
    ("claim, confirmed", Tier.E0, False),
    ("file", Tier.E1, False),
    ("file, bad review", Tier.E1, False),
    ("file, review", Tier.E2, False),
    ("file, practitioner", Tier.E2, True),
    ("file, confirmed", Tier.E3, False),
    ("file, bad review, confirmed", Tier.E3, False),
    ("file, practitioner, confirmed", Tier.E3, True),
)


@pytest.mark.parametrize(("state", "reaches", "practised"), STATES)
@pytest.mark.parametrize("practitioner", [False, True])
@pytest.mark.parametrize("tier", list(Tier))
def test_a_tier_includes_the_lower_ones_and_a_claim_never_counts(
    state: str, reaches: Tier, practised: bool, tier: Tier, practitioner: bool
) -> None:
    book = Book()
    put(book, state)
    counts = reaches >= max(tier, Tier.E1) and (practised or not practitioner)
    assert asked(Need(("report",), 1, tier, practitioner), book).have == int(counts)


def test_a_review_without_a_name_lifts_nothing() -> None:
    book = Book()
    report = book.work("report")
    book.append(Sort.REVIEW, subject=report, marks={"a": True})
    assert asked(Need(("report",), 1, Tier.E2), book).have == 0
    assert reviewer_names(book.ledger()) == {}


# --- criteria: facts --------------------------------------------------------------------------------------------------------

AT_LEAST_80 = Condition("score", at_least=80)
REAL = Condition("data", any_of=("real", "realistic"))


@pytest.mark.parametrize(
    ("condition", "facts", "held"),
    [
        (AT_LEAST_80, {"score": 80}, True),
        (AT_LEAST_80, {"score": 79.9}, False),
        (AT_LEAST_80, {"score": "80"}, False),
        (AT_LEAST_80, {"items": 90}, False),
        (AT_LEAST_80, {}, False),
        (Condition("score", at_least=0), {"score": 0}, True),
        (Condition("score", at_least=0), {"score": -1}, False),
        (REAL, {"data": "real"}, True),
        (REAL, {"data": "realistic"}, True),
        (REAL, {"data": "toy"}, False),
        (REAL, {"data": ""}, False),
        (REAL, {}, False),
        (Condition("n", any_of=("1",)), {"n": 1}, True),
    ],
)
def test_a_fact_that_is_not_given_does_not_hold(condition: Condition, facts: dict[str, float | str], held: bool) -> None:
    assert holds(condition, facts) is held
    book = Book()
    book.work("report", facts=facts)
    assert asked(Need(("report",), where=(condition,)), book).have == int(held)


BOTH = Need(("quiz",), where=(AT_LEAST_80, Condition("items", at_least=20)))


def test_all_facts_must_hold_in_one_version() -> None:
    book = Book()
    first = book.work("quiz", facts={"score": 100, "items": 5})
    book.work("quiz", facts={"score": 40, "items": 30}, revises=first)
    assert asked(BOTH, book).have == 0
    book.work("quiz", facts={"score": 80, "items": 20}, revises=first)
    assert asked(BOTH, book).have == 1


def test_a_worse_version_takes_nothing_away_and_the_line_names_the_newest_version() -> None:
    book = Book()
    first = book.work("quiz", facts={"score": 90, "items": 20})
    book.work("quiz", facts={"score": 10, "items": 20}, revises=first)
    line = asked(BOTH, book)
    assert (line.have, line.by) == (1, (2,))


def test_figures_of_a_version_that_cannot_be_checked_are_a_claim() -> None:
    book = Book()
    first = book.work("quiz", facts={"score": 10, "items": 20})
    book.work("quiz", facts={"score": 90, "items": 20}, revises=first, files=0)
    assert asked(BOTH, book).have == 0
    sound = book.work("quiz", facts={"score": 90, "items": 20}, revises=first)
    book.work("quiz", revises=sound, files=0)
    assert asked(BOTH, book).by == (sound,)


# --- criteria: different values ---------------------------------------------------------------------------------------------

TALKS = Need(("talk",), 3, distinct=Distinct("role", 2))


@pytest.mark.parametrize(
    ("roles", "have", "count"),
    [
        ("", 0, 3),
        ("engineer", 1, 3),
        ("engineer engineer", 2, 3),  # lacks one talk and one role: talks are told
        ("engineer engineer engineer", 1, 2),
        ("engineer engineer engineer engineer", 1, 2),
        ("engineer lawyer", 2, 3),
        ("engineer engineer lawyer", 3, 3),
        ("engineer scientist lawyer", 3, 3),
    ],
)
def test_whichever_lacks_more_is_told(roles: str, have: int, count: int) -> None:
    book = Book()
    for role in roles.split():
        book.work("talk", facts={"role": role})
    line = asked(TALKS, book)
    assert (line.have, line.count) == (have, count)


def test_a_talk_without_a_role_counts_as_a_talk_only() -> None:
    book = Book()
    for _ in range(3):
        book.work("talk")
    assert (asked(TALKS, book).have, asked(TALKS, book).count) == (0, 2)


def test_a_role_that_only_a_claim_names_does_not_count() -> None:
    book = Book()
    first, *_ = (book.work("talk", facts={"role": "engineer"}) for _ in range(3))
    book.work("talk", facts={"role": "lawyer"}, revises=first, files=0)
    assert (asked(TALKS, book).have, asked(TALKS, book).count) == (1, 2)


def test_a_corrected_role_is_not_a_second_one() -> None:
    book = Book()
    first, *_ = (book.work("talk", facts={"role": "engineer"}) for _ in range(3))
    book.work("talk", facts={"role": "lawyer"}, revises=first)
    book.work("talk", facts={"role": "scientist"}, revises=first)
    line = asked(replace(TALKS, distinct=Distinct("role", 3)), book)
    assert (line.have, line.count) == (2, 3)  # one stands for engineer, one for lawyer or scientist


def test_each_talk_stands_for_the_role_that_serves_best() -> None:
    book = Book()
    first = book.work("talk", facts={"role": "engineer"})
    book.work("talk", facts={"role": "lawyer"}, revises=first)
    book.work("talk", facts={"role": "engineer"})
    book.work("talk", facts={"role": "engineer"})
    assert asked(TALKS, book).met
