"""Where something that was recorded stands in the ledger today."""

from __future__ import annotations

from segue.core.evidence import Sort
from segue.curriculum import current
from segue.evidence.models import Entry


def standing(entry: Entry | None) -> Entry | None:
    """The newest version of an entry; ``None`` where there is none, or it was withdrawn."""
    while entry is not None and (follower := entry.revisions.order_by("number").last()) is not None:
        entry = follower  # one may have been written in the ledger itself
    withdrawn = entry is not None and entry.words_about.filter(sort=Sort.WITHDRAWAL).exists()
    return None if withdrawn else entry


def is_newest(recorded: int | None, entry: Entry | None) -> bool:
    """Whether the version that was recorded from here is the one that stands: another may have been written in the ledger."""
    return entry is not None and entry.pk == recorded


def too_short(entry: Entry) -> str:
    """What is to be said of an entry that has fewer words than its kind asks for; nothing where it counts."""
    least = current().programme.kinds[entry.kind].min_words or 0
    return f" It counts from {least:,} words on; this has {entry.words:,}." if entry.words < least else ""
