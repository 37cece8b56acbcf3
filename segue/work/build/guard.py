"""What must not leave the house: guarded words wherever they hide, and passages that look like somebody's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote

from segue.shared.markdown import render

GUARDED, PERSONAL, QUOTE = "guarded", "personal", "quote"
SHORT = 4  # letters; shorter words are looked for as whole words only
AROUND = 40
QUOTED_WORDS = 6
_UNSEEN = {"*", "~", "`", "\\", "\u115f", "\u1160"}  # within a word: marks of Markdown, and letters that print as nothing
_UNPRINTED = {"Cf", "Mn", "Me"}
# Letters that have no simple form of their own in Unicode.
_SIMPLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_QUOTED = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\u2039([^\u2039\u203a]+)\u203a|「([^「」]+)」|『([^『』]+)』|\u201a([^\u201a‘’]+)[‘’]"
    r"|\"([^\"\n]*(?:\n(?!\s*\n)[^\"\n]*)?)\""
    # Single marks: one between letters is an apostrophe, and one after an s may be.
    r"|(?<!\w)[‘']((?:[^‘’'\n]|\n(?!\s*\n)|(?<=\w)[’'](?=\w)|(?<=s)[’'](?= \w))+)[’'](?!\w)"
)
_BLOCKS = {"p", "li", "td", "th", "pre", "blockquote", "h2", "h3", "h4", "h5", "h6"}


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


class _Reader(HTMLParser):
    """What a reader of a page gets: its words, where its links lead, and which of the words are set off as a quotation."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.targets: list[str] = []
        self.quotes: list[str] = []
        self._begins: list[int] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.targets += [unquote(value) for name, value in attrs if name in ("href", "title") and value]
        if tag == "blockquote":
            self._begins.append(len(self.said))

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            begin = self._begins.pop()
            self.quotes += [] if self._begins else ["".join(self.said[begin:])]
        self.said += ["\n"] * (tag in _BLOCKS)


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[str, tuple[str, ...]]:
    reader = _Reader()
    reader.feed(render(text))
    reader.close()
    said = "".join(reader.said)
    others = [target for target in dict.fromkeys(reader.targets) if target not in said]
    return "\n\n".join([said, *others]), tuple(reader.quotes)


def printed(section: Section) -> Section:
    """A section as the web page and the PDF print it: without marks, its entities read, the targets of its links at the end."""
    return Section(section.heading, _read(section.text)[0])


def guarded_in(sections: Sequence[Section], words: Sequence[str]) -> tuple[Find, ...]:
    """Every place of every guarded word, typed or printed, whatever its case, accents, hyphens or emphasis."""
    patterns = [(word, pattern) for word in words if (pattern := _pattern(word)) is not None]
    return tuple(find for section in sections for find in _finds(section, patterns))


def _finds(section: Section, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> Iterator[Find]:
    shown = printed(section)
    for word, pattern in patterns:
        # Most words stand in both: told once, from where they are more.
        yield from max(_finds_in(section, word, pattern), _finds_in(shown, word, pattern), key=len)


def _pattern(word: str) -> re.Pattern[str] | None:
    pieces = re.findall(r"[^\W_]+", _folded(word)[0])
    if not pieces:
        return None
    whole, joined = "".join(pieces), r"[\W_]*".join(map(re.escape, pieces))
    if len(whole) < SHORT:
        return re.compile(rf"(?<![^\W_]){joined}(?![^\W_])")
    spread = r"[\W_]*".join(map(re.escape, whole))  # a hyphen or a space within it, but no other letter at its ends
    return re.compile(rf"{joined}|(?<![^\W_]){spread}(?![^\W_])")


def _finds_in(section: Section, word: str, pattern: re.Pattern[str]) -> list[Find]:
    folded, places = _folded(section.text)
    ends = ((places[match.start()], places[match.end() - 1] + 1) for match in pattern.finditer(folded))
    return [Find(GUARDED, word, section.heading, around(section.text, *each)) for each in ends]


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and where each of its characters stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter in _UNSEEN or unicodedata.category(letter) in _UNPRINTED:
            continue
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
        kept = "".join(each for each in plain if unicodedata.category(each) not in _UNPRINTED and each not in _UNSEEN)
        kept = kept.translate(_SIMPLE)
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
    shown, quotes = _read(section.text)
    found = dict.fromkeys((*_marked(shown), *(" ".join(quote.split()) for quote in quotes)))
    known = {_letters(words) for words in found}
    found |= {words: None for words in _marked(section.text) if _letters(words) not in known}
    return tuple(Find(QUOTE, words, section.heading, "", may_stay=True) for words in found if len(words.split()) >= QUOTED_WORDS)


def _marked(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield " ".join(next(group for group in match.groups() if group is not None).split())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _folded(text)[0])


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
    """What stands between a document and the world: what was found in it, and what a person has to confirm.

    ``is_compared``: rows were there to compare it with; ``is_searched``: somebody looked for personal data.
    """

    finds: tuple[Find, ...]
    ticks: tuple[Tick, ...]
    is_compared: bool = True
    is_searched: bool = True

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
