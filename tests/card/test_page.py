"""HTML of each block."""

from __future__ import annotations

import pytest

from feedback_lab.card.blocks import (
    Block,
    Code,
    Column,
    Document,
    Facts,
    Findings,
    Fold,
    Gap,
    Given,
    Named,
    Paragraph,
    Points,
    Quotation,
    Section,
    Side,
    Strong,
    Table,
    enumerated,
    plain_text,
)
from feedback_lab.card.page import html_page, style
from tests.card.reading import read


def body(*blocks: Block) -> str:
    page = html_page(Document("T", "", "", (Section("S", blocks),)))
    read(page)
    return page[page.index("<h2>S</h2>") + len("<h2>S</h2>") : page.rindex("</section>\n")]


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (
            Paragraph(("a ", Given("<b>"), Named("x"), Strong("c"), Code("d"))),
            "<p>a <bdi>&lt;b&gt;</bdi>“<bdi>x</bdi>”<strong>c</strong><code>d</code></p>",
        ),
        (Paragraph("said", "answer"), '<p class="answer" dir="auto">said</p>'),
        (Points(("a", Given("b"))), "<ul><li>a</li><li><bdi>b</bdi></li></ul>"),
        (Findings((("a", "b"),)), '<ol class="findings"><li><p class="claim">a</p><p class="evidence">b</p></li></ol>'),
        (Facts((("a", "b"),), "key"), '<dl class="facts key"><div><dt>a</dt><dd>b</dd></div></dl>'),
        (Quotation("a <i>", "Row 1"), '<blockquote><p dir="auto">a &lt;i&gt;</p><footer>Row 1</footer></blockquote>'),
        (Fold("a", (Paragraph("b"),)), '<details class="fold"><summary>a</summary><div><p>b</p></div></details>'),
        (Fold("a", (), printed=False), '<details class="fold unprinted"><summary>a</summary><div></div></details>'),
        (Gap("owner", "Who?"), '<p class="gap"><strong>To be filled in by a person:</strong> Who? <code>owner</code></p>'),
        (Side((Section("A", ()),)), '<div class="side"><section><h3>A</h3></section></div>'),
    ],
)
def test_block(block: Block, html: str) -> None:
    assert body(block) == html


def test_table() -> None:
    table = Table("C", (Column("Name"), Column("n", True)), ((Given("a"), "1"), ("W" * 40, "2")))
    html = body(table)
    assert '<th scope="col">Name</th><th scope="col" class="n">n</th>' in html
    assert '<th scope="row"><bdi>a</bdi></th><td class="n">1</td>' in html
    assert f'<th scope="row" class="any">{"W" * 40}</th>' in html
    assert 'tabindex="0"' in html


def test_empty_table_says_so() -> None:
    assert '<td colspan="2">None.</td>' in body(Table("C", (Column("a"), Column("b")), ()))


def test_contents_lead_to_sections() -> None:
    page = html_page(Document("T", "", "", (Section("S", (), "s"), Section(("By ", Named("x")), (), "x"))))
    assert '<li><a href="#x">By “x”</a></li>' in page


def test_title_is_cut() -> None:
    assert "W" * 300 not in html_page(Document("W" * 3_000, "", "", (Section("S", ()),)))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcde"), "a, b, c and 2 more"),
    ],
)
def test_enumerated(names: list[str], shown: str) -> None:
    assert plain_text(enumerated(names, 3)) == shown


def test_style_is_the_same_each_time() -> None:
    assert style() is style()
