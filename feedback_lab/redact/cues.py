"""Words before a number that say what it is: "my card", "call me at", "order number"."""

from __future__ import annotations

import re

WINDOW = 60
_CARD = r"\b(?:credit|debit|bank)?\s?cards?\b|\bcc\b|\b(?:visa|mastercard|master card|amex|american express|maestro|discover)\b"
_PHONE = (
    r"\b(?:tele|cell|mobile ?|smart)?phones?\b|\b(?:mobile|cell(?:ular)?|tel|fax|desk|(?:land|hot|help)? ?line|switchboard|"
    r"voicemail|whatsapp|imessage|telegram|viber|sms|sim|telefon|t[ée]l[ée]phone|handy|m[óo]vil)\b|"
    r"\b(?:calls?|called|calling|texts?|texted|texting|rang|ring(?:ing)? (?:me|us|him|her|them|back|on|up|at)|"
    r"dial(?:l?ed|l?ing)?|reach(?:ed)?|contact(?:ed)?|registered|messages? (?:to|from|on|at))\b"
)
# A placeholder is no cue, or what follows it would be taken for more of the same.
_CUE = re.compile(
    rf"(?<!\[)(?:(?P<CARD>{_CARD})|(?P<PHONE>{_PHONE})|(?P<SSN>\bssn\b|\bsocial security\b|\b(?:social|national) insurance\b)"
    r"|(?P<IBAN>\biban\b)|(?P<IP>\bips?\b|\bhost\b|\bserver\b|\bping\b))",
    re.I,
)
# After the number: "541 714 1388 is my mobile number", "541 714 1388 (home)".
_CUE_AFTER = re.compile(
    r"\W{0,3}(?:is|was) (?:my|our|the) (?:(?P<CARD>(?:credit |debit )?card)|\w{0,10} ?(?:phone|mobile|cell|number))"
    r"|[ ,]{0,3}(?:\((?:mobile|cell|phone|home|work|office|fax)\)|(?:mobile|cell|office|fax|phone|tel|desk|direct|whatsapp)\b)",
    re.I,
)
_THINGS = (
    "orders?|ref|reference|invoice|receipt|tracking|parcel|package|ticket|case|claim|sku|item|model|part|serial|product|style|sizes?|booking|"
    "confirmation|transaction|upc|ean|isbn|asin|batch|lot|article|version|build|release"
)
# "Number" alone is a telephone's, unless another sort of number is spoken of.
_NUMBER = re.compile(r"\bnumbers?\b(?! of)|\bno\.|\bnr\.", re.I)
_ANY_OTHER = re.compile(
    rf"\b(?:{_THINGS}|account|acct|member(?:ship)?|customer|passport|licen[cs]e|policy|insurance|patient|student|employee|routing|tax|vin|"
    r"plate|id)\b",
    re.I,
)
_OTHER_NUMBER = re.compile(
    rf"(?:\b(?:{_THINGS})\b(?:[ _-]?(?:number|no|nr|num|id|code))?|[$€£¥])[.\s:#=(]{{0,4}}(?:(?:is|was)\b[\s:#]{{0,3}})?$", re.I
)
_VERSION = re.compile(
    r"(?:\b(?:v|ver|version|build|release|firmware|update|upgrade|updated|ios|android|macos|windows|app|chapter|section)\b"
    r"[\w .:#-]{0,12}|\bv)$",
    re.I,
)


def cue_of(text: str, start: int, end: int) -> str | None:
    """The kind named by the nearest word before a number (or in so many words just after it); None without one."""
    nearest = None
    first = max(0, start - WINDOW)
    for found in _CUE.finditer(text, first, start):
        nearest = found.lastgroup
    if nearest is None and (after := _CUE_AFTER.match(text, end, end + WINDOW)):
        nearest = "CARD" if after.lastgroup == "CARD" else "PHONE"
    if nearest is None and _NUMBER.search(text, first, start) and not _ANY_OTHER.search(text, first, start):
        nearest = "PHONE"
    return nearest


def names_other_number(text: str, start: int) -> bool:
    """True right after "order number", "ref:", "model", a currency sign: the number is no person's."""
    return _OTHER_NUMBER.search(text[max(0, start - WINDOW) : start]) is not None


def names_version(text: str, start: int) -> bool:
    """True right after "version", "v" and the like."""
    return _VERSION.search(text[max(0, start - WINDOW) : start]) is not None
