"""Every rule of readiness above the criteria: rules of levels, levels, fading, gates."""

from __future__ import annotations

import pytest

from segue.core.activity import Programme
from segue.core.competency import Competency, Gate, Level, LevelRule, Tier
from segue.core.evidence import Sort
from segue.core.readiness import reviewer_names
from tests.core.sample import APPLY, FADES_AFTER, READY, Book, programme
from tests.core.test_readiness import STATES, assessed, claim, line_of, put

# --- rules of levels --------------------------------------------------------------------------------------------------------


def ruled(rule: LevelRule) -> Programme:
    level = Level(rule.number, "", ())
    return programme(competencies=(Competency("C1", "", "", "", (level,)),), gates=(), rules=(rule,))


@pytest.mark.parametrize(("name", "tier"), [("e1", Tier.E1), ("e2", Tier.E2), ("e3", Tier.E3)])
@pytest.mark.parametrize(("state", "reaches", "_practised"), STATES)
def test_a_rule_counts_artefacts_of_a_tier_or_above(name: str, tier: Tier, state: str, reaches: Tier, _practised: bool) -> None:
    of = ruled({"e1": LevelRule(2, "", e1=2), "e2": LevelRule(2, "", e2=2), "e3": LevelRule(2, "", e3=2)}[name])
    book = Book()
    for there in range(3):
        line = line_of(book, f"c1-2-rule-{name}", of=of)
        have = there if reaches >= tier else 0
        assert (line.have, line.count, line.met, len(line.by)) == (have, 2, have >= 2, have)
        assert assessed(book, of=of).levels() == {"C1": 2 if have >= 2 else 0}
        put(book, state)


@pytest.mark.parametrize(("state", "reaches", "practised"), STATES)
def test_a_rule_wants_a_practitioner(state: str, reaches: Tier, practised: bool) -> None:
    of = ruled(LevelRule(3, "Three", practitioner=True))
    book = Book()
    put(book, state)
    assert line_of(book, "c1-3-rule-practitioner", of=of).have == int(practised)


@pytest.mark.parametrize(("data", "counts"), [("real", True), ("realistic", True), ("toy", False), ("", False)])
@pytest.mark.parametrize("files", [0, 1])
def test_a_rule_wants_real_data_in_something_that_can_be_checked(data: str, counts: bool, files: int) -> None:
    of = ruled(LevelRule(3, "Three", real_data=True))
    book = Book()
    book.work("report", files=files, facts={"data": data})
    assert line_of(book, "c1-3-rule-data", of=of).have == int(counts and files > 0)


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ((), 0),
        ((0,), 1),
        ((0, 6), 1),  # Monday and Sunday
        ((6, 7), 2),  # Sunday and Monday
        ((0, 371), 2),  # the week of the same number in the next year
        ((59, 60), 1),  # 31 December and 1 January are days of one week
    ],
)
def test_a_rule_wants_work_in_different_weeks(days: tuple[int, ...], weeks: int) -> None:
    of = ruled(LevelRule(3, "Three", weeks=2))
    book = Book()
    for on in days:
        book.work("report", on=on)
    line = line_of(book, "c1-3-rule-weeks", 400, of)
    assert (line.have, line.count, len(line.by)) == (weeks, 2, len(days))


def test_a_later_version_is_work_of_its_week_but_a_claim_is_not() -> None:
    of = ruled(LevelRule(3, "Three", weeks=2))
    book = Book()
    first = book.work("report")
    book.work("report", on=7, revises=first, files=0)
    claim(book)
    assert line_of(book, "c1-3-rule-weeks", 20, of).have == 1
    book.work("report", on=14, revises=first)
    assert line_of(book, "c1-3-rule-weeks", 20, of).have == 2


def test_a_rule_that_asks_for_nothing_adds_no_line_and_a_level_without_rule_has_no_name() -> None:
    of = ruled(LevelRule(1, "One"))
    assert assessed(Book(), of=of).results[0].levels[0].lines == ()
    track = assessed(Book()).result("T").levels[0]
    assert (track.name, [line.id for line in track.lines]) == ("Complete", ["t-1-stories", "t-1-mentor"])
    assert [level.name for level in assessed(Book()).result("C1").levels] == ["Aware", "Working", "Practitioner", "Lead"]


# --- levels -----------------------------------------------------------------------------------------------------------------


def level_one(book: Book, on: int = 0) -> None:
    book.work("quiz", facts={"score": 80, "items": 20}, on=on)
    for _ in range(3):
        book.work("explanation", on=on)


def test_levels_are_cumulative() -> None:
    book = Book()
    report = book.work("report", facts={"accuracy": "sound", "data": "real"})
    book.review(report, practises=True)
    book.work("report", on=7)
    result = assessed(book, 7).result("C1")
    assert [level.met for level in result.levels] == [False, True, True, False]
    assert result.level == 0
    level_one(book, 7)
    assert assessed(book, 7).result("C1").level == 3
    book.confirm(book.work("effect", on=8), on=8)
    assert assessed(book, 8).result("C1").level == 4
    assert assessed(book, 8).levels() == {"C1": 4, "C2": 0, "T": 0}


@pytest.mark.parametrize(("rating", "overrated"), [(None, False), (0, False), (1, False), (2, True), (4, True)])
def test_a_self_rating_stands_beside_the_level(rating: int | None, overrated: bool) -> None:
    book = Book()
    level_one(book)
    if rating is not None:
        book.append(Sort.SELF_RATING, competencies=("C1",), facts={"level": rating})
    result = assessed(book).result("C1")
    assert (result.level, result.self_level, result.overrated) == (1, rating, overrated)


