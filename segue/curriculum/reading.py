"""A typed reader over nodes: what a key must hold is said once, where it is read, and whatever is wrong becomes a fault.

Nothing here raises. A wrong value gives a harmless stand-in (an empty text, a nought), so that the rest of the file is checked in
the same run and positions in lists stay true. Checks that rest on such values are left out as long as the file has faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from segue.curriculum.document import ListNode, MapNode, Node, ScalarNode
from segue.curriculum.faults import Fault
from segue.curriculum.values import (
    Sheet,
    Value,
    as_address,
    as_choice,
    as_day,
    as_flag,
    as_identifier,
    as_integer,
    as_list,
    as_mapping,
    as_number,
    as_text,
    did_you_mean,
    is_identifier,
    list_nodes,
    suggestion,
)

T = TypeVar("T")
Build: TypeAlias = Callable[["Reader"], T]

EMPTY = MapNode(1, 1)


@dataclass(frozen=True)
class Placed(Generic[T]):
    """Something that was read, with the node it came from, so that checks made later can still say where."""

    value: T
    path: str
    node: Node
    key: ScalarNode | None = None

    def fault(self, message: str, *trail: str | int) -> Fault:
        """A fault at the value that the trail of keys and positions leads to; at the deepest there is, if it breaks off."""
        node = self._follow(trail)
        return Fault(self.path, node.line, node.column, message)

    def key_fault(self, message: str, *trail: str | int) -> Fault:
        """A fault at the last key of the trail, or at the key that the whole thing stands under, where the trail is empty."""
        key = self.key
        if trail:
            *before, last = trail
            parent = self._follow(before)
            key = parent.entries[str(last)][0] if isinstance(parent, MapNode) and last in parent.entries else None
        node = key or self._follow(trail)
        return Fault(self.path, node.line, node.column, message)

    def _follow(self, trail: Iterable[str | int]) -> Node:
        node = self.node
        for step in trail:
            if isinstance(node, MapNode) and step in node.entries:
                node = node.entries[str(step)][1]
            elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                break
        return node


class Reader:
    """Reads the mapping at one node. Every key that is asked for is allowed; the others are told of when it is closed."""

    def __init__(self, sheet: Sheet, node: MapNode) -> None:
        self.sheet = sheet
        self.node = node
        self.asked: dict[str, bool] = {}  # key -> whether it was needed and is missing

    def _value(self, key: str, value: Value[T], default: T | None, stand_in: T) -> T:
        entry = self.node.entries.get(key)
        self.asked[key] = entry is None and default is None
        if entry is None:
            return stand_in if default is None else default
        return value(self.sheet, entry[1], key)

    def has(self, key: str) -> bool:
        """Whether the key is there, whatever it holds."""
        return key in self.node.entries

    def fault(self, key: str, message: str) -> None:
        """Notes that something is wrong at a key's value, or at the mapping where it has no such key."""
        self.sheet.fault(self.node.entries[key][1] if self.has(key) else self.node, message)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, without the spaces around it. A number, a date or ``no`` is taken as written."""
        return self._value(key, as_text, default, "")

    def text_or_empty(self, key: str) -> str:
        """A text that must be there, and may be written as ``""``."""
        return self._value(key, lambda s, n, k: "" if isinstance(n, ScalarNode) and not n.text else as_text(s, n, k), None, "")

    def identifier(self, key: str, default: str | None = None) -> str:
        """A text that may stand in an address: letters, digits, ``-`` and ``_``."""
        return self._value(key, as_identifier, default, "")

    def day(self, key: str) -> str:
        """A date as YYYY-MM-DD, quoted or not."""
        return self._value(key, as_day, None, "")

    def address(self, key: str) -> str:
        """An address on the web, http or https."""
        return self._value(key, as_address, None, "")

    def integer(self, key: str, least: int = 0, most: int | None = None, default: int | None = None) -> int:
        """A whole number from ``least`` to ``most``."""
        return self._value(key, lambda s, n, k: as_integer(s, n, k, least, most), default, 0)

    def maybe_integer(self, key: str, least: int = 0, most: int | None = None) -> int | None:
        """A whole number, or ``None`` where the key is left out."""
        if not self.has(key):
            self.asked[key] = False
            return None
        return self.integer(key, least, most)

    def number(self, key: str, least: float = 0, most: float | None = None) -> float:
        """A number from ``least`` to ``most``, with or without a point."""
        return self._value(key, lambda s, n, k: as_number(s, n, k, least, most), None, 0.0)

    def maybe_number(self, key: str, least: float = 0, most: float | None = None) -> float | None:
        """A number, or ``None`` where the key is left out."""
        if not self.has(key):
            self.asked[key] = False
            return None
        return self.number(key, least, most)

    def flag(self, key: str) -> bool:
        """``true`` or ``false``; left out it is false."""
        return self._value(key, as_flag, False, False)

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of some words. A wrong one is told of and the first is returned."""
        return self._value(key, lambda s, n, k: as_choice(s, n, k, allowed), default, allowed[0])

    def list_of(self, key: str, value: Value[T], least: int = 0, most: int | None = None) -> tuple[T, ...]:
        """A list of values; it may be left out where ``least`` is 0."""
        return self._value(key, lambda s, n, k: as_list(s, n, k, value, least, most), () if least == 0 else None, ())

    def texts(self, key: str, least: int = 0, most: int | None = None) -> tuple[str, ...]:
        """A list of texts."""
        return self.list_of(key, as_text, least, most)

    def identifiers(self, key: str, least: int = 0, most: int | None = None) -> tuple[str, ...]:
        """A list of ids, none of them twice."""
        found = self.list_of(key, as_identifier, least, most)
        repeated = next((value for value in found if value and found.count(value) > 1), None)
        if repeated:
            self.fault(key, f"'{key}' names '{repeated}' twice")
        return found

    def items(self, key: str, build: Build[T], least: int = 0, most: int | None = None) -> tuple[T, ...]:
        """A list of mappings, each built into something."""
        return self.list_of(key, lambda s, n, k: as_built(s, n, k, build), least, most)

    def placed(self, key: str, build: Build[T], least: int = 1) -> tuple[Placed[T], ...]:
        """As ``items``, with their places."""
        return self._value(key, lambda s, n, k: place_all(s, n, k, build, least), None, ())

    def placed_entries(self, key: str, value: Value[T]) -> tuple[Placed[T], ...]:
        """A mapping of ids to something each, with their places."""
        return self._value(key, lambda s, n, k: place_entries(s, n, k, value), None, ())

    def maybe(self, key: str, build: Build[T]) -> T | None:
        """A mapping built into something, or ``None`` where the key is left out."""
        if not self.has(key):
            self.asked[key] = False
            return None
        return self.needed(key, build)

    def needed(self, key: str, build: Build[T]) -> T:
        """A mapping that must be there, built into something."""
        entry = self.node.entries.get(key)
        self.asked[key] = entry is None
        return as_built(self.sheet, entry[1], key, build) if entry else build(Reader(self.sheet.silent(), EMPTY))

    def mapping(self, key: str, value: Value[T], least: int = 1) -> dict[str, T]:
        """Keys of the author's choice with a value each; it may be left out where ``least`` is 0."""
        return self._value(key, lambda s, n, k: as_mapping(s, n, k, value, least), {} if least == 0 else None, {})

    def close(self) -> None:
        """Tells of unknown and of missing keys. A misspelt key is told of once, not as missing too."""
        missing = [key for key, is_missing in self.asked.items() if is_missing]
        for name, (key, _) in self.node.entries.items():
            if name in self.asked:
                continue
            near = suggestion(name, missing or self.asked) or suggestion(name, self.asked)
            self.sheet.fault(key, f"unknown key '{name}'{did_you_mean(near)}")
            if near in missing:
                missing.remove(near)
        for wanted in missing:
            self.sheet.fault(self.node, f"'{wanted}' is missing")


