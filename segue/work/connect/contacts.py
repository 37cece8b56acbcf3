"""A contact as a file names it, and what makes two contacts the same person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from segue.evidence.texts import clean_line, clean_text, folded
from segue.work.connect.models import Relation
from segue.work.connect.vocabulary import roles

# As long as the columns of the table are.
MOST: Mapping[str, int] = {
    "name": 200,
    "organisation": 200,
    "team": 120,
    "position": 200,
    "how_known": 200,
    "email": 254,
    "phone": 60,
    "url": 500,
    "note": 20_000,
    "tag": 60,
}
LABELS: Mapping[str, str] = {
    "name": "Name",
    "organisation": "Organisation",
    "team": "Team",
    "position": "Position",
    "role": "Role",
    "relation": "Relation",
    "how_known": "How known",
    "email": "E-mail",
    "phone": "Phone",
    "url": "Profile link",
    "tags": "Tags",
    "note": "Note",
    "known_since": "Known since",
    "key": "Key in Segue",
}
MOST_KEY = 300
MOST_TAGS = 30
# Sites on which an address belongs to one person. Any other link may be that of a firm, which many share.
PROFILES = re.compile(
    r"(?:[a-z0-9-]+\.)?(?P<site>linkedin\.com)/(?P<who>(?:in|pub)/[^/?#]+)"
    r"|(?:www\.)?(?P<xing>xing\.com)/profile/(?P<xinger>[^/?#]+)"
    r"|(?:www\.)?(?P<hub>github\.com|gitlab\.com)/(?P<coder>[^/?#]+)/?$"
    r"|(?P<orcid>orcid\.org)/(?P<scholar>[0-9x-]+)"
)
ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+")
EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff々〆ー]+")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody in a file. ``row``: where. ``key`` is that of a person here, where Segue itself wrote the file."""

    row: int
    name: str
    organisation: str = ""
    team: str = ""
    position: str = ""
    role: str = ""
    relation: str = ""
    how_known: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    known_since: date | None = None
    key: str = ""

    def as_row(self) -> dict[str, Any]:
        """What is kept of it until it is taken in; nothing that is empty."""
        kept = {name: value for name in NAMES if (value := getattr(self, name))}
        if self.known_since:
            kept["known_since"] = self.known_since.isoformat()
        return kept | ({"tags": list(self.tags)} if self.tags else {})

    @staticmethod
    def from_row(row: Mapping[str, Any]) -> Contact:
        """The contact behind what was kept."""
        given = {name: row[name] for name in NAMES if name in row}
        if "known_since" in given:
            given["known_since"] = date.fromisoformat(given["known_since"])
        return Contact(**given | ({"tags": tuple(given["tags"])} if "tags" in given else {}))


NAMES = tuple(field.name for field in fields(Contact))


@dataclass(frozen=True)
class Unread:
    """A row that can't be taken, how it begins, and why."""

    row: int
    text: str
    why: str


def short_key(kind: str, value: str) -> str:
    """A key that fits its column; one that is longer is known by its hash."""
    key = f"{kind}:{value}"
    return key if len(key) <= MOST_KEY else f"{kind}:#{hashlib.sha256(value.encode()).hexdigest()}"


@lru_cache(maxsize=4096)  # asked for several times in a row
def url_key(url: str) -> str:
    """The key of a profile: the same with and without ``https``, ``www``, a language in front, a query behind; else empty."""
    if not url:
        return ""
    bare = url.strip().casefold().partition("://")
    found = PROFILES.match(bare[2] or bare[0])
    return short_key("url", unquote("/".join(filter(None, found.groups()))).casefold()) if found else ""


def mail_key(email: str) -> str:
    """The key of an e-mail address; capitals make no difference."""
    return short_key("mail", email.strip().casefold()) if "@" in email else ""


def name_key(name: str, organisation: str) -> str:
    """The key of a name at an organisation; neither capitals, widths nor full stops make a difference."""
    return short_key("name", f"{_bare(name)}|{_bare(organisation)}")


@lru_cache(maxsize=16_384)
def _bare(text: str) -> str:
    return " ".join(folded(text).replace(".", " ").replace(",", " ").split())


def keys_of(url: str, email: str, name: str, organisation: str) -> Iterator[str]:
    """What somebody may be known by, the surest first."""
    for key in (url_key(url), mail_key(email)):
        if key:
            yield key
    yield name_key(name, organisation)


def full_name(first: str, last: str) -> str:
    """Both parts of a name in the order of its script: 山田 太郎, but Jane Doe."""
    first, last = clean_line(first), clean_line(last)
    is_eastern = first and last and EAST_ASIAN.fullmatch(first.replace(" ", "")) and EAST_ASIAN.fullmatch(last.replace(" ", ""))
    return f"{last} {first}" if is_eastern else f"{first} {last}".strip()


def sound_email(text: str) -> str:
    """An e-mail address out of what stands in its place; empty where that is none."""
    address = text.strip()[: 4 * MOST["email"]].removeprefix("mailto:").removeprefix("MAILTO:")
    found = ADDRESS.search(address)
    return found[0] if found else ""


def sound_url(text: str) -> str:
    """A link that may be shown as one: ``http`` or ``https``, or without either; empty for anything else."""
    link = clean_line(text)
    if " " in link or "." not in link:
        return ""
    try:
        scheme = urlsplit(link).scheme if "://" in link else ""
    except ValueError:
        return ""
    if scheme in ("http", "https"):
        return link
    return f"https://{link}" if not scheme and ":" not in link.split("/")[0] else ""


def sound_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags, each once, in their order."""
    return tuple(dict.fromkeys(line for tag in tags if (line := clean_line(tag)[: MOST["tag"]])))[:MOST_TAGS]


@lru_cache(maxsize=256)
def sound_role(text: str) -> str:
    """The role that a word names, by its value or in words; empty for any other."""
    return _named(text, roles())


@lru_cache(maxsize=256)
def sound_relation(text: str) -> str:
    """The relation that a word names, by its value or in words; empty for any other."""
    return _named(text, [(str(value), str(label)) for value, label in Relation.choices])


def _named(text: str, choices: Iterable[tuple[str, str]]) -> str:
    given = folded(clean_line(text))
    return next((value for value, words in choices if given in (value, folded(words))), "")


def sound_note(text: str) -> str:
    """A note of several lines."""
    return clean_text(text).strip()


def fault_of(contact: Contact) -> str:
    """Why a contact can't be taken; empty where it can."""
    if not contact.name:
        return "It has no name."
    for name, most in MOST.items():
        if name != "tag" and len(value := getattr(contact, name)) > most:
            return f"{LABELS[name]} has {len(value):,} characters; {most:,} is the most."
    return ""
