"""Putting a topic off to a day, and taking it up again."""

from __future__ import annotations

from datetime import date

from segue.accounts.models import Learner
from segue.work.learn.models import ParkedTopic


def park(learner: Learner, concept_id: str, until: date) -> None:
    """Puts a topic off; a topic that is parked already gets the new day."""
    ParkedTopic.objects.update_or_create(learner=learner, concept_id=concept_id, defaults={"until": until})


def unpark(learner: Learner, concept_id: str) -> None:
    """Takes it out of the parking lot."""
    learner.parked_topics.filter(concept_id=concept_id).delete()
