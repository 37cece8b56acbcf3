"""The terms that job ads ask for, and how they are found in a text.

Whole words, a hyphen as good as a space, plurals and both spellings. Where two overlap, the longer counts: “computer vision”, not
“vision”. Words that mean something else as often count only in the right company (``content/terms.yaml`` says which). Time grows
with the length of the text, whatever stands in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import pairwise

MOST_IN_A_SENTENCE = 80  # words; a text without full stops is taken in parts of this length
# Letters and digits, with marks above them, and with what is invisible inside a word.
_WORD = re.compile("(?:[^\\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060]*)+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060]")
# What may stand between the words of one term, and what ends a sentence.
_JOIN = re.compile(r"(?:[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}|\s?[-‐‑–/&+→]\s?|-\n[ \t]{0,3})")  # noqa: RUF001
_END = re.compile(r"[.!?…]+[”’\")\]]*\s|[•·▪●◦‣]|\n\s*(?:\n|[-*–—]\s)")


@dataclass(frozen=True)
class Form:
    """One way of writing a term. ``only_if``: one of these must stand in the sentence; ``unless``: none of them may.

    ``not_after``, ``not_before``: what may not stand right beside it; ``#`` is a number.
    """

    text: str
    only_if: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    german: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether it counts in the right company only."""
        return bool(self.only_if or self.unless or self.not_after or self.not_before)


@dataclass(frozen=True)
class Term:
    """Something that ads ask for. ``kinds`` of evidence show it done, an explanation of one of its ``concepts`` understood.

    ``is_classic``: asked of any product manager, not of one for AI only.
    """

    id: str
    name: str
    competencies: tuple[str, ...]
    forms: tuple[Form, ...]
    kinds: tuple[str, ...]
    concepts: tuple[str, ...]
    is_classic: bool

    @property
    def competency(self) -> str:
        """The competency it belongs to first."""
        return self.competencies[0]

    @property
    def synonyms(self) -> tuple[str, ...]:
        """How ads write it."""
        return tuple(form.text for form in self.forms)


@dataclass(frozen=True)
class Hit:
    """A term in a text: characters ``start`` to ``end``."""

    start: int
    end: int
    term: str


@cache
def terms() -> tuple[Term, ...]:
    """Every term of this version of Segue, in the order of the file. Raises ``ContentError`` with every fault of it."""
    from segue.work.transition.term_file import PATH, read_terms

    return read_terms(PATH.read_bytes())


@cache
def terms_by_id() -> Mapping[str, Term]:
    """The terms by their ids."""
    return {term.id: term for term in terms()}


