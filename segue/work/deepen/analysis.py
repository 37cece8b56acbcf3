"""The learner's own analysis of a case: when it is whole enough to see the reference, and the text that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from segue.evidence.actions import count_words
from segue.evidence.texts import clean_text
from segue.work.deepen.cases import PARTS, VERDICTS, Case

KIND = "case-analysis"
ACTIVITIES = {"success": "w21-successes", "failure": "w21-failures"}
# What an analysis must have before the reference is shown; the rest may be guessed at or left.
NEEDED = ("problem", "data", "model", "privacy", "bias")
LEAST_IN_PART, LEAST_WORDS = 5, 80
# Parts under one heading of the ledger's template, where it has one for both.
JOINED = (
    ("Problem", ("problem",)),
    ("Data", ("data",)),
    ("Role of the model", ("model",)),
    ("What it was judged by", ("metric",)),
    ("Privacy and bias", ("privacy", "bias")),
    ("What I expected to happen", ("happened",)),
    ("Lesson, before I knew", ("lesson",)),
)


def texts_in(typed: Mapping[str, str]) -> dict[str, str]:
    """The parts among what was typed."""
    return {part.id: text for part in PARTS if (text := clean_text(typed.get(part.id, "")).strip())}


def words_of(texts: Mapping[str, str]) -> int:
    """Words of all parts."""
    return sum(count_words(text) for text in texts.values())


def lacking(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What is too thin to be an analysis: the part, or empty for the whole, and the words to say."""
    headings = {part.id: part.heading for part in PARTS}
    thin = [name for name in NEEDED if count_words(texts.get(name, "")) < LEAST_IN_PART]
    found = [(name, f"{headings[name]}: write {LEAST_IN_PART} words or more; a guess is fine.") for name in thin]
    words = words_of(texts)
    if words < LEAST_WORDS:
        found.append(("", f"It has {words} words; {LEAST_WORDS} are the least before you see the reference."))
    return tuple(found)


def not_compared(points: Mapping[str, str], lesson: str) -> str:
    """What keeps it from being recorded, in words; empty where nothing does."""
    open_parts = [part.heading for part in PARTS if part.id not in points]
    if open_parts:
        return f"Not compared yet: {', '.join(open_parts)}."
    return "" if count_words(lesson) >= LEAST_IN_PART else "Write what it means for your own product."


def text_of(case: Case, texts: Mapping[str, str], points: Mapping[str, str], lesson: str) -> str:
    """The analysis as it is recorded: as it was written, then how it compares, then the lesson and the sources."""
    verdicts = dict(VERDICTS)
    parts = [(heading, "\n\n".join(texts[name] for name in names if name in texts)) for heading, names in JOINED]
    compared = "\n".join(f"- {part.heading}: {verdicts[points[part.id]]}" for part in PARTS if part.id in points)
    sources = "\n".join(
        f"- {' '.join(f'{each.title}. {each.publisher}, {each.on}. {each.address}'.split())}" for each in case.sources
    )
    parts += [("Beside the reference", compared), ("Lesson for me", lesson), ("Sources", sources)]
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts if text) + "\n"


def reference_of(case: Case) -> str:
    """The reference in Markdown, each statement with how far it can be trusted."""
    lines = []
    for part in PARTS:
        said = "\n".join(f"- {each.text} ({each.trust}{'; ' + each.note if each.note else ''})" for each in case.parts[part.id])
        lines.append(f"## Reference: {part.heading}\n\n{said}")
    return "\n\n".join(lines) + "\n"


def checksum_of(text: str) -> str:
    """Tells whether what would be recorded is what was."""
    return sha256(text.encode()).hexdigest()
