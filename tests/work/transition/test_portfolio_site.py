"""The portfolio as a site: it opens from disk, asks nobody for anything, and shows no masked word."""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser

import pytest

from segue.work.transition.portfolio_site import MASK, Cover, Shown, as_text, file_names, mask, site_zip

COVER = Cover("My work <b>", "Priya Raman", "I frame problems.\n\nI measure.", "Labels & people.")
HOSTILE = (
    "<script>alert(1)</script>\n\n![x](http://evil.example/p.png)\n\n[go](javascript:alert(1))\n\n| a | b |\n|--|--|\n| 1 | 2 |\n"
)
PIECES = (
    Shown(
        "Themes: what “customers” say",
        "Case study, Monday 2 November 2026",
        "Why it was made.",
        "# Problem\n\nReturns.",
        (("Rows", "22,641"),),
    ),
    Shown("<img src=x onerror=alert(1)>", "Run", "", HOSTILE, reviews=("Data scientist: 3 of 4 criteria met",)),
    Shown("דנה", "Log", "", "שלום"),
)


class Links(HTMLParser):
    """Every tag with its attributes, and every address."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]


def unpacked(content: bytes) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_page_is_closed_to_the_outside_and_links_to_pages_that_are_there() -> None:
    files = unpacked(site_zip(COVER, PIECES))
    assert set(files) == {f"portfolio/{name}" for name in ("index.html", "style.css", *file_names([p.title for p in PIECES]))}
    for name, text in files.items():
        if not name.endswith(".html"):
            assert "url(" not in text
            assert "@import" not in text
            continue
        found = Links()
        found.feed(text)
        assert not {"script", "img", "iframe", "form", "object", "embed", "base"} & set(found.tags), name
        assert not found.handlers, name
        assert all(f"portfolio/{address}" in files for address in found.addresses), (name, found.addresses)
        assert text.count("<h1>") == 1


def test_the_index_has_the_cover_and_every_piece_in_order() -> None:
    index = unpacked(site_zip(COVER, PIECES))["portfolio/index.html"]
    assert "My work &lt;b&gt;" in index
    assert "<p>I frame problems.</p><p>I measure.</p>" in index
    assert "Labels &amp; people." in index
    names = file_names([piece.title for piece in PIECES])
    assert sorted(names, key=index.index) == names


def test_the_same_pieces_give_the_same_bytes() -> None:
    assert site_zip(COVER, PIECES) == site_zip(COVER, PIECES)


def test_file_names_are_safe_and_differ() -> None:
    names = file_names(["../../etc", "דנה", "A" * 300, "con", "same", "same"])
    assert names == ["01-etc.html", "02-piece.html", f"03-{'a' * 48}.html", "04-con.html", "05-same.html", "06-same.html"]


@pytest.mark.parametrize(
    ("text", "hidden", "shown"),
    [
        ("Acme and acme's ACME", ["acme"], f"{MASK} and {MASK}'s {MASK}"),
        ("Acmexyz stays", ["acme"], "Acmexyz stays"),
        ("Harbour\nGoods Ltd", ["Harbour Goods", "Harbour"], f"{MASK} Ltd"),
        ("USD 4.5 (gross)", ["4.5 (gross)"], f"USD {MASK}"),
        ("Ünal and ünal", ["ünal"], f"{MASK} and {MASK}"),
        ("a.*b", [".*"], "a.*b"),
        ("nothing", ["", "  "], "nothing"),
    ],
)
def test_masking(text: str, hidden: list[str], shown: str) -> None:
    assert mask(text, hidden) == shown


def test_the_text_for_the_pdf_keeps_typed_signs_and_levels() -> None:
    text = as_text(COVER, PIECES)
    assert "## Themes: what “customers” say" in text
    assert "### Problem" in text
    assert "\\<img src=x" in text
    assert text.index("22,641") < text.index("### Problem")
