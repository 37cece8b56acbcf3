"""A run as its documents see it: what was asked, how it was made, and whatever steps brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feedback_lab.records.findings import DriversResult, EmbedResult, SentimentResult, ThemesResult
from feedback_lab.records.models import Candidate, DriftResult, ErrorsResult, LabelResult, SelectResult, SlicesResult
from feedback_lab.records.source import IngestResult, ProfileResult, RedactResult

# The steps whose results a view holds, in the order of the run, and what each does.
DONE_BY = {
    "ingest": "Read the file, gave each column a role, set bad rows aside",
    "redact": "Replaced personal data in all texts, before anything was stored",
    "profile": "Looked at the data: gaps, doubles, languages, lengths, dates",
    "embed": "Turned texts into vectors",
    "themes": "Grouped texts by what they are about",
    "sentiment": "Scored the tone with a lexicon, and checked it",
    "label": "Chose rows to label, measured how far labellers agree",
    "select": "Compared models with simple baselines on one split",
    "errors": "Looked at what the recommended model gets wrong",
    "slices": "Scored the model by group",
    "drivers": "Related themes to ratings, groups and time",
    "drift": "Compared new rows with old ones",
}


@dataclass(frozen=True)
class RunView:
    """What the documents of a run are made from. Nothing is read from a clock: ``made_on`` is an ISO date.

    A result is None where its step was left out; ``skipped`` says why, by step. ``config`` holds the settings, nested as
    they were given. ``hashes``: SHA-256 of the run's files by name, for a reader who wants to check them.
    """

    title: str
    question: str
    made_on: str
    version: str
    seed: int
    source_sha256: str
    config: Mapping[str, Any]
    ingest: IngestResult | None = None
    redact: RedactResult | None = None
    profile: ProfileResult | None = None
    embed: EmbedResult | None = None
    themes: ThemesResult | None = None
    sentiment: SentimentResult | None = None
    label: LabelResult | None = None
    select: SelectResult | None = None
    errors: ErrorsResult | None = None
    slices: SlicesResult | None = None
    drivers: DriversResult | None = None
    drift: DriftResult | None = None
    skipped: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int | None:
        """Rows that were kept and looked at."""
        if self.ingest is not None:
            return self.ingest.kept
        return self.profile.rows if self.profile is not None else None

    @property
    def recommended(self) -> Candidate | None:
        """The candidate that the comparison recommends."""
        return self.candidate(self.select.recommended) if self.select is not None else None

    @property
    def majority(self) -> Candidate | None:
        """The simplest baseline: always say the most frequent class."""
        return self.candidate("majority")

    def candidate(self, name: str) -> Candidate | None:
        """A candidate by its name."""
        candidates = self.select.candidates if self.select is not None else ()
        return next((candidate for candidate in candidates if candidate.name == name), None)

    def left_out(self) -> dict[str, str]:
        """Steps without a result, in the order of the run, each with its reason."""
        missing = [step for step in DONE_BY if getattr(self, step) is None]
        return {step: self.skipped.get(step, "It was not asked for.") for step in missing}
