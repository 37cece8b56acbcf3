"""Requests for a review by somebody without an account: made, answered, called back, given more time."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.evidence import Sort
from segue.core.wording import written_date
from segue.evidence.actions.drafting import hold
from segue.evidence.actions.ledger import Opinion, is_self, record_review
from segue.evidence.criteria import criteria_for, level_words
from segue.evidence.files import StoredFile, store
from segue.evidence.models import Channel, Confidentiality, Entry, ReviewRequest
from segue.evidence.queries import ledger_of
from segue.evidence.replies import Marked, as_kept, check_signature, from_document, is_same, read_reply
from segue.evidence.requests import MOST_BYTES, state_of
from segue.evidence.trust import artefact_of
from segue.shared import clock

OPEN_FOR, MOST_DAYS = 14, 90


@dataclass(frozen=True)
class Taken:
    """What became of an answer. ``is_new`` is false where it had come before, and nothing changed."""

    request: ReviewRequest
    entry: Entry
    is_new: bool


@transaction.atomic
def ask_review(
    learner: Learner,
    entry: Entry,
    *,
    for_name: str = "",
    note: str = "",
    files: Sequence[str] = (),
    activity_id: str = "",
    days: int = OPEN_FOR,
) -> ReviewRequest:
    """A request to review one version. ``files``: checksums of those of its attachments that go along.

    Raises ``UserError`` where the version is private or withdrawn, or its files are too large to send.
    """
    check_askable(entry)
    artefact = artefact_of(ledger_of(learner), entry.number)
    if entry.learner_id != learner.pk or artefact is None:
        raise UserError("This version was withdrawn, so a review of it would count for nothing.", "Record the work again first.")
    if for_name and is_self(learner, for_name):
        raise UserError("Nobody reviews themself.", "Ask somebody else.")
    chosen = {file.sha256: file.size for file in entry.attachments.all() if file.sha256 in files}
    if sum(chosen.values()) > MOST_BYTES:
        raise too_large(sum(chosen.values()))
    levels, today = level_words(artefact, entry.number), clock.today()
    return ReviewRequest.objects.create(
        learner=learner,
        entry=entry,
        token=secrets.token_hex(16),
        secret=secrets.token_hex(32),
        for_name=for_name,
        note=note,
        criteria=[{"id": c.id, "text": c.text, "level": levels[c.id]} for c in criteria_for(artefact, entry.number)],
        files=list(chosen),
        activity_id=activity_id,
        made_on=today,
        until=today + timedelta(days=min(max(days, 1), MOST_DAYS)),
    )


def check_askable(entry: Entry) -> None:
    """Raises ``UserError`` for what can't be shown to a reviewer: private work, withdrawn work, what is no work."""
    if entry.sort != Sort.ARTEFACT:
        raise UserError("Only a piece of work can be reviewed.", "Open the piece, and ask from its page.")
    if entry.confidentiality == Confidentiality.PRIVATE:
        raise UserError(
            "This version is private, so it can’t be put into a request.",
            "Record a new version that is public or shareable when redacted, and ask about that one.",
        )
    if entry.words_about.filter(sort=Sort.WITHDRAWAL).exists():
        raise UserError("This version was withdrawn, so a review of it would count for nothing.", "Record the work again first.")


def too_large(size: int) -> UserError:
    """Files that no mail program would carry."""
    return UserError(
        f"The files chosen are {size / 1024**2:.1f} MB together; {MOST_BYTES // 1024**2} MB is the most that can go along.",
        "Leave the largest out, and say in the text what it shows, or give the reviewer a link to it.",
    )


@transaction.atomic
def take_review(learner: Learner, text: str) -> Taken:
    """Reads the block that a reviewer sent back, and records it. The same one again changes nothing.

    Raises ``UserError``, with nothing changed, where it is not whole, not as it was signed, or answers nothing that is open.
    """
    reply = read_reply(text)
    hold(learner)  # first: another window may be bringing in the same answer
    request = ReviewRequest.objects.filter(learner=learner, token=reply.token).first()
    if request is None:
        raise UserError(
            "This review answers no request of yours.",
            "It may belong to a request made on another machine: import that machine’s data first.",
        )
    check_signature(request.secret, reply)
    marked = from_document(reply.said, [criterion["id"] for criterion in request.criteria])
    was_answered = request.reply is not None
    entry = answer_request(request, marked, Channel.FILE, block=text.strip())
    request.refresh_from_db()
    return Taken(request, entry, not was_answered)


