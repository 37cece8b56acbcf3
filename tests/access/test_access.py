"""Every address, opened by everybody of the cast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from segue.accounts.models import Learner, User
from segue.courses.actions import About, add_course
from segue.courses.models import OwnCourse
from segue.courses.units import Unit
from segue.evidence.actions import Work, record_work, save_draft
from segue.evidence.drafts import Written
from segue.evidence.files import store
from segue.evidence.links import sealed_token
from segue.evidence.models import Entry, ReviewRequest
from segue.jobs.actions import enqueue
from segue.jobs.models import Job, State
from segue.schedule.queries import hours_of, turn_of
from segue.vault.outgoing import EXPORT, folder
from segue.work.build.actions.case_study import keep_case
from segue.work.build.actions.charter import keep_charter
from segue.work.build.actions.decisions import log_decision
from segue.work.connect.actions.people import add_person
from segue.work.connect.models import Ask, Commitment, ContactImport, FeedbackPoint, Insight, Meeting, Source
from segue.work.deepen.actions.cases import finish_analysis, keep_analysis
from segue.work.deepen.actions.sheets import keep_sheet
from segue.work.deepen.models import ModelItem
from segue.work.deepen.outline import outlines
from segue.work.deepen.queries.cases import case_or_404
from segue.work.lab.actions.runs import take_file
from segue.work.learn.actions.cards import keep_notes
from segue.work.learn.actions.testing import begin_test, finish_test
from segue.work.learn.models import ListenerSheet
from segue.work.learn.notes import Note
from segue.work.learn.queries.testing import TIERS
from segue.work.transition.actions.portfolio import add_piece as take_in
from segue.work.transition.actions.portfolio import keep_cover
from segue.work.transition.actions.resume_versions import keep_version
from segue.work.transition.actions.resumes import add_resume
from segue.work.transition.models import Closing, GapTask, JobAd
from segue.work.transition.resume.document import Bullet, Document, Position
from tests.access.matrix import MATRIX
from tests.access.rows import Row
from tests.conftest import MONDAY
from tests.work.build.sheets import SHEET, TOLD
from tests.work.deepen.replayed import replay_row

MOMENT = datetime(2026, 12, 1, 9, tzinfo=UTC)
IDEA = {"concept": "model", "name": "Model", "text": "A model is a recipe."}
CAST = ("priya", "sam", "marco", "lena", "anonymous")


@pytest.fixture
def people(make_learner: Callable[..., Learner], client_of: Callable[[Learner | None], Client]) -> Mapping[str, Client]:
    """A browser for each of the cast."""
    browsers = {name: client_of(make_learner(name.title())) for name in ("priya", "sam")}
    for name in ("marco", "lena"):
        browsers[name] = Client()
        browsers[name].force_login(User.objects.create_user(username=name, password="right-horse"))
    return browsers | {"anonymous": client_of(None)}


@pytest.fixture
def owned(people: Mapping[str, Client], tmp_path: Path, settings: Settings) -> Mapping[str, object]:
    """What Priya owns, by the names that the matrix uses."""
    settings.HOME = tmp_path
    priya = Learner.objects.get(name="Priya")
    file = SimpleUploadedFile("notes.txt", b"what I read")
    stored = store("notes.txt", "text/plain", file.chunks())
    work = Work(kind="log", title="What I read", on=MONDAY, body="word " * 40, files=(stored,), confidentiality="public")
    entry = record_work(priya, work)
    hours = hours_of(priya)
    attachment = entry.attachments.first()
    assert hours is not None
    assert attachment is not None
    draft = "new::decision"
    save_draft(priya, Written(draft, fields={"body": ["Half a decision."]}))
    begin_test(priya, TIERS[1])
    turn = turn_of(priya)
    assert turn is not None
    result = finish_test(priya, begin_test(priya, TIERS[2]), TIERS[2], turn)
    keep_charter(priya, replace(SHEET, classes=12))
    decision = log_decision(priya, TOLD)
    keep_case(priya, {"problem": ["Why clothes come back."]}, 0, "w")
    rows = [b"comment\nA comment about size\n"]
    analysis = take_file(priya, "small.csv", 9, rows, question="", permission="own", keep_until=MONDAY)
    sheet = ListenerSheet.objects.create(learner=priya, token="t", ideas=[IDEA], made_on=MONDAY, until=MONDAY)
    add_course(priya, About("Statistics at work"), (Unit("Week 1", 2.5),))
    course, note = OwnCourse.objects.get().key, Note(1, "What is drift?", "The world moves.")
    keep_notes(priya, [note])
    keep_sheet(priya, outlines()["triage"], {"about": "A list of reasons."}, 0, "w")
    netflix = case_or_404("netflix")
    keep_analysis(priya, netflix, {part: "word " * 20 for part in ("problem", "data", "model", "privacy", "bias")}, 0, "w")
    finish_analysis(priya, netflix)
    Closing.objects.create(learner=priya, decision={"step1": "Write", "step1_on": "2026-12-04"}, saved_at=MOMENT)
    bullet = Bullet("b1", "Compared three models", (entry.number,))
    resume = add_resume(priya, "AI PM", "", Document(positions=(Position("p1", "Northwind", bullets=(bullet,)),)))
    keep_version(priya, resume.key, "")
    things = relationships_of(priya, entry) | {
        "resume": resume.key,
        "piece": portfolio_piece(priya),
        "analysis": analysis.pk,
        "card": note.key,
        "decision": decision.pk,
        "course": course,
        "result": result.pk,
        "sheet": sheet.pk,
        "entry": entry.number,
        "attachment": attachment.pk,
        "draft": draft,
    }
    return {**things, "feed_token": hours.feed_token, "job": finished_export(priya).pk}


def portfolio_piece(learner: Learner) -> int:
    """A public piece of evidence in her portfolio."""
    work = Work("rules-or-ml", "Five features sorted", MONDAY, body="word " * 160, confidentiality="public")
    number = record_work(learner, work).number
    keep_cover(learner, {"title": "My work"}, 0)
    take_in(learner, number)
    return number


def relationships_of(learner: Learner, entry: Entry) -> dict[str, object]:
    """Somebody she knows, with an ask, a meeting and what came of it, a point of criticism, and a request to review an entry."""
    person = add_person(learner, name="Ines Duarte", organisation="Northwind", role="data-scientist", relation="partner")
    organisation = person.organisation
    assert organisation is not None
    ask = Ask.objects.create(learner=learner, key="ask", person=person, made_on=MONDAY)
    point = FeedbackPoint.objects.create(learner=learner, key="point", person=person, on=MONDAY, text="Too few rows.")
    contacts = ContactImport.objects.create(learner=learner, key="import", name="a.csv", source=Source.CSV, made_at=MOMENT)
    meeting = Meeting.objects.create(
        learner=learner, key="meeting", person=person, title="A talk", starts_at=MOMENT, zone="UTC", uid="u", changed_at=MOMENT
    )
    request = ReviewRequest.objects.create(
        learner=learner, entry=entry, token="r" * 32, secret="0" * 64, made_on=MONDAY, until=MONDAY
    )
    rows: dict[str, Any] = {
        "ask": ask,
        "point": point,
        "import": contacts,
        "meeting": meeting,
        "insight": Insight.objects.create(learner=learner, key="insight", person=person, on=MONDAY, text="They wait for data."),
        "commitment": Commitment.objects.create(learner=learner, key="promise", person=person, what="Send the report"),
        "person": person,
        "organisation": organisation,
        "replay": replay_row(learner),
        "ad": JobAd.objects.create(learner=learner, key="ad", title="PM", text="Requirements\n- Python", found_on=MONDAY),
        "gap": GapTask.objects.create(learner=learner, key="gap", subject="C6", what="A register", due_on=MONDAY),
        "model-item": ModelItem.objects.create(learner=learner, key="item", name="Tone", version="1", state="retired"),
    }
    return {name: row.key for name, row in rows.items()} | {"request": request.pk, "review_link": sealed_token(request)}


def finished_export(learner: Learner) -> Job:
    """An export that waits to be downloaded."""
    folder().mkdir(exist_ok=True)
    (folder() / "segue-export.zip").write_bytes(b"zip")
    job = enqueue(EXPORT, learner)
    Job.objects.update(state=State.DONE, result={"name": "segue-export.zip", "size": 3, "entries": 1, "files": 0, "missing": []})
    return job


@pytest.mark.parametrize("person", CAST)
@pytest.mark.parametrize("name", MATRIX)
def test_status_is_what_the_matrix_says(
    name: str, person: str, people: Mapping[str, Client], owned: Mapping[str, object]
) -> None:
    row: Row = MATRIX[name]
    browser = people[person]
    url = row.address(name, owned)
    response = browser.get(url) if row.method == "get" else browser.post(url, row.data)
    response.close()
    assert response.status_code == row.statuses()[person]
    if person == "anonymous" and row.anonymous == 302 and name != "accounts:sign-out":
        assert response.headers["Location"].startswith("/account/sign-in/")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if row.method == "get"])
def test_programs_may_ask_for_the_head_of_what_can_be_read(
    name: str, people: Mapping[str, Client], owned: Mapping[str, object]
) -> None:
    row = MATRIX[name]
    response = people["priya"].head(row.address(name, owned))
    assert response.status_code == row.priya
    response.close()
