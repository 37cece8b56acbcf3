"""Finds names of people where the words around them say that they are names. A name alone stays: it may be a brand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lab.redact.spans import Span
from feedback_lab.redact.words import GIVEN_NAMES, NAME_PARTICLES, NOT_A_NAME

_PART = r"[^\W\d_][\w'\u0300-\u036f-]{0,24}\.?"
_MOST_PARTS = 5
_ONE = re.compile(_PART)
_SEQUENCE = re.compile(rf"{_PART}(?: {_PART}){{0,{_MOST_PARTS - 1}}}")
# "my name is Jo": whatever is capitalised, and known given names in small letters.
_SAID = re.compile(
    r"\b(?:(?:my|his|her) (?:full |first |last |given |family |sur)?name(?:'s| is| was|:)"
    r"|(?:full |first |last |sur)?name\s{0,3}[:=]"
    r"|(?:i am|i'm|people|everyone|friends) (?:called|calls? me)|change it to|known as)\s{1,5}",
    re.I,
)
# Only a known given name follows these: other words do too.
_WORKERS = (
    "agent|representative|rep|manager|assistant|advisor|adviser|associate|clerk|cashier|waiter|waitress|driver|nurse|technician"
)
_RELATIVES = "husband|wife|son|daughter|kid|child|brother|sister|friend|boss|partner|mother|father"
_PERHAPS = re.compile(
    r"\b(?:(?:spoke|speaking|speak|talked|talking|chatted|dealt|met) (?:with|to) |(?:helped|served|assisted|called) by |call me "
    rf"|(?:{_WORKERS})(?:,| named| called)? |named |my (?:{_RELATIVES}),? )",
    re.I,
)
_PRESENTED = re.compile(
    rf"\bthis is (?:mr\.? |mrs\.? |ms\.? |dr\.? )?(?P<name>{_PART}(?: {_PART}){{0,3}}?)"
    r"(?P<after> (?:from|here|speaking|calling|again)\b|[.,!]|$)",
    re.I,
)
_GREETED = re.compile(
    rf"(?:^|[\n.!?] {{0,3}})(?P<greeting>dear|hi|hello|hey) (?P<name>{_PART}(?: {_PART}){{0,3}}?) {{0,2}}(?=[,!:\n-]|$)", re.I
)
_SIGNED = re.compile(
    r"(?:\b(?:regards|sincerely|wishes|cheers|thanks|thank you|thx|yours|truly|faithfully|signed|best)[,.!]? {0,3}[\n,-]\s{0,3}"
    rf"|\n-{{1,2}} ?)(?P<name>{_PART}(?: {_PART}){{0,3}})\.?(?=\s{{0,3}}(?:$|\n))",
    re.I,
)
# The first line of an address, and fields of a form.
_LABELLED = re.compile(
    r"(?:\baddress\s?:|\b(?:ship|bill|deliver) to:|\b(?:attn|attention|recipient|beneficiary|(?:card|account) ?holder):)\s{1,4}"
    rf"(?P<name>{_PART}(?: {_PART}){{1,3}})(?= {{0,3}}(?:\n\s{{0,8}}\w{{0,4}}\d|\n[^\n]{{0,60}}\d|$))",
    re.I,
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Herr|Frau|Señora?|Mme|Monsieur|Madame|mrs?|(?:ms|dr|prof|M[RS]|MRS|DR)(?=\.))"
    r"\b\.? "
)


def _several(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


# A pattern is looked for only where one of these words is: a cheap look before the costly one.
_SAID_WORDS = ("name", "call", "change it to", "known as")
_PERHAPS_WORDS = (
    *_several("spoke speak talk chatted dealt call named advis wait driver nurse"),
    *("met with", "met to", "helped by", "served by", "assisted by", "rep ", "my son", "my kid", "my child"),
    *_several("agent representative manager assistant associate clerk cashier technician"),
    *_several("husband wife daughter brother sister friend boss partner mother father"),
)
_LABEL_WORDS = ("address", " to:", "attn", "attention", "recipient", "beneficiary", "holder")
_GREETING_WORDS = ("dear ", "hi ", "hello ", "hey ")
_TITLE_WORDS = _several("Mr Ms Miss Mx Dr Prof Herr Frau Señor Mme Monsieur Madame mr MR MS. DR. ms. dr. prof.")
_CLOSING_WORDS = (*_several("regards sincerely wishes cheers thank thx yours truly faithfully signed best"), "\n-")


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def names(text: str) -> Iterator[Span]:
    """Names after "my name is", titles, greetings, before the end of a letter, and given names after "spoke to" and the like."""
    low = text.lower()
    if _has(low, _SAID_WORDS):
        yield from _names_after(_SAID, text)
    if _has(text, _TITLE_WORDS):
        yield from _names_after(_TITLED, text)
    if _has(low, _PERHAPS_WORDS):
        yield from (span for span in _names_after(_PERHAPS, text) if _given(text, span.start))
    if ":" in low and _has(low, _LABEL_WORDS):
        yield from _names_in(_LABELLED, text)
    if "this is " in low:
        yield from _names_in(_PRESENTED, text)
    if _has(low, _GREETING_WORDS):
        yield from _names_in(_GREETED, text)
    if _has(low, _CLOSING_WORDS):
        yield from _names_in(_SIGNED, text)


def _names_after(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for cue in pattern.finditer(text):
        yield from _name_at(text, cue.end(), len(text), small=pattern is not _PERHAPS, surname=pattern is _SAID)


def _names_in(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        start, end = found.span("name")
        if _is_sure(pattern, found) or _given(text, start):
            for span in _name_at(text, start, end, small=True):
                # "This is Anna Sui": what stops in the middle is more likely a brand or a thing.
                if pattern is not _PRESENTED or span.end >= end - 1:
                    yield span


def _is_sure(pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    """False where only a known given name will do: "Hello Kitty", "This is URGENT"."""
    if pattern is _GREETED:
        return found["greeting"].lower() == "dear"
    return pattern is not _PRESENTED or (found["after"].startswith(" ") and found["name"].istitle())


def _given(text: str, at: int) -> bool:
    first = _ONE.match(text, at)
    return first is not None and first.group().rstrip(".").removesuffix("'s").lower() in GIVEN_NAMES


def _name_at(text: str, at: int, end: int, small: bool, surname: bool = False) -> Iterator[Span]:
    """The name that starts here: capitalised words and what links them. ``small``: also known given names in small letters.
    ``surname``: with one more word in small letters, where the sentence ends after it.
    """
    found = _SEQUENCE.match(text, at, end)
    if found is None:
        return
    parts = found.group().split(" ")
    count = _parts_of_name(parts, small)
    if surname and count == 1 and len(parts) > 1 and (len(parts) == 2 or parts[1].endswith(".")):
        count += parts[1].lower().rstrip(".") not in NOT_A_NAME
    if count:
        name = " ".join(parts[:count])
        yield Span("NAME", at, at + len(_without_ending(name)))


def _without_ending(name: str) -> str:
    """Without the genitive, and without the full stop of the sentence; that of an initial or "Jr." stays out too."""
    return name.rstrip(".'-").removesuffix("'s").rstrip(".'-")


def _parts_of_name(parts: list[str], small: bool) -> int:
    """How many of the words belong to the name."""
    count = 0
    for place, part in enumerate(parts):
        word = part.rstrip(".").removesuffix("'s").lower()
        if word in NOT_A_NAME:
            break
        if part[0].isupper() or (small and word in GIVEN_NAMES):
            count = place + 1
        elif not (place and word in NAME_PARTICLES):
            break
        # A full stop after a whole word ends the sentence; after an initial it doesn't.
        if part.endswith("'s") or (part.endswith(".") and len(word) > 2):
            break
    return count
