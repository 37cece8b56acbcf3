"""``segue demo``: a finished, made-up journey, told through the same actions that the pages call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction

from segue.accounts.actions import describe_learner, make_local_learner
from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.errors import UserError
from segue.courses.models import OwnCourse
from segue.curriculum import current
from segue.demo import figures, tables
from segue.demo.relationships import Relationships
from segue.demo.script import EVENING, WEEKS, Event, day_of, events, facts, fill
from segue.evidence import actions as evidence
from segue.evidence.files import StoredFile, store
from segue.evidence.models import Draft, Entry
from segue.schedule import actions as schedule
from segue.schedule.models import Choice, ChoiceSort, Hours, TimeOff
from segue.schedule.queries import turn_of
from segue.shared import clock
from segue.start import actions as first_hour
from segue.start.forms import UNKNOWN
from segue.start.queries import answers_of, outcome
from segue.work.build.actions import charter as build
from segue.work.build.models import Charter
from segue.work.build.sheet import sheet_from
from segue.work.connect.models import Organisation, Person
from segue.work.learn.actions import explaining, testing
from segue.work.learn.models import CardState, Explanation, ListenerSheet, OwnCard, ParkedTopic, RecallPause, Review, Sitting
from segue.work.learn.queries.testing import TIERS

MEDIA_TYPES = {"csv": "text/csv", "md": "text/markdown", "txt": "text/plain"}
SOMEBODYS: tuple[type[models.Model], ...] = (
    Entry,
    Draft,
    Hours,
    TimeOff,
    Choice,
    Explanation,
    ParkedTopic,
    Sitting,
    CardState,
    Review,
    RecallPause,
    ListenerSheet,
    OwnCard,
    OwnCourse,
    Charter,
    Person,
    Organisation,
)


@transaction.atomic
def load(weeks: int = WEEKS, today: date | None = None) -> Learner:
    """Makes the learner and tells the journey up to the Sunday before this week, so that ``weeks`` of it are over.

    ``weeks`` goes from 0 (only the first hour is over) to 26. Raises ``UserError`` where the database holds somebody's work.
    """
    if not 0 <= weeks <= WEEKS:
        raise UserError(f"The journey has {WEEKS} weeks, not {weeks}.", f"Choose a number from 0 to {WEEKS}.")
    if any(model._default_manager.exists() for model in SOMEBODYS):
        raise UserError(
            "The demo was not loaded: this data folder has somebody's work in it.",
            "Choose an empty data folder (--home FOLDER), or call “segue demo”, which uses one of its own.",
        )
    day = today or clock.today()
    start = day - timedelta(days=day.weekday(), weeks=weeks)
    with clock.at(day):
        telling = Telling(make_local_learner(), start)
    telling.begin()
    for event in events(start, weeks):
        telling.tell(event)
    Relationships(telling.learner, start, telling.entries, telling.latest).tell(weeks)
    telling.learner.refresh_from_db()
    return telling.learner


class Telling:
    """One telling of the journey: the learner, the day it starts, and what was recorded so far, by its key in the content."""

    def __init__(self, learner: Learner, start: date) -> None:
        self.learner = learner
        self.start = start
        self.latest = clock.now()
        self.entries: dict[str, Entry] = {}
        self.bodies: dict[str, str] = {}
        self.cast: Mapping[str, Mapping[str, Any]] = figures.content("cast")

    def at(self, moment: datetime) -> AbstractContextManager[None]:
        """The clock at a moment of the journey, never in the future."""
        return clock.at(min(moment.astimezone(), self.latest))

    # --- the first hour ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Time, target, strengths, diagnostic, plan."""
        said = figures.content("start")
        with self.at(datetime.combine(self.start, EVENING)):
            describe_learner(self.learner, name=said["name"], role_target=said["role"], why=said["why"].strip())
            self._set_hours(said)
            first_hour.rate_strengths(self.learner, said["strengths"]["levels"], said["strengths"]["note"])
            first_hour.keep_answers(self.learner, _answers(said["diagnostic"]))
            first_hour.record_diagnostic(self.learner, outcome(answers_of(self.learner)))
            turn = turn_of(self.learner, clock.today())
            assert turn is not None  # the hours are set above
            first_hour.agree_plan(self.learner, turn)

    def _set_hours(self, said: Mapping[str, Any]) -> None:
        off = said["time_off"]
        week = Span(day_of(self.start, off["week"], "mon"), day_of(self.start, off["week"], "sun"))
        schedule.set_hours(
            self.learner,
            starts_on=self.start,
            weekday_minutes=tuple(said["weekday_minutes"]),
            session_at=time.fromisoformat(said["session_at"]),
            time_off=((week, off["reason"]),),
        )

    # --- what follows --------------------------------------------------------------------------------------------------------

    def tell(self, event: Event) -> None:
        """Records what happened, on its day."""
        tellers: Mapping[str, Callable[[Event], None]] = {
            "work": self._work,
            "time": self._time,
            "review": self._review,
            "confirm": self._confirm,
            "withdraw": self._withdraw,
            "rate": self._rate,
            "skip": self._skip,
            "agree": lambda event: schedule.agree(self.learner),
            "test": self._test,
            "sheet": self._sheet,
        }
        with self.at(event.at):
            tellers[event.verb](event)

    def _work(self, event: Event) -> None:
        said = event.fields
        self.bodies[event.about] = body = self._body(said)
        work = evidence.Work(
            kind=said["kind"],
            title=fill(said["title"], self.start),
            on=event.at.date(),
            activity_id=said.get("activity", ""),
            competencies=tuple(said.get("competencies") or _competencies(said)),
            body=fill(body, self.start).strip(),
            minutes=said.get("minutes", 0),
            facts=facts(said.get("facts", {})),
            confidentiality=said.get("class", "private"),
            files=tuple(self._file(file) for file in said.get("files", ())),
        )
        revises = self.entries[said["revises"]] if "revises" in said else None
        entry = self.entries[event.about] = evidence.record_work(self.learner, work, revises)
        if "concept" in said:
            explaining.adopt(entry, said["concept"])

    def _body(self, said: Mapping[str, Any]) -> str:
        """The text as written, or the one before with some passages changed."""
        if "edits" not in said:
            return str(said["body"])
        body = self.bodies[said["revises"]]
        for old, new in said["edits"]:
            if body.count(old) != 1:
                raise ValueError(f"{said['work']}: the text before has this passage {body.count(old)} times: {old}")
            body = body.replace(old, new)
        return body

    def _file(self, file: Mapping[str, str]) -> StoredFile:
        name = file["name"]
        text = tables.table(file["table"]) if "table" in file else fill(file["text"], self.start)
        return store(name, MEDIA_TYPES[name.rpartition(".")[2]], [text.encode()])

    def _time(self, event: Event) -> None:
        said = event.fields
        note = fill(said.get("note", ""), self.start)
        evidence.log_time(self.learner, activity_id=event.about, minutes=said["minutes"], on=event.at.date(), note=note)

    def _review(self, event: Event) -> None:
        evidence.record_review(self.entries[event.about], self._opinion(event))

    def _confirm(self, event: Event) -> None:
        evidence.record_confirmation(self.entries[event.about], self._opinion(event))

    def _opinion(self, event: Event) -> evidence.Opinion:
        said, person, piece = event.fields, self.cast[event.fields["by"]], self.entries[event.about]
        head = f"From: {person['name']}\nTo: {self.learner.name}\nSubject: Re: {piece.title}\n\n"
        name = f"{said['by']}-on-{event.about}.txt"
        return evidence.Opinion(
            reviewer_name=person["name"],
            relation=person["relation"],
            role=person["role"],
            years=person.get("years"),
            practises_ai=person["practises_ai"],
            marks=said.get("marks", {}),
            comment=fill(said["comment"], self.start),
            on=event.at.date(),
            activity_id=said.get("activity", ""),
            files=(self._file({"name": name, "text": head + said["mail"]}),),
        )

    def _withdraw(self, event: Event) -> None:
        evidence.withdraw(self.entries[event.about], event.at.date(), event.fields["reason"])

    def _rate(self, event: Event) -> None:
        first_hour.rate_strengths(self.learner, event.about, event.fields["note"])

    def _test(self, event: Event) -> None:
        """A test of the bank, with so many right."""
        said, tier, bank = event.fields, TIERS[event.about], current().bank_by_id
        with self.at(event.at - timedelta(minutes=said["minutes"])):
            sitting = testing.begin_test(self.learner, tier, seed=event.week)
        items = [bank[question["item"]] for question in sitting.questions]
        wrong = items[said["right"] :]
        answers = {item.id: (item.answer + (item in wrong)) % len(item.options) for item in items}
        testing.answer_part(sitting, answers)
        turn = turn_of(self.learner, clock.today())
        assert turn is not None  # the first hour is over
        testing.finish_test(self.learner, sitting, tier, turn)

    def _sheet(self, event: Event) -> None:
        """The charter as it stood when it was recorded."""
        said = {name: value for name, value in event.fields["charter"].items() if name != "kills"}
        kills = [{"on": day_of(self.start, *k["by"]).isoformat(), "says": k["says"]} for k in event.fields["charter"]["kills"]]
        sheet = sheet_from(facts(said) | {"kills": kills})
        assert sheet is not None  # it is written down there
        row = build.keep_charter(self.learner, sheet)
        row.entry, row.recorded = self.entries[event.about], row.sheet
        row.save()

    def _skip(self, event: Event) -> None:
        schedule.choose(self.learner, ChoiceSort.SKIP, event.about, reason=event.fields["reason"])


def _answers(said: Mapping[str, list[str]]) -> dict[str, str]:
    """Answers by item: right where she knew, the next option where she was wrong, otherwise that she does not know yet."""
    answers = {}
    for item in current().diagnostic:
        wrong = str((item.answer + 1) % len(item.options))
        answers[item.id] = str(item.answer) if item.id in said["right"] else wrong if item.id in said["wrong"] else UNKNOWN
    return answers


def _competencies(said: Mapping[str, Any]) -> tuple[str, ...]:
    """What the activity means its work of this kind to prove."""
    activity = current().programme.by_id[said["activity"]]
    return next(wanted.competencies for wanted in activity.yields if wanted.kind == said["kind"])
