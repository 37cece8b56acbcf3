"""Personal data in text, replaced by typed placeholders before anything is stored, logged or sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from feedback_lab.records.rows import Rows, Values
from feedback_lab.records.source import RedactResult
from feedback_lab.redact import addresses, contacts, names, numbers, phones
from feedback_lab.redact.fold import UNSEEN, fold
from feedback_lab.redact.spans import KINDS, PLACEHOLDER, STRUCTURED, Span, placeholder

NOT_CAUGHT: tuple[str, ...] = (
    "Names are found only where the words around them say so, as in “my name is”, “Dear” or “Mr”. Most other names stay.",
    "Street addresses are found by patterns of English and some European streets. Others stay, and so do towns by themselves.",
    "Telephone numbers without spaces, or in an unusual form, are found only after a word such as “phone” or “call”.",
    "Dates of birth, ages, employers, job titles, nationality and health are not looked for.",
    "A rare event or a quotation can tell who somebody is without any of these. Read a sample before you share the texts.",
    "Numbers written out in words, and text inside pictures or attachments, are not seen.",
    "The patterns were written for English. Words such as “telephone” are known in a few other languages only.",
)


@dataclass(frozen=True)
class Redacted:
    """A text with placeholders, and what stood there: ``spans`` are places in the original, sorted, without overlap."""

    text: str
    spans: tuple[Span, ...]


Find = Callable[[str], Iterator[Span]]
# The kind, how dense digits have to be, a cheap look at the lower-case text, and what finds it.
Finder = tuple[str, int, Callable[[str], object], Find]
Finders = tuple[Finder, ...]
_ANY, _DIGITS, _MANY_DIGITS = 0, 1, 2
_DIGIT = re.compile(r"\d")
_SEVEN_DIGITS = re.compile(r"\d(?:[^\w\n]{0,4}\d){6}")


def _always(_: str) -> bool:
    return True


def _maybe_url(low: str) -> bool:
    return "://" in low or "www" in low or ("/" in low and _PATH.search(low) is not None)


def _maybe_spelt(low: str) -> bool:
    return " dot " in low or _AT_IN_BRACKETS.search(low) is not None


_PATH = re.compile(r"\.[a-z]{2,12}/")
_AT_IN_BRACKETS = re.compile(r"[(\[{<] ?at ?[)\]}>]")
_FINDERS: Finders = (
    ("URL", _ANY, _maybe_url, contacts.urls),
    ("EMAIL", _ANY, lambda low: "@" in low, contacts.emails),
    ("EMAIL", _ANY, _maybe_spelt, contacts.spelt_emails),
    ("IBAN", _MANY_DIGITS, _always, numbers.ibans),
    ("CARD", _MANY_DIGITS, _always, numbers.cards),
    ("SSN", _DIGITS, re.compile(r"\d\d[ -]?\d\d").search, numbers.security_numbers),
    ("IP", _DIGITS, re.compile(r"\d\.\d+\.\d|:[0-9a-f]{0,4}:").search, contacts.ip_addresses),
    ("PHONE", _MANY_DIGITS, _always, phones.phones),
    ("ID", _DIGITS, re.compile(r"(?:\d[a-z /:-]?){3}\d|[0-9a-f]:[0-9a-f]{2}:").search, numbers.document_numbers),
    ("HANDLE", _ANY, lambda low: "@" in low or "u/" in low, contacts.handles),
    ("ADDRESS", _DIGITS, _always, addresses.addresses),
    ("NAME", _ANY, _always, names.names),
)
_STRUCTURED_FINDERS = tuple(finder for finder in _FINDERS if finder[0] in STRUCTURED)
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


def redact(text: str) -> Redacted:
    """Replace personal data in a text. Doing it again changes nothing."""
    spans = _all_spans(text, _FINDERS)
    return Redacted(_rendered(text, spans), tuple(spans))


def redact_texts(texts: Sequence[str]) -> tuple[list[str], Counter[str], int]:
    """Texts with placeholders, how often each kind was replaced, and how many texts changed."""
    found: Counter[str] = Counter()
    changed: set[int] = set()
    return _redact_column(texts, _FINDERS, found, changed), found, len(changed)


def redact_rows(rows: Rows) -> tuple[Rows, Counter[str], int]:
    """Rows with redacted texts, replacements by kind, and how many rows changed. Can run in another process.

    Values of segments and labels are looked at for ``STRUCTURED`` kinds only: alone in a cell, a name looks like a category.
    """
    found: Counter[str] = Counter()
    changed: set[int] = set()
    texts = _redact_column(rows.texts, _FINDERS, found, changed)
    labels = None if rows.labels is None else _redact_values(rows.labels, found, changed)
    segments = {name: _redact_values(values, found, changed) for name, values in rows.segments.items()}
    return replace(rows, texts=texts, labels=labels, segments=segments), found, len(changed)


def result(rows: int, changed: int, found: Mapping[str, int]) -> RedactResult:
    """The record of the step: ``rows`` looked at, ``changed`` of them, replacements by kind in the order of ``KINDS``."""
    return RedactResult(rows, changed, {kind: found[kind] for kind in KINDS if found.get(kind)}, NOT_CAUGHT)


def preview(texts: Sequence[str], n: int) -> list[tuple[str, str]]:
    """At most ``n`` pairs: a text with what would go in ⟦marks⟧, and the text after. Kinds not yet shown come first."""
    cases = [(text, redacted) for text in texts if (redacted := redact(text)).spans]
    shown: Counter[str] = Counter()
    pairs: list[tuple[str, str]] = []
    while cases and len(pairs) < n:
        at = min(range(len(cases)), key=lambda place: _familiarity(cases[place][1], shown))
        text, redacted = cases.pop(at)
        shown.update({span.kind for span in redacted.spans})
        pairs.append((_marked(text, redacted.spans), redacted.text))
    return pairs


def _familiarity(redacted: Redacted, shown: Counter[str]) -> tuple[int, int]:
    """Low for a text that holds a kind seldom shown so far, and several kinds."""
    kinds = {span.kind for span in redacted.spans}
    return min(shown[kind] for kind in kinds), -len(kinds)


def _marked(text: str, spans: Sequence[Span]) -> str:
    return _with(text, spans, lambda span: f"⟦{text[span.start : span.end]}⟧")


def _redact_column(texts: Sequence[str], finders: Finders, found: Counter[str], changed: set[int]) -> list[str]:
    """The texts redacted; adds to ``found`` and to ``changed``, the places that changed."""
    redacted = list(texts)
    for place, text in enumerate(texts):
        spans = _all_spans(text, finders)
        if spans:
            redacted[place] = _rendered(text, spans)
            changed.add(place)
            found.update(span.kind for span in spans)
    return redacted


def _redact_values(values: Values, found: Counter[str], changed: set[int]) -> list[str | None]:
    """Each distinct value is looked at once: a column of a million rows may hold five."""
    spans = {value: _all_spans(value, _STRUCTURED_FINDERS) for value in set(values) if value}
    redacted = {value: _rendered(value, where) for value, where in spans.items() if where}
    for place, value in enumerate(values):
        if value in redacted:
            changed.add(place)
            found.update(span.kind for span in spans[value])
    return [None if value is None else redacted.get(value, value) for value in values]


def _all_spans(text: str, finders: Finders) -> list[Span]:
    """Spans of the text. Looks again at what is left until nothing is found, so that redacting twice changes nothing: with a
    placeholder in its place, the words around a number come closer together and may say something new.
    """
    spans = _spans(text, finders)
    more = spans
    while more:
        more = _carried_back(_spans(_rendered(text, spans), finders), spans)
        spans = sorted([*spans, *more], key=_start)
    return spans


def _start(span: Span) -> int:
    return span.start


def _spans(text: str, finders: Finders) -> list[Span]:
    """One look at the text. Characters that can't be seen are left out; where that shows nothing, they are taken for spaces."""
    plain, places = fold(text)
    spans = _spans_of_plain(plain, finders)
    if places is None:
        return spans
    if spans:
        return [Span(kind, places[start], places[end - 1] + 1) for kind, start, end in spans]
    return _spans_of_plain(fold(UNSEEN.sub(" ", text))[0], finders)


