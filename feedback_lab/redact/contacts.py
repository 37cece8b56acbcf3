"""Finds e-mail addresses, web addresses, IP addresses and handles. Every pattern is bounded, so no text makes it slow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv6Address

from feedback_lab.redact.cues import cue_of, names_version
from feedback_lab.redact.spans import Span

_PROVIDERS = "gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|gmx|protonmail|proton|yandex|live|msn|comcast"
# The domain is wider than the standard allows: a mistyped address still tells who somebody is.
_EMAIL = re.compile(
    r"[\w.%+-][\w.%+'-]{0,63}@(?:[\w.-]{1,200}\.[^\W\d_]{2,24}|\[[\d.]{7,15}\]|(?:" + _PROVIDERS + r")\b)"
    r"|[\w.+-]{1,64} {0,2}@ {0,2}(?:" + _PROVIDERS + r")(?: ?\. ?[a-z]{2,5})*\b",
    re.I,
)
_SPELT_EMAIL = re.compile(
    r"[\w.+-]{1,64} ?[(\[{<] ?at ?[)\]}>] ?[\w-]{1,60}(?: ?(?:\.|[(\[{<] ?dot ?[)\]}>]| dot ) ?[a-z][\w-]{1,30}){1,3}"
    r"|[\w.+-]{1,64}(?: dot [\w-]{1,30}){0,3} at (?!(?:my|the|your|our|this|its|a)\b)[\w-]{1,60} dot [a-z]{2,10}\b",
    re.I,
)
_URL = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,10}://|\bwww\d?\.)[^\s<>\"\[\]]{2,2000}"
    r"|(?<![\w@.-])[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){0,3}\.[a-z]{2,12}/[^\s<>\"\[\]]{2,2000}",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@/.&])@[a-z_][\w.]{1,29}(?![\w@])|(?<![\w/.])/?u/[\w-]{3,20}\b", re.I)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = re.compile(rf"(?<![\w.])(?:{_OCTET}\.){{3}}{_OCTET}(?!\w|\.\d)", re.A)
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f:]{0,39}:[0-9a-f:.]{1,45}(?![\w:])", re.I)
_CLOSING = ".,;:!?'\")}*"


def emails(text: str) -> Iterator[Span]:
    """``jo@example.com``, also with spaces round the @ of a well-known provider."""
    for found in _EMAIL.finditer(text):
        yield Span("EMAIL", found.start(), found.end())


def spelt_emails(text: str) -> Iterator[Span]:
    """``jo (at) example dot com``."""
    for found in _SPELT_EMAIL.finditer(text):
        yield Span("EMAIL", found.start(), found.end())


def urls(text: str) -> Iterator[Span]:
    """Addresses with a scheme or ``www.``, and bare domains that lead to a page. A bare ``example.com`` names no person."""
    for found in _URL.finditer(text):
        # The full stop belongs to the sentence, not to the address.
        yield Span("URL", found.start(), found.start() + len(found.group().rstrip(_CLOSING)))


def handles(text: str) -> Iterator[Span]:
    """``@somebody`` and ``u/somebody``."""
    for found in _HANDLE.finditer(text):
        yield Span("HANDLE", found.start(), found.start() + len(found.group().rstrip(".")))


def ip_addresses(text: str) -> Iterator[Span]:
    """Addresses of version 4 that are not versions of a program, and of version 6."""
    for found in _IPV4.finditer(text):
        if not _is_version(text, found):
            yield Span("IP", found.start(), found.end())
    if text.count(":") >= 3:
        yield from _version_6(text)


def _is_version(text: str, found: re.Match[str]) -> bool:
    """1.2.3.4 may be either; small numbers are taken for a version unless the words before say otherwise."""
    if cue_of(text, found.start(), found.end()) == "IP":
        return False
    numbers = [int(number) for number in found.group().split(".")]
    return names_version(text, found.start()) or (numbers[0] < 10 and max(numbers) < 20)


def _version_6(text: str) -> Iterator[Span]:
    for found in _IPV6.finditer(text):
        address = found.group().rstrip(".")
        if address.count(":") < 3 or not any(character.isdigit() for character in address):
            continue  # a time of day, or "a::b" of a programming language
        try:
            IPv6Address(address)
        except ValueError:
            continue
        yield Span("IP", found.start(), found.start() + len(address))
