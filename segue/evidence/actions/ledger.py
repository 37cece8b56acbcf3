"""Writes: the only place that appends to the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.evidence import MAX_COMPETENCIES, Sort
from segue.curriculum import current
from segue.evidence.actions.drafting import hold, settle
from segue.evidence.drafts import Written
from segue.evidence.files import StoredFile
from segue.evidence.models import Attachment, Channel, Confidentiality, Entry
from segue.evidence.texts import clean_line
from segue.shared import clock

# As segue.js counts while one types: letters and digits, and what joins them within a word.
WORD = re.compile(r"[^\W_](?:[^\W_]|['’-])*")
LEAST_MINUTES, MOST_MINUTES = 1, 24 * 60


@dataclass(frozen=True)
class Work:
    """What somebody made: the fields of an artefact before it is recorded."""

    kind: str
    title: str
    on: date
    activity_id: str = ""
    competencies: tuple[str, ...] = ()
    body: str = ""
    link: str = ""
    minutes: int = 0
    facts: Mapping[str, float | str] = field(default_factory=dict)
    confidentiality: str = Confidentiality.PRIVATE
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class Opinion:
    """What somebody else said of an artefact. ``marks``: criterion id -> met."""

    reviewer_name: str
    relation: str
    role: str
    years: int | None
    practises_ai: bool
    marks: Mapping[str, bool]
    comment: str
    on: date
    activity_id: str = ""
    files: tuple[StoredFile, ...] = ()
    channel: Channel = Channel.RECORDED


def count_words(text: str) -> int:
    """Words of a text, counted the way the page counts them."""
    return len(WORD.findall(text))


class NewerVersion(UserError):
    """Somebody, mostly the same person in another window, recorded a version since this one was begun."""

    def __init__(self, newest: int) -> None:
        super().__init__(
            f"A newer version, entry {newest}, was recorded while this one was open.",
            "Nothing is lost: compare the two below, then record yours as the next version or keep the recorded one.",
        )
        self.newest = newest


@transaction.atomic
def append(learner: Learner, sort: Sort, on: date, files: Iterable[StoredFile] = (), **fields: Any) -> Entry:
    """Appends one entry. The row of the learner is locked, so that numbers follow each other without a gap.

    The same bytes attached twice are kept once.
    """
    hold(learner)
    last = learner.entries.aggregate(last=Max("number"))["last"] or 0
    entry = Entry.objects.create(
        learner=learner,
        number=last + 1,
        sort=sort,
        on=on,
        recorded_at=clock.now(),
        content_version=current().programme.version,
        **fields,
    )
    Attachment.objects.bulk_create(
        Attachment(entry=entry, name=f.name, sha256=f.sha256, size=f.size, media_type=f.media_type)
        for f in {f.sha256: f for f in files}.values()
    )
    return entry


@transaction.atomic
def record_work(
    learner: Learner, work: Work, revises: Entry | None = None, *, seen: int | None = None, written: Written | None = None
) -> Entry:
    """Records an artefact, or a new version of one, and clears the draft it was ``written`` in.

    ``seen`` is the number of the newest version that the writer knew of; raises ``NewerVersion`` where there is a newer one.
    """
    if len(work.competencies) > MAX_COMPETENCIES:
        raise UserError(
            f"One piece of evidence may prove at most {MAX_COMPETENCIES} competencies.", "Choose those it proves best."
        )
    if revises is not None and revises.kind != work.kind:
        raise UserError("A new version is of the same kind as the one it follows.", "Record it as evidence of its own.")
    hold(learner)
    if revises is not None and seen is not None:
        _check_newest(revises, seen)
    entry = append(
        learner,
        Sort.ARTEFACT,
        work.on,
        work.files,
        kind=work.kind,
        activity_id=work.activity_id,
        competencies=list(work.competencies),
        title=work.title,
        body=work.body,
        words=count_words(work.body),
        link=work.link,
        minutes=work.minutes,
        facts=dict(work.facts),
        confidentiality=work.confidentiality,
        revises=revises,
    )
    if written is not None:
        settle(learner, written)
    return entry


def _check_newest(revises: Entry, seen: int) -> None:
    newest = revises
    while (follower := newest.revisions.order_by("number").last()) is not None:
        newest = follower
    if newest.number > seen:
        raise NewerVersion(newest.number)


def log_time(learner: Learner, *, activity_id: str, minutes: int, on: date, note: str = "") -> Entry:
    """Minutes spent on an activity, with nothing to show yet."""
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise UserError(
            f"Minutes go from {LEAST_MINUTES} to {MOST_MINUTES:,}, which is a whole day.", "Log longer work day by day."
        )
    return append(learner, Sort.TIME, on, activity_id=activity_id, minutes=minutes, body=note, words=count_words(note))


def rate_self(learner: Learner, competency: str, level: int, on: date, note: str = "") -> Entry:
    """How the learner sees themself: kept, shown beside the evidence, never counted."""
    return append(learner, Sort.SELF_RATING, on, competencies=[competency], facts={"level": level}, body=note)


def withdraw(entry: Entry, on: date, reason: str) -> Entry:
    """Takes an entry back by a new one. Withdrawing a withdrawal is refused: record the work again instead."""
    if entry.sort == Sort.WITHDRAWAL:
        raise UserError("A withdrawal can't be withdrawn.", "Record the work again as new evidence.")
    if entry.words_about.filter(sort=Sort.WITHDRAWAL).exists():
        raise UserError(f"Entry {entry.number} is withdrawn already.", "Nothing more is needed.")
    return append(entry.learner, Sort.WITHDRAWAL, on, subject=entry, body=reason)


@transaction.atomic
def withdraw_versions(versions: Iterable[Entry], on: date, reason: str) -> list[Entry]:
    """Takes several versions of an artefact back at once."""
    return [withdraw(version, on, reason) for version in versions]


def record_review(artefact: Entry, opinion: Opinion, written: Written | None = None) -> Entry:
    """A named person's marks on a version of an artefact, with their own words attached. Nobody reviews themself."""
    return _record_opinion(Sort.REVIEW, artefact, opinion, written)


