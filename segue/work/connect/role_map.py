"""The role map of one organisation as a text for the ledger and as a picture. It names roles, never people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from segue.core.wording import counted
from segue.shared.components import Column, Figure, Table
from segue.work.connect.unnamed import without_name, without_names

KIND, ACTIVITY = "role-map", "w14-role-map"
WIDTH, BOX, GAP, HIGH = 740, 236, 16, 84
MOST_SHOWN = 38  # letters of a line in a box


@dataclass(frozen=True)
class Place:
    """A line of the map: what a role owns, needs of a product manager and is annoyed by; whether nobody fills it."""

    role: str
    words: str
    owns: str
    needs: str
    annoys: str
    is_unfilled: bool
    who: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether something is known of it."""
        return bool(self.owns or self.needs or self.annoys or self.who or self.is_unfilled)


def facts_of(places: Iterable[Place]) -> dict[str, float | str]:
    """The figures of the map."""
    drawn = [place for place in places if place.is_drawn]
    return {"roles": len(drawn), "unfilled": sum(1 for place in drawn if place.is_unfilled)}


@dataclass(frozen=True)
class Named:
    """Somebody whom a line may name. ``is_known``: one has a relation with them, and calls them by a part of the name."""

    name: str
    instead: str
    is_known: bool


def text_of(places: Iterable[Place], named: Iterable[Named] = ()) -> str:
    """The map under the headings of its template. Roles stand for the names of those who fill one, and of ``named``."""
    drawn = [place for place in places if place.is_drawn]
    names = [(place.who, in_sentence(place.words)) for place in drawn]
    said = [_part(place) for place in drawn]
    others = _mentioned("\n".join(said), named)
    parts = [_unnamed(part, names, others) for part in said]
    unfilled = [place.words for place in drawn if place.is_unfilled]
    end = f"## Unfilled\n{', '.join(unfilled)}. Somebody does this work badly, or nobody does.\n" if unfilled else ""
    return "\n".join([*parts, end]).strip()


def in_sentence(words: str) -> str:
    """A role as it stands inside a sentence: ``data scientist``, but ``AI product manager``."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _mentioned(text: str, named: Iterable[Named]) -> tuple[Named, ...]:
    """Those of whose name a word stands in a text: few of the thousands that an import may have brought."""
    hay = text.casefold()
    return tuple(other for other in named if any(word in hay for word in other.name.casefold().split()))


def _unnamed(text: str, names: Sequence[tuple[str, str]], others: Sequence[Named]) -> str:
    """Without names. Of mere addresses only whole names of two words or more go: one alone may be any word."""
    known = [(other.name, other.instead) for other in others if other.is_known]
    text = without_names(text, [*names, *known])
    for other in others:
        if not other.is_known and len(other.name.split()) > 1:
            text = without_name(text, other.name, other.instead)
    return text


def _part(place: Place) -> str:
    said = (("Owns", place.owns), ("Needs from a product manager", place.needs), ("What annoys them", place.annoys))
    lines = [f"- {label}: {' '.join(text.split())}" for label, text in said if text]
    return "\n".join([f"## {place.words}", *(["- Nobody fills it."] if place.is_unfilled else []), *lines, ""])


def map_figure(name: str, places: Sequence[Place]) -> Figure:
    """The roles that are known as boxes, those that nobody fills with a broken edge."""
    drawn = [place for place in places if place.is_drawn]
    rows = [[p.words, p.owns, p.needs, p.annoys, "nobody" if p.is_unfilled else p.who] for p in drawn]
    columns = [Column(label) for label in ("Role", "Owns", "Needs from you", "What annoys them", "Who")]
    caption = f"{counted(len(drawn), 'role')} at {name}. A broken edge: nobody fills it."
    return Figure("role-map", caption, table=Table(f"Roles at {name}", columns, rows), svg=_svg(drawn))


def _svg(places: Sequence[Place]) -> str:
    rows = -(-len(places) // 3)
    height = rows * (HIGH + GAP)
    boxes = [part for at, place in enumerate(places) for part in _box(place, at % 3 * (BOX + GAP), at // 3 * (HIGH + GAP))]
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" class="figure__whole"'
    return "".join([f'<svg {size} role="img" aria-label="The role map as boxes">', *boxes, "</svg>"])


def _box(place: Place, x: int, y: int) -> list[str]:
    edge = 'stroke="var(--problem)" stroke-dasharray="5 4"' if place.is_unfilled else 'stroke="var(--line-strong)"'
    who = "nobody" if place.is_unfilled else place.who
    lines = (
        (22, 12, "600", "var(--ink)", place.words),
        (44, 12, "400", "var(--ink)", place.owns),
        (66, 12, "400", "var(--ink-soft)", who),
    )
    frame = f'<rect x="{x + 1}" y="{y + 1}" width="{BOX - 2}" height="{HIGH - 2}" rx="3" fill="var(--sheet)" {edge}/>'
    inside = f'<svg x="{x + 14}" y="{y}" width="{BOX - 20}" height="{HIGH}">'  # its edge cuts off what is too wide
    return [frame, inside, *(_line(down, size, weight, ink, text) for down, size, weight, ink, text in lines if text), "</svg>"]


def _line(y: int, size: int, weight: str, ink: str, text: str) -> str:
    return f'<text x="0" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}">{escape(_short(text))}</text>'


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_SHOWN else f"{plain[: MOST_SHOWN - 1].rstrip()}…"
