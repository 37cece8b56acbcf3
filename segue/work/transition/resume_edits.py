"""What a button of the editor does to a résumé: add, move, remove, put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from segue.work.transition.resume.document import Bullet, Document, Position, Skills, Study
from segue.work.transition.resume_lines import loose_in, with_loose

PARTS = {"position": "positions", "study": "studies", "skill": "skills"}
STEPS = {"up": -1, "down": 1}
NAMES = {"position": "position", "study": "line of education", "skill": "line of skills", "bullet": "bullet"}
NewId = Callable[[], str]


@dataclass(frozen=True)
class Removed:
    """What was taken out, and where it stood: a résumé that holds nothing else. ``parent``: the position of a bullet."""

    what: str
    parent: str
    at: int
    part: Document


@dataclass(frozen=True)
class Edit:
    """A résumé after a button was pressed. ``anchor``: where to look next."""

    document: Document
    anchor: str = ""
    removed: Removed | None = None


def edited(document: Document, do: str, new_id: NewId, into: str = "") -> Edit:
    """The résumé after ``do``, such as ``up:bullet:b1`` or ``add:position``. What names nothing changes nothing.

    ``place:3`` makes a bullet of the position ``into`` of the third loose line, ``drop:3`` lets it go.
    """
    act, what, id = [*do.split(":", 2), "", ""][:3]
    if act in ("place", "drop"):
        return _placed(document, act, what, Bullet(new_id(), ""), into)
    if act == "add":
        return _added(document, what, id, new_id)
    if what == "bullet":
        return _of_bullet(document, act, id)
    if what not in PARTS or act not in (*STEPS, "remove", "open"):
        return Edit(document)
    items: tuple[Any, ...] = getattr(document, PARTS[what])
    at = _at(items, id)
    if at is None:
        return Edit(document)
    if act == "remove":
        part = _with(Document(), what, (items[at],))
        return Edit(_with(document, what, _without(items, at)), PARTS[what], Removed(what, "", at, part))
    return Edit(_with(document, what, _moved(items, at, STEPS.get(act, 0))), f"{what}-{id}")


def _with(document: Document, what: str, items: tuple[Any, ...]) -> Document:
    changed: dict[str, Any] = {PARTS[what]: items}
    return replace(document, **changed)


def _placed(document: Document, act: str, number: str, bullet: Bullet, into: str) -> Edit:
    loose = loose_in(document)
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else len(loose)
    if at >= len(loose) or (act == "place" and _at(document.positions, into) is None):
        return Edit(document)
    rest = with_loose(document, _without(loose, at))
    if act == "drop":
        return Edit(rest, "loose" if loose[1:] else "")
    text = loose[at].strip().lstrip("-•*– ").strip()
    return Edit(with_bullet(rest, into, replace(bullet, text=text)), f"bullet-{bullet.id}")


def _at(items: Sequence[Any], id: str) -> int | None:
    return next((at for at, item in enumerate(items) if item.id == id), None)


def _without(items: tuple[Any, ...], at: int) -> tuple[Any, ...]:
    return items[:at] + items[at + 1 :]


def _moved(items: tuple[Any, ...], at: int, by: int) -> tuple[Any, ...]:
    to = min(max(at + by, 0), len(items) - 1)
    rest = _without(items, at)
    return (*rest[:to], items[at], *rest[to:])


def _added(document: Document, what: str, id: str, new_id: NewId) -> Edit:
    made = new_id()
    if what == "position":
        return Edit(with_position(document, Position(made, "", bullets=(Bullet(new_id(), ""),))), f"position-{made}")
    if what == "study":
        return Edit(replace(document, studies=(Study(made, ""), *document.studies)), f"study-{made}")
    if what == "skill":
        return Edit(replace(document, skills=(*document.skills, Skills(made, ""))), f"skill-{made}")
    if what == "bullet" and _at(document.positions, id) is not None:
        return Edit(with_bullet(document, id, Bullet(made, "")), f"bullet-{made}")
    return Edit(document)


def with_position(document: Document, position: Position) -> Document:
    """With a position on top: the newest comes first."""
    return replace(document, positions=(position, *document.positions))


def with_bullet(document: Document, position_id: str, bullet: Bullet) -> Document:
    """With a bullet at the end of a position. One that is empty makes room for it."""

    def longer(position: Position) -> Position:
        kept = tuple(each for each in position.bullets if each.text or each.entries) if bullet.text else position.bullets
        return replace(position, bullets=(*kept, bullet)) if position.id == position_id else position

    return replace(document, positions=tuple(map(longer, document.positions)))


def with_links(document: Document, bullet_id: str, entries: tuple[int, ...]) -> Document:
    """With other evidence behind a bullet."""
    return _each_bullet(document, lambda bullet: replace(bullet, entries=entries) if bullet.id == bullet_id else bullet)


def _each_bullet(document: Document, change: Callable[[Bullet], Bullet]) -> Document:
    positions = (replace(each, bullets=tuple(map(change, each.bullets))) for each in document.positions)
    return replace(document, positions=tuple(positions))


def _of_bullet(document: Document, act: str, id: str) -> Edit:
    for position in document.positions:
        at = _at(position.bullets, id)
        if at is None:
            continue
        if act == "remove":
            part = Document(positions=(replace(position, bullets=(position.bullets[at],)),))
            shorter = _with_bullets(document, position.id, _without(position.bullets, at))
            return Edit(shorter, f"position-{position.id}", Removed("bullet", position.id, at, part))
        if act in STEPS:
            moved = _moved(position.bullets, at, STEPS[act])
            return Edit(_with_bullets(document, position.id, moved), f"bullet-{id}")
    return Edit(document)


def _with_bullets(document: Document, id: str, bullets: tuple[Bullet, ...]) -> Document:
    positions = (replace(each, bullets=bullets) if each.id == id else each for each in document.positions)
    return replace(document, positions=tuple(positions))


def put_back(document: Document, removed: Removed) -> Edit:
    """The résumé with what was taken out in its place again; unchanged where its position is gone too."""
    if removed.what != "bullet":
        name = PARTS[removed.what]
        items, (item,) = getattr(document, name), getattr(removed.part, name)
        if _at(items, item.id) is not None:
            return Edit(document)
        return Edit(
            _with(document, removed.what, (*items[: removed.at], item, *items[removed.at :])), f"{removed.what}-{item.id}"
        )
    at, (bullet,) = _at(document.positions, removed.parent), removed.part.positions[0].bullets
    if at is None or any(each.id == bullet.id for _, each in document.bullets()):
        return Edit(document)
    bullets = document.positions[at].bullets
    longer = (*bullets[: removed.at], bullet, *bullets[removed.at :])
    return Edit(_with_bullets(document, removed.parent, longer), f"bullet-{bullet.id}")
