"""The case study as a document: its five parts, the figures put in, and where they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from segue.evidence.actions import count_words
from segue.evidence.drafts import Fields, first
from segue.work.build.guard import Section
from segue.work.build.tokens import filled, tokens_in, typed_numbers, unknown_in

if TYPE_CHECKING:
    from segue.work.lab.figures import RunFigure, RunFigures

KIND, ACTIVITY = "case-study", "w13-case-study"
LEAST_WORDS, MOST_WORDS = 600, 900
SOURCES = "Where the figures come from"
HASH = 16  # characters of a checksum that are printed
TITLE, FILE = "title", "file_name"
_ITEM = re.compile(r"^ {0,3}(?:[-*+•]|\d{1,3}[.)]) +\S", re.MULTILINE)
_PARSER = MarkdownIt("commonmark", {"html": False})
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True)
class Part:
    """A part of the case study. ``words``: the range that adds up to two pages."""

    id: str
    heading: str
    asks: str
    words: str
    rows: int


PARTS = (
    Part("problem", "Problem", "Whose problem, how they lived with it, and why it mattered.", "110-160", 6),
    Part("options", "Options ruled out", "One a line, each with the reason. A list counts them.", "120-180", 8),
    Part("decision", "Decision", "What you chose, with whom, and what it cost.", "90-140", 6),
    Part(
        "result",
        "Measured result",
        "The figure with its range, beside the baseline. What it should change.",
        "160-240",
        8,
    ),
    Part("redo", "What I would do differently", "A failure, told plainly.", "120-180", 6),
)
RESULT, OPTIONS = "result", "options"


@dataclass(frozen=True)
class Case:
    """A case study with the figures that it was given."""

    title: str
    texts: Mapping[str, str]
    file_name: str
    run: RunFigures | None

    @cached_property
    def _named(self) -> Mapping[str, RunFigure]:
        return self.run.named() if self.run else {}

    @cached_property
    def _known(self) -> Mapping[str, str]:
        return {name: figure.text for name, figure in self._named.items()}

    @property
    def _raw(self) -> str:
        return "\n\n".join((self.title, *(self.texts[part.id] for part in PARTS)))

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Tokens that the run has no figure for."""
        return unknown_in(self._raw, self._known)

    @cached_property
    def used(self) -> tuple[RunFigure, ...]:
        """The figures that stand in the text, in order."""
        return tuple(self._named[name] for name in tokens_in(self._raw) if name in self._named)

    @property
    def numbers(self) -> tuple[RunFigure, ...]:
        """Those of them that are numbers, not names."""
        return tuple(figure for figure in self.used if figure.value is not None)

    @cached_property
    def typed_by_hand(self) -> tuple[str, ...]:
        """Numbers of the measured result that no figure of the run has."""
        known = [f"{figure.text} {figure.value}" for figure in self._named.values() if figure.value is not None]
        return typed_numbers(self.texts[RESULT], known)

    @cached_property
    def shown_title(self) -> str:
        """The title, its figures put in."""
        return filled(self.title, self._known)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The parts in which something is written, their figures put in."""
        texts = ((part.heading, filled(self.texts[part.id], self._known).strip()) for part in PARTS)
        return tuple(Section(heading, text) for heading, text in texts if text)

    @cached_property
    def words(self) -> int:
        """Words of the five parts."""
        return count_words("\n".join(section.text for section in self.sections))

    @cached_property
    def options(self) -> int:
        """Options ruled out: the items of the list, or else the paragraphs."""
        text = self.texts[OPTIONS].strip()
        return len(_ITEM.findall(text)) or len([block for block in re.split(r"\n\s*\n", text) if block.strip()])

    @property
    def is_empty(self) -> bool:
        """Whether no part has a text."""
        return not self.sections

    @property
    def printed_name(self) -> str:
        """What the file is called with the sources: as somebody named it, or else as it came."""
        return self.file_name or (self.run.file_name if self.run and self.used else "")

    @cached_property
    def sources(self) -> Section:
        """Each used figure, and where it stands in the run."""
        if self.run is None or not self.used:
            return Section(SOURCES, "")
        run, lines = self.run, [f"- {plain(f.label)}: {plain(f.text)} (`{f.source.replace('`', '')}`)" for f in self.used]
        name, day = plain(self.printed_name), f"{run.made_on.day} {run.made_on:%B %Y}"
        checksum = f"SHA-256 of its manifest: `{run.manifest_sha256[:HASH]}`."
        whole = f"Version {run.version} of the run on {name}, {day}. {checksum}"
        return Section(SOURCES, f"{whole}\n\n" + "\n".join(lines))

    @property
    def body(self) -> str:
        """The text as it is recorded: the parts, then the sources. It has no title."""
        found = [*self.sections, *([self.sources] if self.sources.text else [])]
        return "\n\n".join(f"## {section.heading}\n\n{closed(section.text)}" for section in found) + "\n"

    @property
    def markdown(self) -> str:
        """The whole document."""
        return f"# {plain(self.shown_title)}\n\n{self.body}"

    @property
    def checked(self) -> tuple[Section, ...]:
        """Everything that would leave, section by section."""
        return (Section("Title", self.shown_title), *self.sections, self.sources)

    @property
    def own_words(self) -> tuple[Section, ...]:
        """What a person typed, without the figures: they are no personal data, though they may look like a number to call."""
        parts = (Section(part.heading, self.texts[part.id]) for part in PARTS)
        # Names of themes, classes and columns stand in them.
        names = [f"{f.label}: {f.text}" if f.value is None else f.label for f in self.used]
        labels = Section(SOURCES, "\n\n".join(names))
        return (Section("Title", self.title), *parts, Section("Name of the file", self.printed_name), labels)


def plain(text: str) -> str:
    """A text that came from elsewhere, on one line, as words and not as Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def closed(text: str) -> str:
    """A text whose last block of code has an end, so that it does not swallow what comes after it."""
    last = next((token for token in reversed(_PARSER.parse(text)) if token.level == 0), None)
    if last is None or last.type != "fence" or last.map is None:
        return text
    lines = text.split("\n")[last.map[0] :]
    ends = re.compile(rf" {{0,3}}{last.markup}{last.markup[0]}*[ \t]*")
    return text if any(ends.fullmatch(line) for line in lines[1:]) else f"{text}\n{last.markup}"


def case_from(fields: Fields, run: RunFigures | None) -> Case:
    """The case study that a form holds."""
    texts = {part.id: first(fields, part.id) for part in PARTS}
    return Case(" ".join(first(fields, TITLE).split()), texts, first(fields, FILE).strip(), run)


def listed(lines: Sequence[str]) -> str:
    """Lines as a list."""
    return "\n".join(f"- {' '.join(line.split())}" for line in lines if line.strip())
