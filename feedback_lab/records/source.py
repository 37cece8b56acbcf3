"""What ingest, redact and profile found out about a file."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_lab.records.rows import Roles


@dataclass(frozen=True)
class Rejection:
    """A record that was set aside. ``row`` counts records from 1; ``line`` is the physical line of a text file, else None."""

    row: int
    reason: str
    line: int | None = None


@dataclass(frozen=True)
class Column:
    """A column as found: share of filled cells (0-1), distinct values in the sample, a few of them, and the role it was given."""

    name: str
    filled: float
    distinct: int
    kind: str  # text, number, date, category, identifier, empty
    role: str  # text, time, rating, label, segment, or "" for one that is not kept
    reason: str


@dataclass(frozen=True)
class IngestResult:
    """A look at the source: nothing of its rows is stored yet.

    ``rows`` = ``kept`` + all rejected. ``rejected`` holds the first ``REJECTIONS_KEPT``; ``rejected_by_reason`` counts all.
    ``warnings`` are sentences for the reader, such as a cell that was cut or dates of several formats.
    ``sheet`` is the one of a workbook that is read. ``day_first``: whether 3/11/2026 is taken as 3 November.
    """

    name: str
    sha256: str
    size_bytes: int
    format: str  # csv, tsv, json, jsonl, xlsx, parquet
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    roles: Roles
    rows: int
    kept: int
    rejected: tuple[Rejection, ...]
    rejected_by_reason: dict[str, int]
    warnings: tuple[str, ...] = ()
    sheet: str = ""
    day_first: bool = False


@dataclass(frozen=True)
class RedactResult:
    """Personal data replaced in all texts, before anything was stored: how often each kind, and in how many rows at least one."""

    rows: int
    rows_changed: int
    found: dict[str, int]  # kind -> replacements
    not_caught: tuple[str, ...]  # sentences: what this can't see


@dataclass(frozen=True)
class Finding:
    """A fault of the data: what, how many rows, why it matters, what to do. ``severity``: info, warning or stop."""

    name: str
    severity: str
    rows: int
    says: str
    mend: str
    examples: tuple[int, ...] = ()  # row numbers


@dataclass(frozen=True)
class Count:
    """A value and its rows."""

    value: str
    rows: int


@dataclass(frozen=True)
class ProfileResult:
    """The data as it is.

    Shares are 0-1 of ``rows``; ``sampled`` is how many rows the costly looks (near duplicates, leaks) saw. Languages are of
    fewer, as many as their counts add up to.
    """

    rows: int
    sampled: int
    empty_texts: int
    duplicates: int  # rows whose text, folded, stood in an earlier row
    near_duplicates: int  # in the sample
    languages: tuple[Count, ...]  # of the sample, ISO 639-1, most frequent first
    words: dict[str, float]  # min, p10, median, p90, max
    words_histogram: tuple[Count, ...]
    first_on: str | None  # ISO dates
    last_on: str | None
    by_month: tuple[Count, ...]
    ratings: tuple[Count, ...]
    labels: tuple[Count, ...]
    segments: dict[str, tuple[Count, ...]]
    missing: dict[str, int]  # role or segment column -> rows without it
    findings: tuple[Finding, ...]
    by_hand: tuple[int, ...]  # up to 100 row numbers to read, drawn evenly over what there is