def as_built(sheet: Sheet, node: Node, name: str, build: Build[T]) -> T:
    """A mapping built into something; a stand-in where there is none, so that positions in a list stay true."""
    if not isinstance(node, MapNode):
        if not (isinstance(node, ScalarNode) and node.faulted):
            sheet.fault(node, f"'{name}' must be a mapping (key: value)")
        return build(Reader(sheet.silent(), EMPTY))
    reader = Reader(sheet, node)
    built = build(reader)
    reader.close()
    return built


def place_all(sheet: Sheet, node: Node, name: str, build: Build[T], least: int = 1) -> tuple[Placed[T], ...]:
    """A list of mappings, each built into something, with their places."""
    nodes = list_nodes(sheet, node, name, least)
    return tuple(Placed(as_built(sheet, item, name, build), sheet.path, item) for item in nodes)


def place_entries(sheet: Sheet, node: Node, name: str, build: Callable[[Sheet, Node, str], T]) -> tuple[Placed[T], ...]:
    """A mapping of ids, the value of each built into something, with their places."""
    if not isinstance(node, MapNode):
        as_mapping(sheet, node, name, build)
        return ()
    return tuple(
        Placed(build(sheet, entry, name), sheet.path, entry, key)
        for name, (key, entry) in node.entries.items()
        if is_identifier(sheet, key)
    )
