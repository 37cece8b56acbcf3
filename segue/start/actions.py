"""Writes of the first hour."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from segue.accounts.actions import mark_started
from segue.accounts.models import Learner
from segue.core.activity import Activity
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.actions import Work, rate_self, record_work
from segue.evidence.models import Draft, Entry
from segue.evidence.queries import ledger_of
from segue.schedule.actions import agree
from segue.shared import clock
from segue.start.queries import ANSWERS, STRENGTHS, Outcome, answers_of

KIND = "diagnostic"
WHY_KIND = "why-note"
MINUTES = 15


@transaction.atomic
def rate_strengths(learner: Learner, ratings: Mapping[str, int], note: str) -> int:
    """Keeps self-ratings that differ from the last ones; returns how many. They are E0: shown, never counted.

    The note goes with each of them, and is kept by itself, since it may come without any.
    """
    Draft.objects.update_or_create(learner=learner, key=STRENGTHS, defaults={"fields": {"note": note}, "saved_at": clock.now()})
    before = ledger_of(learner).self_ratings
    fresh = {c: level for c, level in ratings.items() if before.get(c) != level}
    for competency, level in fresh.items():
        rate_self(learner, competency, level, clock.today(), note)
    return len(fresh)


def keep_answers(learner: Learner, answers: Mapping[str, str]) -> None:
    """Keeps the answers of one part, so that a closed window loses nothing."""
    fields = dict(answers_of(learner)) | dict(answers)
    Draft.objects.update_or_create(learner=learner, key=ANSWERS, defaults={"fields": fields, "saved_at": clock.now()})


@transaction.atomic
def record_diagnostic(learner: Learner, outcome: Outcome) -> Entry:
    """Records what the diagnostic gave as evidence.

    The draft of the answers stays, so that somebody who goes back to one part does not lose the others. The same answers sent
    twice on a day are recorded once.
    """
    activity = _activity_that_leaves(KIND)
    work = Work(
        kind=KIND,
        title=f"Diagnostic: {outcome.right} of {outcome.count} right",
        on=clock.today(),
        activity_id=activity.id if activity else "",
        competencies=activity.competencies if activity else (),
        body=_protocol(outcome),
        minutes=MINUTES,
        facts={"score": outcome.score, "known": " ".join(sorted(outcome.known))},
    )
    last = _last_diagnostic(learner)
    if last is not None and (last.on, last.body) == (work.on, work.body):
        return last
    return record_work(learner, work, revises=last)


def _last_diagnostic(learner: Learner) -> Entry | None:
    """The newest version of the diagnostic taken before: one taken again is a version of it, not a second piece of evidence."""
    number = next((a.latest.id for a in reversed(ledger_of(learner).artefacts) if a.kind == KIND), 0)
    return Entry.objects.filter(learner=learner, number=number).first()


def _protocol(outcome: Outcome) -> str:
    """Every question with the answer given, so that the figure can be checked."""
    lines = []
    for item, answer, is_right in outcome.rows:
        given = item.options[int(answer)] if answer.isdigit() else "I don't know yet" if answer else "left open"
        mark = "right" if is_right else f"the answer is: {item.options[item.answer]}"
        lines.append(f"- {item.question} *{given}* ({mark}). {item.because}")
    return "\n".join(lines)


@transaction.atomic
def agree_plan(learner: Learner, turn: Turn) -> None:
    """The first hour is over: this is the plan that counts. What drives the learner becomes their first piece of evidence."""
    _record_why(learner, turn)
    agree(learner)
    mark_started(learner, clock.now())


def _record_why(learner: Learner, turn: Turn) -> None:
    """Nothing is asked twice: the reason given at the start is the note that an activity of week 1 wants."""
    activity = _activity_that_leaves(WHY_KIND)
    known = any(a.kind == WHY_KIND for a in turn.ledger.artefacts)
    if activity is None or known or not learner.why.strip():
        return
    hours = turn.inputs.availability.weekly_minutes / 60
    work = Work(
        kind=WHY_KIND,
        title="Why I want this",
        on=clock.today(),
        activity_id=activity.id,
        competencies=activity.competencies,
        body=learner.why,
        facts={"hours": round(hours, 1)},
    )
    record_work(learner, work)


def _activity_that_leaves(kind: str) -> Activity | None:
    return next((a for a in current().programme.activities if any(y.kind == kind for y in a.yields)), None)
