"""Pages under a strict Content-Security-Policy: no code or style inside the HTML, nothing fetched from elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PACKAGES, at, code, files, is_vendored, nodes, rule, text_of

TEMPLATE_SYNTAX = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
TAG = re.compile(r"<([a-zA-Z][\w-]*)([^<>]*)")
LOADS = r"src|srcset|data|poster|action|formaction|hx-\w+|(?:xlink:)?href"
ELSEWHERE = re.compile(rf"\s({LOADS})\s*=\s*[\"']?\s*((?:https?:)?//)", re.IGNORECASE)
STYLE_ELSEWHERE = re.compile(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
HANDLER = re.compile(r"\s(on[a-z]+|hx-on[\w:.-]*|x-[a-z]+)\s*=", re.IGNORECASE)


def _works_alone(path: Path) -> bool:
    """Whether a template leaves Segue as one file: no policy holds there, and there is nothing that it could load."""
    return path.name.endswith("_file.html")


@rule
def scripts_are_files(root: Path) -> list[str]:
    """No code in a page: every ``<script>`` has a ``src``, there are no ``on...=`` attributes and no ``javascript:`` links."""
    found = []
    for path, line, tag, attributes in _tags(root):
        if tag == "script" and not re.search(r"\ssrc\s*=", attributes) and not _works_alone(path):
            found.append(at(root, path, line, "a script without src: put the code into a file"))
        if handler := HANDLER.search(attributes):
            found.append(at(root, path, line, f"{handler[1]}= holds code: put it into a file"))
        if re.search(r"=\s*[\"']?\s*(javascript|js):", attributes, re.IGNORECASE):
            found.append(at(root, path, line, "code in an attribute: put it into a file"))
    return found


@rule
def styles_are_files(root: Path) -> list[str]:
    """No style in a page: neither ``<style>`` nor ``style=``. A class, or in SVG a presentation attribute, does it."""
    return [
        at(root, path, line, "inline style: use a class")
        for path, line, tag, attributes in _tags(root)
        if (tag == "style" and not _works_alone(path)) or re.search(r"\sstyle\s*=", attributes, re.IGNORECASE)
    ]


@rule
def nothing_comes_from_elsewhere(root: Path) -> list[str]:
    """A page loads only what Segue serves. A link that a person may follow is no load."""
    found = []
    for path, line, tag, attributes in _tags(root):
        load = ELSEWHERE.search(attributes)
        if load and not (tag == "a" and load[1].lower() == "href"):
            found.append(at(root, path, line, f"{load[1]}= points to another host: bring the file into static"))
    for path in files(root, ".css", under=PACKAGES):
        for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
            if STYLE_ELSEWHERE.search(text):
                found.append(at(root, path, number, "the style loads from another host"))
    return found


def _tags(root: Path) -> Iterator[tuple[Path, int, str, str]]:
    """(file, line, tag name, its attributes) of every HTML tag in a template or in a string of the code."""
    for path in files(root, ".html", ".svg", under=PACKAGES):
        if not is_vendored(path):
            text = TEMPLATE_SYNTAX.sub(lambda match: "\n" * match[0].count("\n"), path.read_text("utf-8"))
            yield from ((path, text.count("\n", 0, tag.start()) + 1, tag[1].lower(), tag[2]) for tag in TAG.finditer(text))
    for path in code(root, "segue"):
        for node in nodes(path, ast.Constant):
            if "<" in text_of(node):
                yield from ((path, node.lineno, tag[1].lower(), tag[2]) for tag in TAG.finditer(text_of(node)))
