"""Requests for a review: how each stands, and everything that the reviewer is shown."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.evidence.files import path_of
from segue.evidence.models import Attachment, Entry, ReviewRequest
from segue.evidence.queries import ledger_of
from segue.evidence.story import facts_of
from segue.evidence.trust import thread_of
from segue.evidence.vocabulary import kind_of
from segue.shared.markdown import render

MOST_BYTES = 5 * 1024**2  # of the files that go along: what mail programs still carry, and a phone still opens
MOST_SHOWN = 60_000  # bytes of a text file that is shown on the page; a longer one can be saved
# Beginnings of pictures that a browser shows and that hold no script.
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF87a": "image/gif", b"GIF89a": "image/gif"}
PLAIN = "application/octet-stream"
WEB = ("https://", "http://")  # an import may bring others, and the file that is sent has scripts that run


@dataclass(frozen=True)
class Asked:
    """A criterion as the reviewer is asked about it. ``level``: which competency and level it belongs to; may be empty."""

    id: str
    text: str
    level: str


@dataclass(frozen=True)
class PageFile:
    """A file that goes along. ``uri`` holds its bytes: a picture to show, or plain bytes to save; empty where they are gone.

    ``text`` is what a small text file says.
    """

    pk: int
    name: str
    size: int
    sha256: str
    uri: str
    is_image: bool
    text: str


@dataclass(frozen=True)
class ReviewPage:
    """Everything the reviewer sees: the version of the artefact, what it is judged by, and who asks."""

    learner_name: str
    for_name: str
    note: str
    until: date
    title: str
    kind: str
    version: int
    on: date
    words: int
    body: SafeString
    facts: tuple[tuple[str, str], ...]
    link: str
    files: tuple[PageFile, ...]
    criteria: tuple[Asked, ...]


def review_page(request: ReviewRequest) -> ReviewPage:
    """What the reviewer is shown."""
    entry = request.entry
    return page_of(
        entry,
        files=[file for file in entry.attachments.all() if file.sha256 in request.files],
        criteria=[Asked(c["id"], c["text"], c.get("level", "")) for c in request.criteria],
        for_name=request.for_name,
        note=request.note,
        until=request.until,
    )


def page_of(entry: Entry, *, files: Sequence[Attachment], criteria: Sequence[Asked], **asked: Any) -> ReviewPage:
    """What a reviewer would be shown of a version."""
    thread = thread_of(ledger_of(entry.learner).entries, entry.number)
    return ReviewPage(
        learner_name=entry.learner.name,
        title=entry.title,
        kind=kind_of(entry.kind).name,
        version=thread.index(entry.number) + 1 if len(thread) > 1 else 0,
        on=entry.on,
        words=entry.words,
        body=render(entry.body, 2),
        facts=facts_of(entry),
        link=entry.link if entry.link.lower().startswith(WEB) else "",
        files=tuple(map(_file, files)),
        criteria=tuple(criteria),
        **asked,
    )


def _file(file: Attachment) -> PageFile:
    try:
        content = path_of(file.sha256).read_bytes()
    except OSError:
        return PageFile(file.pk, file.name, file.size, file.sha256, "", is_image=False, text="")
    picture = _picture(content)
    uri = f"data:{picture or PLAIN};base64,{base64.b64encode(content).decode()}"
    return PageFile(file.pk, file.name, file.size, file.sha256, uri, bool(picture), "" if picture else _text(content))


def _picture(content: bytes) -> str:
    """The media type of a picture, by its bytes: what an upload calls itself is not believed."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for beginning, media_type in PICTURES.items() if content.startswith(beginning)), "")


def _text(content: bytes) -> str:
    if len(content) > MOST_SHOWN or b"\x00" in content:
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


# --- how a request stands ---------------------------------------------------------------------------------------------------


def requests_of(learner: Learner) -> QuerySet[ReviewRequest]:
    """All requests of a learner, the newest first, with whether the version asked about was withdrawn."""
    found = learner.review_requests.select_related("entry__learner", "learner", "review")
    return found.annotate(is_withdrawn=_withdrawn()).order_by("-made_on", "-id")


def _withdrawn() -> Exists:
    return Exists(Entry.objects.filter(subject=OuterRef("entry"), sort=Sort.WITHDRAWAL))


def is_withdrawn(request: ReviewRequest) -> bool:
    """Whether the version asked about was withdrawn; asked of the database where ``requests_of`` has not."""
    known: bool | None = getattr(request, "is_withdrawn", None)
    return request.entry.words_about.filter(sort=Sort.WITHDRAWAL).exists() if known is None else known


def state_of(request: ReviewRequest, today: date) -> str:
    """``open``, ``answered``, ``revoked``, ``expired``, or ``withdrawn`` (the version asked about is)."""
    if request.reply is not None and request.review_id is not None:
        return "answered"
    if request.revoked_at is not None:
        return "revoked"
    if is_withdrawn(request):
        return "withdrawn"
    return "expired" if today > request.until else "open"


@dataclass(frozen=True)
class RequestGroup:
    """The requests of one state."""

    state: str
    heading: str
    rows: tuple[ReviewRequest, ...]


GROUPS = (
    ("open", "On their way"),
    ("answered", "Answered"),
    ("expired", "Out of time"),
    ("revoked", "Called back"),
    ("withdrawn", "About versions that were withdrawn"),
)


def grouped(learner: Learner, today: date) -> tuple[RequestGroup, ...]:
    """All requests by how they stand, what waits first. One query."""
    rows = [(state_of(row, today), row) for row in requests_of(learner)]
    groups = (RequestGroup(state, heading, tuple(row for found, row in rows if found == state)) for state, heading in GROUPS)
    return tuple(group for group in groups if group.rows)


def open_count(learner: Learner, today: date) -> int:
    """How many requests wait for an answer."""
    unanswered = learner.review_requests.filter(reply__isnull=True, revoked_at__isnull=True, until__gte=today)
    return unanswered.exclude(_withdrawn()).count()
