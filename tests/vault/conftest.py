"""A data folder as it is in earnest: a database that is a file, attached files, and two months of a life in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from segue.accounts.actions import describe_learner, make_local_learner, mark_started
from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.evidence import Sort
from segue.courses.actions import About, add_course
from segue.courses.units import Unit
from segue.curriculum import current
from segue.evidence.actions import append
from segue.evidence.blocks import pack
from segue.evidence.files import StoredFile, store
from segue.evidence.models import Draft, KeptText, ReviewRequest
from segue.evidence.replies import Marked, as_kept
from segue.schedule.actions import choose, set_hours
from segue.schedule.models import ChoiceSort
from segue.shared import clock
from segue.vault.backup import make_backup
from segue.vault.manifest import DATABASE
from segue.vault.schema import migrate
from segue.work.build.actions.case_study import guard_words, keep_case
from segue.work.build.actions.charter import keep_charter, keep_typed
from segue.work.build.actions.decisions import log_decision, note_outcome
from segue.work.build.models import CaseStudy, Charter
from segue.work.build.run_figures import as_row
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import (
    Ask,
    Commitment,
    FeedbackLog,
    FeedbackPoint,
    Insight,
    Meeting,
    Organisation,
    RolePlace,
    TouchSort,
)
from segue.work.deepen.actions.sheets import keep_sheet
from segue.work.deepen.models import CaseAnalysis, ModelItem, ModelState, Sheet
from segue.work.deepen.outline import outlines
from segue.work.learn.actions.cards import keep_notes, set_kept
from segue.work.learn.actions.explaining import adopt, save_text
from segue.work.learn.actions.listening import take_reply
from segue.work.learn.actions.parking import park
from segue.work.learn.actions.recall import rate_card, set_away
from segue.work.learn.actions.testing import answer_part, begin_test
from segue.work.learn.models import ListenerSheet
from segue.work.learn.notes import Note, key_of
from segue.work.learn.queries.testing import TIERS
from segue.work.transition.models import (
    Application,
    ApplicationState,
    Closing,
    GapTask,
    JobAd,
    Portfolio,
    Resume,
    ResumeVersion,
)
from segue.work.transition.resume.document import Basics, Bullet, Document, Position
from segue.work.transition.resume.json_form import to_json
from tests.work.build.sheets import RUN, SHEET, TOLD
from tests.work.deepen.replayed import replay_row

MONDAY = date(2026, 11, 23)


class HomeDatabase:
    """Makes the database of a data folder the one that Django uses, and gives back the one before."""

    def __init__(self, home: Path) -> None:
        self._before = connections["default"]
        self._settings = connections.settings["default"]
        connections.settings["default"] = self._settings | {"NAME": home / DATABASE, "TEST": self._settings["TEST"]}
        connections["default"] = connections.create_connection("default")

    def close(self) -> None:
        connections["default"].close()
        connections.settings["default"] = self._settings
        connections["default"] = self._before


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A database with all its tables and nothing in them."""
    if connections["default"].vendor != "sqlite":
        pytest.skip("a data folder with a database in it is a matter of SQLite")
    home = tmp_path_factory.mktemp("migrated")
    with django_db_blocker.unblock():
        database = HomeDatabase(home)
        migrate()
        database.close()
    return home / DATABASE


