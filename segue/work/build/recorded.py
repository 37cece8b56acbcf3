"""Whether a case study stands in the ledger as it is written."""

from __future__ import annotations

from hashlib import sha256

from segue.work.build.case import Case


def checksum_of(case: Case) -> str:
    """A checksum of what would be recorded."""
    return sha256(case.markdown.encode()).hexdigest()
