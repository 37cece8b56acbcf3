"""Versions of a résumé and suggested bullets through their pages."""

from __future__ import annotations

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.work.transition.actions.resumes import add_resume, keep_resume
from segue.work.transition.models import Application, JobAd, Resume
from segue.work.transition.queries.resumes import document_in
from segue.work.transition.resume.document import Basics, Bullet, Document, Position
from tests.browsing import press, visit
from tests.conftest import MONDAY


def said(text: str) -> Document:
    return Document(Basics(name="Priya"), (Position("p1", "Northwind", bullets=(Bullet("b1", text),)),))


@pytest.fixture
def resume(priya: Learner) -> Resume:
    return add_resume(priya, "AI PM", "ai-feature-pm", said("First words"))


@pytest.fixture
def at(resume: Resume) -> str:
    return f"/transition/resumes/{resume.key}/"


def change(learner: Learner, resume: Resume, text: str) -> None:
    resume.refresh_from_db()
    keep_resume(learner, resume.key, said(text), resume.revision, "")


def test_a_version_is_kept_with_a_note_and_once(page: Client, priya: Learner, resume: Resume, at: str) -> None:
    assert "No version is kept yet" in visit(page, f"{at}versions/").text
    shown = press(page, visit(page, f"{at}versions/"), "Keep a version", note="For Harbour")
    assert "Version 1" in shown.text
    assert "For Harbour" in shown.text
    assert "Version 1 says the same" in visit(page, f"{at}versions/keep/", {"note": ""}, "post").text
    assert "200 characters" in visit(page, f"{at}versions/keep/", {"note": "x" * 201}, "post").text


def test_two_versions_are_compared(page: Client, priya: Learner, resume: Resume, at: str) -> None:
    press(page, visit(page, f"{at}versions/"), "Keep a version")
    change(priya, resume, "Other thoughts")
    press(page, visit(page, f"{at}versions/"), "Keep a version")
    shown = visit(page, visit(page, f"{at}versions/").link("with the one before"))
    assert "<del>" in shown.html
    assert "<ins>" in shown.html
    assert "The text is the same in both." in visit(page, f"{at}versions/compare/").text
    assert visit(page, f"{at}versions/compare/", {"from": "7"}).status == 404


def test_going_back_keeps_what_stood_before(page: Client, priya: Learner, resume: Resume, at: str) -> None:
    press(page, visit(page, f"{at}versions/"), "Keep a version")
    change(priya, resume, "Other thoughts")
    back = press(page, visit(page, f"{at}versions/"), "Go back to it")
    assert "What stood there before is version 2" in back.text
    resume.refresh_from_db()
    assert document_in(resume) == said("First words")
    assert document_in(resume.versions.get(number=2)) == said("Other thoughts")
    press(page, visit(page, f"{at}versions/"), "Go back to it")
    assert resume.versions.count() == 2


def test_an_application_finds_its_version_again_after_an_undo(page: Client, priya: Learner, resume: Resume, at: str) -> None:
    press(page, visit(page, f"{at}versions/"), "Keep a version")
    ad = JobAd.objects.create(learner=priya, key="ad", title="AI PM", text="x", found_on=MONDAY)
    application = Application.objects.create(learner=priya, ad=ad, state="applied", version=resume.versions.get())
    gone = press(page, visit(page, at), "Remove")
    application.refresh_from_db()
    assert application.version is None
    press(page, gone, "Undo")
    application.refresh_from_db()
    assert application.version is not None
    assert application.version.number == 1


# --- suggestions ------------------------------------------------------------------------------------------------------------


def record(learner: Learner, kind: str, title: str, **facts: float) -> Entry:
    body = "What was done. " * 300
    return record_work(learner, Work(kind, title, MONDAY, body=body, facts=facts, confidentiality="redacted"))


def tell(learner: Learner, title: str, result: str) -> Entry:
    body = f"## Situation\nReturns grew. {'And so it was. ' * 25}\n## Result\n{result}\n## What I learnt\nTo ask first."
    return record_work(learner, Work("star-story", title, MONDAY, body=body, confidentiality="redacted"))


def test_without_evidence_there_is_nothing_to_suggest(page: Client, at: str) -> None:
    assert "Nothing to suggest yet" in visit(page, f"{at}suggestions/").text


def test_a_suggestion_is_taken_over_with_its_evidence(page: Client, priya: Learner, resume: Resume, at: str) -> None:
    gold = record(priya, "labelling-guide", "Gold set of comments.", classes=8, examples=20)
    shown = visit(page, f"{at}suggestions/")
    assert "Gold set of comments (8 classes, 20 examples given)" in shown.text
    after = press(page, shown, "Take it over: Gold set", into="p1")
    assert "It is bullet 2 of Northwind" in after.text
    assert "in this résumé" in after.text
    resume.refresh_from_db()
    bullet = document_in(resume).positions[0].bullets[1]
    assert (bullet.text, bullet.entries) == ("Gold set of comments (8 classes, 20 examples given)", (gold.number,))
    press(page, shown, "Take it over: Gold set", into="new")
    resume.refresh_from_db()
    assert (document_in(resume).positions[0].name, document_in(resume).positions[0].sort) == ("AI project", "project")


def test_a_story_gives_its_result(page: Client, priya: Learner, at: str) -> None:
    tell(priya, "The pilot", "Support answers in a day. " + "And so on it went for long. " * 15)
    tell(priya, "Without a result", "")
    text = visit(page, f"{at}suggestions/").text
    assert "Support answers in a day. And so on" in text
    assert "Your story “The pilot”" in text
    assert "To ask first" not in text
    assert "Without a result" not in text


def test_a_suggestion_never_has_a_term_that_nothing_shows(page: Client, priya: Learner, at: str) -> None:
    record(priya, "labelling-guide", "Gold set")
    story = tell(priya, "The move", "We moved to Kubernetes and computer vision.")
    assert "computer vision" in visit(page, f"{at}suggestions/").text
    ad = "Requirements\n- Experience with computer vision\n"
    priya.job_ads.create(key="ad", title="AI PM", text=ad, found_on=MONDAY)
    shown = visit(page, f"{at}suggestions/")
    assert "computer vision" not in shown.text
    assert "1 more suggestion is not shown" in shown.text
    refused = visit(page, f"{at}suggestions/take/", {"take": f"entry:{story.number}", "into": "p1"}, "post")
    assert refused.status == 400


def test_what_was_only_learnt_or_said_makes_no_bullet(page: Client, priya: Learner, at: str) -> None:
    record(priya, "log", "A log")
    record(priya, "counterpart", "A word")
    assert "Nothing to suggest yet" in visit(page, f"{at}suggestions/").text


def test_a_suggestion_goes_somewhere(page: Client, priya: Learner, at: str) -> None:
    gold = record(priya, "labelling-guide", "Gold set")
    take = {"take": f"entry:{gold.number}"}
    assert "into which position" in visit(page, f"{at}suggestions/take/", take | {"into": "gone"}, "post").text
    assert "not there any more" in visit(page, f"{at}suggestions/take/", {"take": "entry:77", "into": "p1"}, "post").text
