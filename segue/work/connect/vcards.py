"""People as vCards 4.0 (RFC 6350), as address books take them."""

from __future__ import annotations

from segue.work.connect.models import Person

CONTENT_TYPE = "text/vcard; charset=utf-8"
UID = "urn:segue:person:"
ESCAPES = str.maketrans({"\\": r"\\", ",": r"\,", ";": r"\;", "\n": r"\n", "\r": None})
MOST_OCTETS = 75


def vcard_of(person: Person) -> str:
    """The card of a person, all that Segue keeps of them; the organisation must be loaded. It ends with a line break."""
    where = person.organisation.name if person.organisation else ""
    org = f"{_escaped(where)};{_escaped(person.team)}" if person.team else _escaped(where)
    lines = {
        "FN": _escaped(person.name),
        "ORG": org,
        "TITLE": _escaped(person.position),
        "EMAIL": _escaped(person.email),
        "TEL": _escaped(person.phone),
        "URL": person.url.replace("\\", r"\\"),
        "CATEGORIES": ",".join(map(_escaped, person.tags)),
        "NOTE": _escaped(person.note),
        "X-SEGUE-ROLE": person.role,
        "X-SEGUE-RELATION": person.relation,
        "X-SEGUE-HOW-KNOWN": _escaped(person.how_known),
        "X-SEGUE-KNOWN-SINCE": person.known_since.isoformat(),
    }
    filled = [f"{name}:{value}" for name, value in lines.items() if value]
    card = ["BEGIN:VCARD", "VERSION:4.0", f"UID:{UID}{person.key}", *filled, "END:VCARD"]
    return "".join(f"{_fold(line)}\r\n" for line in card)


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)


def _fold(line: str) -> str:
    if len(line) <= MOST_OCTETS // 4 or len(line.encode()) <= MOST_OCTETS:
        return line
    from icalendar.parser import Contentline  # it takes a while to import, and few cards have long lines

    return str(Contentline(line).to_ical(), "utf-8")  # type: ignore[no-untyped-call]
