"""From the bytes of a YAML file to nodes that know their line and column. Whatever the bytes, faults come out, no traceback.

PyYAML's own ``compose`` is not used: with the C loader it calls itself for each level of nesting, and a file of forty thousand
``[`` kills the process. Its events come one by one, take no longer, and say where an alias stands.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from segue.curriculum.faults import Fault

# The C loader is some twelve times as fast; a PyYAML built without it still works.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The content needs seven levels. Beyond this somebody is testing us.
MAX_DEPTH = 30
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SYNTAX_HINT = "look for misplaced quotes, a colon or '#' in a text without quotes, or wrong indentation"


@dataclass(slots=True)
class ScalarNode:
    """A single value. ``plain``: written without quotes. ``faulted``: already told of, so nothing more is to be said."""

    text: str
    plain: bool
    line: int
    column: int
    faulted: bool = False


@dataclass(slots=True)
class ListNode:
    """A list of nodes."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MapNode:
    """Keys with their nodes; of a key written twice the first counts."""

    line: int
    column: int
    entries: dict[str, tuple[ScalarNode, Node]] = field(default_factory=dict)


Node: TypeAlias = ScalarNode | ListNode | MapNode


def parse(path: str, raw: bytes) -> tuple[Node | None, list[Fault]]:
    """The root node of a file, or ``None`` where it can't be read as YAML at all; and the faults met on the way."""
    text, faults = _decode(path, raw)
    if text is None:
        return None, faults
    # A space in place of each tab keeps all columns, so that the rest of the file is checked in the same run.
    composer = _Composer(path, faults)
    return composer.compose(text.replace("\t", " ")), faults


def _decode(path: str, raw: bytes) -> tuple[str | None, list[Fault]]:
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = _position(before, len(before))
        return None, [Fault(path, line, column, f"not UTF-8 (byte 0x{raw[error.start]:02x}); save the file as UTF-8")]
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        code = f"U+{ord(unprintable.group()):04X}"
        return None, [Fault(path, *_position(text, unprintable.start()), f"a control character ({code}); delete it")]
    return text, list(_tabs(path, text)) if "\t" in text else []


def _tabs(path: str, text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            yield Fault(path, number, line.index("\t") + 1, "a tab; YAML is indented with spaces")


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


class _TooDeepError(Exception):
    """Nesting beyond ``MAX_DEPTH``: reading stops there."""


class _Composer:
    """Puts nodes together from the loader's events, with a stack of its own instead of calls within calls."""

    def __init__(self, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self.documents = 0
        self.root: Node | None = None
        self.open: list[ListNode | MapNode] = []
        self.keys: list[ScalarNode | None] = []  # for each open mapping the key that waits for its value
        self.line = self.column = 1

    def compose(self, text: str) -> Node | None:
        try:
            for event in yaml.parse(text, Loader=LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._broken(error)
            return None
        except (yaml.YAMLError, ValueError, ArithmeticError, _TooDeepError) as error:
            self._fault(str(error) if isinstance(error, _TooDeepError) else f"not valid YAML; {SYNTAX_HINT}")
            return None
        if self.root is None:
            self._fault("the file is empty")
        return self.root

    def _broken(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        if mark is not None:
            self.line, self.column = mark.line + 1, mark.column + 1
        self._fault(f"not valid YAML ({error.problem or error.context}); {SYNTAX_HINT}")

    def _fault(self, message: str) -> None:
        self.faults.append(Fault(self.path, self.line, self.column, message))

    def _take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self._locate(event)
            self._add(self._scalar(event))
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._locate(event)
            self._open(event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, AliasEvent):
            self._locate(event)
            self._fault(f"an alias (*{event.anchor}); write the value out instead")
            self._add(ScalarNode("", True, self.line, self.column, faulted=True))
        elif isinstance(event, DocumentStartEvent):
            self._begin(event)

    def _begin(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._locate(event)
            self._fault("a second document ('---'); one file holds one")

    def _locate(self, event: Event) -> None:
        if event.start_mark is not None:
            self.line, self.column = event.start_mark.line + 1, event.start_mark.column + 1

    def _scalar(self, event: ScalarEvent) -> ScalarNode:
        node = ScalarNode(event.value, not event.style, self.line, self.column)
        if event.tag is not None:
            self._tag(event.tag)
        if event.style == '"' and UNPRINTABLE.search(event.value):
            self._fault("a control character written as an escape; delete it")
            node.faulted = True
        return node

    def _tag(self, tag: str) -> None:
        self._fault(f"a tag ({tag}); values are written without tags")

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise _TooDeepError(f"more than {MAX_DEPTH} levels of nesting")
        if event.tag is not None:
            self._tag(event.tag)
        node: ListNode | MapNode
        node = MapNode(self.line, self.column) if isinstance(event, MappingStartEvent) else ListNode(self.line, self.column)
        self._add(node)
        self.open.append(node)
        self.keys.append(None)

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = self.root or node
            return
        parent = self.open[-1]
        if isinstance(parent, ListNode):
            parent.items.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = self._key(node)
        else:
            key, self.keys[-1] = self.keys[-1], None
            self._enter(parent, key, node)

    def _key(self, node: Node) -> ScalarNode:
        if isinstance(node, ScalarNode):
            return node
        self._fault("a key must be a single word, not a list or a mapping")
        return ScalarNode("", True, node.line, node.column, faulted=True)

    def _enter(self, parent: MapNode, key: ScalarNode, node: Node) -> None:
        if key.faulted:
            return
        if key.text in parent.entries:
            first = parent.entries[key.text][0].line
            self.faults.append(Fault(self.path, key.line, key.column, f"'{key.text}' is there twice (first in line {first})"))
            return
        parent.entries[key.text] = (key, node)
