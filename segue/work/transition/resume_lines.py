"""Every line of a résumé that somebody reads, with its place: where a fault is named, and where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from segue.work.transition.resume.document import Document, Position

DEEPEST = 12
LOOSE = "_loose"  # among what came along: lines that nobody could place; they never go out


@dataclass(frozen=True)
class Line:
    """A line. ``anchor``: the element of the editor in which it is typed."""

    anchor: str
    place: str
    text: str


def name_of(position: Position, number: int) -> str:
    """What a position is called where a fault of it is named."""
    return position.name.strip() or position.position.strip() or f"Position {number}"


def place_of_bullet(position: Position, number: int, bullet: int) -> str:
    """A bullet by the position it belongs to."""
    return f"{name_of(position, number)}, bullet {bullet}"


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines in which something is written, in the order of the page."""
    found = (*_basics(document), *_positions(document), *_rest(document), *_along(document.more))
    return tuple(line for line in found if line.text.strip())


def _basics(document: Document) -> Iterator[Line]:
    yield Line("basics-name", "Name", document.basics.name)
    yield Line("basics-label", "Line under your name", document.basics.label)
    yield Line("basics-summary", "Summary", document.basics.summary)


def _positions(document: Document) -> Iterator[Line]:
    for number, position in enumerate(document.positions, 1):
        name = name_of(position, number)
        anchor = f"position-{position.id}"
        yield Line(f"{anchor}-name", name, " · ".join(part for part in (position.position, position.name) if part))
        yield Line(f"{anchor}-summary", f"{name}, summary", position.summary)
        for index, bullet in enumerate(position.bullets, 1):
            yield Line(f"bullet-{bullet.id}", place_of_bullet(position, number, index), bullet.text)


def _rest(document: Document) -> Iterator[Line]:
    for number, study in enumerate(document.studies, 1):
        name = study.institution or study.area or f"Education {number}"
        parts = (study.institution, study.degree, study.area, *study.courses)
        yield Line(f"study-{study.id}-institution", name, "\n".join(part for part in parts if part))
    for number, skill in enumerate(document.skills, 1):
        words = ", ".join(skill.keywords)
        yield Line(f"skill-{skill.id}-name", f"Skills, line {number}", f"{skill.name}: {words}" if words else skill.name)
    for language in document.languages:
        yield Line("languages", "Languages", f"{language.language} {language.fluency}")


def _along(more: Mapping[str, Any]) -> Iterator[Line]:
    """What came along from a file and is not edited here: it goes out with the JSON file."""
    for part, value in more.items():
        if part != LOOSE:
            yield Line("along", f"What came along from the file, “{part}”", "\n".join(_texts(value)))


def with_loose(document: Document, loose: Iterable[str]) -> Document:
    """With the lines that nobody could place beside it."""
    lines = [line for line in loose if line.strip()]
    rest = {name: value for name, value in document.more.items() if name != LOOSE}
    return replace(document, more={**rest, LOOSE: lines} if lines else rest)


def loose_in(document: Document) -> tuple[str, ...]:
    """The lines that wait for a place."""
    found = document.more.get(LOOSE, ())
    return tuple(line for line in found if isinstance(line, str)) if isinstance(found, list | tuple) else ()


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < DEEPEST and isinstance(value, dict):
        for each in value.values():
            yield from _texts(each, depth + 1)
    elif depth < DEEPEST and isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, depth + 1)
