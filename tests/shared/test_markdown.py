"""Markdown: what is written is shown, and nothing that is written can do anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segue.shared.markdown import LONGEST, render

ALLOWED = set(
    re.findall(r"\w+", "h2 h3 h4 h5 h6 p br hr blockquote ul ol li pre code a em strong s table thead tbody tr th td div")
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b onclick=alert(1)>x</b>",
    "<iframe src=//evil.example></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "![x](data:image/png;base64,AAAA)",
    "![x](http://tracker.example/pixel.png)",
    "![<script>](http://tracker.example/pixel.png)",
    '[x](http://a.example "\\" onmouseover=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "```html\n<script>alert(1)</script>\n```",
    "`<script>`",
    "| <script> | b |\n|---|---|\n| <style>x</style> | d |",
    "<!-- a comment -->",
    "</div></main><form action=//evil.example>",
]


class Page(HTMLParser):
    """Collects the tags and attributes that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Page(html).tags:
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "title", "rel", "start", "align", "class", "role", "aria-label", "tabindex"}
        assert re.match(r"(https?:|mailto:|[^:]*$)", attributes.get("href") or "", re.IGNORECASE)
        if tag == "div":
            assert attributes["class"] == "table-wrap"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless(text: str) -> None:
    assert_harmless(render(text))


@given(st.text(alphabet=st.sampled_from("<>[]()!`*_#|-:&;\"' \n/abjscript0"), max_size=200))
@example("<a href='javascript:1'>")
def test_any_text_is_harmless(text: str) -> None:
    assert_harmless(render(text))


def test_script_is_shown_as_it_was_typed() -> None:
    assert render("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


def test_images_leave_their_words() -> None:
    assert render("See ![the <map>](https://x.example/a.png).") == "<p>See the &lt;map&gt;.</p>\n"


def test_links_tell_nobody_where_they_came_from() -> None:
    assert 'rel="noopener noreferrer nofollow"' in render("[x](https://x.example)")
    assert 'href="/learn/"' in render("[x](/learn/)")


def test_addresses_are_not_made_into_links() -> None:
    assert "<a" not in render("www.example.org and https://example.org")


@pytest.mark.parametrize(("lower_by", "tags"), [(1, ["h2", "h3"]), (2, ["h3", "h4"]), (9, ["h6", "h6"]), (0, ["h2", "h3"])])
def test_headings_go_below_the_heading_of_the_page(lower_by: int, tags: list[str]) -> None:
    assert [tag for tag, _ in Page(render("# One\n\n## Two", lower_by)).tags] == tags


def test_tables_scroll_and_have_no_empty_header() -> None:
    html = render("| | n |\n|---|--:|\n| a | 1 |")
    assert html.startswith('<div class="table-wrap" role="region" aria-label="Table" tabindex="0"><table class="table">')
    assert html.rstrip().endswith("</table></div>")
    assert "<td></td>" in html
    assert '<th align="right">n</th>' in html
    assert "style" not in html


def test_lists_keep_their_numbers() -> None:
    assert '<ol start="3">' in render("3. third\n4. fourth")


@pytest.mark.parametrize("unit", ["[", ">", "- ", "*a ", "![", "<", "`", "([", "**a*", "|", "<div>", "&lt;", "_a"])
def test_deep_nesting_ends(unit: str) -> None:
    assert_harmless(render(unit * (100_000 // len(unit))))


def test_endless_text_is_shown_as_typed() -> None:
    html = render("<b>" + "x" * LONGEST)
    assert html.startswith('<pre tabindex="0">&lt;b&gt;xxx')
    assert_harmless(html)


def test_a_wide_block_of_code_scrolls_by_keyboard() -> None:
    assert render("```\nx = 1\n```") == '<pre tabindex="0"><code>x = 1\n</code></pre>\n'
