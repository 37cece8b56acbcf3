"""From a file of customer feedback to rows: what the file is, what its columns are for, what was set aside and why.

``look`` goes through the file once and stores nothing; ``read`` then streams the rows that are kept. Every record of the file is
either kept or set aside with a reason: ``rows == kept + sum(rejected_by_reason.values())``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedback_lab.ingest.banding import bands, guess_edges
    from feedback_lab.ingest.looking import look
    from feedback_lab.ingest.reading import read
    from feedback_lab.ingest.wishes import Wishes

# Name -> module that defines it.
OFFERED = {
    "Wishes": "feedback_lab.ingest.wishes",
    "bands": "feedback_lab.ingest.banding",
    "guess_edges": "feedback_lab.ingest.banding",
    "look": "feedback_lab.ingest.looking",
    "read": "feedback_lab.ingest.reading",
}
__all__ = ["Wishes", "bands", "guess_edges", "look", "read"]


def __getattr__(name: str) -> Any:
    if name not in OFFERED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(OFFERED[name]), name)
