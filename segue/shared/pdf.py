"""Markdown as an A4 document in PDF, tagged for screen readers (PDF/UA-1). Works offline; needs the extra ``pdf``.

What a person wrote never becomes code of the typesetter: it goes in as data, and a fixed template renders it.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from segue.core.errors import UserError
from segue.shared.markdown import LONGEST

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).parent / "templates" / "shared" / "document.typ"
# What stands for a character that no font on this machine can show.
UNSHOWN = "□"
# Deeper lists and quotes are set at this depth; the parser gives up at the other, and then the text is shown as it was typed.
_DEEPEST = 8
_NESTING = 60
# Longer words may break in the middle.
_LONG_WORD = 32
# Tables up to so many columns, with the letters that a line of them holds: the template sets wide ones smaller.
_LINES_OF_TABLES = {6: 84, 9: 105, 12: 120}
_LONGEST_LINK = 2000
# A zero-width space: the template makes it a place to break, so that it isn't in the text that somebody copies.
_BREAK = "\u200b"
# Control characters, halves of surrogate pairs, private places: no font has a glyph for them that means the same elsewhere.
_NO_GLYPH = {"Cc", "Cs", "Co"}
# Invisible, and PDF/UA allows it nowhere.
_MARK_OF_BYTES = "\ufeff"
# The typesetter brings the letters up to here.
_LATIN_TO_CYRILLIC = "\u052f"
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_SCHEMES = ("http://", "https://", "mailto:")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?")
_MARKS = {"strong": "bold", "em": "italic", "s": "struck"}
_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}).enable(["table", "strikethrough"])

Piece = dict[str, Any]


def is_available() -> bool:
    """Whether the extra ``pdf`` is installed."""
    return find_spec("typst") is not None


def pdf_of(
    markdown: str,
    title: str,
    *,
    author: str = "",
    footer: str = "",
    on: date | None = None,
    language: str = "en",
) -> bytes:
    """The PDF of a Markdown text: CommonMark with tables and strikethrough, as on the pages.

    The title stands on top, and under it ``author`` (unless it is the title) and ``on``. A first heading that repeats the title
    is left out, and headings are levelled, so that none is skipped. Images are their words, raw HTML is shown as it was typed,
    and links lead to http, https and mailto only. ``footer`` stands on each page, left of the page number.

    The same input gives the same bytes on the same machine. A text that the fonts of the typesetter cover (Latin, Greek,
    Cyrillic) gives the same bytes anywhere; for other scripts the fonts of the machine help out, and a character that none of
    them has is replaced by ``□``. Text that is nested too deeply to read is shown as it was typed. ``UserError`` where the extra
    is not installed, and beyond ``LONGEST`` characters.
    """
    _check_available()
    if len(markdown) > LONGEST:
        raise UserError(
            f"The text is too long for a PDF: it has {len(markdown):,} characters, and {LONGEST:,} are the most.",
            "Shorten it, or make two documents of it.",
        )
    title = " ".join(_clean(title).split()) if _visible(title) else "Untitled"
    author = " ".join(_clean(author).split())
    byline = [author if author != title else "", _day(on, language) if on else ""]
    shown = {
        "title": _breakable(title, 24),
        "byline": _breakable(" · ".join(part for part in byline if part)),
        "footer": _breakable(" ".join(_clean(footer).split())),
        "blocks": _blocks_of(_clean(markdown), title),
    }
    return _compiled(_as_json(shown), _as_json(_about(title, author, on, language)), _TEMPLATE)


def pdf_from(template: Path, shown: Mapping[str, Any], title: str, *, author: str = "", language: str = "en") -> bytes:
    """The PDF of some data, set by a Typst template of ours that reads it as ``document``, and what is said of it as ``about``.

    Every text in ``shown`` must have gone through ``clean_line``. Errors, fonts and missing characters as in ``pdf_of``.
    """
    _check_available()
    return _compiled(
        _as_json(shown), _as_json(_about(clean_line(title) or "Untitled", clean_line(author), None, language)), template
    )


def clean_line(text: str) -> str:
    """One line that the typesetter can show: control characters become a sign, spaces one, and long words may break."""
    return _breakable(" ".join(_clean(text).split()))


def _check_available() -> None:
    if not is_available():
        raise UserError(
            "The PDF can’t be made here: this installation left out the typesetter.",
            "Install Segue with its extra “pdf” (pip install 'segue[pdf]') and start it again.",
        )


def _as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _about(title: str, author: str, on: date | None, language: str) -> dict[str, Any]:
    lang, region = _language(language)
    return {
        "title": title,
        "author": [author] if author else [],
        "date": [on.year, on.month, on.day] if on else None,
        "lang": lang,
        "region": region,
    }


def _clean(text: str) -> str:
    """With a visible sign for what has no glyph, and one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_MARK_OF_BYTES, "").replace("\ufffe", UNSHOWN)
    return "".join(one if one in "\n\t" or unicodedata.category(one) not in _NO_GLYPH else UNSHOWN for one in text)


