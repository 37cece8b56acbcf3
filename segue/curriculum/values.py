"""Values at nodes: each reader takes the sheet, the node and what the value is called in a message, and returns it typed.

Nothing here raises. A wrong value becomes a fault and a harmless stand-in (an empty text, a nought).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeVar

from segue.curriculum.document import ListNode, MapNode, Node, ScalarNode
from segue.curriculum.faults import Fault

T = TypeVar("T")
Value: TypeAlias = Callable[["Sheet", Node, str], T]

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# Decimal notation only: YAML would also take 0o17, 1_000 and 1:30 for numbers, and nobody means them.
WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
NUMBER = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?")
IDENTIFIER = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
ADDRESS = re.compile(r"https?://[^\s/]\S*")


@dataclass
class Sheet:
    """One file while it is read: its path in the content folder, and the faults found in it."""

    path: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: Node, message: str) -> None:
        """Notes that something is wrong at a node."""
        self.faults.append(Fault(self.path, node.line, node.column, message))

    def silent(self) -> Sheet:
        """The same file for reading a stand-in, of which nothing is told."""
        return Sheet(self.path)


def suggestion(word: str, known: Iterable[str]) -> str:
    """The known word that is spelt most like this one, or ``""``."""
    return next(iter(difflib.get_close_matches(word[:80], list(known), 1)), "")


def did_you_mean(near: str) -> str:
    """The end of a message that offers a near word, or nothing."""
    return f"; did you mean '{near}'?" if near else ""


def _scalar(sheet: Sheet, node: Node, name: str, wanted: str) -> ScalarNode | None:
    """The node where it holds a single value that is not empty; else a fault, unless one was noted before."""
    if not isinstance(node, ScalarNode):
        shape = "a list" if isinstance(node, ListNode) else "a mapping"
        sheet.fault(node, f"'{name}' must be {wanted}, not {shape}")
        return None
    if node.faulted:
        return None
    if not node.text.strip() or (node.plain and node.text in NULLS):
        sheet.fault(node, f"'{name}' is empty; it must be {wanted}")
        return None
    return node


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text[:40]}...'" if len(text) > 40 else f"'{text}'"


def as_text(sheet: Sheet, node: Node, name: str) -> str:
    """A text that is not empty."""
    scalar = _scalar(sheet, node, name, "a text")
    return scalar.text.strip() if scalar else ""


def as_identifier(sheet: Sheet, node: Node, name: str) -> str:
    """An id."""
    scalar = _scalar(sheet, node, name, "an id")
    if scalar is None:
        return ""
    return scalar.text if is_identifier(sheet, scalar) else ""


def is_identifier(sheet: Sheet, scalar: ScalarNode) -> bool:
    """Whether a text can be an id; a fault if not."""
    if IDENTIFIER.fullmatch(scalar.text):
        return True
    sheet.fault(scalar, f"{_shown(scalar.text)} is no id: letters, digits, '-' and '_' only")
    return False


def as_day(sheet: Sheet, node: Node, name: str) -> str:
    """A date as YYYY-MM-DD."""
    text = as_text(sheet, node, name)
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        sheet.fault(node, f"'{name}' must be a date such as 2026-11-23, not {_shown(text)}")
        return ""


def as_address(sheet: Sheet, node: Node, name: str) -> str:
    """An address on the web."""
    text = as_text(sheet, node, name)
    if text and not ADDRESS.fullmatch(text):
        sheet.fault(node, f"'{name}' must begin with https:// or http:// and hold no spaces, not {_shown(text)}")
    return text


def as_integer(sheet: Sheet, node: Node, name: str, least: int = 0, most: int | None = None) -> int:
    """A whole number from ``least`` to ``most``."""
    wanted = f"a whole number {_bounds(least, most)}"
    scalar = _scalar(sheet, node, name, wanted)
    if scalar is None:
        return 0
    if not (scalar.plain and WHOLE.fullmatch(scalar.text)):
        sheet.fault(node, f"'{name}' must be {wanted}{_without_quotes(scalar)}, not {_shown(scalar.text)}")
        return 0
    return int(_within(sheet, node, name, int(scalar.text), least, most))


def as_number(sheet: Sheet, node: Node, name: str, least: float = 0, most: float | None = None) -> float:
    """A number from ``least`` to ``most``."""
    wanted = f"a number {_bounds(least, most)}"
    scalar = _scalar(sheet, node, name, wanted)
    if scalar is None:
        return 0
    if not (scalar.plain and NUMBER.fullmatch(scalar.text)):
        sheet.fault(node, f"'{name}' must be {wanted}{_without_quotes(scalar)}, not {_shown(scalar.text)}")
        return 0
    return _within(sheet, node, name, float(scalar.text), least, most)


def _bounds(least: float, most: float | None) -> str:
    return f"of {least:g} or more" if most is None else f"from {least:g} to {most:g}"


def _without_quotes(scalar: ScalarNode) -> str:
    return " without quotes" if not scalar.plain and NUMBER.fullmatch(scalar.text) else ""


def _within(sheet: Sheet, node: Node, name: str, value: float, least: float, most: float | None) -> float:
    if value >= least and (most is None or value <= most):
        return value
    sheet.fault(node, f"'{name}' must be {_bounds(least, most).removeprefix('of ')}, not {value:g}")
    return least


def as_flag(sheet: Sheet, node: Node, name: str) -> bool:
    """``true`` or ``false``."""
    scalar = _scalar(sheet, node, name, "true or false")
    if scalar is None:
        return False
    if not scalar.plain or scalar.text not in ("true", "false"):
        sheet.fault(node, f"'{name}' must be true or false, not {_shown(scalar.text)}")
    # What was meant, though told of, so that nothing else is told of for its sake.
    return scalar.text.lower() in ("true", "yes", "on")


def as_choice(sheet: Sheet, node: Node, name: str, allowed: Sequence[str]) -> str:
    """One of some words."""
    scalar = _scalar(sheet, node, name, f"one of {', '.join(allowed)}")
    if scalar is None or scalar.text in allowed:
        return scalar.text if scalar else allowed[0]
    near = did_you_mean(suggestion(scalar.text, allowed))
    sheet.fault(node, f"'{name}' must be one of {', '.join(allowed)}, not {_shown(scalar.text)}{near}")
    return allowed[0]


def as_fact(sheet: Sheet, node: Node, name: str) -> float | str:
    """A number where it is written as one without quotes, else a text."""
    scalar = _scalar(sheet, node, name, "a number or a text")
    if scalar is None:
        return ""
    if not (scalar.plain and NUMBER.fullmatch(scalar.text)):
        return scalar.text.strip()
    return int(scalar.text) if WHOLE.fullmatch(scalar.text) else float(scalar.text)


def as_list(sheet: Sheet, node: Node, name: str, value: Value[T], least: int = 0, most: int | None = None) -> tuple[T, ...]:
    """A list with ``least`` to ``most`` values."""
    nodes = list_nodes(sheet, node, name, least, most)
    return tuple(value(sheet, item, name) for item in nodes)


def list_nodes(sheet: Sheet, node: Node, name: str, least: int, most: int | None = None) -> list[Node]:
    """The nodes of a list with ``least`` to ``most`` of them."""
    if not isinstance(node, ListNode):
        if not (isinstance(node, ScalarNode) and node.faulted):
            sheet.fault(node, f"'{name}' must be a list")
        return []
    if len(node.items) < least or (most is not None and len(node.items) > most):
        sheet.fault(node, f"'{name}' must list {_count(least, most)}, not {len(node.items)}")
    return node.items


def _count(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more"
    return f"{least}" if least == most else f"{least} to {most}"


def as_mapping(sheet: Sheet, node: Node, name: str, value: Value[T], least: int = 0) -> dict[str, T]:
    """Keys of the author's choice with a value each."""
    if not isinstance(node, MapNode):
        if not (isinstance(node, ScalarNode) and node.faulted):
            sheet.fault(node, f"'{name}' must be a mapping (key: value)")
        return {}
    if len(node.entries) < least:
        sheet.fault(node, f"'{name}' is empty")
    return {key: value(sheet, entry[1], key) for key, entry in node.entries.items()}
