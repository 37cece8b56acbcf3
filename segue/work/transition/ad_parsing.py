"""From the text of a job ad to what it asks for: must and nice apart, each term once, with the sentence it stands in.

No model reads it: headings and cue words decide. An ad without headings is read by its cues alone. What every firm writes about
benefits and equal opportunity asks for nothing and does not count. Time grows with the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from segue.work.transition.ad_words import (
    DUTIES,
    ENGLISH,
    GERMAN,
    MUST,
    NICE,
    NOT_COUNTED,
    NUMBERS,
    REST,
    SENIORITIES,
    YEARS,
    cue,
    headings,
    sign,
)
from segue.work.transition.terms import hits_in

OTHER = "other"
WEIGHTS = {MUST: 3, DUTIES: 2, NICE: 1, REST: 1}  # qualifications before responsibilities before the rest
MOST_SENTENCE, MOST_SHOWN = 1200, 280
_BULLET = re.compile(r"^\s*(?:[-*•·▪●◦‣–—✓✔➢►]+|\(?\d{1,2}[.)])\s+")
_DRESS = re.compile(r"^[#*_=\s]+|[*_#=:\s]+$")
_SENTENCE = re.compile(r"(?<!e\.g\.)(?<!i\.e\.)(?<!z\.B\.)(?<!z\. B\.)(?<!\bbzw\.)(?<=[.!?])\s+(?=[A-ZÄÖÜ\"“(\d])")
_CLAUSE = re.compile(
    r"[;:–—(]|\bbut\b|\baber\b|\b(?:required|essential|mandatory|a must|erforderlich),"
    r"|, (?=(?:some |any |basic |prior )?(?:experience|knowledge|familiarity|exposure|background|erfahrung|kenntnisse)\b)",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"[;).]|\bbut\b", re.IGNORECASE)
_TITLE_LINES = 3


@dataclass(frozen=True)
class Asked:
    """A term that an ad asks for. ``importance``: must, nice or other. ``weight``: how telling the place is where it stands."""

    term: str
    importance: str
    sentence: str
    weight: int


@dataclass(frozen=True)
class Ad:
    """What an ad says. ``years``: of experience, 0 where it names none. ``has_headings``: else it was read by cue words."""

    asked: tuple[Asked, ...]
    seniority: str
    years: int
    language: str
    has_headings: bool

    @property
    def must(self) -> tuple[Asked, ...]:
        """What it says it needs."""
        return self._of(MUST)

    @property
    def nice(self) -> tuple[Asked, ...]:
        """What it would like."""
        return self._of(NICE)

    @property
    def other(self) -> tuple[Asked, ...]:
        """What it speaks of, mostly as part of the work."""
        return self._of(OTHER)

    def _of(self, importance: str) -> tuple[Asked, ...]:
        return tuple(each for each in self.asked if each.importance == importance)


@dataclass(frozen=True)
class _Sentence:
    text: str
    section: str


@lru_cache(maxsize=256)  # a saved ad is read on every page that compares it
def read_ad(text: str, title: str = "") -> Ad:
    """Takes an ad apart. ``title``: the title of the job where it is known."""
    lines = list(_lines(text))
    sections = [_section_of(line) for line in lines]
    sentences = list(_sentences(lines, sections))
    has_headings = any(section in (MUST, NICE, DUTIES) for section in sections)
    head = title or " ".join(lines[:_TITLE_LINES])[:300]
    return Ad(
        asked=_asked(sentences, title),
        seniority=_seniority(head),
        years=_years(sentences),
        language=_language(text),
        has_headings=has_headings,
    )


@lru_cache(maxsize=256)
def terms_asked(text: str, title: str = "") -> frozenset[str]:
    """Ids of all terms that an ad asks for."""
    return frozenset(each.term for each in read_ad(text, title).asked)


# --- lines, headings, sentences ---------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[str]:
    """The lines, with those that were only wrapped put together again."""
    kept = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if kept and line.strip() and not _BULLET.match(line) and _goes_on(kept, line):
            kept = f"{kept.rstrip()} {line.strip()}"
            continue
        if kept.strip():
            yield kept.strip()
        kept = line
    if kept.strip():
        yield kept.strip()


def _goes_on(kept: str, line: str) -> bool:
    return bool(kept.strip()) and len(kept) < MOST_SENTENCE and kept.rstrip()[-1] not in ".:!?;" and line.strip()[0].islower()


def _section_of(line: str) -> str:
    """The section that a line opens as a heading; ``""`` where it is none."""
    bare = _DRESS.sub("", _BULLET.sub("", line) if line.lstrip()[:1] in "*#" else line)
    if not bare or len(bare) > 70 or len(bare.split()) > 9 or (line.rstrip()[-1] in ".;,!" and not line.startswith("#")):
        return ""
    return next((name for name, pattern in headings() if pattern.fullmatch(bare)), "")


def _opened_within(line: str) -> tuple[str, str]:
    """The section and the rest of a line such as “Requirements: five years …”; empty where it is no such line."""
    head, colon, rest = line.partition(":")
    if not colon or not rest.strip() or len(head) > 50:
        return "", line
    section = _section_of(head)
    return (section, rest.strip()) if section else ("", line)


def _sentences(lines: Sequence[str], sections: Sequence[str]) -> Iterator[_Sentence]:
    current = REST
    for line, section in zip(lines, sections, strict=True):
        if section:
            current = section
            continue
        own, rest = _opened_within(_BULLET.sub("", line))
        current = own if own and not _BULLET.match(line) else current
        for part in _SENTENCE.split(rest):
            yield from (_Sentence(piece, own or current) for piece in _pieces(part))


def _pieces(text: str) -> Iterator[str]:
    """Nobody writes sentences this long; cut, they keep the time in hand."""
    while len(text) > MOST_SENTENCE:
        cut = text.rfind(" ", 0, MOST_SENTENCE)
        yield text[: cut if cut > 0 else MOST_SENTENCE]
        text = text[cut if cut > 0 else MOST_SENTENCE :]
    yield text


# --- terms and how much they matter -----------------------------------------------------------------------------------------


def _asked(sentences: Sequence[_Sentence], title: str) -> tuple[Asked, ...]:
    best: dict[str, Asked] = {}
    for sentence in (_Sentence(title, REST), *sentences):
        if sentence.section == NOT_COUNTED or sign("boilerplate").search(sentence.text):
            continue
        for each in _asked_in(sentence):
            if each.term not in best or _rank(each) > _rank(best[each.term]):
                best[each.term] = each
    return tuple(best.values())


def _rank(asked: Asked) -> tuple[int, int]:
    return (MUST, NICE, OTHER)[::-1].index(asked.importance), asked.weight


def _asked_in(sentence: _Sentence) -> Iterator[Asked]:
    hits = hits_in(sentence.text)
    if not hits:
        return
    nice, has_must = _nice_zones(sentence.text), bool(cue("must").search(sentence.text))
    for hit in {hit.term: hit for hit in hits[::-1]}.values():
        is_nice = any(start <= hit.start < end for start, end in nice)
        importance = _importance(sentence.section, is_nice, has_must, bool(nice))
        weight = WEIGHTS[sentence.section if importance == OTHER else importance]
        yield Asked(hit.term, importance, _shown(sentence.text, hit.start, hit.end), weight)


def _importance(section: str, is_nice: bool, has_must: bool, has_nice: bool) -> str:
    if is_nice:
        return NICE
    if section == NICE:
        return MUST if has_must and has_nice else NICE
    if section == MUST:
        return MUST
    return MUST if section == REST and has_must else OTHER


def _nice_zones(text: str) -> list[tuple[int, int]]:
    """Where a sentence speaks of what is only nice to have."""
    zones = [(hit.start(), _end_of_clause(text, hit.end())) for hit in cue("nice_after").finditer(text)]
    breaks = [0, *(each.end() for each in _CLAUSE.finditer(text))]
    for hit in cue("nice_before").finditer(text):
        zones.append((breaks[bisect_right(breaks, hit.start()) - 1], hit.end()))
    return zones


def _end_of_clause(text: str, start: int) -> int:
    found = _CLOSE.search(text, start)
    return found.start() if found else len(text)


def _shown(text: str, start: int, end: int) -> str:
    """The sentence, or the part of a long one around the term."""
    text = text.strip()
    if len(text) <= MOST_SHOWN:
        return text
    first = max(0, min(start - MOST_SHOWN // 2, len(text) - MOST_SHOWN))
    part = text[first : first + MOST_SHOWN]
    return f"{'…' if first else ''}{part.strip()}{'…' if first + MOST_SHOWN < len(text) else ''}"


# --- the rest ---------------------------------------------------------------------------------------------------------------


def _seniority(head: str) -> str:
    return next((name for name, _, pattern in SENIORITIES if pattern.search(head)), "")


def _years(sentences: Sequence[_Sentence]) -> int:
    """The most years of experience that it asks for."""
    asked = [
        _number(hit[1])
        for sentence in sentences
        if sentence.section not in (NOT_COUNTED, NICE) and not sign("not_of_work").search(sentence.text)
        for hit in YEARS.finditer(sentence.text)
        if sign("of_work").search(hit[2]) or sentence.section == MUST
    ]
    return max((years for years in asked if years <= 25), default=0)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.casefold()]


def _language(text: str) -> str:
    words = [word.strip(".,;:()").casefold() for word in text[:20_000].split()]
    german, english = (sum(word in each for word in words) for each in (GERMAN, ENGLISH))
    return "de" if german > english else "en"
