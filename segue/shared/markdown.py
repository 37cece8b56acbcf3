"""Markdown to HTML that is safe to show, whoever wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

# Far beyond any text in the programme; keeps a pasted log file from holding a worker.
LONGEST = 200_000
_TAGS = (
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "ul", "ol", "li", "pre", "code"),
    *("a", "em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td"),
)
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
_TABLE = '<div class="table-wrap" role="region" aria-label="Table{}" tabindex="0"><table class="table">'

_PRE = '<pre tabindex="0">'  # a wide one scrolls, also by keyboard


def _image(_: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """Only the words of an image: loading it would tell its server who reads."""
    return escape(tokens[index].content)


def _cell(_: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A table cell with an ``align`` attribute, since the policy forbids the ``style`` that markdown-it writes."""
    token = tokens[index]
    if token.type.endswith("_close"):
        return f"</{token.tag}>"
    align = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f'<{token.tag} align="{escape(align)}">' if align else f"<{token.tag}>"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    parser.add_render_rule("image", _image)
    for name in ("th_open", "td_open", "th_close", "td_close"):
        parser.add_render_rule(name, _cell)
    return parser


_PARSER = _parser()


def _lower_headings(tokens: Sequence[Token], by: int) -> None:
    """Whatever level a text begins with, its highest heading comes right below that of the page it stands on."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) - highest + 1 + by)}"


def _plain_corners(tokens: Sequence[Token]) -> None:
    """Makes an empty header cell a plain one: there is nothing for a screen reader to announce."""
    for before, inside, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.type == "th_open" and not inside.content.strip():
            before.tag = after.tag = "td"


def render(text: str, lower_by: int = 1) -> SafeString:
    """HTML of a Markdown text: no raw HTML, no images, no scripts. ``lower_by`` 1 turns ``#`` into h2, since a page has one h1.

    Text beyond ``LONGEST`` characters is shown as it was typed.
    """
    if len(text) > LONGEST:
        return mark_safe(f"{_PRE}{escape(text)}</pre>")  # noqa: S308 - escaped
    environment: dict[str, Any] = {}
    tokens = _PARSER.parse(text, environment)
    _lower_headings(tokens, max(1, lower_by))
    _plain_corners(tokens)
    html = _PARSER.renderer.render(tokens, _PARSER.options, environment)
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    # Text is escaped by now, so these strings can only be tags.
    first, *others = clean.replace("</table>", "</table></div>").split("<table>")
    # Regions of one page need names that differ.
    tables = (_TABLE.format(f" {number}" if number > 1 else "") + rest for number, rest in enumerate(others, 1))
    wrapped = "".join([first, *tables]).replace("<pre>", _PRE)
    return mark_safe(wrapped)  # noqa: S308 - cleaned above
