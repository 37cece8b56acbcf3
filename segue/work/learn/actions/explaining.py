"""Writing an explanation: saved as it is typed, and kept as evidence when it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.clarity import Clarity
from segue.core.errors import UserError
from segue.curriculum import current
from segue.curriculum.concept import Concept
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.learn.models import Explanation
from segue.work.learn.queries.explaining import open_explanation
from segue.work.learn.queries.mastery import EXPLANATION, kept_explanations

MOST_MINUTES = 90
COMPETENCY = "C1"


@dataclass(frozen=True)
class Saved:
    """What became of a text sent to be kept. ``other``: what another window saved in between; then nothing was changed."""

    revision: int
    other: str | None = None


@transaction.atomic
def save_text(learner: Learner, concept: Concept, text: str, revision: int) -> Saved:
    """Keeps an explanation as it is typed. ``revision`` is that of the text it goes on from, 0 for a new one."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    mine = open_explanation(learner, concept.id)
    now = clock.now()
    if mine is None:
        if text.strip():
            Explanation.objects.create(
                learner=learner, concept_id=concept.id, text=text, begun_at=now, saved_at=now, revision=revision + 1
            )
        return Saved(revision + 1 if text.strip() else revision)
    if mine.revision != revision and mine.text != text:
        return Saved(revision, mine.text)
    mine.text, mine.revision, mine.saved_at = text, mine.revision + 1, now
    mine.save(update_fields=["text", "revision", "saved_at"])
    return Saved(mine.revision)


@transaction.atomic
def keep_text(learner: Learner, concept: Concept, text: str, activity_id: str, clarity: Clarity) -> Entry:
    """Records an explanation: a new piece of evidence, or the next version of the one there is of this concept.

    Raises ``UserError`` where there is nothing to record.
    """
    if not text.strip():
        raise UserError("There is no text yet.", "Write the explanation first; it is saved as you type.")
    Learner.objects.select_for_update().get(pk=learner.pk)
    now = clock.now()
    mine = open_explanation(learner, concept.id) or Explanation(learner=learner, concept_id=concept.id, begun_at=now)
    before = kept_explanations(learner).filter(concept_id=concept.id).select_related("entry").last()
    work = Work(
        kind=EXPLANATION,
        title=f"{concept.name}, explained",
        on=clock.today(),
        activity_id=activity_id,
        competencies=_competencies(activity_id),
        body=text,
        minutes=min(max(round((now - mine.begun_at).total_seconds() / 60), 1), MOST_MINUTES),
        facts={"clarity": "passed" if clarity.passed else "returned"},
    )
    entry = record_work(learner, work, before.entry if before else None)
    mine.text, mine.entry, mine.passed, mine.saved_at = text, entry, clarity.passed, now
    mine.save()
    return entry


def adopt(entry: Entry, concept_id: str) -> Explanation:
    """Takes an explanation that was recorded by the form of the ledger as one of this concept."""
    return Explanation.objects.create(
        learner=entry.learner,
        concept_id=concept_id,
        text=entry.body,
        begun_at=entry.recorded_at,
        saved_at=entry.recorded_at,
        entry=entry,
        passed=entry.facts.get("clarity") == "passed",
    )


def _competencies(activity_id: str) -> tuple[str, ...]:
    activity = current().programme.by_id.get(activity_id)
    return tuple((activity.competencies if activity else ()) or (COMPETENCY,))[:3]
