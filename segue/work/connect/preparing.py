"""The prep sheet of a talk as data, as the text that a meeting keeps, and several of them as evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

KIND, ACTIVITY = "prep-sheet", "w14-prepare-talks"
MOST_TOGETHER = 3  # people of one entry
FIT_HALF_AN_HOUR = 7
WHO, LEARN, QUESTIONS, OFFER = "Who", "What I want to learn", "Questions", "What I can offer"
HEADING = re.compile(r"## (.+)")
LOWER = re.compile(r"(?m)^## ")
ESCAPED = re.compile(r"(?m)^\\(?=\\*#)")
TO_ESCAPE = re.compile(r"(?m)^(?=\\*#)")


@dataclass(frozen=True)
class Sheet:
    """What is prepared for a talk. Texts are stripped, questions stand on one line each."""

    who: str = ""
    learn: str = ""
    questions: tuple[str, ...] = ()
    offer: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is prepared."""
        return not (self.who or self.learn or self.questions or self.offer)


def text_of(sheet: Sheet) -> str:
    """The sheet as Markdown, from which ``sheet_from`` reads it back. Empty where nothing is prepared."""
    asked = "\n".join(f"- {question}" for question in sheet.questions)
    parts = ((WHO, _escaped(sheet.who)), (LEARN, _escaped(sheet.learn)), (QUESTIONS, asked), (OFFER, _escaped(sheet.offer)))
    return "\n".join(f"## {heading}\n{text}\n" for heading, text in parts if text)


def _escaped(text: str) -> str:
    return TO_ESCAPE.sub(r"\\", text)


def sheet_from(text: str) -> Sheet:
    """The sheet that a meeting keeps; what stands before the first heading is who it is about."""
    found: dict[str, list[str]] = {}
    here = WHO
    for line in text.split("\n"):
        heading = HEADING.fullmatch(line)
        if heading and heading[1] in (WHO, LEARN, QUESTIONS, OFFER):
            here = heading[1]
        else:
            found.setdefault(here, []).append(line)
    texts = {heading: ESCAPED.sub("", "\n".join(lines).strip()) for heading, lines in found.items()}
    questions = tuple(line.removeprefix("- ").strip() for line in found.get(QUESTIONS, ()) if line.strip())
    return Sheet(texts.get(WHO, ""), texts.get(LEARN, ""), questions, texts.get(OFFER, ""))


def together(sheets: Sequence[tuple[str, Sheet]]) -> str:
    """Several sheets as the text of one piece of evidence, each under the role of its person."""
    parts = ((f"## {number}. {role or 'Somebody'}", text_of(sheet)) for number, (role, sheet) in enumerate(sheets, 1))
    return "\n".join(f"{heading}\n{LOWER.sub('### ', text)}" for heading, text in parts)
