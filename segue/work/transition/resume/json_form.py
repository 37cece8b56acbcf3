"""The résumé as it lies in the database and travels in an export: plain JSON with ids and the numbers of the evidence."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from segue.work.transition.resume.document import (
    Account,
    Basics,
    Bullet,
    Document,
    Language,
    Position,
    Skills,
    Study,
)

T = TypeVar("T")
POSITION_SORTS = ("work", "volunteer", "project")
STUDY_SORTS = ("education", "certificate")


def new_id() -> str:
    """What names a bullet, a position, a study within its document: eight hexadecimal digits."""
    return secrets.token_hex(4)


def to_json(document: Document) -> dict[str, Any]:
    """The document as JSON takes it; ``from_json`` gives the same document back."""
    return asdict(document)


def is_document(value: object) -> bool:
    """Whether a value from outside is a document as ``to_json`` writes it."""
    try:
        from_json(value)
    except ValueError:
        return False
    return True


def from_json(value: object) -> Document:
    """The document in a JSON value. An empty object is an empty document.

    Raises ``ValueError`` with the place of the first fault, such as ``positions[3].bullets[0].text: must be text``.
    """
    given = _mapping(value, "the document")
    _known(given, Document, "the document")
    document = Document(
        basics=_basics(given.get("basics", {}), "basics"),
        positions=_each(given, "positions", "", _position),
        studies=_each(given, "studies", "", _study),
        skills=_each(given, "skills", "", _skills),
        languages=_each(given, "languages", "", lambda each, place: _flat(Language, each, place)),
        more=_mapping(given.get("more", {}), "more"),
    )
    _check_ids(document)
    return document


def _basics(value: object, place: str) -> Basics:
    given = _mapping(value, place)
    _known(given, Basics, place)
    accounts = _each(given, "profiles", place, lambda each, at: _flat(Account, each, at))
    return Basics(**_texts(Basics, given, place, but=("profiles",)), profiles=accounts)


def _position(value: object, place: str) -> Position:
    given = _mapping(value, place)
    _known(given, Position, place)
    _one_of(given.get("sort", "work"), POSITION_SORTS, f"{place}.sort")
    bullets = _each(given, "bullets", place, _bullet)
    return Position(**_texts(Position, given, place, but=("bullets",)), bullets=bullets)


def _bullet(value: object, place: str) -> Bullet:
    given = _mapping(value, place)
    _known(given, Bullet, place)
    entries = _list(given.get("entries", []), f"{place}.entries")
    if not all(type(number) is int and number > 0 for number in entries):
        raise ValueError(f"{place}.entries: must be numbers of entries")
    return Bullet(**_texts(Bullet, given, place, but=("entries",)), entries=tuple(entries))


def _study(value: object, place: str) -> Study:
    given = _mapping(value, place)
    _known(given, Study, place)
    _one_of(given.get("sort", "education"), STUDY_SORTS, f"{place}.sort")
    courses = _each(given, "courses", place, _text)
    return Study(**_texts(Study, given, place, but=("courses",)), courses=courses)


def _skills(value: object, place: str) -> Skills:
    given = _mapping(value, place)
    _known(given, Skills, place)
    keywords = _each(given, "keywords", place, _text)
    return Skills(**_texts(Skills, given, place, but=("keywords",)), keywords=keywords)


# --- plain values -----------------------------------------------------------------------------------------------------------


def _flat(sort: Callable[..., T], value: object, place: str) -> T:
    given = _mapping(value, place)
    _known(given, sort, place)
    return sort(**_texts(sort, given, place))


def _texts(sort: Any, given: Mapping[str, object], place: str, but: tuple[str, ...] = ()) -> dict[str, str]:
    names = [each.name for each in fields(sort) if each.name in given and each.name not in but]
    return {name: _text(given[name], f"{place}.{name}") for name in names}


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{place}: must be text")
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{place}: must be a list")
    return list(value)


def _mapping(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"{place}: must be an object")
    return dict(value)


def _each(given: Mapping[str, object], name: str, place: str, build: Callable[[object, str], T]) -> tuple[T, ...]:
    at = f"{place}.{name}" if place else name
    return tuple(build(value, f"{at}[{number}]") for number, value in enumerate(_list(given.get(name, []), at)))


def _known(given: Mapping[str, object], sort: Any, place: str) -> None:
    known = {each.name for each in fields(sort)}
    for name in given:
        if name not in known:
            raise ValueError(f"{place}.{name}: is not known")
    for each in ("id", *({"institution", "name", "network", "language"} & known if sort is not Basics else ())):
        if each in known and each not in given:
            raise ValueError(f"{place}.{each}: is missing")


def _one_of(value: object, allowed: tuple[str, ...], place: str) -> None:
    if value not in allowed:
        raise ValueError(f"{place}: must be one of {', '.join(allowed)}")


def _check_ids(document: Document) -> None:
    parts: tuple[tuple[Position | Study | Skills, ...], ...] = (document.positions, document.studies, document.skills)
    ids = [each.id for part in parts for each in part] + [bullet.id for _, bullet in document.bullets()]
    if "" in ids:
        raise ValueError("an id is empty")
    twice = next((name for name, count in Counter(ids).items() if count > 1), "")
    if twice:
        raise ValueError(f"the id “{twice}” is there twice")