def _visible(text: str) -> bool:
    """Whether there is anything to see: more than spaces, and signs that only join or steer others."""
    return any(not one.isspace() and unicodedata.category(one) != "Cf" for one in text)


def _day(on: date, language: str) -> str:
    """A day as it is written in English; elsewhere as a number that everybody reads the same way."""
    return f"{on.day} {on:%B %Y}" if _language(language)[0] == "en" else on.isoformat()


def _language(language: str) -> tuple[str, str | None]:
    found = _LANGUAGE.fullmatch(language.strip())
    return (found[1].lower(), found[2] and found[2].upper()) if found else ("en", None)


def _breakable(text: str, longest: int = _LONG_WORD) -> str:
    """Marks where a word that is too long for a line can break: anywhere, but not between a letter and its accent.

    Scripts that break without spaces, or whose letters join, are left alone.
    """
    letters = 4 if longest >= _LONG_WORD else 1
    part = re.compile(rf"(?:.[\u0300-\u036f]*){{1,{letters}}}")
    return re.sub(rf"[!-\u052f]{{{longest + 1},}}", lambda word: _BREAK.join(part.findall(word[0])), text)


def _blocks_of(markdown: str, title: str) -> list[Piece]:
    tokens = _PARSER.parse(markdown)
    if any(token.level >= _NESTING - 1 for token in tokens):
        return [{"kind": "code", "text": _breakable(markdown.expandtabs(4))}]
    nodes = SyntaxTreeNode(tokens).children
    if nodes and nodes[0].type == "heading" and _words(nodes[0]) == title:
        nodes = nodes[1:]
    found = [block for node in nodes for block in _block(node, 0)]
    _level(found)
    return found


def _words(node: SyntaxTreeNode) -> str:
    return "".join(run["text"] for run in _runs(node, 10**6)).strip()


def _level(blocks: Sequence[Piece]) -> None:
    """The highest heading becomes the first level, and none is more than one below the heading before it, as PDF/UA asks."""
    headings = list(_headings(blocks))
    lift = min((heading["level"] for heading in headings), default=1) - 1
    before = 0
    for heading in headings:
        before = heading["level"] = min(heading["level"] - lift, before + 1)


def _headings(blocks: Sequence[Piece]) -> Iterator[Piece]:
    for block in blocks:
        if block["kind"] == "heading":
            yield block
        for inner in (block.get("blocks", ()), *block.get("items", ())):
            yield from _headings(inner)


def _block(node: SyntaxTreeNode, depth: int) -> Iterator[Piece]:
    """A block of the text, or what is in it where it stands too deep."""
    if node.type in {"bullet_list", "ordered_list", "blockquote"}:
        yield from _container(node, depth)
    elif node.type == "heading" and _visible(_words(node)):
        yield {"kind": "heading", "level": int(node.tag[1]), "runs": _runs(node)}
    elif node.type == "paragraph":
        yield {"kind": "paragraph", "runs": _runs(node)}
    elif node.type in {"fence", "code_block"}:
        yield {"kind": "code", "text": _breakable(node.content.removesuffix("\n").expandtabs(4))}
    elif node.type == "table":
        yield from _table(node)
    elif node.type == "hr":
        yield {"kind": "rule"}


def _container(node: SyntaxTreeNode, depth: int) -> Iterator[Piece]:
    inside = [[block for child in item.children for block in _block(child, depth + 1)] for item in _parts(node)]
    if depth >= _DEEPEST:
        yield from (block for item in inside for block in item)
    elif node.type == "blockquote":
        yield {"kind": "quote", "blocks": inside[0]}
    else:
        tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        kind = "bullets" if node.type == "bullet_list" else "numbers"
        yield {"kind": kind, "tight": tight, "start": int(node.attrs.get("start", 1)), "items": inside}


