"""A piece of evidence before it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segue.work.lab.models import EXAMPLE, Analysis

# Where the data comes from, as the kinds of evidence ask for it.
DATA = {"written": "real", "own": "real", "licence": "realistic", EXAMPLE: "toy"}


@dataclass(frozen=True)
class Piece:
    """A piece of evidence before it is recorded.

    ``figures`` is a file that goes with it: such a piece is recorded as it is. Without one it is a text that is only begun.
    """

    kind: str
    title: str
    facts: Mapping[str, float | str]
    body: str
    figures: bytes = b""


def data_of(analysis: Analysis) -> str:
    """Real, realistic or toy."""
    return DATA[analysis.permission]


def prompts(*headings: str) -> str:
    """Headings with room under each."""
    return "\n".join(f"## {heading}\n\n" for heading in headings)


def percent(value: float) -> float:
    """A share (0-1) as the kinds of evidence ask for it."""
    return round(100 * value, 1)
