"""Taking a tier test: drawn anew each time, answered in parts, recorded as evidence when it is finished."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from random import Random

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.core.quiz import draw
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.shared import clock
from segue.work.learn.models import Sitting
from segue.work.learn.queries.testing import Answer, Tier, answers_of, bank_of, open_sitting

QUIZ = "quiz"
COMPETENCY = "C1"
MOST_MINUTES = 120


@transaction.atomic
def begin_test(learner: Learner, tier: Tier, seed: int | None = None) -> Sitting:
    """Goes on with the sitting that is open, or draws a new one. Raises ``UserError`` where the bank is empty.

    ``seed``: for tests; else it is drawn by the system.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    sitting = open_sitting(learner, tier.number)
    if sitting is not None:
        return sitting
    last = learner.sittings.filter(tier=tier.number).order_by("-begun_at").first()
    recent = {question["item"] for question in last.questions} if last else set()
    chance = Random(secrets.randbits(64) if seed is None else seed)
    items = draw(bank_of(tier), tier.count, recent, chance)
    if not items:
        raise UserError("The bank has no question for this test.", "Look at the concepts instead.")
    bank = current().bank_by_id
    questions = [{"item": i, "order": chance.sample(range(len(bank[i].options)), len(bank[i].options))} for i in items]
    return Sitting.objects.create(learner=learner, tier=tier.number, questions=questions, begun_at=clock.now())


@transaction.atomic
def answer_part(sitting: Sitting, answers: Mapping[str, int | None]) -> None:
    """Keeps the answers of a part; one may come back and change them until the test is finished."""
    fresh = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if fresh.entry_id is not None:
        raise UserError("This test is finished already.", "See its result, or take a new one.")
    fresh.answers = {**fresh.answers, **answers}
    fresh.save(update_fields=["answers"])
    sitting.answers = fresh.answers


@transaction.atomic
def finish_test(learner: Learner, sitting: Sitting, tier: Tier, turn: Turn) -> Sitting:
    """Counts, and records the result as a quiz. A test finished twice, as from two tabs, is recorded once."""
    fresh = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if fresh.entry_id is not None:
        return fresh
    answers = answers_of(fresh)
    right = sum(answer.is_right for answer in answers)
    fresh.score = round(100 * right / len(answers)) if answers else 0
    minutes = round((clock.now() - fresh.begun_at).total_seconds() / 60)
    work = Work(
        kind=QUIZ,
        title=f"{tier.name}: {right} of {len(answers)} right",
        on=clock.today(),
        activity_id=_activity(tier, turn),
        competencies=(COMPETENCY,),
        body=_body(tier, answers, right),
        minutes=min(max(minutes, 1), MOST_MINUTES),
        facts={"score": fresh.score, "items": len(answers)},
    )
    fresh.entry = record_work(learner, work)
    fresh.save(update_fields=["score", "entry"])
    return fresh


def _activity(tier: Tier, turn: Turn) -> str:
    """The activity that asks for this test, unless it is done."""
    progress = turn.progress.get(tier.activity)
    return tier.activity if progress is not None and not progress.done else ""


def _body(tier: Tier, answers: tuple[Answer, ...], right: int) -> str:
    missed = [answer for answer in answers if not answer.is_right]
    lines = [f"{tier.name}, drawn from the bank: {right} of {len(answers)} questions right, everything closed.", "", "## Missed"]
    for answer in missed:
        said = f"I chose: {answer.chosen.say}" if answer.chosen else "I did not know."
        lines += [f"- **{answer.concept}.** {answer.item.question} {said} Right: {answer.right.say}"]
    lines += [] if missed else ["Nothing."]
    asked = sorted({answer.concept for answer in answers})
    return "\n".join([*lines, "", "## Asked about", ", ".join(asked)])
