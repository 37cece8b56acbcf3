"""The checkpoints of month 3 at which the learning log asks its three questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

KIND = "log"
SURPRISED, FAILED, REDO = "What surprised me", "What failed", "What I would do differently"
PROMPTS = (SURPRISED, FAILED, REDO)
_HEADING = re.compile(r"^#+ +(?P<heading>.+?) *#* *$", re.MULTILINE)


@dataclass(frozen=True)
class LogPoint:
    """A moment to stop and look back. ``activities`` say when it has come; the text is written for the first of them."""

    id: str
    week: int
    title: str
    asks: str
    activities: tuple[str, ...]

    @property
    def activity(self) -> str:
        """The activity that the text is written for: each has a draft of its own."""
        return self.activities[0]


POINTS = (
    LogPoint(
        "charter",
        9,
        "The charter",
        "What you left out, and who was against it. What the data scientist would not believe.",
        ("w09-charter", "w09-charter-review"),
    ),
    LogPoint(
        "first-run",
        10,
        "The first run",
        "What the data was like once you looked. How far the first number was from what you had said it would be.",
        ("w10-checkpoint", "w10-first-run"),
    ),
    LogPoint(
        "labels",
        11,
        "The labels",
        "Where two people disagreed, and what that says about the classes.",
        ("w11-label", "w11-agreement"),
    ),
    LogPoint(
        "errors",
        12,
        "The comparison and its errors",
        "Which option you had expected to win. What the errors have in common.",
        ("w12-errors", "w12-comparison"),
    ),
    LogPoint(
        "case-study",
        13,
        "The result",
        "What was harder than you thought, and what you would tell yourself in week 9.",
        ("w13-case-study",),
    ),
)


def point_named(name: str) -> LogPoint | None:
    """A checkpoint by its id."""
    return next((point for point in POINTS if point.id == name), None)


def blank() -> str:
    """The three questions as headings, to write under."""
    return "".join(f"## {prompt}\n\n\n" for prompt in PROMPTS)


def answer_to(prompt: str, body: str) -> str:
    """What a text says under a heading; nothing where it has no such heading."""
    found = [*_HEADING.finditer(body)]
    for place, match in enumerate(found):
        if match["heading"].casefold() == prompt.casefold():
            end = found[place + 1].start() if place + 1 < len(found) else len(body)
            return body[match.end() : end].strip()
    return ""


def answers_to(prompts: Sequence[str], body: str) -> list[str]:
    """What a text says under each of these headings, without those that are empty."""
    return [answer for prompt in prompts if (answer := answer_to(prompt, body))]