def test_a_competency_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        assessed(Book()).result("C9")


# --- fading -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "have"), [(0, 1), (FADES_AFTER, 1), (FADES_AFTER + 1, 0)])
def test_an_explanation_fades(on: int, have: int) -> None:
    book = Book()
    book.work("explanation")
    book.work("note")
    assert line_of(book, "c1-1-explained", on).have == have
    assert line_of(book, "c1-1-rule-e1", on).have == have + 1


def test_a_new_version_checks_it_again_but_a_claim_does_not() -> None:
    late = FADES_AFTER + 1
    book = Book()
    first = book.work("explanation")
    book.work("explanation", on=20, revises=first, files=0, words=59)
    assert line_of(book, "c1-1-explained", late).have == 0
    book.work("explanation", on=late, revises=first, files=0, words=60)
    assert line_of(book, "c1-1-explained", late).have == 1
    assert line_of(book, "c1-1-explained", late + FADES_AFTER).have == 1
    assert line_of(book, "c1-1-explained", late + FADES_AFTER + 1).have == 0


# --- gates ------------------------------------------------------------------------------------------------------------------


def test_a_gate_has_a_line_for_each_level_and_two_for_people() -> None:
    ready, apply = assessed(Book()).gates
    assert [(line.id, line.text, line.tally) for line in apply.lines] == [
        ("C1", "Reporting: level 3", "0 of 3"),
        ("C2", "Talking: level 2", "0 of 2"),
        ("T", "Transition: complete", "0 of 1"),
        ("reviewers", "2 people have reviewed your work", "0 of 2"),
        ("practitioners", "1 of them practises AI", "0 of 1"),
    ]
    assert [(line.text, line.met) for line in ready.lines[2:]] == [
        ("1 person has reviewed your work", False),
        ("0 of them practise AI", True),
    ]
    assert not apply.met


@pytest.mark.parametrize(
    ("reviews", "people", "practising"),
    [
        ([], 0, 0),
        ([("Ann", False)], 1, 0),
        ([("Ann", False), ("ANN", False), (" ann ", False)], 1, 0),
        ([("Ann  Lee", False), ("ann lee", False), ("Annlee", False)], 2, 0),
        ([("Straße", True), ("STRASSE", False)], 1, 1),
        ([("Ann", True), ("Bo", True)], 2, 2),
        ([("Ann", False), ("ann", True)], 1, 1),
    ],
)
def test_people_count_once_however_their_name_is_written(reviews: list[tuple[str, bool]], people: int, practising: int) -> None:
    book = Book()
    report = book.work("report")
    for name, practises in reviews:
        book.review(report, name, practises)
    lines = assessed(book).gates[1].lines
    assert [line.have for line in lines[-2:]] == [people, practising]
    assert sum(reviewer_names(book.ledger()).values()) == practising


def test_a_reviewer_counts_while_what_they_reviewed_stands() -> None:
    book = Book()
    report = book.work("report")
    review = book.review(report, good=False)
    assert list(reviewer_names(book.ledger())) == ["ann"]
    book.withdraw(report)
    assert reviewer_names(book.ledger()) == {}
    other = book.work("report")
    review = book.review(other)
    book.withdraw(review)
    assert reviewer_names(book.ledger()) == {}


def open_both(book: Book) -> None:
    """Everything both gates ask for but the people: one reviewer, who practises."""
    level_one(book)
    first = book.work("report", "C1 C2", facts={"accuracy": "sound", "data": "real"})
    book.review(first, practises=True)
    book.work("report", "C1 C2", on=7)
    for role in ("engineer", "engineer", "lawyer"):
        book.work("talk", "C2", facts={"role": role}, on=7)
    book.work("story", "T", on=7)
    book.work("story", "T", on=7)
    book.review(book.work("mentor-review", "T", on=7), practises=True, on=7)


def test_a_gate_opens_when_its_last_line_is_met() -> None:
    book = Book()
    open_both(book)
    ready, apply = assessed(book, 7).gates
    assert (ready.met, apply.met) == (True, False)
    assert [line.id for line in apply.lines if not line.met] == ["reviewers"]
    assert assessed(book, 7).open_lines(APPLY) == ()
    book.review(5, "Bo", on=8)
    assert assessed(book, 8).gates[1].met


def test_open_lines_are_those_below_the_level_that_the_gate_wants() -> None:
    ids = [line.id for line in assessed(Book()).open_lines(READY)]
    assert ids == [
        *("c1-1-quiz", "c1-1-explained", "c1-1-rule-e1", "c1-2-report", "c1-2-rule-e1", "c1-2-rule-e2"),
        *("c2-1-talks", "c2-1-rule-e1"),
    ]
    book = Book()
    book.work("quiz", facts={"score": 80, "items": 20})
    left = [line.id for line in assessed(book).open_lines(READY)]
    assert left == [i for i in ids if i not in ("c1-1-quiz", "c1-1-rule-e1")]
    levels = [line.level for line in assessed(Book()).open_lines(APPLY) if line.competency == "C1"]
    assert levels == sorted(levels)
    assert max(levels) == 3
    assert assessed(Book()).open_lines(Gate("none", "", "", {}, 0, 0)) == ()