@pytest.fixture
def empty_home(tmp_path: Path, settings: Settings, migrated: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A data folder without a database."""
    settings.HOME = tmp_path
    with django_db_blocker.unblock():
        database = HomeDatabase(tmp_path)
        yield tmp_path
        database.close()


@pytest.fixture
def home(empty_home: Path, migrated: Path) -> Path:
    """A data folder with a database in which there is nothing yet."""
    shutil.copy(migrated, empty_home / DATABASE)
    return empty_home


@pytest.fixture
def learner(home: Path) -> Learner:
    """The learner of this data folder, who has done something of everything."""
    return live(make_local_learner())


@pytest.fixture
def priya_with_history(priya: Learner) -> Learner:
    """The same, in the database of the other tests (which may be PostgreSQL)."""
    return live(priya)


@pytest.fixture
def backup(learner: Learner, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full backup of seven entries and three files. An eighth entry was appended after it."""
    target = tmp_path_factory.mktemp("elsewhere") / "full.seguebackup"
    make_backup(target)
    append(learner, Sort.TIME, MONDAY, minutes=5)
    return target


def live(learner: Learner) -> Learner:
    """Hours, time off, choices, entries of every sort, attached files (one of them twice), drafts and a text kept beside one."""
    describe_learner(learner, name="Priya", role_target="ai-feature-pm", why="Because “good enough” isn’t.")
    mark_started(learner, clock.now())
    pause = (Span(MONDAY + timedelta(30), MONDAY + timedelta(40)), "Holidays")
    minutes = (0, 90, 0, 90, 0, 120, 0)
    set_hours(learner, starts_on=MONDAY, weekday_minutes=minutes, session_at=time(19), time_off=(pause,))
    choose(learner, ChoiceSort.SKIP, "w05-park", reason="Done at work")
    choose(learner, ChoiceSort.PIN, "w02-log", on=MONDAY + timedelta(9))
    fill_ledger(learner)
    draft = Draft.objects.create(
        learner=learner, key="charter", fields={"body": ["Half a sentence"]}, revision=3, saved_at=clock.now()
    )
    KeptText.objects.create(draft=draft, fields={"body": ["The other half"]}, kept_at=clock.now())
    fill_learning(learner)
    fill_relationships(learner)
    fill_deepening(learner)
    fill_transition(learner)
    return Learner.objects.get(pk=learner.pk)


def fill_learning(learner: Learner) -> None:
    """One row or two of each table of months 1 and 2."""
    adopt(learner.entries.get(number=4), "model")
    save_text(learner, current().concept_by_id["loss-function"], "Half a “thought”", 0)
    park(learner, "transformers", MONDAY + timedelta(90))
    answer_part(begin_test(learner, TIERS[1], seed=1), {"q-model-1": 2, "q-model-2": None})
    rate_card(learner, "def:model", 3, 0)
    rate_card(learner, "def:model", 4, 1)
    set_away(learner, MONDAY + timedelta(60))
    keep_notes(learner, [Note(1, "What is “drift”?", "The world moves.", "drift"), Note(2, "Who owns it?", "Me")])
    set_kept(learner, key_of("Who owns it?"), kept=False)
    keep_charter(learner, replace(SHEET, classes=12))
    keep_charter(learner, SHEET)
    keep_typed(learner, {"title": ["Half a title"]}, 2)
    Charter.objects.update(entry=learner.entries.get(number=4))
    decision = log_decision(learner, TOLD)
    note_outcome(log_decision(learner, TOLD | {"title": "Which “model”?"}), "held", "It did.", 4)
    type(decision).objects.filter(pk=decision.pk).update(entry=learner.entries.get(number=4))
    keep_case(learner, {"title": ["Why clothes come back"], "problem": ["On {rows} rows."]}, 0, "w")
    guard_words(learner, ["Acme"], [])
    CaseStudy.objects.update(analysis=1, version=2, figures=as_row(RUN, "real"))
    add_course(learner, About("Statistics at “work”", url="https://example.org"), (Unit("Week 1", 2.5, ("model",), sliced=True),))
    ideas = [{"concept": "model", "name": "Model", "text": "A model is a recipe."}]
    sheet = ListenerSheet.objects.create(learner=learner, token="t", ideas=ideas, made_on=MONDAY, until=MONDAY + timedelta(14))
    words = {"name": "Ben", "role": "Support", "relation": "Works in my team", "background": "non-technical", "comment": ""}
    take_reply(learner, pack({**words, "token": sheet.token, "ideas": [{"said": "A recipe.", "rating": 4}]}))


def fill_relationships(learner: Learner) -> None:
    """One row of each table of month 4, and a request to review an entry."""
    entry, moment = learner.entries.get(number=4), clock.now()
    person = add_person(learner, name="Inês “Duarte”", organisation="Northwind", role="data-scientist", relation="partner")
    add_person(learner, name="Nobody yet")
    assert person.organisation is not None
    RolePlace.objects.create(learner=learner, organisation=person.organisation, role="data-scientist", person=person)
    Organisation.objects.update(map_entry=entry)
    ask = Ask.objects.create(learner=learner, key="ask", person=person, made_on=MONDAY, sent_on=MONDAY, entry=entry)
    meeting = Meeting.objects.create(
        learner=learner, key="meeting", person=person, ask=ask, title="A talk", starts_at=moment, zone="UTC", uid="u",
        changed_at=moment, prep_entry=entry,
    )  # fmt: skip
    about = {"learner": learner, "person": person, "meeting": meeting}
    Insight.objects.create(**about, key="insight", on=MONDAY, text="Labels rot.", concepts=["drift"])
    Commitment.objects.create(**about, key="promise", what="Send the guide", due_on=MONDAY)
    FeedbackPoint.objects.create(**about, key="point", role="data-scientist", on=MONDAY, text="Too few rows.")
    FeedbackLog.objects.create(learner=learner, entry=entry)
    log_touch(person, MONDAY, TouchSort.TALK)
    said = Marked("Ben", "Works in my team", "Support", None, False, {"c1-1-explained": True}, "Clear.", MONDAY)
    review = learner.entries.filter(sort=Sort.REVIEW).first()
    ReviewRequest.objects.create(
        learner=learner, entry=entry, token="0a" * 16, secret="0b" * 32, made_on=MONDAY, until=MONDAY + timedelta(14),
        criteria=[{"id": "c1-1-explained", "text": "Ten explanations"}], files=["0c" * 32],
        reply=as_kept(said, ""), replied_at=moment, review=review,
    )  # fmt: skip


def fill_deepening(learner: Learner) -> None:
    """One row of each table of month 5."""
    entry, moment = learner.entries.get(number=4), clock.now()
    answers = {"questions.personal.answer": "yes", "about": "A “list” of reasons."}
    keep_sheet(learner, outlines()["triage"], answers, 0, "w")
    Sheet.objects.update(entry=entry, recorded="0d" * 32)
    CaseAnalysis.objects.create(
        learner=learner, case_id="netflix", texts={"problem": "Too much “choice”."}, saved_at=moment, kept_at=moment,
        points={"problem": "had"}, lesson="Write the decision first.", entry=entry,
    )  # fmt: skip
    told = [{"week": 5, "choice": "retrain", "why": "The floor."}, {"week": 5, "choice": "ship", "why": "It is better."}]
    replay_row(learner, shown=6, decisions=told)
    ModelItem.objects.create(
        learner=learner, key="item", name="Tone", version="2", state=ModelState.OPERATION, owner="Ada", next_review_on=MONDAY,
        data_sha256="0e" * 32, history=[{"on": "2026-11-23", "version": "2", "state": "operation", "says": "Begun."}],
    )  # fmt: skip


def fill_transition(learner: Learner) -> None:
    """One row of each table of month 6."""
    entry, moment = learner.entries.get(number=4), clock.now()
    bullet = Bullet("b1", "Cut 40 to “26” hours", (4,))
    document = to_json(
        Document(Basics(name="Ada Ümlaut"), (Position("p1", "Firm", bullets=(bullet,)),), more={"awards": [{"a": None}]})
    )
    resume = Resume.objects.create(
        learner=learner, key="resume", name="For health", role="ai-pm", document=document, saved_at=moment, entry=entry
    )
    version = ResumeVersion.objects.create(
        learner=learner, resume=resume, key="version", number=1, document=document, is_final=True, made_at=moment
    )
    ad = JobAd.objects.create(
        learner=learner,
        key="ad",
        title="AI PM",
        link="https://ads.example/1",
        text="We need evals.",
        found_on=MONDAY,
        claimed=["sql"],
    )
    step = {"on": "2026-11-23", "state": "applied", "says": "By mail."}
    Application.objects.create(
        learner=learner, ad=ad, state=ApplicationState.APPLIED, version=version, next_on=MONDAY, history=[step]
    )
    GapTask.objects.create(learner=learner, key="gap", subject="term:evals", what="An evaluation", hours=2.5, due_on=MONDAY)
    Closing.objects.create(
        learner=learner, right={"C1": {"view": "evidence", "why": "It counts."}}, holds="C6", decision={"choice": "apply"},
        saved_at=moment, report=entry, recorded={"report": "0f" * 32},
    )  # fmt: skip
    Portfolio.objects.create(
        learner=learner,
        title="My work",
        pieces=[{"number": 4, "says": "Five lines.", "hidden": ["Acme"]}],
        saved_at=moment,
        entry=entry,
    )


def fill_ledger(learner: Learner) -> None:
    """Seven entries: one of every sort, and a new version."""
    notes, picture = kept("notes.md", b"# Notes\n"), kept("bild ü.png", bytes(range(256)) * 40)
    first = append(
        learner,
        Sort.ARTEFACT,
        MONDAY,
        [notes, picture],
        kind="explanation",
        activity_id="w01-explain",
        competencies=["C1"],
        title="What a model is / Ümläute: “quoted”",
        body="A model is a *function*.\n\n- fitted\n- not written\n",
        words=8,
        minutes=45,
        facts={"data": "real", "items": 120, "share": 0.25},
        confidentiality="redacted",
    )
    append(learner, Sort.TIME, MONDAY, activity_id="w01-read", minutes=30, body="Reading")
    append(learner, Sort.SELF_RATING, MONDAY, competencies=["C1"], facts={"level": 2})
    second = append(learner, Sort.ARTEFACT, MONDAY, [notes], kind="explanation", title="", body="Better", revises=first)
    append(
        learner,
        Sort.REVIEW,
        MONDAY,
        [kept("mail.txt", b"Looks right to me.")],
        subject=second,
        reviewer_name="Marco",
        reviewer_relation="mentor",
        reviewer_role="Data scientist",
        reviewer_years=9,
        reviewer_practises_ai=True,
        marks={"plain": True, "complete": False},
        channel="recorded",
    )
    append(learner, Sort.CONFIRMATION, MONDAY, subject=first, reviewer_name="Lena", marks={"effect": True}, channel="recorded")
    append(learner, Sort.WITHDRAWAL, MONDAY, subject=second, body="Superseded")


def kept(name: str, data: bytes) -> StoredFile:
    """A file in the data folder."""
    return store(name, "text/plain", [data])


def contents(home: Path) -> dict[str, bytes]:
    """Every file of a data folder with its bytes; locks and the log beside the database, which nobody reads, are left out."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith((".lock", "-shm", "-wal"))
    }


def close_database() -> None:
    """Ends the connection, so that the file holds everything."""
    assert django_settings.configured
    connections["default"].close()
