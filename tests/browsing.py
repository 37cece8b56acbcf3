"""A page as its reader has it: words, links and forms, and buttons to press. No script runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client

UNSEEN = {"script", "style", "title", "template", "svg"}
BLOCKS = {"p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "section", "option", "dd", "dt"}
BLOCKS |= {"summary", "label", "button", "br", "legend"}


@dataclass
class Form:
    """A form with what stands in it. ``options`` has what a choice offers, by field."""

    action: str = ""
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    pressed: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Page:
    """What came back from an address. It is read when somebody looks at it."""

    status: int
    path: str
    html: str

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        return reader

    @cached_property
    def text(self) -> str:
        """All words, a line for each block; headings begin with ``# ``."""
        lines = (" ".join(line.split()) for line in "".join(self._read.words).split("\n"))
        return "\n" + "\n".join(line for line in lines if line)

    @property
    def heading(self) -> str:
        return self._read.heading

    @property
    def forms(self) -> list[Form]:
        return self._read.forms

    @property
    def links(self) -> list[tuple[str, str]]:
        """Words and address of each link."""
        return self._read.links

    def form(self, button: str, action: str = "") -> Form:
        """The first form with a button of this label, on an address that ends so."""
        found = [f for f in self.forms if any(b.startswith(button) for b in f.buttons) and f.action.endswith(action)]
        assert found, f"no button {button!r} on {self.path}; there are {[f.buttons for f in self.forms]}"
        return found[0]

    def link(self, words: str) -> str:
        """Where the first link with these words leads."""
        found = [url for label, url in self.links if words in label]
        assert found, f"no link {words!r} on {self.path}"
        return found[0]

    def section(self, heading: str, until: str = "\n# ") -> str:
        """The text from a heading to the next one of any size."""
        _, there, after = self.text.partition(f"\n# {heading}")
        assert there, f"no heading {heading!r} on {self.path}"
        return after.partition(until)[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.form = Form()
        self.catching: dict[str, str] = {}
        self.button: dict[str, str | None] = {}
        self.href = self.area = self.select = self.heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in {"input", "meta", "link", "br", "hr", "img"}:
            self.open.append(tag)
        if tag in BLOCKS:
            self.words.append("\n")
        if tag in {"h1", "h2", "h3"}:
            self.words.append("# ")
        if tag == "form":
            self.form = Form(given.get("action") or "", given.get("method") or "get")
            self.forms.append(self.form)
        elif tag in {"input", "select", "textarea"}:
            self._control(tag, given)
        elif tag == "option":
            self._option(given)
        elif tag in {"a", "button", "h1"}:
            self.catching[tag] = ""
            self.href = given.get("href") or self.href
            self.button = given if tag == "button" else self.button

    def _control(self, tag: str, given: Mapping[str, str | None]) -> None:
        name, value = given.get("name") or "", given.get("value")
        if tag == "textarea":
            self.area = name
            self.catching["textarea"] = ""
        elif tag == "select":
            self.select = name
        elif given.get("type") in {"radio", "checkbox"}:
            sent = "on" if value is None else value
            self.form.options.setdefault(name, []).append(sent)
            if "checked" in given:
                self.form.values[name] = sent
        elif name:
            self.form.values[name] = value or ""

    def _option(self, given: Mapping[str, str | None]) -> None:
        offered = self.form.options.setdefault(self.select, [])
        offered.append(given.get("value") or "")
        if "selected" in given or len(offered) == 1:
            self.form.values[self.select] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag in BLOCKS:
            self.words.append("\n")
        if tag in self.catching:
            self._caught(tag, self.catching.pop(tag))

    def _caught(self, tag: str, text: str) -> None:
        words = " ".join(text.split())
        if tag == "a":
            self.links.append((words, self.href))
        elif tag == "button":
            self.form.buttons.append(words)
            if name := self.button.get("name"):
                self.form.pressed[words] = (name, self.button.get("value") or "")
        elif tag == "textarea":
            self.form.values[self.area] = text.removeprefix("\n")
        else:
            self.heading = words

    def handle_data(self, data: str) -> None:
        if not UNSEEN.intersection(self.open):
            self.words.append(data)
        for tag in self.catching:
            self.catching[tag] += data


def visit(browser: Client, path: str, data: Mapping[str, str] | None = None, method: str = "get") -> Page:
    """Opens an address, or sends a form there, and follows where one is led."""
    response = browser.post(path, data, follow=True) if method == "post" else browser.get(path, data or {}, follow=True)
    chain = response.redirect_chain
    return Page(response.status_code, chain[-1][0] if chain else path, response.content.decode())


def press(browser: Client, page: Page, button: str, action: str = "", **typed: object) -> Page:
    """Presses a button of a page, with other values in some fields than stand there; ``None`` leaves a field out."""
    form = page.form(button, action)
    unknown = set(typed) - set(form.values) - set(form.options)
    assert not unknown, f"the form has no {sorted(unknown)}"
    named = dict(pressed for label, pressed in form.pressed.items() if label.startswith(button))
    sent = form.values | {name: str(value) for name, value in typed.items() if value is not None} | named
    kept = {name: value for name, value in sent.items() if name not in typed or typed[name] is not None}
    return visit(browser, urljoin(page.path, form.action) if form.action else page.path, kept, form.method)
