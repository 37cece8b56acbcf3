"""Sheets for listeners: made, answered, compared and recorded."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence.actions import Opinion, Work, is_self, record_review, record_work
from segue.evidence.files import StoredFile, store
from segue.evidence.models import Entry
from segue.evidence.texts import short_title
from segue.shared import clock
from segue.work.learn.models import ListenerSheet
from segue.work.learn.queries.listening import KIND, told_by
from segue.work.learn.replies import MOST_IDEAS, as_kept, read_reply

CRITERION, COMPETENCY = "c1-2-listener", "C1"
OPEN_FOR = timedelta(days=14)
MINUTES = 30


def make_sheet(learner: Learner, concept_ids: Sequence[str]) -> ListenerSheet:
    """A sheet with the newest texts about these concepts. Raises ``UserError`` where one has none, or there are too many."""
    texts = told_by(learner)
    wanted = [concept for concept in dict.fromkeys(concept_ids) if concept in texts]
    if not wanted:
        raise UserError("No idea is chosen.", "Choose one to three explanations that you have recorded.")
    if len(wanted) > MOST_IDEAS:
        raise UserError(
            f"{len(wanted)} ideas are too many for one listener.", f"Choose at most {MOST_IDEAS}; make another sheet for more."
        )
    today = clock.today()
    ideas = [{"concept": concept, "name": texts[concept].name, "text": texts[concept].text} for concept in wanted]
    return ListenerSheet.objects.create(
        learner=learner, token=secrets.token_hex(16), ideas=ideas, made_on=today, until=today + OPEN_FOR
    )


@transaction.atomic
def take_reply(learner: Learner, text: str) -> ListenerSheet:
    """Keeps the reply to a sheet. The same reply twice changes nothing; another one to an answered sheet is refused.

    Raises ``UserError`` for a reply that did not arrive whole, answers no sheet of this learner, or comes too late.
    """
    reply = read_reply(text)
    sheet = ListenerSheet.objects.select_for_update().filter(learner=learner, token=reply.token).first()
    if sheet is None:
        raise UserError(
            "This reply answers no sheet of yours.",
            "It may belong to a sheet made on another machine: import that machine’s data first.",
        )
    if is_self(learner, reply.name):
        raise UserError("Nobody listens to themself.", "Give the sheet to somebody else, and import what they send back.")
    if len(reply.ideas) != len(sheet.ideas):
        raise UserError("The reply does not fit its sheet: it has another number of ideas.", "Make a new sheet and ask again.")
    kept = as_kept(reply, text.strip())
    if sheet.reply is not None:
        if {**sheet.reply, "block": ""} == {**kept, "block": ""}:
            return sheet
        raise UserError(
            "This sheet has been answered already, and the first answer stays.", "Make a new sheet to hear somebody again."
        )
    if clock.today() > sheet.until:
        raise UserError(
            f"This sheet was open until {written_date(sheet.until)}.",
            "Give it 14 more days on its page, then import the reply again.",
        )
    sheet.reply, sheet.replied_on = kept, clock.today()
    sheet.save(update_fields=["reply", "replied_on"])
    return sheet


def extend(sheet: ListenerSheet) -> date:
    """Fourteen more days from today, for a sheet without a reply."""
    if sheet.reply is not None:
        raise UserError("This sheet has its reply.", "Compare it with your texts below.")
    sheet.until = clock.today() + OPEN_FOR
    sheet.save(update_fields=["until"])
    return sheet.until


@transaction.atomic
def record_session(sheet: ListenerSheet, said_back: Sequence[bool], changed: str, activity_id: str) -> Entry:
    """Records the session as evidence, with the listener's words as its review.

    Raises ``UserError`` where no reply came yet, or where it is recorded already.
    """
    sheet = ListenerSheet.objects.select_for_update(of=("self",)).select_related("learner").get(pk=sheet.pk)
    if sheet.reply is None:
        raise UserError("There is no reply to record yet.", "Import what the listener sent back first.")
    if sheet.entry is not None:
        raise UserError(f"This session is entry {sheet.entry.number} already.", "Nothing more is needed.")
    own_words = store(f"reply-{sheet.made_on}.txt", "text/plain", [_readable(sheet).encode()])
    entry = record_work(sheet.learner, _work(sheet, said_back, changed, activity_id, own_words))
    record_review(entry, _opinion(sheet, said_back, own_words))
    sheet.entry = entry
    sheet.ideas = [{**idea, "said_back": said} for idea, said in zip(sheet.ideas, said_back, strict=True)]
    sheet.save(update_fields=["entry", "ideas"])
    return entry


def _rating(reply: Mapping[str, Any]) -> float:
    ratings: list[int] = [idea["rating"] for idea in reply["ideas"]]
    return round(sum(ratings) / len(ratings), 1)


def _work(sheet: ListenerSheet, said_back: Sequence[bool], changed: str, activity_id: str, own_words: StoredFile) -> Work:
    reply = sheet.reply or {}
    return Work(
        kind=KIND,
        title=short_title(f"Told to {reply['name']}: {', '.join(sheet.names)}", 200),
        on=sheet.replied_on or clock.today(),
        activity_id=activity_id,
        competencies=(COMPETENCY,),
        body=_note(sheet, said_back, changed),
        minutes=MINUTES,
        facts={"restated": sum(said_back), "rating": _rating(reply), "background": reply["background"]},
        files=(own_words,),
    )


def _opinion(sheet: ListenerSheet, said_back: Sequence[bool], own_words: StoredFile) -> Opinion:
    reply = sheet.reply or {}
    return Opinion(
        reviewer_name=reply["name"],
        relation=reply["relation"],
        role=reply["role"],
        years=None,
        practises_ai=False,
        marks={CRITERION: True} if sum(said_back) >= MOST_IDEAS else {},
        comment=reply["comment"] or f"Rated {_rating(reply):g} of 5 for clarity.",
        on=sheet.replied_on or clock.today(),
        files=(own_words,),
    )


def _note(sheet: ListenerSheet, said_back: Sequence[bool], changed: str) -> str:
    reply = sheet.reply or {}
    lines = [f"## Who listened\n{reply['name']}, {reply['role'] or 'role not said'}. {reply['relation']}.", "## What came back"]
    for idea, heard, said in zip(sheet.ideas, reply["ideas"], said_back, strict=True):
        verdict = "said back" if said else "not said back"
        lines.append(
            f"**{idea['name']}** ({verdict}, clarity {heard['rating']} of 5)\n\n> "
            + (heard["said"] or "Nothing.").replace("\n", "\n> ")
        )
    return "\n\n".join([*lines, f"## What I changed\n{changed.strip() or 'Nothing yet.'}"])


def _readable(sheet: ListenerSheet) -> str:
    """The listener's words in plain text, then the block as it came."""
    reply = sheet.reply or {}
    parts = [f"{reply['name']}, {reply['role']}", f"Answered on {sheet.replied_on}", ""]
    for idea, heard in zip(sheet.ideas, reply["ideas"], strict=True):
        parts += [f"{idea['name']} - clarity {heard['rating']} of 5", heard["said"], ""]
    return "\n".join([*parts, reply["comment"], "", reply["block"], ""])