@transaction.atomic
def answer_request(request: ReviewRequest, marked: Marked, channel: Channel, *, block: str = "") -> Entry:
    """Records an answer as a review of the version that was asked about: the entry it became.

    The same answer again changes nothing. Raises ``UserError`` for another one, for one of the learner themself, and where the
    request was called back, is over, or its version was withdrawn.
    """
    hold(request.learner)
    found = ReviewRequest.objects.select_for_update(of=("self",)).select_related("entry__learner", "learner", "review")
    current = found.get(pk=request.pk)
    if current.reply is not None and current.review is not None:
        return _answered_before(current, current.review, marked)
    check_open(current)
    if is_self(current.learner, marked.name):
        raise UserError(
            "Nobody reviews themself.",
            "A reviewer who only shares the learner’s name gives it in full, with a last name or an initial.",
        )
    today = clock.today()
    marked = replace(marked, on=min(max(marked.on, current.made_on), today))  # clocks of phones go wrong
    entry = record_review(current.entry, _opinion(current, marked, channel, block))
    current.reply, current.replied_at, current.review = as_kept(marked, block), clock.now(), entry
    current.save(update_fields=["reply", "replied_at", "review"])
    return entry


def _answered_before(request: ReviewRequest, review: Entry, marked: Marked) -> Entry:
    if is_same(request.reply, marked):
        return review
    raise UserError(
        f"This request is answered already, by entry {review.number}, and the first answer stays.",
        "Make a new request to hear somebody again.",
    )


def check_open(request: ReviewRequest) -> None:
    """Raises ``UserError`` where a request takes no answer: the words fit whoever sends its file as well."""
    state = state_of(request, clock.today())
    if state == "revoked":
        raise UserError("This request was called back.", "Take that back on its page, then import the review again.")
    if state == "withdrawn":
        raise UserError(
            f"Entry {request.entry.number}, which the review is about, was withdrawn.", "Record the work again, and ask again."
        )
    if state == "expired":
        raise UserError(
            f"This request was open until {written_date(request.until)}.",
            f"Give it {OPEN_FOR} more days on its page, then import the review again.",
        )


def _opinion(request: ReviewRequest, marked: Marked, channel: Channel, block: str) -> Opinion:
    own_words = _own_words(request, marked, block)
    return Opinion(
        reviewer_name=marked.name,
        relation=marked.relation,
        role=marked.role,
        years=marked.years,
        practises_ai=marked.practises_ai,
        marks=marked.marks,
        comment=marked.comment,
        on=marked.on,
        activity_id=request.activity_id,
        files=(own_words,),
        channel=channel,
    )


def _own_words(request: ReviewRequest, marked: Marked, block: str) -> StoredFile:
    """What the reviewer said, to be read without Segue; with it the block as it came."""
    years = "" if marked.years is None else f", {marked.years} years of work with AI"
    lines = [
        f"Review of “{request.entry.title}”, entry {request.entry.number}",
        f"{marked.name}, {marked.role}{years}",
        f"{marked.relation}. Practises AI: {'yes' if marked.practises_ai else 'no'}",
        f"Given on {written_date(marked.on)}",
        "",
    ]
    verdicts = {True: "Met", False: "Not met", None: "Not looked at"}
    lines += [f"{verdicts[marked.marks.get(c['id'])]}: {c['text']}" for c in request.criteria]
    text = "\n".join([*lines, "", marked.comment or "No comment.", "", block]).strip() + "\n"
    return store(f"review-{marked.on}.txt", "text/plain", [text.encode()])


@transaction.atomic
def mark_opened(request: ReviewRequest) -> None:
    """Notes the first time that the page behind the link was opened."""
    ReviewRequest.objects.filter(pk=request.pk, opened_at=None).update(opened_at=clock.now())


@transaction.atomic
def revoke(request: ReviewRequest) -> None:
    """Calls a request back: neither its link nor its file is good any more."""
    current = _unanswered(request)
    if current.revoked_at is None:
        current.revoked_at = clock.now()
        current.save(update_fields=["revoked_at"])


@transaction.atomic
def restore(request: ReviewRequest) -> ReviewRequest:
    """Takes the calling back of a request back."""
    current = _unanswered(request)
    current.revoked_at = None
    current.save(update_fields=["revoked_at"])
    return current


@transaction.atomic
def extend(request: ReviewRequest) -> ReviewRequest:
    """Keeps a request open for fourteen days from today, or longer where it is."""
    current = _unanswered(request)
    if current.revoked_at is not None:
        raise UserError("This request was called back.", "Open it again on its page, then give it more time.")
    current.until = max(current.until, clock.today() + timedelta(days=OPEN_FOR))
    current.save(update_fields=["until"])
    return current


def _unanswered(request: ReviewRequest) -> ReviewRequest:
    current = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.reply is not None:
        raise UserError("This request has its answer.", "Make a new request to hear somebody again.")
    return current
