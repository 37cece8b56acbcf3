"""Writes: the only place that appends to the ledger."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.evidence import MAX_COMPETENCIES, Sort
from segue.curriculum import current
from segue.evidence import drafts
from segue.evidence.drafts import Fields, Written
from segue.evidence.files import StoredFile
from segue.evidence.models import Attachment, Channel, Confidentiality, Draft, Entry, KeptText
from segue.evidence.texts import clean_line
from segue.shared import clock

# As segue.js counts while one types: letters and digits, and what joins them within a word.
WORD = re.compile(r"[^\W_](?:[^\W_]|['’-])*")
LEAST_MINUTES, MOST_MINUTES = 1, 24 * 60
# Each entry moves the revisions of new drafts past those that a browser may still remember of texts recorded since.
REVISIONS_AN_ENTRY, LAST_REVISION = 100_000, 2_000_000_000


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


def _lock(learner: Learner) -> None:
    """Holds the row of the learner until the transaction ends: what one window writes, another waits for."""
    Learner.objects.select_for_update().get(pk=learner.pk)


@transaction.atomic
def append(learner: Learner, sort: Sort, on: date, files: Iterable[StoredFile] = (), **fields: Any) -> Entry:
    """Appends one entry. The row of the learner is locked, so that numbers follow each other without a gap.

    The same bytes attached twice are kept once.
    """
    _lock(learner)
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
    _lock(learner)
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
        _settle(learner, written)
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
    _lock(artefact.learner)
    if artefact.words_about.filter(sort=Sort.WITHDRAWAL).exists():
        raise UserError(
            f"Entry {artefact.number} is withdrawn, so words about it would count for nothing.", "Record the work again first."
        )
    entry = append(artefact.learner, sort, opinion.on, opinion.files, **_opinion_fields(artefact, opinion))
    if written is not None:
        _settle(artefact.learner, written)
    return entry


def is_self(learner: Learner, name: str) -> bool:
    """Whether a name is the learner's own, however it is written."""
    return clean_line(name).casefold() in {clean_line(learner.name).casefold(), "me", "myself", "i"}


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
        "channel": Channel.RECORDED,
    }


# --- drafts -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Saved:
    """What became of a text sent to be kept. ``kept`` is set where another window had saved a different one: both are there."""

    revision: int
    draft: Draft | None = None
    kept: KeptText | None = None


@transaction.atomic
def save_draft(learner: Learner, written: Written) -> Saved:
    """Keeps a text as it is typed. Where another window saved in between, its text stays and this one is kept beside it."""
    _lock(learner)
    draft = learner.drafts.filter(key=written.key).first()
    if draft is None:
        return _first_draft(learner, written)
    own = draft.revision == written.revision or _window(draft) == [written.window]
    if drafts.has_text(draft.fields) and not own:
        if drafts.same(draft.fields, written.fields):
            draft.kept.filter(pk__in=[k.pk for k in texts_beside(draft) if _window(k) == [written.window]]).delete()
            return Saved(written.revision, draft)
        return Saved(written.revision, draft, _keep_beside(draft, written))
    draft.fields, draft.revision, draft.saved_at = _stored(written), draft.revision + 1, clock.now()
    draft.save(update_fields=["fields", "revision", "saved_at"])
    return Saved(draft.revision, draft)


def begin_draft(learner: Learner, activity_id: str, kind: str, fields: Fields) -> str:
    """Begins a text of the ledger from what the learner has elsewhere: the key of its draft. What was begun before stays."""
    key = drafts.new_key(activity_id, kind)
    draft = learner.drafts.filter(key=key).first()
    if draft is None or not drafts.has_text(draft.fields):
        begun = {**fields, "activity_id": [activity_id]}
        save_draft(learner, Written(key, draft.revision if draft else 0, secrets.token_hex(4), begun))
    return key


def _first_draft(learner: Learner, written: Written) -> Saved:
    if not drafts.has_text(written.fields) or _is_recorded(learner, written.fields):
        return Saved(written.revision)
    revision = min(max(written.revision, first_revision(learner)) + 1, LAST_REVISION)
    draft = Draft.objects.create(
        learner=learner, key=written.key, fields=_stored(written), revision=revision, saved_at=clock.now()
    )
    return Saved(revision, draft)


def first_revision(learner: Learner) -> int:
    """The revision of a form that has no draft yet."""
    return min(learner.entries.count() * REVISIONS_AN_ENTRY, LAST_REVISION)


