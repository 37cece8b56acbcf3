"""Finds street addresses: a head that can hardly be anything else, as a house number and a street, and what follows it.

Weaker than the numbers, since a street has no check digit. Without a word such as "lives at", words must be capitalised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lab.redact.spans import Span
from feedback_lab.redact.words import NEVER_A_PLACE, PARTICLES, STATES


def _several(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


_WORD = r"[^\W\d_][\w'-]{0,24}\.?"
_SUFFIX = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|terrace|square|sq|parkway|pkwy|highway|hwy|"
    r"close|crescent|circle|cir|trail|grove|gardens|mews|alley|row|walk)\b\.?"
)
_FIRST = (
    r"(?:rue|via|viale|calle|avenida|av|avda|avenue|rua|r[úu]a|ul|ulica|strada|piazza|plaza|corso|chemin|allée|boulevard|bd|quai|carrer|"
    r"paseo|praça|travessa|route|largo|vicolo)\b\.?"
)
# Ends of street names in German, Dutch, the Nordic languages, Czech, Hungarian; the last ones stand apart.
_LAST = _several(
    "straße strasse gasse weg platz allee damm ufer vej vejen vænget gade stræde vägen gatan gata gränd veien vegen gaten stræti",
    "braut ntie katu kuja polku laan straat dreef plein kade ulice ulica utca",
)
_LAST_APART = ("u.", "út", "útja", "tér", "tere", "körút", "krt.", "str.")
_ENDS = (*_LAST, *(f" {word}" for word in _LAST_APART), "str.")
_HOUSE = r"\d{1,6}[A-Za-z]?(?:[ ,]{1,2}\d{1,5}[A-Za-z]?)?"
_UNITS = r"(?:apt|apartment|suite|ste|unit|flat|floor|room|lgh)\b\.?"
_START = r"(?<![\w$€£.,/-])"

_ENGLISH = re.compile(rf"{_START}{_HOUSE} (?P<words>(?:{_WORD} ){{1,4}}?){_SUFFIX}", re.I)
_NUMBER_LAST = re.compile(rf"{_START}(?:{_HOUSE},? )?{_FIRST} (?P<words>(?:{_WORD} ){{0,4}}{_WORD}),? \d{{1,5}}[A-Za-z]?\b", re.I)
_NUMBER_FIRST = re.compile(rf"{_START}{_HOUSE},? {_FIRST} (?P<words>{_WORD}(?: {_WORD}){{0,3}})", re.I)
_NUMBERS_ROUND = re.compile(
    rf"^[ ]*(?P<all>\d{{1,6}} (?P<words>{_WORD}(?: {_WORD}){{0,2}}) \d{{1,4}}[A-Za-z]?(?= {_UNITS} \d|[ ,]*$))", re.I | re.M
)
_HOUSE_AFTER = re.compile(r" ?\d{1,5}[A-Za-z]?\b\.?")
_STREET_BEFORE = re.compile(rf"(?:{_START}{_HOUSE},? )?(?P<words>(?:{_WORD} ){{0,3}}{_WORD})$")
_BOX = re.compile(
    r"\bP\.? ?O\.? ?Box \d{1,7}\b|\b(?:post ?box|postfach|postbus|apartado) \d{1,7}\b|\bunit \d{1,6},? box \d{1,6}\b"
    r"|\bpsc \d{1,6},? box \d{1,6}\b|\b[AFD]PO,? A[AEP] \d{5}\b",
    re.I,
)
_ALONE = re.compile(r"\b(?:apt|apartment)\b\.? ?#?\d{1,5}[A-Za-z]?\b", re.I)
_STATE = re.compile(r",? (?P<state>[A-Z]{2}),? \d{5}(?:-\d{4})?\b", re.A)
_TOWN_BEFORE = re.compile(rf"(?P<words>{_WORD}(?: {_WORD}){{0,2}})$")
_CUE = re.compile(
    r"\b(?:address(?:es)?(?: (?:is|was|to|with|of [^\d\n]{1,40} is))?|here they are|located at|offices? (?:is|are) at"
    r"|(?:lives?|living|lived|reside[sd]?|staying) (?:at|on)|meet (?:you|me|us) at|return(?: it)? to|taxi to"
    r"|(?:sent|send it|ship(?:ped)?|deliver(?:ed)?) to|arrived? at|moved to)"
    r"[\s:;]{1,8}(?:[^\W\d_][^\n\d]{1,40}\n\s{0,8})?",  # the name of whoever lives there, on a line of its own
    re.I,
)
_CUED = re.compile(
    rf"(?P<number>{_HOUSE}),?(?P<after>(?: {_WORD}){{1,5}})|(?P<before>(?:{_WORD} ){{1,4}})\d{{1,5}}[A-Za-z]?\b(?! ?[%$€£])"
)
_STREET_WORD = re.compile(rf" {_SUFFIX}| {_FIRST}(?: (?:de|du|des|la|le|do|da|del))*(?: {_WORD})", re.I)
_POSTCODE = re.compile(
    r"\b(?:zip(?:[ -]?code)?|post(?:al)?[ -]?code)\b(?: (?:is|was)|\s?[:=#])?\s{0,2}"
    r"(?P<code>(?=[a-z ]{0,3}\d)[a-z\d]{1,5}(?:[ -][a-z\d]{1,4})?)\b",
    re.I | re.A,
)
_CORNER = re.compile(
    rf"\bcorner of (?P<words>(?:{_WORD}|\d{{1,5}})(?: (?:{_WORD}|\d{{1,5}})){{0,5}}) and (?:\d{{1,5}} )?{_WORD}", re.I
)
_TOKEN = re.compile(
    rf"(?P<gap>[ ,\n]{{0,8}})(?:(?P<number>#?\d{{1,6}}(?:-\d{{1,4}})?(?:[A-Za-z]|[A-Z][A-LN-Z])?\b(?![-.]\d))"
    rf"|(?P<word>{_WORD})|(?P<brackets>\([\w ]{{1,20}}\)))"
)
_UNIT = re.compile(_UNITS, re.I)
_LONGEST = 140

# A pattern, and words without one of which it can't match: a cheap look before the costly one.
_HEADS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_ENGLISH, ()),
    (_NUMBERS_ROUND, ()),
    (
        _NUMBER_LAST,
        _several(
            "rue via calle av rua rúa ul strada piazza plaza corso chemin allée",
            "bd boul quai carrer paseo praç trav route largo vicolo",
        ),
    ),
    (_NUMBER_FIRST, ()),
    (_CORNER, ("corner of",)),
    (_BOX, ("box", "post", "po ", "po,", "apartado")),
)
_CUE_WORDS = _several("address here liv resid staying located office meet return taxi sen ship deliver arriv moved")


def addresses(text: str) -> Iterator[Span]:
    """Street addresses, boxes, and postcodes after the word."""
    low = text.lower()
    for start, end in _heads(text, low):
        yield Span("ADDRESS", start, _with_tail(text, start, end))
    if "zip" in low or "post" in low:
        for found in _POSTCODE.finditer(text):
            yield Span("ADDRESS", *found.span("code"))
    if "apt" in low or "apartment" in low:
        for found in _ALONE.finditer(text):
            yield Span("ADDRESS", found.start(), found.end())


def _heads(text: str, low: str) -> Iterator[tuple[int, int]]:
    for pattern, words in _HEADS:
        if not words or any(word in low for word in words):
            yield from _heads_by(pattern, text)
    yield from _compound_streets(text)
    yield from _towns(text)
    if any(word in low for word in _CUE_WORDS):
        for cue in _CUE.finditer(text):
            yield from _after_cue(text, cue.end())


def _heads_by(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(text):
        if pattern is _BOX or _names_a_place(found["words"]):
            yield found.span("all" if pattern is _NUMBERS_ROUND else 0)


def _compound_streets(text: str) -> Iterator[tuple[int, int]]:
    """``Nybyvägen 65``, ``Vana utca 3``: from the house number back, since any word may begin a street."""
    for number in _HOUSE_AFTER.finditer(text):
        at = number.start()
        if text[max(0, at - 8) : at].lower().endswith(_ENDS) and (found := _STREET_BEFORE.search(text, max(0, at - 70), at)):
            words = found["words"].split(" ")
            # The street is the last word, or the last two; capitalised words before it belong to it.
            own = 1 if words[-1].lower().endswith(_LAST) or len(words) == 1 else 2
            while own < len(words) and words[-own - 1][0].isupper() and words[-own - 1].lower() not in NEVER_A_PLACE:
                own += 1
            if words[-min(own, len(words))][0].isupper():
                yield (found.start() if own >= len(words) else at - len(" ".join(words[-own:]))), number.end()


def _towns(text: str) -> Iterator[tuple[int, int]]:
    """``Springfield, IL 62704``."""
    for found in _STATE.finditer(text):
        before = _TOWN_BEFORE.search(text, max(0, found.start() - 60), found.start()) if found["state"] in STATES else None
        if before:
            words = before["words"].split(" ")
            while words and not _names_a_place(" ".join(words)):
                words.pop(0)
            if words:
                yield found.start() - len(" ".join(words)), found.end()


def _names_a_place(words: str) -> bool:
    """True where every word but the small ones is capitalised, and none is one that no street is called by."""
    split = words.replace(" and ", " ").replace(",", " ").split()
    return any(word[0].isupper() for word in split) and all(
        word[0].isdigit() or (word[0].isupper() and word.lower().rstrip(".") not in NEVER_A_PLACE) or word.lower() in PARTICLES
        for word in split
    )


def _after_cue(text: str, at: int) -> Iterator[tuple[int, int]]:
    found = _CUED.match(text, at)
    if found is None:
        return
    if found["before"]:
        if _names_a_place(found["before"]):
            yield found.span()
        return
    first = found["after"].split()[0]
    street = _STREET_WORD.search(text, found.end("number"), found.end())
    if street and NEVER_A_PLACE.isdisjoint(text[found.end("number") : street.start()].lower().split()):
        yield found.start(), street.end()
    elif first[0].isupper() and first.lower() not in NEVER_A_PLACE:
        yield found.start(), found.start("after") + 1 + len(first)


def _with_tail(text: str, start: int, end: int) -> int:
    """Where the address ends: flat, town, region, country and postcode that follow, as long as they look like them."""
    at = end
    while at - start < _LONGEST and (token := _TOKEN.match(text, at)) and _goes_on(text, at, token):
        at = token.end()
        if token["number"] and len(token["number"]) >= 4 and not _UNIT.match(text, at + 1):
            break  # a postcode is the end
    return at


def _goes_on(text: str, at: int, token: re.Match[str]) -> bool:
    if token["brackets"]:
        return True
    if not token["gap"]:
        return False
    if token["number"]:
        return "\n" in token["gap"] or "," in token["gap"] or _after_unit_or_town(text, at)
    word = token["word"]
    if _UNIT.fullmatch(word):
        return True
    # A full stop before it ends the sentence, unless it belongs to a short form such as "St."
    if text[at - 1] == "." and not re.search(r"\b[^\W\d_]{1,4}\.$", text[max(0, at - 8) : at]):
        return False
    return word[0].isupper() and word.lower().rstrip(".") not in NEVER_A_PLACE


def _after_unit_or_town(text: str, at: int) -> bool:
    """A number follows a street only as the number of a flat, or as a postcode after a capitalised word."""
    last = re.search(r"[\w.#]+$", text[max(0, at - 26) : at])
    return last is not None and (last.group()[0].isupper() or _UNIT.fullmatch(last.group()) is not None)
