"""What must not leave the house: guarded words wherever they hide, and passages that look like somebody's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

GUARDED, PERSONAL, QUOTE = "guarded", "personal", "quote"
SHORT = 4  # letters; shorter words are looked for as whole words only
AROUND = 40
QUOTED_WORDS = 6
_UNSEEN = {"*", "~", "`", "\\"}  # marks of Markdown that may stand within a word and are not printed
_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"\n]+)\"|^ {0,3}>[ \t]?(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A part of a document: its heading, and the text under it."""

    heading: str
    text: str


@dataclass(frozen=True)
class Find:
    """Something that should not leave: ``what`` was found, in which section, and what stands around it.

    ``may_stay``: a person may say that it is harmless.
    """

    sort: str
    what: str
    place: str
    around: str
    may_stay: bool = False

    @property
    def id(self) -> str:
        """What names it in a form."""
        return f"{self.sort}:{self.what}"


def guarded_in(sections: Sequence[Section], words: Sequence[str]) -> tuple[Find, ...]:
    """Every place of every guarded word, whatever its case, accents, hyphens or emphasis."""
    patterns = [(word, pattern) for word in words if (pattern := _pattern(word)) is not None]
    return tuple(find for section in sections for find in _finds(section, patterns))


def _pattern(word: str) -> re.Pattern[str] | None:
    pieces = re.findall(r"[^\W_]+", _folded(word)[0])
    if not pieces:
        return None
    joined = r"[\W_]*".join(map(re.escape, pieces))
    return re.compile(rf"(?<![^\W_]){joined}(?![^\W_])" if len("".join(pieces)) < SHORT else joined)


def _finds(section: Section, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> Iterator[Find]:
    folded, places = _folded(section.text)
    for word, pattern in patterns:
        for match in pattern.finditer(folded):
            yield Find(GUARDED, word, section.heading, around(section.text, places[match.start()], places[match.end() - 1] + 1))


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and where each of its characters stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        if letter in _UNSEEN or unicodedata.category(letter) == "Cf":
            continue
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
        kept = [each for each in plain if not unicodedata.combining(each)]
        letters += kept
        places += [place] * len(kept)
    return "".join(letters), places


def around(text: str, start: int, end: int) -> str:
    """A place with what stands around it, on one line, cut between words."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before = text[first:start].partition(" ")[2] if first else text[:start]
    after = text[end:last].rpartition(" ")[0] if last < len(text) else text[end:]
    line = " ".join(f"{before}{text[start:end]}{after}".split())
    return f"{'…' if first else ''}{line}{'…' if last < len(text) else ''}"


def quotes_in(section: Section) -> tuple[Find, ...]:
    """Passages in quotation marks, or set off as a quotation, that are long enough to be somebody's words."""
    found = []
    for match in _QUOTED.finditer(section.text):
        words = next(group for group in match.groups() if group is not None).strip()
        if len(words.split()) >= QUOTED_WORDS:
            found.append(Find(QUOTE, " ".join(words.split()), section.heading, "", may_stay=True))
    return tuple(found)


def found_at(section: Section, sort: str, piece: str, *, may_stay: bool) -> Find:
    """A find of somebody else's, with the place where it stands."""
    at = section.text.find(piece)
    words = around(section.text, at, at + len(piece)) if at >= 0 else piece
    return Find(sort, piece, section.heading, words, may_stay)


@dataclass(frozen=True)
class Tick:
    """Something that only a person can say. ``asks`` names it where it is missing."""

    name: str
    says: str
    asks: str


@dataclass(frozen=True)
class Gate:
    """What stands between a document and the world: what was found in it, and what a person has to confirm."""

    finds: tuple[Find, ...]
    ticks: tuple[Tick, ...]

    def of(self, sort: str) -> tuple[Find, ...]:
        """The finds of a sort."""
        return tuple(find for find in self.finds if find.sort == sort)

    def against(self, ticked: Collection[str], stays: Collection[str]) -> tuple[str, ...]:
        """The lines that speak against letting it out: none where it may leave."""
        found = [_line(find) for find in self.finds if not (find.may_stay and find.id in stays)]
        return (*found, *(tick.asks for tick in self.ticks if tick.name not in ticked))


_LINES = {
    GUARDED: "{place}: the guarded word “{what}” stands in “{around}”. Replace it, or take it out.",
    PERSONAL: "{place}: “{what}” looks like personal data, in “{around}”. Take it out.",
    QUOTE: "{place}: “{what}” looks like somebody’s own words. Reword it, or say that it may stay.",
}


def _line(find: Find) -> str:
    return _LINES[find.sort].format(place=find.place, what=find.what, around=find.around)
