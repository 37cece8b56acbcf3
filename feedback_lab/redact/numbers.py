"""Finds cards, IBANs, social security numbers, and numbers of a person's documents and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lab.redact.checksums import IBAN_LENGTH, iban_valid, luhn_valid
from feedback_lab.redact.cues import cue_of, names_other_number
from feedback_lab.redact.spans import Span

_RUN = re.compile(r"(?<![\w])(?<!\d[.,])\d+(?:[ .-]{1,2}\d+)*(?!\w)", re.A)
_GROUP = re.compile(r"\d+", re.A)
_ISSUER = re.compile(r"4|5[0-8]|6|3[0-9]|2[2-7]|1800|2131")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST_CARD, _LONGEST_CARD = 12, 19
# Looks ahead only: what starts like an IBAN may swallow one that starts later.
_IBAN = re.compile(r"(?<![a-z0-9])(?=(?P<iban>[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}))", re.I | re.A)
_SSN = re.compile(r"(?<![\w-])\d{3}(?P<between>[- ]?)\d{2}(?P=between)\d{4}(?![\w-])(?!\.\d)", re.A)
# National Insurance number: letters that are never used are left out (HMRC, NIM39110).
_NINO = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.A)
_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?P<between>[:-])(?:[0-9a-f]{2}(?P=between)){4}[0-9a-f]{2}(?![\w:-])", re.I)
_SAID = r"(?:\s{0,2}(?:is|was|are|of|ending in|[:=#(]))?[\s:#]{0,3}"
_TOKEN = r"(?P<id>(?:[a-z]{1,4}[ -]?)?\d[a-z0-9]{0,20}(?:[ /-]\d[a-z0-9]{0,12}){0,5})(?!\w)"
_NUMBER = r"(?:[\s-]{0,2}(?:numbers?|no\.?|num|nr\.?|id|code|#))"
# These are enough by themselves; those need "number" or the like, since "policy 2026" is none.
_STRONG = (
    r"driv(?:er'?s?|ers'|ing) licen[cs]e|licen[cs]e plate|passports?|(?:bank )?(?:account|acct|a/c)|sort code|routing|mrn|nhs"
)
_WEAK = (
    r"customer|client|member(?:ship)?|patient|student|employee|user|policy|insurance|licen[cs]e|identity(?: card)?|national|tax|"
    r"loyalty|rewards?|medicare|medical record|frequent flyer|card|id|vehicle"
)
_ID = re.compile(
    rf"\b(?:(?:{_STRONG}){_NUMBER}{{0,2}}|(?:{_WEAK}){_NUMBER}{{1,2}}|(?:tin|vin|number plate)(?= ?(?:is|:|#))){_SAID}{_TOKEN}",
    re.I | re.A,
)
_NUMBER_SAID = re.compile(r"number|no\b|num\b|#|\bid\b|code", re.I)
_SECRET = re.compile(
    r"\b(?:pin|cvv2?|cvc|otp|passcode|security code)(?: (?:code|number|no))?(?: (?:is|was)|[:=])\s{0,2}(?P<id>\d{3,8})(?!\w)",
    re.I | re.A,
)
_DATE = re.compile(
    r"\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)\d\d|(?:19|20)\d\d[./ -]\d{1,2}[./ -]\d{1,2}|(?:19|20)\d\d ?[/-] ?(?:19|20)\d\d", re.A
)


def is_date(number: str) -> bool:
    """True where a date stands in it: 12.10.2026, 2026-10-12, 2025-2026."""
    return _DATE.search(number) is not None


def cards(text: str) -> Iterator[Span]:
    """Card numbers: by check digit and issuer, by their usual grouping, or by the word "card" before 12 to 19 digits."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() < _SHORTEST_CARD:
            continue
        groups = [(group.start(), group.end()) for group in _GROUP.finditer(text, run.start(), run.end())]
        other = names_other_number(text, run.start())
        called = not other and cue_of(text, run.start(), run.end()) == "CARD"
        at = 0
        while at < len(groups):
            used = _card_from(text, groups[at : at + _LONGEST_CARD], called and at == 0, other or at > 0)
            if used:
                yield Span("CARD", groups[at][0], groups[at + used - 1][1])
            at += used or 1


