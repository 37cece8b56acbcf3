"""Markdown: words of others come out as words, tables as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from feedback_lab.card.blocks import (
    Code,
    Column,
    Document,
    Fold,
    Gap,
    Given,
    Named,
    Paragraph,
    Points,
    Quotation,
    Section,
    Strong,
    Table,
)
from feedback_lab.card.escaping import shorten
from feedback_lab.card.markdown import markdown_text
from tests.card.reading import read
from tests.card.variants import HOSTILE

READER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")


def rendered(words: str) -> str:
    table = Table("A table", (Column("Name"), Column("Rows", True)), ((Given(words), "12"),))
    blocks = (
        Paragraph(Given(words)),
        Paragraph((Given(words), " and ", Named(words))),
        Points((Given(words), ("so: ", Strong("bold")))),
        table,
        Quotation(words, "Row 3"),
        Fold(Given(words), (Paragraph("inside"),)),
        Paragraph(words, "answer"),
    )
    return str(READER.render(markdown_text(Document("Title", "", "Lede", (Section(("Of ", Given(words)), blocks),)))))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    found = read(rendered(words))
    allowed = {"h1", "h2", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td", "blockquote"}
    assert set(found.tags) <= allowed
    assert found.tags.count("td") == 2
    assert found.tags.count("strong") == 1
    shown = shorten(words, 60).removesuffix("…")
    assert found.text.count(shown) >= 7


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40))
def test_any_words_stay_words(words: str) -> None:
    found = read(rendered(words))
    assert "a" not in found.tags
    assert "code" not in found.tags
    assert found.tags.count("td") == 2
    assert found.text.count(words) >= 7


@pytest.mark.parametrize(
    ("text", "shown"), [("plain", "`plain`"), ("a`b", "`` a`b ``"), ("", ""), ("a|b", "`a¦b`"), ("two\nlines", "`two lines`")]
)
def test_code(text: str, shown: str) -> None:
    assert markdown_text(Document("T", "", "", (Section("S", (Paragraph(Code(text)),)),))).strip().endswith(shown or "## S")


def test_document() -> None:
    table = Table("A table", (Column("Name"), Column("Rows", True)), (("a", "1"),))
    empty = Table("Nothing", (Column("Name"),), ())
    document = Document("Title", "Kind", "Lede", (Section("First", (table, empty, Gap("owner", "Who?"), Section("Deeper", ()))),))
    assert markdown_text(document) == (
        "# Title\n\nKind\n\nLede\n\n## First\n\nA table:\n\n| Name | Rows |\n| --- | ---: |\n| a | 1 |\n\nNothing: none.\n\n"
        "> **To be filled in by a person:** Who? (`owner`)\n\n### Deeper\n"
    )
