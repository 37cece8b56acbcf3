"""Documents as one HTML file that asks nobody for anything: style inside, no script; for desk, phone, night and paper."""

from __future__ import annotations

from functools import cache, singledispatch
from importlib import resources

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
    Given,
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
    plain_text,
)
from feedback_lab.card.escaping import escape, shorten, width

LONG_WORD, LONG_TEXT = 22, 60  # columns
SHORT_TABLE = 14  # rows that stay on one page in print
TO_FILL_IN = "To be filled in by a person:"
# Should words of others ever get past the escaping, a browser still runs and fetches nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@cache
def style() -> str:
    """The style sheet that goes into each document."""
    return (resources.files("feedback_lab.card") / "static" / "report.css").read_text("utf-8")


def html_page(document: Document) -> str:
    """A whole HTML page, UTF-8. The same document gives the same bytes."""
    title = escape(shorten(document.title, TITLE_COLUMNS))
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>\n{style()}</style>\n</head>\n"
    )
    top = (
        f'<header class="top"><p class="eyebrow">{_line(document.eyebrow)}</p><h1 dir="auto">{title}</h1>'
        f'<p class="lede">{_line(document.lede)}</p></header>\n'
    )
    first, *rest = [_html(section, 2) + "\n" for section in document.sections]
    skip = '<a class="skip" href="#contents">Skip to the contents</a>'
    role = _role("paged" if document.paged else "")
    # A report shows its summary first; a card begins with what it holds.
    opening = f"{first}{_contents(document)}" if document.paged else f"{_contents(document)}{first}"
    main = f"<main{role}>\n{top}{opening}{''.join(rest)}</main>"
    return f"{head}<body>\n{skip}\n{main}\n</body>\n</html>\n"


def _contents(document: Document) -> str:
    links = "".join(
        f'<li><a href="#{escape(section.key)}">{escape(plain_text(section.title))}</a></li>'
        for section in document.sections
        if section.key
    )
    return f'<nav class="contents" id="contents" aria-label="Contents"><ol>{links}</ol></nav>\n' if links else ""


def _line(line: Line) -> str:
    return "".join(_part(part) for part in parts_of(line))


def _part(part: Part) -> str:
    if isinstance(part, Given):
        return f"<bdi>{escape(shorten(part.text, GIVEN_COLUMNS))}</bdi>"
    if isinstance(part, Named):
        return f"“<bdi>{escape(part.text)}</bdi>”"
    if isinstance(part, Strong):
        return f"<strong>{escape(part.text)}</strong>"
    if isinstance(part, Code):
        return f"<code>{escape(shorten(part.text, GIVEN_COLUMNS))}</code>"
    return escape(part)


def _role(role: str) -> str:
    return f' class="{escape(role)}"' if role else ""


@singledispatch
def _html(block: Block, level: int) -> str:
    """HTML of a block; ``level`` is the heading that a section would get here."""
    raise TypeError(f"no such block: {type(block).__name__}")


def _all(blocks: tuple[Block, ...], level: int) -> str:
    return "".join(_html(block, level) for block in blocks)


@_html.register
def _(block: Paragraph, level: int) -> str:
    direction = ' dir="auto"' if block.role == "answer" else ""
    return f"<p{_role(block.role)}{direction}>{_line(block.line)}</p>"


@_html.register
def _(block: Points, level: int) -> str:
    return f"<ul{_role(block.role)}>{''.join(f'<li>{_line(line)}</li>' for line in block.lines)}</ul>"


@_html.register
def _(block: Findings, level: int) -> str:
    items = (
        f'<li><p class="claim">{_line(claim)}</p><p class="evidence">{_line(rests)}</p></li>' for claim, rests in block.items
    )
    return f'<ol class="findings">{"".join(items)}</ol>'


@_html.register
def _(block: Table, level: int) -> str:
    caption = escape(block.caption)
    number = ["n" if column.number else "" for column in block.columns]
    head = "".join(f'<th scope="col"{_role(kind)}>{escape(c.title)}</th>' for c, kind in zip(block.columns, number, strict=True))
    rows = "".join(f"<tr>{_row(row, number)}</tr>" for row in block.rows)
    if not rows:
        rows = f'<tr><td colspan="{len(block.columns)}">None.</td></tr>'
    short = _role("short" if len(block.rows) <= SHORT_TABLE else "")
    return (
        f'<div class="scroll" role="group" aria-label="{caption}" tabindex="0"><table{short}><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: tuple[Line, ...], number: list[str]) -> str:
    roles = [_role(kind or _breaks(cell)) for cell, kind in zip(row, number, strict=True)]
    first = f'<th scope="row"{roles[0]}>{_line(row[0])}</th>'
    return first + "".join(f"<td{role}>{_line(cell)}</td>" for cell, role in zip(row[1:], roles[1:], strict=True))


def _breaks(cell: Line) -> str:
    """Long texts get room, and words are broken only where one is too long for any column."""
    words = plain_text(cell)
    roles = ["long"] * (width(words) > LONG_TEXT) + ["any"] * any(width(word) > LONG_WORD for word in words.split())
    return " ".join(roles)


@_html.register
def _(block: Figure, level: int) -> str:
    title = escape(block.title)
    scrolls = f' role="group" aria-label="{title}, drawing" tabindex="0"' if block.wide else ""
    return (
        f'<figure><figcaption><p class="says">{_line(block.says)}</p><p class="what">{title}</p></figcaption>'
        f'<div class="plot{" wide" if block.wide else ""}"{scrolls}>{block.svg}</div>'
        f'<div class="beside"><details class="as-table"><summary>As a table</summary>{_html(block.table, level)}</details>'
        f'<details class="misleads"><summary>When this misleads</summary><p>{escape(block.misleads)}</p></details></div></figure>'
    )


@_html.register
def _(block: Facts, level: int) -> str:
    names = [escape(shorten(name, TITLE_COLUMNS)) for name, _ in block.pairs]
    pairs = "".join(
        f"<div><dt>{name}</dt><dd>{_line(value)}</dd></div>" for name, (_, value) in zip(names, block.pairs, strict=True)
    )
    return f'<dl class="facts{" " + escape(block.role) if block.role else ""}">{pairs}</dl>'


@_html.register
def _(block: Quotation, level: int) -> str:
    return f'<blockquote><p dir="auto">{escape(block.text)}</p><footer>{escape(block.source)}</footer></blockquote>'


@_html.register
def _(block: Fold, level: int) -> str:
    role = "fold" if block.printed else "fold unprinted"
    return f'<details class="{role}"><summary>{_line(block.summary)}</summary><div>{_all(block.blocks, level)}</div></details>'


@_html.register
def _(block: Gap, level: int) -> str:
    return f'<p class="gap"><strong>{TO_FILL_IN}</strong> {escape(block.question)} <code>{escape(block.key)}</code></p>'


@_html.register
def _(block: Section, level: int) -> str:
    key = f' id="{escape(block.key)}"' if block.key else ""
    heading = f"h{min(level, 6)}"
    return (
        f"<section{key}{_role(block.role)}><{heading}>{_line(block.title)}</{heading}>{_all(block.blocks, level + 1)}</section>"
    )


@_html.register
def _(block: Side, level: int) -> str:
    return f'<div class="side">{_all(block.sections, level)}</div>'