def _spans_of_plain(plain: str, finders: Finders) -> list[Span]:
    """What the finders see, the more certain kind where two overlap, nothing inside a placeholder."""
    low = plain.lower()
    density = 0 if _DIGIT.search(low) is None else 1 if _SEVEN_DIGITS.search(low) is None else 2
    chosen = [find for _, dense, may, find in finders if dense <= density and may(low)]
    candidates = [span for find in chosen for span in find(plain) if span.start < span.end]
    return _without_overlap(candidates, plain) if candidates else []


def _without_overlap(candidates: list[Span], plain: str) -> list[Span]:
    taken = bytearray(len(plain))
    for found in PLACEHOLDER.finditer(plain):
        taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    kept = []
    for span in sorted(candidates, key=lambda span: (_RANK[span.kind], span.start, -span.end)):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=_start)


def _rendered(text: str, spans: Sequence[Span]) -> str:
    return _with(text, spans, lambda span: placeholder(span.kind))


def _with(text: str, spans: Sequence[Span], instead: Callable[[Span], str]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], instead(span)]
        at = span.end
    return "".join([*pieces, text[at:]])


def _carried_back(later: Sequence[Span], earlier: Sequence[Span]) -> list[Span]:
    """Spans of the rendered text as places of the text before. None of them touches a placeholder."""
    carried, passed, shift = [], 0, 0
    for span in later:
        while passed < len(earlier) and earlier[passed].start < span.start + shift + 1:
            kind, start, end = earlier[passed]
            shift += end - start - len(placeholder(kind))
            passed += 1
        carried.append(Span(span.kind, span.start + shift, span.end + shift))
    return carried
