"""What a document is made of. Sections are written once in these blocks; ``page`` renders them as HTML, ``markdown`` as Markdown.

No block holds markup, but for the drawing of a figure, which only ``charts`` makes. So there is one place that has to escape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NewType

Svg = NewType("Svg", str)
GIVEN_COLUMNS = 600
TITLE_COLUMNS = 200


@dataclass(frozen=True)
class Given:
    """Words of somebody else: a name, a column, a text. Kept apart from the reading direction of the sentence around them.

    Cut where they run on past ``GIVEN_COLUMNS``: a report is no place for a text of three pages.
    """

    text: str


@dataclass(frozen=True)
class Named:
    """A name that somebody gave, in the middle of a sentence: as ``Given``, in quotation marks."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words that carry the sentence."""

    text: str


@dataclass(frozen=True)
class Code:
    """A hash, a setting, a file name."""

    text: str


Part = str | Given | Named | Strong | Code
Line = Part | tuple[Part, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``role`` is its look (``lede``, ``note``), ``answer`` for what a person wrote into a card, or nothing."""

    line: Line
    role: str = ""


@dataclass(frozen=True)
class Points:
    """A list."""

    lines: tuple[Line, ...]
    role: str = ""


@dataclass(frozen=True)
class Findings:
    """A numbered list: what was found, and what it rests on."""

    items: tuple[tuple[Line, Line], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand to the right."""

    title: str
    number: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption. The first cell of a row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A drawing, the sentence that says what it shows, the same as a table, and when it misleads. ``wide``: may scroll."""

    title: str
    says: Line
    svg: Svg
    table: Table
    misleads: str
    wide: bool = False


@dataclass(frozen=True)
class Facts:
    """Names and values; ``role`` is ``key`` for the large ones of a summary."""

    pairs: tuple[tuple[str, Line], ...]
    role: str = ""


@dataclass(frozen=True)
class Quotation:
    """A text that somebody wrote, and where it stands."""

    text: str
    source: str


@dataclass(frozen=True)
class Fold:
    """What a reader may open. Closed on a screen; in print open, or left out where it only repeats or lists (``printed``)."""

    summary: Line
    blocks: tuple[Block, ...]
    printed: bool = True


@dataclass(frozen=True)
class Gap:
    """What no program can know, to be filled in by a person under this key."""

    key: str
    question: str


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. ``key`` is its address in the page; ``role`` a place in the layout."""

    title: Line
    blocks: tuple[Block, ...]
    key: str = ""
    role: str = ""


@dataclass(frozen=True)
class Side:
    """Sections that stand side by side where there is room."""

    sections: tuple[Section, ...]


Block = Paragraph | Points | Findings | Table | Figure | Facts | Quotation | Fold | Gap | Section | Side


@dataclass(frozen=True)
class Document:
    """A title, a line above it, a sentence under it, and sections."""

    title: str
    eyebrow: Line
    lede: Line
    sections: tuple[Section, ...]
    paged: bool = False  # a new page for each section in print


def parts_of(line: Line) -> tuple[Part, ...]:
    """The pieces of a line."""
    return line if isinstance(line, tuple) else (line,)


def enumerated(names: Sequence[str], most: int = 6) -> tuple[Part, ...]:
    """Names in a sentence: ``a, b and c``; beyond ``most`` ``a, b and 5 more``. Each keeps its own reading direction."""
    shown = names[:most]
    ends = len(names) - most
    parts: list[Part] = []
    for place, name in enumerate(shown):
        last = place == len(shown) - 1 and ends <= 0
        parts += ["" if place == 0 else " and " if last else ", ", Given(name)]
    return (*parts, f" and {ends:,} more") if ends > 0 else tuple(parts)


def plain_text(line: Line) -> str:
    """The words of a line."""
    return "".join(_words(part) for part in parts_of(line))


def _words(part: Part) -> str:
    if isinstance(part, str):
        return part
    return f"“{part.text}”" if isinstance(part, Named) else part.text


def gaps_in(blocks: tuple[Block, ...]) -> Iterator[Gap]:
    """All gaps, in reading order."""
    for block in blocks:
        if isinstance(block, Gap):
            yield block
        elif isinstance(block, Section | Fold):
            yield from gaps_in(block.blocks)
        elif isinstance(block, Side):
            yield from gaps_in(block.sections)
