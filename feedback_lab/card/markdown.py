"""Documents as Markdown that any reader understands: headings, lists, pipe tables. Words of others never become markup."""

from __future__ import annotations

import re
from functools import singledispatch

from feedback_lab.card.blocks import (
    GIVEN_COLUMNS,
    TITLE_COLUMNS,
    Block,
    Code,
    Document,
    Facts,
    Figure,
    Findings,
    Fold,
    Gap,
    Line,
    Named,
    Paragraph,
    Part,
    Points,
    Quotation,
    Section,
    Side,
    Strong,
    Table,
    parts_of,
)
from feedback_lab.card.escaping import clean, shorten
from feedback_lab.card.page import TO_FILL_IN

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!])")
# What makes a list or a heading only at the start of a line.
_LEADING = re.compile(r"^([-+=]|\d+(?=[.)](?:\s|$)))")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto|www)([:.])")


def markdown_text(document: Document) -> str:
    """The document as Markdown, ending in a line feed."""
    top = [f"# {_escaped(shorten(document.title, TITLE_COLUMNS))}", _line(document.eyebrow), _line(document.lede)]
    return "\n\n".join([*filter(None, top), *(_markdown(section, 2) for section in document.sections)]) + "\n"


def _escaped(text: str) -> str:
    line = " ".join(clean(text).split())
    line = _SPECIAL.sub(r"\\\1", line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return _AUTOLINK.sub(r"\1\\\2", line)


def _line(line: Line) -> str:
    shown = "".join(_part(part) for part in parts_of(line))
    return _LEADING.sub(lambda start: f"{start[1]}\\" if start[1].isdigit() else f"\\{start[1]}", shown)


def _part(part: Part) -> str:
    if isinstance(part, str):
        # The spaces between the parts of a sentence stay.
        before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :] if part.strip() else ""
        return before + _escaped(part) + after
    if isinstance(part, Strong):
        return f"**{_escaped(part.text)}**"
    if isinstance(part, Code):
        return _code(shorten(part.text, GIVEN_COLUMNS))
    return f"“{_escaped(part.text)}”" if isinstance(part, Named) else _escaped(shorten(part.text, GIVEN_COLUMNS))


def _code(text: str) -> str:
    """Code between more backticks than it holds, safe in a table as well."""
    line = " ".join(clean(text).split()).replace("|", "¦")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest else f"`{line}`" if line else ""


@singledispatch
def _markdown(block: Block, level: int) -> str:
    """Markdown of a block; ``level`` is the heading that a section would get here."""
    raise TypeError(f"no such block: {type(block).__name__}")


def _all(blocks: tuple[Block, ...], level: int) -> str:
    return "\n\n".join(filter(None, (_markdown(block, level) for block in blocks)))


@_markdown.register
def _(block: Paragraph, level: int) -> str:
    return _line(block.line)


@_markdown.register
def _(block: Points, level: int) -> str:
    return "\n".join(f"- {_line(line)}" for line in block.lines)


@_markdown.register
def _(block: Findings, level: int) -> str:
    return "\n".join(f"{place}. {_line(claim)} {_line(rests)}" for place, (claim, rests) in enumerate(block.items, 1))


@_markdown.register
def _(block: Table, level: int) -> str:
    head = "| " + " | ".join(_escaped(column.title) for column in block.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.number else " --- " for column in block.columns) + "|"
    rows = ["| " + " | ".join(_line(cell) for cell in row) + " |" for row in block.rows]
    return "\n".join([f"{_escaped(block.caption)}:", "", head, rule, *rows]) if rows else f"{_escaped(block.caption)}: none."


@_markdown.register
def _(block: Figure, level: int) -> str:
    return "\n\n".join([_line(block.says), _markdown(block.table, level), f"When this misleads: {_escaped(block.misleads)}"])


@_markdown.register
def _(block: Facts, level: int) -> str:
    return "\n".join(f"- {_escaped(shorten(name, TITLE_COLUMNS))}: {_line(value)}" for name, value in block.pairs)


@_markdown.register
def _(block: Quotation, level: int) -> str:
    return f"> {_line(block.text)} ({_escaped(block.source)})"


@_markdown.register
def _(block: Fold, level: int) -> str:
    return f"{_line(block.summary)}\n\n{_all(block.blocks, level)}"


@_markdown.register
def _(block: Gap, level: int) -> str:
    return f"> **{TO_FILL_IN}** {_escaped(block.question)} (`{block.key}`)"


@_markdown.register
def _(block: Section, level: int) -> str:
    return "\n\n".join(filter(None, [f"{'#' * min(level, 6)} {_line(block.title)}", _all(block.blocks, level + 1)]))


@_markdown.register
def _(block: Side, level: int) -> str:
    return _all(block.sections, level)
