"""The ten résumés of the tests: invented people of different shapes."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from segue.work.transition.resume.document import Document
from segue.work.transition.resume.json_resume import read_json_resume
from segue.work.transition.resume.layout import lines_of

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
# Marks that steer the direction of a line and are no text; what a PDF gives back may lack or add them.
_STEERING = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def document_of(path: Path) -> Document:
    """The résumé in a sample."""
    return read_json_resume(path.read_bytes()).document


def written(document: Document) -> list[str]:
    """Every line as it should stand in a paper, bullets with a hyphen."""
    return [f"- {line.text}" if line.sort == "bullet" else line.text for line in lines_of(document)]


def bare(text: str) -> str:
    """Text without what differs by the way of a paper: spaces, forms of one letter."""
    return re.sub(r"\s+", "", _STEERING.sub("", unicodedata.normalize("NFKC", text)))
