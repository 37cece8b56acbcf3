"""The part of an export about reviews that were asked for, so that a reply can be read on another machine."""

from __future__ import annotations

import re

from segue.evidence.models import ReviewRequest
from segue.evidence.replies import is_kept
from segue.vault.section import Link, Row, Section

_HEX = re.compile(r"[0-9a-f]+")


def _is_request(row: Row) -> bool:
    criteria, files, reply = row["criteria"], row["files"], row["reply"]
    if not isinstance(criteria, list) or not all(map(_is_criterion, criteria)):
        return False
    if not isinstance(files, list) or not all(isinstance(sha, str) for sha in files):
        return False
    signed = bool(_HEX.fullmatch(row["token"]) and _HEX.fullmatch(row["secret"]))
    if not signed or (reply is None) != (row["replied_at"] is None):
        return False
    return reply is None or is_kept(reply, [criterion["id"] for criterion in criteria])


def _is_criterion(criterion: object) -> bool:
    return isinstance(criterion, dict) and all(isinstance(criterion.get(name), str) for name in ("id", "text"))


SECTIONS = (
    Section(
        "review_requests",
        ReviewRequest,
        (
            *("token", "secret", "for_name", "note", "criteria", "files", "activity_id", "made_on", "until"),
            *("revoked_at", "opened_at", "reply", "replied_at"),
        ),
        links=(Link("entry", is_needed=True), Link("review")),
        once=lambda row: row["token"],
        is_sound=_is_request,
    ),
)
FREE = frozenset({"criteria", "files", "reply"})
