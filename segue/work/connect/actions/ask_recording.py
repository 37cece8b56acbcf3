"""Asks become evidence: each once, by role instead of by name."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import counted
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.queries import ledger_of
from segue.work.connect.asks import KIND
from segue.work.connect.invitation_texts import gaps_in
from segue.work.connect.models import Ask
from segue.work.connect.queries.ask_evidence import body_for, title_for


@transaction.atomic
def record_asks(learner: Learner, activity_id: str, keys: Collection[str]) -> Entry:
    """Records the texts of asks that were sent as one entry. The same ones sent twice are one.

    Raises ``UserError`` where there is nothing to record, a place is not filled, or one of them is recorded already.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    locked = Ask.objects.select_for_update(of=("self",)).select_related("person", "entry")
    asks = list(locked.filter(learner=learner, key__in=keys, sent_on__isnull=False).order_by("sent_on", "id"))
    if not asks:
        raise UserError("No ask is chosen.", "Choose those that you sent for this activity.")
    standing = {number for artefact in ledger_of(learner).artefacts for number in artefact.ids}
    recorded = [ask.entry if ask.entry and ask.entry.number in standing else None for ask in asks]
    first = recorded[0]
    if first is not None and all(entry == first for entry in recorded):
        return first
    _check(asks, recorded)
    facts: dict[str, float | str] = {"people": len({ask.person_id for ask in asks})}
    activity = current().programme.by_id.get(activity_id)
    proves = activity.proves(KIND) if activity else ()
    on = max(ask.sent_on for ask in asks if ask.sent_on)
    entry = record_work(learner, Work(KIND, title_for(asks), on, activity_id, proves, body_for(asks), facts=facts))
    for ask in asks:
        ask.entry = entry
    Ask.objects.bulk_update(asks, ["entry"])
    return entry


def _check(asks: Collection[Ask], recorded: Collection[Entry | None]) -> None:
    for ask, entry in zip(asks, recorded, strict=True):
        name = ask.person.name
        if entry is not None:
            raise UserError(f"The ask to {name} is in the ledger as entry {entry.number}.", "Leave it out: each counts once.")
        if gaps := gaps_in(ask.text):
            raise UserError(
                f"The text to {name} has {counted(len(gaps), 'place')} to fill.", "Open it and put in what you really sent."
            )
        if not ask.text.strip():
            raise UserError(f"The ask to {name} has no text.", "Open it and put in what you sent.")
