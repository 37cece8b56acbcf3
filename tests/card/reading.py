"""A document as a strict reader has it: every tag closed, headings, what would be loaded, the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "br", "hr", "img", "input"}
LOADS = {"src", "srcset", "href", "data", "poster", "action", "formaction", "xlink:href", "background"}


@dataclass
class Read:
    """What was found in a page."""

    tags: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    loads: list[tuple[str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.read.headings.append((int(tag[1]), ""))
        for name, value in attrs:
            self.read.attributes.append((tag, name, value or ""))
            if name == "id":
                self.read.ids.append(value or "")
            if name in LOADS:
                self.read.loads.append((tag, value or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.read.words.append(data)
        if self.open and self.open[-1] in {"h1", "h2", "h3", "h4", "h5", "h6", "bdi"} and self.read.headings:
            level, words = self.read.headings[-1]
            if f"h{level}" in self.open:
                self.read.headings[-1] = (level, words + data)


def read(html: str) -> Read:
    """Reads a page; fails where a tag is not closed or closes another."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"not closed: {reader.open}"
    return reader.read


def figures_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Each field and its value, in records, tuples and dicts of any depth."""
    if is_dataclass(value):
        for each in fields(value):
            yield each.name, getattr(value, each.name)
            yield from figures_of(getattr(value, each.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from figures_of(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from figures_of(item)
