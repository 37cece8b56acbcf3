"""Criticism from the talk to the answer, to the person who gave it, and to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from segue.accounts.models import Learner
from segue.evidence.actions import Work, record_work, withdraw
from segue.shared import clock
from segue.work.connect.actions.feedback import add_point, answer_point
from segue.work.connect.actions.people import add_person, delete_person
from segue.work.connect.models import FeedbackPoint, Meeting, Person
from segue.work.connect.queries import runs
from segue.work.lab.actions.runs import take_file
from segue.work.lab.figures import RunFigures
from segue.work.lab.models import Analysis, Version
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.build.sheets import RUN

LIST, NEW = "/connect/feedback/", "/connect/feedback/new/"
NO = {"verdict": "declined", "reason": "A reading list needs an order and not a probability.", "change": "", "run": ""}
YES = {"verdict": "accepted", "reason": "", "change": "Relabel sixty rows, by week 18.", "run": ""}


@pytest.fixture
def ines(priya: Learner) -> Person:
    return add_person(priya, name="Inês Duarte", role="data-scientist", relation="partner")


def point_for(person: Person, text: str, **answer: str) -> FeedbackPoint:
    point = add_point(person.learner, {"person": person, "role": "", "on": MONDAY, "text": text, "meeting": None})
    return answer_point(point, answer) if answer else point


@pytest.fixture
def analysis(priya: Learner, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Analysis:
    """An analysis with two finished runs, the second a little better."""
    settings.HOME = tmp_path
    row = take_file(priya, "acme.csv", 9, [b"comment\nToo small\n"], question="", permission="own", keep_until=MONDAY)
    for number in (1, 2):
        Version.objects.create(analysis=row, number=number, made_at=clock.now())

    def figures_of(analysis: Analysis, version: int = 0) -> RunFigures | None:
        texts = {1: "0.61 (0.58 to 0.64)", 2: "0.65 (0.63 to 0.67)"}
        figures = tuple(type(f)(f.name, f.label, texts[version], f.value, f.source) for f in RUN.figures if f.name == "score")
        return RunFigures(analysis.pk, version, "acme.csv", MONDAY, "", "topic", "linear", figures)

    monkeypatch.setattr(runs, "figures_of", figures_of)
    return row


def test_points_come_one_after_the_other_and_are_answered(page: Client, ines: Person, priya: Learner) -> None:
    shown = visit(page, LIST)
    assert "No point is noted yet" in shown.text
    form = visit(page, f"{NEW}?person={ines.key}")
    assert form.form("Add, and another").values["person"] == ines.key
    another = press(page, form, "Add, and another", text="Labels are dirty.\nAnd late.")
    assert another.path == f"{NEW}?person={ines.key}"
    assert another.form("Add, and another").values["text"] == ""
    assert "Labels are dirty." in another.section("Of today")
    shown = press(page, another, "Add and finish", text="The score is not calibrated.")
    assert shown.path == LIST
    assert [point.role for point in priya.feedback_points.all()] == ["data-scientist"] * 2
    assert "5 more to five" in shown.text
    assert "decline at least one" in shown.text
    answer = visit(page, shown.link("Answer"))
    assert "Labels are dirty." in answer.text
    shown = press(page, answer, "Keep the answer", **YES)
    assert "Relabel sixty rows" in shown.section("Answered")
    shown = press(page, visit(page, shown.link("Answer: The score")), "Keep the answer", **NO)
    assert "To answer" not in shown.text
    assert "decline at least one" not in shown.text
    assert "3 more to five" in shown.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({**NO, "reason": " "}, "Give a reason that the person could respect"),
        ({**YES, "change": ""}, "Say what you will change, and by when"),
        ({**YES, "verdict": "maybe"}, "Choose one of these"),
        ({**YES, "verdict": None}, "Accept or decline it"),
        ({**YES, "run": "9:9"}, "Choose one of these"),
        ({**NO, "reason": "x" * 2001}, "2,000 is the most"),
    ],
)
def test_an_answer_needs_its_words(page: Client, ines: Person, typed: dict[str, Any], words: str) -> None:
    point = point_for(ines, "Too few rows.")
    refused = press(page, visit(page, f"{LIST}{point.key}/answer/"), "Keep the answer", **typed)
    assert refused.status == 422
    assert words in refused.text
    assert FeedbackPoint.objects.get().verdict == ""


def test_each_person_is_told_what_concerns_them(page: Client, ines: Person, priya: Learner) -> None:
    tom = add_person(priya, name="Tom", role="ml-engineer")
    point_for(ines, "Labels are dirty.", **YES)
    point_for(ines, "Not calibrated.", **NO)
    point_for(ines, "Still open.")
    point_for(tom, "Weekly is enough.", **YES)
    telling = visit(page, LIST).section("To tell")
    assert "2 answers" in telling
    assert "“Not calibrated.”" in telling
    assert "I decided against it: A reading list needs an order" in telling
    assert "Still open" not in telling
    told = press(page, visit(page, LIST), "I told them", action=f"/connect/people/{ines.key}/told/")
    assert "It counts as a contact of today" in told.text
    assert "Inês" not in told.section("To tell")
    assert [(touch.sort, touch.on) for touch in ines.touches.all()] == [("message", MONDAY)]
    assert not tom.touches.exists()
    assert priya.feedback_points.filter(told_on=MONDAY).count() == 2
    back = press(page, told, "Undo")
    assert "Inês" in back.section("To tell")
    assert not ines.touches.exists()


def test_another_answer_is_told_again(page: Client, ines: Person) -> None:
    point = point_for(ines, "Labels are dirty.", **YES)
    press(page, visit(page, LIST), "I told them")
    answer = f"{LIST}{point.key}/answer/"
    same = press(page, visit(page, answer), "Keep the answer")
    assert "told on Monday 23 November" in same.text
    other = press(page, visit(page, answer), "Keep the answer", **NO)
    assert "I told them" in str([form.buttons for form in other.forms])


def test_a_point_can_be_changed_and_removed_and_comes_back(page: Client, ines: Person) -> None:
    point = point_for(ines, "Labels are dirty.", **YES)
    changed = press(page, visit(page, f"{LIST}{point.key}/"), "Keep the change", text="Half of the labels are dirty.", person="")
    assert "Half of the labels" in changed.text
    assert "Inês" not in changed.section("Answered")
    press(page, visit(page, f"{LIST}{point.key}/"), "Keep the change", person=ines.key)
    before = FeedbackPoint.objects.values().get()
    removed = press(page, changed, "Remove")
    assert "No point is noted yet" in removed.text
    back = press(page, removed, "Undo")
    assert "Half of the labels" in back.text
    after = FeedbackPoint.objects.values().get()
    assert {**after, "id": 0} == {**before, "id": 0}
    assert "There is nothing left" in visit(page, f"{LIST}{point.key}/restore/", method="post").text


def test_the_log_becomes_evidence_without_names_and_then_a_new_version(page: Client, ines: Person, priya: Learner) -> None:
    point_for(ines, "Inês thinks the labels are dirty.", **{**YES, "reason": "Inês is right."})
    refused = press(page, visit(page, LIST), "Record the log", data_kind="")
    assert refused.status == 422
    assert "Say what your project’s data is" in refused.text
    entry = press(page, visit(page, LIST), "Record the log", data_kind="real")
    assert entry.heading == "1 point of criticism, 1 answered"
    recorded = priya.entries.get()
    assert (recorded.kind, recorded.activity_id) == ("feedback-log", "w16-feedback-log")
    assert recorded.facts == {"points": 1, "answered": 1, "accepted": 1, "data": "real"}
    assert recorded.competencies == ["C7", "C4"]
    assert "Inês" not in recorded.body
    assert "Data scientist thinks the labels are dirty" in recorded.body
    assert "It counts from 100 words on" in entry.text
    shown = visit(page, LIST)
    assert shown.form("Record the log").values["data_kind"] == "real"
    refused = press(page, shown, "Record the log")
    assert refused.status == 422
    assert "The log is in the ledger as it stands, as entry 1." in refused.text
    point_for(ines, "Not calibrated.", **NO)
    press(page, visit(page, LIST), "Record the log")
    newer = priya.entries.get(number=2)
    assert (newer.revises_id, newer.facts["answered"]) == (recorded.pk, 2)
    withdraw(newer, MONDAY, "A mistake")
    press(page, visit(page, LIST), "Record the log", data_kind="real")
    assert priya.entries.get(number=4).revises is None


def test_a_log_without_an_answer_is_refused(page: Client, ines: Person, priya: Learner) -> None:
    point_for(ines, "Too few rows.")
    refused = press(page, visit(page, LIST), "Record the log", data_kind="toy")
    assert refused.status == 422
    assert "No point is answered yet." in refused.text
    assert not priya.entries.exists()


def test_a_run_of_the_lab_is_linked_with_its_score_before_and_after(
    page: Client, ines: Person, analysis: Analysis, priya: Learner
) -> None:
    point = point_for(ines, "Labels are dirty.")
    answer = visit(page, f"{LIST}{point.key}/answer/")
    assert answer.form("Keep the answer").options["run"] == ["", f"{analysis.pk}:2", f"{analysis.pk}:1"]
    shown = press(page, answer, "Keep the answer", **{**YES, "run": f"{analysis.pk}:2"})
    assert "acme.csv, version 2" in shown.section("Answered")
    assert shown.link("acme.csv") == f"/lab/{analysis.pk}/versions/"
    words = "Macro-F1 0.65 (0.63 to 0.67), 0.61 (0.58 to 0.64) in the version before."
    assert words in visit(page, f"{LIST}{point.key}/answer/").text
    press(page, shown, "Record the log", data_kind="real")
    assert words in priya.entries.get().body
    analysis.gone_on = MONDAY
    analysis.save()
    kept = press(page, visit(page, f"{LIST}{point.key}/answer/"), "Keep the answer")
    assert "acme.csv, version 2" in kept.text
    assert FeedbackPoint.objects.get().run == f"{analysis.pk}:2"


def test_points_outlive_the_person(page: Client, ines: Person, priya: Learner) -> None:
    point_for(ines, "Labels are dirty.", **YES)
    delete_person(ines)
    shown = visit(page, LIST)
    assert "Data scientist" in shown.section("Answered")
    assert "Inês" not in shown.text
    assert "To tell" not in shown.text
    press(page, shown, "Record the log", data_kind="real")
    assert "Data scientist" in priya.entries.get().body


def test_points_of_a_talk_belong_to_it(page: Client, ines: Person, priya: Learner) -> None:
    meeting = Meeting.objects.create(
        learner=priya, key="m", person=ines, title="Half an hour", starts_at=clock.now(), zone="UTC", uid="u",
        changed_at=clock.now(), held_on=MONDAY - timedelta(days=3),
    )  # fmt: skip
    form = visit(page, f"{NEW}?meeting=m")
    assert "Half an hour" in form.text
    assert form.form("Add, and another").values["on"] == "2026-11-20"
    another = press(page, form, "Add, and another", text="Too few rows.")
    assert another.path == f"{NEW}?meeting=m"
    assert "Too few rows." in another.section("Of this talk")
    assert meeting.points.get().person == ines


def test_what_people_saw_is_linked(page: Client, priya: Learner) -> None:
    assert "Write it as your case study" in visit(page, LIST).text
    old = record_work(priya, Work("run", "Version 1", MONDAY))
    record_work(priya, Work("run", "Version 1, corrected", MONDAY), revises=old)
    shown = visit(page, LIST)
    assert shown.link("Version 1, corrected") == "/evidence/2/"
    assert all(words != "Version 1" for words, _ in shown.links)


def test_hostile_words_stay_words(page: Client, ines: Person) -> None:
    point_for(ines, "<script>alert(1)</script>\n# Heading\n[x](javascript:alert(1))", **YES)
    shown = visit(page, LIST)
    assert "<script>alert" not in shown.html
    entry = press(page, shown, "Record the log", data_kind="toy")
    assert "<script>alert" not in entry.html
    assert "javascript:" not in str(entry.links)


@pytest.mark.parametrize("path", ["", "answer/", "remove/"])
def test_a_strangers_points_are_not_there(path: str, page: Client, make_learner: Callable[..., Learner]) -> None:
    point = point_for(add_person(make_learner("Sam"), name="Ada"), "Theirs.")
    assert visit(page, f"{LIST}{point.key}/{path}", {"text": "Mine."}, method="post").status == 404
    assert FeedbackPoint.objects.get().text == "Theirs."
    assert visit(page, f"{NEW}?person={point.person.key}").status == 404  # type: ignore[union-attr]


def test_somebody_elses_person_cannot_be_named(page: Client, priya: Learner, make_learner: Callable[..., Learner]) -> None:
    other = add_person(make_learner("Sam"), name="Ada", relation="peer")
    refused: Page = press(page, visit(page, NEW), "Add and finish", text="A point", person=other.key)
    assert refused.status == 422
    assert not priya.feedback_points.exists()


def test_questions_to_the_database_do_not_grow(page: Client, ines: Person, priya: Learner, analysis: Analysis) -> None:
    point_for(ines, "First.", **{**YES, "run": f"{analysis.pk}:1"})
    few = [queries_of(page, path) for path in (LIST, NEW)]
    for number in range(30):
        person = add_person(priya, name=f"Person {number}", relation="peer", role="ai-pm")
        point_for(person, f"Point {number}", **{**YES, "run": f"{analysis.pk}:{1 + number % 2}"})
    assert [queries_of(page, path) for path in (LIST, NEW)] == few
