"""The outline of a ten-minute briefing: its parts, and how they make up the text that is recorded, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

KIND, ACTIVITY = "briefing", "w08-briefing"
LEAST_WORDS, MOST_WORDS = 200, 500  # of notes: about 40 a minute, since one talks more than one reads from


@dataclass(frozen=True)
class Part:
    """A part of the talk. ``minutes`` of the ten; none for what is filled in afterwards. The heading is that of the template."""

    heading: str
    minutes: int
    asks: str


PARTS = (
    Part("The decision", 2, "What is open, who decides, and by when. Begin with it: they listen for what they must do."),
    Part("The idea in plain words", 3, "One idea, one comparison from daily life. Your own explanation is a good beginning."),
    Part("What it changes", 3, "Scope, risk and cost, with a figure for each where there is one, and where it comes from."),
    Part("Where it stops being true", 2, "The limit, and what you would watch for. It is what makes the rest believable."),
    Part("Questions I was asked", 0, "Afterwards: their questions, and those you could not answer yet."),
)
_HEADING = re.compile(r"^## +(?P<heading>.+?) *$", re.MULTILINE)


def compose(texts: Sequence[str]) -> str:
    """The text of the briefing; parts in which nothing was written keep their headings, so that the place shows."""
    return "\n\n".join(f"## {part.heading}\n{text.strip()}".strip() for part, text in zip(PARTS, texts, strict=True)) + "\n"


def split(body: str) -> tuple[str, ...]:
    """The parts of a text. What stands before the first heading, or under others, goes with the part before it."""
    texts = [""] * len(PARTS)
    places = {part.heading.casefold(): place for place, part in enumerate(PARTS)}
    at, place = 0, 0
    for match in _HEADING.finditer(body):
        known = places.get(match["heading"].casefold())
        if known is not None:
            texts[place] += body[at : match.start()]
            at, place = match.end(), known
    texts[place] += body[at:]
    return tuple(text.strip() for text in texts)
