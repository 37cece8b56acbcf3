"""Contacts of a file beside the people that are there: who is new, what would change, who stays the same.

A person is known by the surest thing that a contact has: the key of Segue's own export, the link of the profile, the e-mail
address, else name and organisation. By a less sure thing they are found only where nothing surer speaks against it, and then
something changes, so that nobody is merged in silence. What stands here stays; only what is empty is filled, and a person who
came from LinkedIn gets the position and the organisation that LinkedIn names now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from segue.evidence.texts import folded
from segue.work.connect.contacts import Contact, keys_of, mail_key, name_key, short_key, url_key

NEW, CHANGED, SAME = "new", "changed", "same"
FILLED = ("organisation", "team", "position", "role", "relation", "how_known", "email", "phone", "url", "tags", "note")
FOLLOWED = ("organisation", "position")  # of people from LinkedIn, by a file of LinkedIn

Value = str | tuple[str, ...]


@dataclass(slots=True)
class Known:
    """Somebody who is there, as contacts are compared with them. ``by_row``: the row of the file that they were found by."""

    id: int
    key: str
    values: dict[str, Value]
    source_key: str = ""
    follows: bool = False
    by_row: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a contact would change, from what to what."""

    field: str
    was: Value
    becomes: Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a contact. ``known``: whom it was found to be; ``same_as``: the row of the file that named them already.

    ``source_key`` is the surest thing that they are known by.
    """

    contact: Contact
    state: str
    source_key: str
    known: Known | None = None
    changes: tuple[Change, ...] = ()
    same_as: int = 0


@dataclass
class _Index:
    """Those who are there, by each thing they are known by; the one who came first counts, the others wait behind."""

    by_key: dict[str, Known] = field(default_factory=dict)
    behind: dict[str, list[Known]] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        """Takes somebody in."""
        if known.source_key:
            self._put(short_key("source", known.source_key), known)
        self._put(short_key("key", known.key), known)
        for key in _keys(known):
            self._put(key, known)

    def _put(self, key: str, known: Known) -> None:
        first = self.by_key.setdefault(key, known)
        if first is not known:
            self.by_key[key], later = (known, first) if known.id < first.id else (first, known)
            self.behind.setdefault(key, []).append(later)

    def forget(self, known: Known) -> None:
        """Takes somebody out, before they change."""
        for key in _keys(known):
            waiting = [each for each in self.behind.get(key, ()) if each is not known]
            if self.by_key.get(key) is known:
                del self.by_key[key]
            self.behind.pop(key, None)
            for each in waiting:
                self._put(key, each)


def _keys(known: Known) -> Iterator[str]:
    url, email, name, organisation = (str(known.values.get(part, "")) for part in ("url", "email", "name", "organisation"))
    yield from keys_of(url, email, name, organisation)
    yield name_key(name, "")


def _sureness(contact: Contact) -> int:
    """0 for what is known by a key or a profile, 3 for what is nothing but a name."""
    if contact.key or url_key(contact.url):
        return 0
    return 1 if mail_key(contact.email) else 3 - bool(contact.organisation)


def compared(contacts: Iterable[Contact], people: Iterable[Known], *, from_linkedin: bool = False) -> list[Outcome]:
    """The outcome of each contact, by row. ``people`` are changed on the way: they become what the file makes of them.

    Contacts that are known by something sure come first, whatever their row: so a file that was taken in once finds those
    whom it made, and nothing changes when it comes again.
    """
    index = _Index()
    for known in people:
        index.add(known)
    rows: dict[str, int] = {}
    outcomes = [_outcome(contact, index, rows, from_linkedin) for contact in sorted(contacts, key=_sureness)]
    return sorted(outcomes, key=lambda outcome: outcome.contact.row)


def _outcome(contact: Contact, index: _Index, rows: dict[str, int], from_linkedin: bool) -> Outcome:
    keys = tuple(keys_of(contact.url, contact.email, contact.name, contact.organisation))
    found = _surely(index, contact, keys[0])
    if found is not None and found.by_row:
        return Outcome(contact, SAME, keys[0], found, same_as=found.by_row)
    if found is None and keys[0] in rows:
        return Outcome(contact, SAME, keys[0], same_as=rows[keys[0]])
    found = found or _likely(index, contact, keys[1:])
    for key in (*keys, name_key(contact.name, "")):
        rows.setdefault(key, contact.row)
    if found is None:
        return Outcome(contact, NEW, keys[0])
    found.by_row = contact.row
    changes = tuple(_changes(contact, found, from_linkedin))
    if changes:
        index.forget(found)
        found.values.update({change.field: change.becomes for change in changes})
        index.add(found)
    return Outcome(contact, CHANGED if changes else SAME, keys[0], found, changes)


def _surely(index: _Index, contact: Contact, surest: str) -> Known | None:
    """Whom a contact is by the surest thing that it has."""
    by_key = index.by_key.get(short_key("key", contact.key)) if contact.key else None
    return by_key or index.by_key.get(short_key("source", surest)) or index.by_key.get(surest)


def _likely(index: _Index, contact: Contact, keys: Sequence[str]) -> Known | None:
    """Whom a contact is by something less sure: somebody whom no row named yet, and against whom nothing speaks."""
    found = (index.by_key.get(key) for key in keys)
    fitting = (known for known in found if known is not None and not known.by_row and not _speaks_against(contact, known))
    return next(fitting, None)


def _speaks_against(contact: Contact, known: Known) -> bool:
    """Whether two profiles, or two addresses where there are not two profiles, say that these are two people."""
    profiles = (url_key(contact.url), url_key(str(known.values.get("url", ""))))
    if all(profiles):
        return profiles[0] != profiles[1]
    addresses = (mail_key(contact.email), mail_key(str(known.values.get("email", ""))))
    return all(addresses) and addresses[0] != addresses[1]


def _changes(contact: Contact, known: Known, from_linkedin: bool) -> Iterator[Change]:
    follows = from_linkedin and known.follows
    for name in FILLED:
        becomes: Value = getattr(contact, name)
        was = known.values.get(name, "")
        if not becomes or becomes == was:
            continue
        if not was or (follows and name in FOLLOWED and folded(str(was)) != folded(str(becomes))):
            yield Change(name, was, becomes)


def known_from(row: Mapping[str, object]) -> Known:
    """Somebody out of the columns of the table, the organisation as ``organisation__name``."""
    values: dict[str, Value] = {name: str(row[name] or "") for name in FILLED if name not in ("organisation", "tags")}
    values["organisation"] = str(row["organisation__name"] or "")
    values["name"] = str(row["name"])
    tags = row["tags"]
    values["tags"] = tuple(map(str, tags)) if isinstance(tags, list | tuple) else ()
    key = str(row["source_key"])
    return Known(int(str(row["id"])), str(row["key"]), values, key, follows=row["source"] == "linkedin")
