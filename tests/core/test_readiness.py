"""Every rule of readiness, one by one: criteria, rules of levels, gates, fading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from segue.core.activity import Programme
from segue.core.competency import Competency, Condition, Criterion, Distinct, Gate, Level, LevelRule, Need, Tier
from segue.core.evidence import Sort
from segue.core.readiness import Line, Readiness, assess, holds, reviewer_names
from tests.core.sample import APPLY, C1, FADES_AFTER, READY, SAMPLE, Book, day, programme


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
