"""Voluntary frameworks as a view of the sheets: which of them speak to which part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from segue.curriculum.document import parse
from segue.curriculum.faults import ContentError
from segue.curriculum.reading import Reader, place_all
from segue.curriculum.values import Sheet

PATH = Path(__file__).parent / "content" / "frameworks.yaml"


@dataclass(frozen=True)
class Facet:
    """A part of a framework. ``kinds``: of the sheets that speak to it, by our reading."""

    name: str
    says: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    """A framework with its parts. ``fact``: the id of what ``law.yaml`` says of it."""

    fact: str
    facets: tuple[Facet, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """The frameworks that sheets are shown under. Raises ``ContentError`` with every fault of the file."""
    root, faults = parse(PATH.name, PATH.read_bytes())
    found = place_all(Sheet(PATH.name, faults), root, "the file", _framework) if root else ()
    if faults:
        raise ContentError(sorted(faults))
    return tuple(each.value for each in found)


def _framework(reader: Reader) -> Framework:
    return Framework(reader.identifier("fact"), reader.items("parts", _facet, 1))


def _facet(reader: Reader) -> Facet:
    return Facet(reader.text("name"), reader.text("says"), reader.identifiers("kinds", 1))