def _is_recorded(learner: Learner, fields: Fields) -> bool:
    """Whether the text is in the ledger already: the last save of a form may arrive after the form itself."""
    text = drafts.long_text(fields).strip()
    found = learner.entries.filter(body=text)
    return (found if text else found.filter(title=clean_line(drafts.first(fields, "title")))).exists()


def _stored(written: Written) -> dict[str, list[str]]:
    return {**{name: [*values] for name, values in written.fields.items()}, drafts.WINDOW: [written.window]}


def texts_beside(draft: Draft) -> list[KeptText]:
    """What other windows wrote while the draft was saved, without what was discarded."""
    return [kept for kept in draft.kept.all() if drafts.DISCARDED not in kept.fields]


def _window(text: Draft | KeptText) -> object:
    return text.fields.get(drafts.WINDOW)


def _keep_beside(draft: Draft, written: Written) -> KeptText:
    for kept in texts_beside(draft):
        if _window(kept) == [written.window]:
            kept.fields, kept.kept_at = _stored(written), clock.now()
            kept.save(update_fields=["fields", "kept_at"])
            return kept
    return KeptText.objects.create(draft=draft, fields=_stored(written), kept_at=clock.now())


@transaction.atomic
def choose_text(draft: Draft, kept: KeptText | None) -> Draft:
    """Goes on with one of several texts: the one ``kept`` beside the draft, or the draft's own. The others go."""
    _lock(draft.learner)
    if kept is not None:
        draft.fields = kept.fields
    draft.revision, draft.saved_at = draft.revision + 1, clock.now()
    draft.save(update_fields=["fields", "revision", "saved_at"])
    draft.kept.all().delete()
    return draft


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Puts a draft aside. Its text is kept for the undo, until the next one is discarded."""
    _lock(draft.learner)
    draft.learner.drafts.filter(fields={}).exclude(pk=draft.pk).delete()
    draft.kept.filter(fields__has_key=drafts.DISCARDED).delete()
    KeptText.objects.create(draft=draft, fields={**draft.fields, drafts.DISCARDED: ["yes"]}, kept_at=clock.now())
    _give_way(draft)


def _give_way(draft: Draft) -> None:
    """Another window's text takes the place of the draft's own; where there is none, the draft is left without text.

    Its revision goes on, so that a browser knows its own copy to be old.
    """
    others = texts_beside(draft)
    draft.fields = others[-1].fields if others else {}
    draft.revision, draft.saved_at = draft.revision + 1, clock.now()
    draft.save(update_fields=["fields", "revision", "saved_at"])
    if others:
        others[-1].delete()


@transaction.atomic
def move_draft(learner: Learner, written: Written, key: str) -> Saved:
    """Carries a text on under another key, as when one finds that it is of another kind."""
    draft = learner.drafts.filter(key=written.key).first()
    if draft is not None and (draft.revision == written.revision or drafts.same(draft.fields, written.fields)):
        _give_way(draft)
    there = learner.drafts.filter(key=key).first()
    return save_draft(learner, replace(written, key=key, revision=there.revision if there and not there.fields else 0))


@transaction.atomic
def restore_draft(draft: Draft) -> None:
    """Takes a discarded text back. What was typed since is kept beside it."""
    last = next((k for k in draft.kept.all() if drafts.DISCARDED in k.fields), None)
    if last is None:
        return
    typed = Written(draft.key, draft.revision, drafts.first(draft.fields, drafts.WINDOW), draft.fields)
    text = {name: values for name, values in last.fields.items() if name != drafts.DISCARDED}
    choose_text(draft, None)
    draft.fields = text
    draft.save(update_fields=["fields"])
    if drafts.has_text(typed.fields):
        _keep_beside(draft, typed)


def _settle(learner: Learner, written: Written) -> None:
    """Clears the draft of a text that was recorded. A different text from another window stays as the draft."""
    draft = learner.drafts.filter(key=written.key).first()
    if draft is None:
        return
    own = draft.revision == written.revision or _window(draft) == [written.window]
    if drafts.has_text(draft.fields) and not own and not drafts.same(draft.fields, written.fields):
        return
    spoken = [k for k in texts_beside(draft) if drafts.same(k.fields, written.fields) or _window(k) == [written.window]]
    draft.kept.filter(pk__in=[k.pk for k in spoken]).delete()
    if texts_beside(draft):
        _give_way(draft)
    else:
        draft.delete()
