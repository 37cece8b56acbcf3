"""What a person has answered for model card and datasheet, with what other windows wrote meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from segue.work.lab import folders
from segue.work.lab.models import EXAMPLE, Analysis

RIGHTS = {
    "written": "The owner of the data has permitted it in writing.",
    "own": "It is the author’s own data.",
    "licence": "The texts are public, under a licence.",
    EXAMPLE: "The texts are made up, so nobody has to be asked.",
}


@dataclass(frozen=True)
class Said:
    """An answer as a window saved it."""

    revision: int
    window: str
    text: str


@dataclass(frozen=True)
class Answered:
    """How the answers came about. ``other``: what a window wrote, which another one has replaced since, by question."""

    revision: int = 0
    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)


def notes_file(analysis: Analysis) -> Path:
    """How the answers came about. The answers themselves are in the row of the analysis."""
    return folders.folder_of(analysis) / "papers" / "answers.json"


def answered_of(analysis: Analysis) -> Answered:
    """How the answers came about; from the beginning where that was lost."""
    try:
        kept = json.loads(notes_file(analysis).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return Answered()
    said = {key: tuple(Said(*each) for each in entries) for key, entries in kept["said"].items()}
    return Answered(kept["revision"], said, kept["other"])


def suggestions_of(analysis: Analysis) -> dict[str, str]:
    """Answers that the analysis knows, by question: for a person to put right."""
    until = f"{analysis.keep_until.day} {analysis.keep_until:%B %Y}"
    known = {
        "owner": analysis.learner.name,
        "training-rights": RIGHTS.get(analysis.permission, ""),
        "instances": "One row is one comment.",
        "raw-data": "No. The file as it came was deleted after the run; redacted rows are kept.",
        "maintainer": analysis.learner.name,
        "retention": f"Until {until}, when all of it is deleted.",
    }
    if analysis.is_made_up:
        known |= {"collection": "A script made it up.", "consent": "Nobody wrote these texts."}
    return {key: text for key, text in known.items() if text}