def _parts(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [node] if node.type == "blockquote" else list(node.children)


def _table(node: SyntaxTreeNode) -> Iterator[Piece]:
    """A table; where it has more columns than a page can hold, one list for each row, with the heads as its terms."""
    rows = [row for part in node.children for row in part.children]
    align = [str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell in rows[0].children]
    letters = next((letters for most, letters in _LINES_OF_TABLES.items() if len(align) <= most), 0)
    longest = letters // len(align) - 2 if letters else _LONG_WORD
    head, *body = [[_runs(cell, longest) for cell in row.children] for row in rows]
    if letters:
        yield {"kind": "table", "align": align, "head": head, "rows": body}
        return
    for row in body or [[[] for _ in head]]:
        items = [[{"kind": "paragraph", "runs": [*name, _piece(": "), *cell]}] for name, cell in zip(head, row, strict=True)]
        yield {"kind": "bullets", "tight": True, "items": items}


def _piece(text: str, **how: Any) -> Piece:
    return {"text": text, "bold": False, "italic": False, "struck": False, "code": False, "link": ""} | how


def _runs(node: SyntaxTreeNode, longest: int = _LONG_WORD, **how: Any) -> list[Piece]:
    """The words of a block as one flat list, each piece with the way it is set."""
    return [run for child in node.children for run in _inline(child, longest, how)]


def _inline(node: SyntaxTreeNode, longest: int, how: Piece) -> list[Piece]:
    if node.type == "hardbreak":
        return [_piece("\n", **{"break": True})]
    if node.type == "softbreak":
        return [_piece(" ", **how)]
    if node.type in {"text", "code_inline"}:
        return [_piece(_breakable(node.content.replace("\t", " "), longest), **how, code=node.type == "code_inline")]
    if node.type in _MARKS:
        how = {**how, _MARKS[node.type]: True}
    elif node.type == "link":
        how = {**how, "link": _link(str(node.attrs.get("href", "")))}
    return _runs(node, longest, **how)


def _link(address: str) -> str:
    """An address that a link of the file may lead to, or nothing."""
    return address if address.lower().startswith(_SCHEMES) and len(address) <= _LONGEST_LINK else ""


@cache
def _fonts(with_those_of_the_machine: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=with_those_of_the_machine)


def _compiled(shown: str, about: str, template: Path) -> bytes:
    """With the fonts of the typesetter where they have all characters, else with those of the machine too."""
    import typst

    try:
        return _typeset(shown, about, _fonts(False), template)
    except typst.TypstError as fault:
        if not _unshown(fault):
            raise
    # A font of the machine may be one that can't be embedded: then the text does without.
    with suppress(typst.TypstError):
        return _typeset_or_mark(shown, about, _fonts(True), template)
    return _typeset_or_mark(shown, about, _fonts(False), template)


def _typeset_or_mark(shown: str, about: str, fonts: typst.Fonts, template: Path) -> bytes:
    """With a visible sign in place of each character that no font has."""
    import typst

    while True:
        try:
            return _typeset(shown, about, fonts, template)
        except typst.TypstError as fault:
            marked = shown
            for cluster in sorted(_unshown(fault), key=len, reverse=True):
                sign = UNSHOWN if _visible(cluster) else ""
                marked = marked.replace(json.dumps(cluster, ensure_ascii=False)[1:-1], sign)
            if marked == shown:
                raise
            shown = marked


def _unshown(fault: typst.TypstError) -> set[str]:
    """The characters that the typesetter found no glyph for."""
    found = {
        _ESCAPED.sub(lambda code: chr(int(code[1], 16)) if code[1] else code[2], one)
        for one in _MISSING.findall(f"{fault}\n{getattr(fault, 'diagnostic', '')}")
    }
    return {cluster for cluster in found if not cluster.isascii() and cluster != UNSHOWN}


def _typeset(shown: str, about: str, fonts: typst.Fonts, template: Path) -> bytes:
    """The PDF; raises for characters with no glyph. Below an accent the typesetter misses them, so all are tried alone first."""
    rare = sorted({one for one in shown if one > _LATIN_TO_CYRILLIC and not "\u2010" <= one <= "\u2027" and _visible(one)})
    if rare:
        _run(_as_json({"title": " ".join(rare), "byline": "", "footer": "", "blocks": []}), about, fonts, _TEMPLATE)
    return _run(shown, about, fonts, template)


def _run(shown: str, about: str, fonts: typst.Fonts, template: Path) -> bytes:
    import typst

    # The root is an empty folder: there is no file that a document could read.
    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(
            template.read_bytes(),
            root=empty,
            font_paths=fonts,
            sys_inputs={"document": shown, "about": about},
            package_path=empty,
            package_cache_path=empty,
        )
        made = compiler.compile(format="pdf", pdf_standards="ua-1")
    assert isinstance(made, bytes), "a PDF is one file, unlike pages as pictures"
    return made
