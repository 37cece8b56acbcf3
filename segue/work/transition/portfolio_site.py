"""A portfolio as a small site that opens from disk, and as one text for a PDF. No script, no request to anywhere."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from segue.shared.markdown import render

MASK = "▮▮▮"
STAMP = (1980, 1, 1, 0, 0, 0)  # the oldest that a ZIP knows: the same pieces give the same bytes
STYLE = Path(__file__).parent / "content" / "portfolio.css"


@dataclass(frozen=True)
class Shown:
    """A piece as others see it: masked already. ``body`` is Markdown; ``reviews`` say by whom, by role, and what was found."""

    title: str
    kind: str
    says: str
    body: str
    figures: tuple[tuple[str, str], ...] = ()
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cover:
    """The first page. Texts are plain, with empty lines between paragraphs."""

    title: str
    author: str
    about: str = ""
    hardest: str = ""


def mask(text: str, hidden: Sequence[str]) -> str:
    """The text with each hidden word or phrase gone, in any case. Longer ones first, so that no part of one is left."""
    for words in sorted((each.strip() for each in hidden if each.strip()), key=len, reverse=True):
        spaced = r"\s+".join(re.escape(word) for word in words.split())
        text = re.sub(rf"(?<!\w){spaced}(?!\w)", MASK, text, flags=re.IGNORECASE)
    return text


def site_zip(cover: Cover, pieces: Sequence[Shown]) -> bytes:
    """The site as a ZIP: ``index.html``, a page for each piece, ``style.css``."""
    names = file_names([piece.title for piece in pieces])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "index.html", _page(cover.title, _index(cover, pieces, names)))
        for name, piece in zip(names, pieces, strict=True):
            _put(archive, name, _page(f"{piece.title} · {cover.title}", _piece(cover, piece)))
        _put(archive, "style.css", STYLE.read_text(encoding="utf-8"))
    return made.getvalue()


def file_names(titles: Sequence[str]) -> list[str]:
    """Names of pages that every system takes: the number of the piece and the letters of its title."""
    return [f"{number:02}-{_slug(title) or 'piece'}.html" for number, title in enumerate(titles, 1)]


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(f"portfolio/{name}", STAMP)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(info, text.encode())


def _page(title: str, body: str) -> str:
    policy = "default-src 'none'; style-src 'self'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="style.css"></head>\n<body>{body}</body></html>\n'
    )


def _index(cover: Cover, pieces: Sequence[Shown], names: Sequence[str]) -> str:
    listed = "".join(
        f'<li><h2><a href="{name}"><bdi>{escape(piece.title)}</bdi></a></h2>'
        f'<p class="soft">{escape(piece.kind)}</p>{_paragraphs(piece.says)}</li>'
        for name, piece in zip(names, pieces, strict=True)
    )
    hardest = f"<h2>The hardest part</h2>{_paragraphs(cover.hardest)}" if cover.hardest.strip() else ""
    by = f'<p class="soft"><bdi>{escape(cover.author)}</bdi></p>' if cover.author != cover.title else ""
    return (
        f"<header><h1><bdi>{escape(cover.title)}</bdi></h1>{by}{_paragraphs(cover.about)}</header>"
        f'<main><ol class="pieces">{listed}</ol>{hardest}</main>{_foot()}'
    )


def _piece(cover: Cover, piece: Shown) -> str:
    figures = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in piece.figures)
    reviews = "".join(f"<li>{escape(each)}</li>" for each in piece.reviews)
    parts = (
        _paragraphs(piece.says),
        f"<h2>In figures</h2><dl>{figures}</dl>" if figures else "",
        f"<h2>The piece</h2>{_scrolling(render(piece.body, 2))}" if piece.body.strip() else "",
        f"<h2>Reviewed</h2><ul>{reviews}</ul>" if reviews else "",
    )
    return (
        f'<header><nav><a href="index.html"><bdi>{escape(cover.title)}</bdi></a></nav><h1><bdi>{escape(piece.title)}</bdi></h1>'
        f'<p class="soft">{escape(piece.kind)}</p></header><main>{"".join(parts)}</main>{_foot()}'
    )


def _scrolling(html: str) -> str:
    """Wide tables scroll by themselves."""
    return html.replace("<table>", '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>').replace(
        "</table>", "</table></div>"
    )


def _foot() -> str:
    return '<footer><p class="soft">Words that are not for others are masked.</p></footer>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


def as_text(cover: Cover, pieces: Sequence[Shown]) -> str:
    """The whole portfolio as Markdown, for one PDF."""
    return "\n\n".join(_text_parts(cover, pieces))


def _text_parts(cover: Cover, pieces: Sequence[Shown]) -> Iterator[str]:
    yield _plain(cover.about)
    if cover.hardest.strip():
        yield f"## The hardest part\n\n{_plain(cover.hardest)}"
    for piece in pieces:
        yield f"## {_plain(piece.title)}\n\n*{_plain(piece.kind)}*\n\n{_plain(piece.says)}"
        if piece.figures:
            yield "\n".join(f"- {_plain(label)}: {_plain(value)}" for label, value in piece.figures)
        yield _lowered(piece.body)
        if piece.reviews:
            yield "### Reviewed\n\n" + "\n".join(f"- {_plain(each)}" for each in piece.reviews)


def _plain(text: str) -> str:
    """Typed text that is no Markdown: its signs stand for themselves."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text.strip())


def _lowered(markdown: str) -> str:
    """Headings two levels down, so that a piece stays below its own title."""
    return re.sub(r"^(#{1,4})(?=\s)", lambda found: "##" + found[1], markdown.strip(), flags=re.MULTILINE)