def terms_in(text: str) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Each term that stands in a text, with the places where it stands: first and last character."""
    found: dict[str, list[tuple[int, int]]] = {}
    for hit in hits_in(text):
        found.setdefault(hit.term, []).append((hit.start, hit.end))
    return {term: tuple(spans) for term, spans in found.items()}


def hits_in(text: str) -> tuple[Hit, ...]:
    """Every place where a term stands, in order."""
    return _kept_hits(text) if len(text) <= 20_000 else _hits(text, _shipped())


@lru_cache(maxsize=512)  # the same papers and pieces of evidence are looked through on every page
def _kept_hits(text: str) -> tuple[Hit, ...]:
    return _hits(text, _shipped())


# --- words and sentences ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    key: str


@dataclass
class _Sentence:
    """The words of a sentence, as written and in small letters, with a space on each side of each."""

    words: Sequence[_Word]
    told: dict[tuple[str, ...], bool] = field(default_factory=dict)

    @cached_property
    def raw(self) -> str:
        """As written."""
        return f" {' '.join(word.text for word in self.words)} "

    @cached_property
    def small(self) -> str:
        """In small letters."""
        return f" {' '.join(word.key for word in self.words)} "

    def has(self, phrases: tuple[str, ...]) -> bool:
        """Whether one of these stands in it, as one or as many. Those with capitals count as they are written."""
        if phrases not in self.told:
            self.told[phrases] = any(_stands(phrase, self) for phrase in phrases)
        return self.told[phrases]


def _stands(phrase: str, sentence: _Sentence) -> bool:
    where = sentence.raw if phrase != phrase.lower() else sentence.small
    return f" {phrase} " in where or f" {phrase}s " in where


def _words(text: str) -> list[_Word]:
    return [_word(match) for match in _WORD.finditer(text)]


def _word(match: re.Match[str]) -> _Word:
    text = match.group()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _Word(match.start(), match.end(), text, text.casefold())


def _sentences(text: str, words: Sequence[_Word]) -> Iterator[_Sentence]:
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or at - first >= MOST_IN_A_SENTENCE or _is_end(text, words[at - 1], words[at]):
            yield _Sentence(words[first:at])
            first = at


def _is_end(text: str, before: _Word, after: _Word) -> bool:
    between = text[before.end : after.start]
    return bool(_END.search(between)) or ("\n" in between and not after.text[:1].islower())


# --- forms, as they are looked up -------------------------------------------------------------------------------------------

_SPELLINGS = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("isable", "izable"))
_OTHERS = (("labell", "label"), ("centred", "centered"), ("behaviour", "behavior"), ("catalogue", "catalog"))


@dataclass(frozen=True)
class _Sought:
    """A form in one spelling: the words in small letters, which of them count as written, and what may join them."""

    keys: tuple[str, ...]
    exact: tuple[str, ...]
    joins: tuple[str, ...]
    form: Form
    term: str


# First word -> second word, "" where there is none -> what begins with them, in the order of the file.
Index = Mapping[str, Mapping[str, Sequence[_Sought]]]


@cache
def _shipped() -> Index:
    return index_of(terms())


def index_of(all_terms: Sequence[Term]) -> Index:
    """Every spelling of every form by its first two words."""
    found: dict[str, dict[str, list[_Sought]]] = {}
    for term in all_terms:
        for form in term.forms:
            for sought in _spellings(form, term.id):
                first, second = (*sought.keys, "")[:2]
                found.setdefault(first, {}).setdefault(second, []).append(sought)
    return found


def _spellings(form: Form, term: str) -> Iterator[_Sought]:
    words = _words(form.text)
    exact = tuple(word.text if word.text != word.key else "" for word in words)
    joins = tuple(form.text[a.end : b.start] for a, b in pairwise(words))
    for keys in _variants(tuple(word.key for word in words), form.german):
        yield _Sought(keys, exact, joins, form, term)


def _variants(keys: tuple[str, ...], german: bool) -> set[tuple[str, ...]]:
    found = {keys}
    if not german:
        found |= {(*keys[:-1], plural) for plural in _plurals(keys[-1])}
        found |= {tuple(_american(key) for key in each) for each in found}
    return found


def _plurals(key: str) -> set[str]:
    if key.isdigit() or key.endswith(("ing", "ise", "ised")):
        return set()
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return {key[:-1] + "ies"}
    return {key + "es"} if key.endswith(("x", "ch", "s", "sh")) else {key + "s"}


def _american(key: str) -> str:
    for british, american in _SPELLINGS:
        if key.endswith((british, british + "s")) and len(key) > len(british) + 4:
            key = key.replace(british, american)
    for british, american in _OTHERS:
        key = key.replace(british, american)
    return key


# --- finding ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Candidate:
    """A form in a sentence: ``count`` words from the word ``at``."""

    at: int
    count: int
    hit: Hit


def _hits(text: str, index: Index) -> tuple[Hit, ...]:
    words = _words(text)
    found = [hit for sentence in _sentences(text, words) for hit in _longest(sentence, _candidates(text, sentence, index))]
    return tuple(sorted(found, key=lambda hit: hit.start))


def _candidates(text: str, sentence: _Sentence, index: Index) -> Iterator[_Candidate]:
    words = sentence.words
    for at, word in enumerate(words):
        by_second = index.get(word.key)
        if by_second is None:
            continue
        second = words[at + 1].key if at + 1 < len(words) else ""
        for sought in (*by_second.get("", ()), *(by_second.get(second, ()) if second else ())):
            if _is_written(text, words, at, sought) and _is_meant(sentence, at, sought):
                count = len(sought.keys)
                yield _Candidate(at, count, Hit(word.start, words[at + count - 1].end, sought.term))


def _is_written(text: str, words: Sequence[_Word], at: int, sought: _Sought) -> bool:
    here = words[at : at + len(sought.keys)]
    return (
        len(here) == len(sought.keys)
        and all(word.key == key for word, key in zip(here, sought.keys, strict=True))
        and all(_fits_case(word.text, exact) for word, exact in zip(here, sought.exact, strict=True) if exact)
        and all(_fits_join(text[a.end : b.start], join) for (a, b), join in zip(pairwise(here), sought.joins, strict=True))
    )


def _fits_case(text: str, exact: str) -> bool:
    """As written, with an s or not; words of four letters and more in capitals throughout too."""
    return text in (exact, f"{exact}s") or (len(exact) > 3 and text.isupper())


def _fits_join(between: str, wanted: str) -> bool:
    if wanted in ("/", "&"):
        return wanted in between or between == "-"
    return bool(_JOIN.fullmatch(between))


def _is_meant(sentence: _Sentence, at: int, sought: _Sought) -> bool:
    form = sought.form
    if not form.is_doubtful:
        return True
    after = at + len(sought.keys)
    return (
        (not form.only_if or sentence.has(form.only_if))
        and not sentence.has(form.unless)
        and not _is_beside([word.key for word in sentence.words[max(0, at - 3) : at]][::-1], form.not_after, -1)
        and not _is_beside([word.key for word in sentence.words[after : after + 3]], form.not_before, 1)
    )


def _is_beside(near: Sequence[str], phrases: Sequence[str], step: int) -> bool:
    """Whether one of the phrases begins ``near``, the words beside a form from it outwards (``step`` -1: backwards)."""
    if not phrases or not near:
        return False
    parts = {" ".join(near[:count][::step]) for count in range(1, len(near) + 1)}
    return any(phrase in parts for phrase in phrases) or ("#" in phrases and near[0].isdigit())


def _longest(sentence: _Sentence, candidates: Iterator[_Candidate]) -> Iterator[Hit]:
    """Those that remain where of two that overlap the longer stays."""
    taken = [False] * len(sentence.words)
    for each in sorted(candidates, key=lambda each: (each.hit.start - each.hit.end, each.at)):
        here = slice(each.at, each.at + each.count)
        if not any(taken[here]):
            taken[here] = [True] * each.count
            yield each.hit
