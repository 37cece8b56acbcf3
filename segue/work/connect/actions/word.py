"""A counterpart's word is recorded, for them to confirm."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Confidentiality, Entry
from segue.shared import clock
from segue.work.connect.models import Person
from segue.work.connect.word import ACTIVITY, FACTS, KIND, text_of, title_of


@transaction.atomic
def record_word(person: Person, told: Mapping[str, str]) -> Entry:
    """Records what somebody answered. The same sent twice is one. It is to be shown to them, so it is not private."""
    learner = Learner.objects.select_for_update().get(pk=person.learner_id)
    text = text_of(told)
    there = learner.entries.filter(kind=KIND, body=text, sort=Sort.ARTEFACT).exclude(words_about__sort=Sort.WITHDRAWAL).last()
    if there is not None:
        return there
    facts: dict[str, float | str] = {name: told[name] for name in FACTS}
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    title, shareable = title_of(told["role"]), Confidentiality.REDACTED
    work = Work(KIND, title, clock.today(), ACTIVITY, proves, text, facts=facts, confidentiality=shareable)
    return record_work(learner, work)
