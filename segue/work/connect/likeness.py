"""Whether two contacts may be one person: the same e-mail, the same link, or the same name by a rule.

Names are the same whatever their capitals, accents and order: “Müller, Anna”, “anna mueller”, “Anna Müller”. Contacts are grouped
by such keys, so that thirty thousand of them are looked at once each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

NAME, EMAIL, LINK = "name", "e-mail", "link"
# What is not taken apart into a letter and its accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_ACCENT = re.compile("[\u0300-\u036f]+")  # those of Latin, Greek and Cyrillic letters; a Japanese mark makes another sound
_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset(("dr", "prof", "mr", "mrs", "ms", "herr", "frau", "phd", "msc", "mba", "ing", "dipl"))
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(www\.)?|^www\.")


class Known(NamedTuple):
    """A contact as it is compared. ``id`` is whatever the caller knows it by."""

    id: int
    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True)
class Alike:
    """Contacts that may be one person, in the order given, and what they share: of ``NAME``, ``EMAIL``, ``LINK``."""

    ids: tuple[int, ...]
    shared: tuple[str, ...]


def name_key(name: str) -> str:
    """What a name is compared by; empty where it says too little: a single word of Latin letters is shared by many."""
    plain = name.casefold()
    if not plain.isascii():
        plain = _ACCENT.sub("", unicodedata.normalize("NFKD", plain)).casefold()
    if not plain.isascii():
        plain = plain.translate(_LETTERS)
    plain = plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    words = _WORD.findall(plain)
    kept = sorted(word for word in words if word not in _TITLES) or sorted(words)
    if len(kept) < 2 and (plain.isascii() or len("".join(kept)) < 2):
        return ""
    return " ".join(kept)


def email_key(email: str) -> str:
    """What an e-mail address is compared by."""
    return email.strip().casefold()


def link_key(url: str) -> str:
    """What a link is compared by; empty where it leads to the front page of a site, which colleagues share."""
    if not url:
        return ""
    plain = _SCHEME.sub("", unquote(url.strip()).casefold()).partition("#")[0].partition("?")[0].rstrip("/")
    return plain if "/" in plain else ""


def keys_of(known: Known) -> tuple[tuple[str, str], ...]:
    """What a contact is found by: pairs of what it is and its key."""
    keys = ((EMAIL, email_key(known.email)), (LINK, link_key(known.url)), (NAME, name_key(known.name)))
    return tuple((sort, key) for sort, key in keys if key)


def alike(people: Iterable[Known]) -> tuple[Alike, ...]:
    """Groups of two and more that share a key, directly or by a third. Each contact is in one group at the most."""
    first: dict[tuple[str, str], int] = {}
    shared: dict[tuple[str, str], list[int]] = {}
    order: dict[int, int] = {}
    for known in people:
        order[known.id] = len(order)
        for key in keys_of(known):
            one = first.setdefault(key, known.id)
            if one != known.id:
                shared.setdefault(key, [one]).append(known.id)
    return _groups(shared, order)


def _groups(shared: Mapping[tuple[str, str], list[int]], order: Mapping[int, int]) -> tuple[Alike, ...]:
    head: dict[int, int] = {}

    def top(one: int) -> int:
        while (above := head.setdefault(one, one)) != one:
            head[one] = head.setdefault(above, above)
            one = above
        return one

    for ids in shared.values():
        for other in ids[1:]:
            head[top(other)] = top(ids[0])
    members: dict[int, list[int]] = {}
    sorts: dict[int, set[str]] = {}
    for one in head:
        members.setdefault(top(one), []).append(one)
    for (sort, _), ids in shared.items():
        sorts.setdefault(top(ids[0]), set()).add(sort)
    found = [
        Alike(tuple(sorted(ids, key=order.__getitem__)), tuple(s for s in (EMAIL, LINK, NAME) if s in sorts[one]))
        for one, ids in members.items()
    ]
    return tuple(sorted(found, key=lambda group: order[group.ids[0]]))