def _card_from(text: str, groups: list[tuple[int, int]], called: bool, doubtful: bool) -> int:
    """How many groups of digits make a card number; 0 for none. The longest with a right check digit is best.

    ``called``: a word before says that it is a card. ``doubtful``: it is part of a longer number, or is called something else.
    """
    digits, sizes, best, by_form = "", [], 0, 0
    for start, end in groups:
        digits += text[start:end]
        sizes.append(end - start)
        if len(digits) > _LONGEST_CARD:
            break
        if _passes(digits, sizes, doubtful):
            best = len(sizes)
        elif (called and len(digits) >= _SHORTEST_CARD) or _is_grouped(digits, sizes, text[groups[0][0] : end]):
            by_form = len(sizes)
    return best or by_form


def _passes(digits: str, sizes: list[int], doubtful: bool) -> bool:
    """A right check digit in a number that may be a card. A list of sizes may have one by chance, so small groups don't count."""
    if len(digits) <= _SHORTEST_CARD or any(size < 4 for size in sizes[:-1]) or len(set(digits)) < 2 or not luhn_valid(digits):
        return False
    return len(digits) == 16 or (not doubtful and _ISSUER.match(digits) is not None)


def _is_grouped(digits: str, sizes: list[int], written: str) -> bool:
    """Four times four digits, or four, six and five of American Express, with or without a right check digit."""
    if sizes == [4, 6, 5]:
        return digits[0] == "3"
    return sizes == [4, 4, 4, 4] and not all(_YEAR.match(year) for year in re.split(r"[ .-]+", written))


def ibans(text: str) -> Iterator[Span]:
    """IBANs with right check digits; after the word IBAN, also mistyped ones."""
    for found in _IBAN.finditer(text):
        end = _iban_end(text, found)
        if end:
            yield Span("IBAN", found.start(), end)


def _iban_end(text: str, found: re.Match[str]) -> int:
    """Where the IBAN ends, 0 for none: at the length of its country, since words that follow look like more of it."""
    start = found.start()
    places = [at for at in range(start, found.end("iban")) if text[at].isalnum()]
    written = "".join(text[at] for at in places).upper()
    length = IBAN_LENGTH.get(written[:2], 0)
    whole = next((n for n, at in enumerate(places) if at - start != n), len(places))  # up to the first space
    for size in (length, whole):
        if 15 <= size <= len(places) and _ends_a_word(text, places[size - 1] + 1) and iban_valid(written[:size]):
            return places[size - 1] + 1
    if length and length <= len(places) and cue_of(text, start, start) == "IBAN":
        return places[length - 1] + 1
    return 0


def _ends_a_word(text: str, at: int) -> bool:
    return at == len(text) or not (text[at].isascii() and text[at].isalnum())


def security_numbers(text: str) -> Iterator[Span]:
    """US social security numbers (with dashes, or after a cue) and UK National Insurance numbers."""
    for found in _SSN.finditer(text):
        if found["between"] == "-" or cue_of(text, found.start(), found.end()) == "SSN":
            yield Span("SSN", found.start(), found.end())
    for found in _NINO.finditer(text):
        yield Span("SSN", found.start(), found.end())


def document_numbers(text: str) -> Iterator[Span]:
    """Licence, passport, account, customer numbers after a word that says so; PINs and codes; addresses of network cards."""
    for found in _ID.finditer(text):
        digits = sum(character.isdigit() for character in found["id"])
        # "account 2026" is a year; "account number 2026" is not.
        if digits >= 6 or (
            digits >= 4 and re.search(r"number|no\b|num\b|#|\bid\b|code", found.group()[: -len(found["id"])], re.I)
        ):
            yield Span("ID", *found.span("id"))
    for pattern, group in ((_SECRET, "id"), (_MAC, 0)):
        for found in pattern.finditer(text):
            yield Span("ID", *found.span(group))
