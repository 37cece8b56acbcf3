"""Records back from the plain values that JSON gives."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from feedback_lab.errors import DamagedRun

Record = TypeVar("Record")


def restore(kind: type[Record], value: Any) -> Record:
    """The record of type ``kind`` that ``feedback_lab.files.plain`` made ``value`` from.

    None stands for NaN where a float is asked for. A field that ``value`` lacks takes its default. Raises ``DamagedRun`` where
    something is missing or of the wrong shape.
    """
    try:
        return _restored(kind, value)  # type: ignore[no-any-return]
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise DamagedRun(f"A result of type {kind.__name__} is damaged: {fault}.", "Run the step again.") from fault


def _restored(kind: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        known = [field.name for field in dataclasses.fields(kind) if field.name in value]
        return kind(**{name: _restored(hints[name], value[name]) for name in known})  # type: ignore[operator]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        inner = [each for each in arguments if each is not type(None)]
        return None if value is None else _restored(inner[0], value)
    if origin is tuple:
        return _restored_tuple(arguments, value)
    if origin is dict:
        return {key: _restored(arguments[1], item) for key, item in value.items()}
    if kind is float:
        return float("nan") if value is None else float(value)
    if kind in {int, str, bool} and not isinstance(value, kind):
        raise TypeError(f"{value!r} is not of type {kind.__name__}")
    return value


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    """Types of the fields of a record. Asked for anew for each record, they would take most of the time of a page."""
    return get_type_hints(kind)


def _restored_tuple(arguments: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_restored(arguments[0], item) for item in value)
    return tuple(_restored(each, item) for each, item in zip(arguments, value, strict=True))