def record_confirmation(artefact: Entry, opinion: Opinion, written: Written | None = None) -> Entry:
    """A stakeholder's word that the artefact had an effect outside."""
    return _record_opinion(Sort.CONFIRMATION, artefact, opinion, written)


@transaction.atomic
def _record_opinion(sort: Sort, artefact: Entry, opinion: Opinion, written: Written | None) -> Entry:
    _check_reviewer(artefact.learner, opinion)
    hold(artefact.learner)
    if artefact.words_about.filter(sort=Sort.WITHDRAWAL).exists():
        raise UserError(
            f"Entry {artefact.number} is withdrawn, so words about it would count for nothing.", "Record the work again first."
        )
    entry = append(artefact.learner, sort, opinion.on, opinion.files, **_opinion_fields(artefact, opinion))
    if written is not None:
        settle(artefact.learner, written)
    return entry


def is_self(learner: Learner, name: str) -> bool:
    """Whether a name is the learner's own, however it is written."""
    own = {clean_line(each).casefold() for each in (learner.name, learner.user.username) if each}
    return clean_line(name).casefold() in own | {"me", "myself", "i"}


def _check_reviewer(learner: Learner, opinion: Opinion) -> None:
    if is_self(learner, opinion.reviewer_name):
        raise UserError("Nobody reviews themself.", "Give the name of the person who looked at it.")
    if not opinion.files:
        raise UserError(
            "The reviewer's own words are missing.",
            "Attach their e-mail, message or marked-up document: without it this would only be a claim.",
        )


def _opinion_fields(artefact: Entry, opinion: Opinion) -> dict[str, Any]:
    return {
        "subject": artefact,
        "activity_id": opinion.activity_id,
        "body": opinion.comment,
        "words": count_words(opinion.comment),
        "reviewer_name": opinion.reviewer_name,
        "reviewer_relation": opinion.relation,
        "reviewer_role": opinion.role,
        "reviewer_years": opinion.years,
        "reviewer_practises_ai": opinion.practises_ai,
        "marks": dict(opinion.marks),
        "channel": opinion.channel,
    }
