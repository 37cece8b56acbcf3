"""The people of the demo: they agree with the ledger, and nobody is met before their week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from segue.demo.journey import load
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.connect.models import Answer, TouchSort, Verdict
from segue.work.connect.vocabulary import role_words

pytestmark = pytest.mark.django_db

TODAY = date(2027, 5, 26)


def test_talks_are_the_conversations_of_the_ledger(on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    learner = load(weeks=19)
    meetings = learner.meetings.select_related("entry", "person").prefetch_related("insights")
    talks = [(m, m.entry) for m in meetings if m.entry is not None]
    assert len(talks) == learner.meetings.count() == 8
    for meeting, entry in talks:
        assert entry.kind == "conversation"
        assert (entry.facts["role"], entry.facts["purpose"]) == (meeting.person.role, meeting.purpose)
        assert entry.activity_id == meeting.activity_id
        assert 1 <= meeting.insights.count() <= int(entry.facts["insights"])
        assert meeting.thanked_at is not None
        assert meeting.thanked_at <= clock.now()
    assert {ask.entry.kind for ask in learner.asks.select_related("entry") if ask.entry} == {"request"}


def test_the_points_are_those_of_the_feedback_log(on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    learner = load(weeks=19)
    log = Entry.objects.get(learner=learner, kind="feedback-log")
    points = learner.feedback_points.all()
    accepted = points.filter(verdict=Verdict.ACCEPTED).count()
    assert {"points": len(points), "answered": len(points), "accepted": accepted} == {
        name: log.facts[name] for name in ("points", "answered", "accepted")
    }
    assert learner.feedback_log.entry == log
    assert all(point.told_on for point in points)


def test_everybody_has_a_role_that_is_known(on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    assert all(role_words(person.role) for person in load(weeks=11).people.all())


def test_nobody_is_met_before_their_week(on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    learner = load(weeks=5)
    assert {person.name for person in learner.people.all()} == {"Samuel Adjei", "Marco Bianchi", "Inês Carvalho"}
    assert not learner.meetings.exists()
    answers = {ask.person.name: ask.answer for ask in learner.asks.select_related("person")}
    assert answers == {"Samuel Adjei": "", "Marco Bianchi": Answer.YES, "Inês Carvalho": Answer.YES}  # two by the Wednesday after
    assert {touch.sort for touch in learner.touches.all()} == {TouchSort.ASKED}


def test_answers_come_when_their_day_comes(on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    assert {ask.answer for ask in load(weeks=9).asks.all()} == {Answer.YES}
