"""What a reviewer is asked: the criteria of a kind, or the level of each competency where a report names them."""

from __future__ import annotations

from segue.accounts.models import Learner
from segue.core.evidence import Artefact
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.criteria import criteria_for, level_words
from segue.evidence.models import Entry
from segue.evidence.queries import ledger_of
from segue.evidence.trust import artefact_of
from segue.evidence.vocabulary import criterion_of, questions_of
from tests.conftest import MONDAY

KIND = "readiness-report"


def report(learner: Learner, revises: Entry | None = None, **levels: float) -> Entry:
    work = Work(KIND, "Report", MONDAY, competencies=("T",), body="word " * 90, facts=levels, confidentiality="public")
    return record_work(learner, work, revises)


def artefact(learner: Learner, entry: Entry) -> Artefact:
    found = artefact_of(ledger_of(learner), entry.number)
    assert found is not None
    return found


def test_only_a_report_asks_about_each_competency() -> None:
    asking = [kind.id for kind in current().programme.kinds.values() if questions_of(kind)]
    assert asking == [KIND]
    questions = questions_of(current().programme.kinds[KIND])
    assert list(questions) == ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]
    assert all(criterion_of(question.id) == question for question in questions.values())


def test_questions_take_no_id_of_a_criterion_and_open_no_gate() -> None:
    published = {c.id for each in current().programme.competencies for level in each.levels for c in level.criteria}
    assert not published & {question.id for question in questions_of(current().programme.kinds[KIND]).values()}


def test_it_is_asked_about_levels_that_the_report_names(priya: Learner) -> None:
    one = artefact(priya, report(priya, c1=0, c2=2))
    asked = [criterion.id for criterion in criteria_for(one)]
    assert "readiness-report-c1" not in asked
    assert len(asked) == 7  # of the others nothing is named, so they are asked about without a level
    words = level_words(one)
    assert words["readiness-report-c2"].startswith("Level 2, Working: You write a problem statement")
    assert words["readiness-report-c3"] == ""


def test_the_version_asked_about_says_which_levels(priya: Learner) -> None:
    first = report(priya, c2=1)
    second = report(priya, first, c2=3)
    one = artefact(priya, second)
    assert level_words(one)["readiness-report-c2"].startswith("Level 3")
    assert level_words(one, first.number)["readiness-report-c2"].startswith("Level 1")


def test_a_level_that_there_is_not_is_not_explained(priya: Learner) -> None:
    one = artefact(priya, report(priya, c2=9))
    assert level_words(one)["readiness-report-c2"] == ""


def test_other_kinds_are_asked_by_their_criteria(priya: Learner) -> None:
    work = Work("rules-or-ml", "Sheet", MONDAY, competencies=("C2",), body="word " * 160, confidentiality="public")
    one = artefact(priya, record_work(priya, work))
    assert [criterion.id for criterion in criteria_for(one)] == ["c2-1-both-ways"]
    assert level_words(one)["c2-1-both-ways"] == "C2 Problem framing, AI fit and scope, level 1"
