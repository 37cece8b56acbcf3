"""vCards 2.1, 3.0 and 4.0 as address books write them, broken folding included."""

from __future__ import annotations

import quopri
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from segue.core.errors import UserError
from segue.evidence.texts import clean_line
from segue.work.connect.contact_dates import read_day
from segue.work.connect.contact_tables import MOST_CONTACTS, Found
from segue.work.connect.contacts import (
    Contact,
    Unread,
    fault_of,
    full_name,
    sound_email,
    sound_note,
    sound_relation,
    sound_role,
    sound_tags,
    sound_url,
    url_key,
)
from segue.work.connect.vcards import UID

# What begins a line of a card. Anything else goes on the line before, whether it was folded by the rule or not.
_PROPERTIES = (
    "BEGIN END VERSION FN N NICKNAME PHOTO BDAY ADR LABEL TEL EMAIL MAILER TZ GEO TITLE ROLE LOGO AGENT ORG"
    " CATEGORIES NOTE PRODID REV SORT-STRING SOUND UID URL CLASS KEY SOURCE KIND XML ANNIVERSARY GENDER IMPP LANG"
    " MEMBER RELATED CLIENTPIDMAP FBURL CALADRURI CALURI NAME PROFILE SOCIALPROFILE BIRTHPLACE DEATHDATE DEATHPLACE"
    " EXPERTISE HOBBY INTEREST ORG-DIRECTORY CONTACT-URI CREATED LANGUAGE PRONOUNS GRAMGENDER JSPROP"
)
_LINE = re.compile(
    rf"(?:[A-Za-z0-9-]+\.)?(?P<name>X-[A-Za-z0-9-]+|{'|'.join(_PROPERTIES.split())})"
    r'(?P<parameters>(?:;(?:"[^"]*"|[^":;]++)*+)*+):(?P<value>.*)',
    re.IGNORECASE | re.DOTALL,
)
_PARAMETER = re.compile(r';\s*((?:"[^"]*"|[^";])*)')
ROLE, RELATION, HOW, SINCE = "X-SEGUE-ROLE", "X-SEGUE-RELATION", "X-SEGUE-HOW-KNOWN", "X-SEGUE-KNOWN-SINCE"
_EDGE = re.compile(r"\s*(?:BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)  # nothing is joined to it
READ = frozenset(("FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "URL", "CATEGORIES", "NOTE", "UID", "SOCIALPROFILE"))
READ |= {"X-SOCIALPROFILE", ROLE, RELATION, HOW, SINCE}
LEFT_OUT = {"PHOTO": "photos", "LOGO": "photos", "ADR": "addresses", "LABEL": "addresses", "BDAY": "birthdays"}
LEFT_OUT |= {"ANNIVERSARY": "birthdays", "GEO": "places", "SOUND": "sounds", "KEY": "keys", "GENDER": "genders"}


@dataclass(frozen=True)
class _Value:
    """One line of a card, read."""

    text: str
    types: frozenset[str] = frozenset()


@dataclass
class _Card:
    """A card as it comes in. ``row``: the how manieth of the file."""

    row: int
    values: dict[str, list[_Value]] = field(default_factory=dict)
    is_whole: bool = False

    def first(self, name: str) -> str:
        """The text of a property: the preferred one, else the first."""
        there = self.values.get(name, [])
        return next((value.text for value in there if "PREF" in value.types), there[0].text if there else "")


def read_vcards(text: str) -> Found:
    """All cards of a text; what is no contact is told with the number of its card. Raises ``UserError`` for too many."""
    contacts: list[Contact] = []
    unread: list[Unread] = []
    left: Counter[str] = Counter()
    for card in _cards(text, left):
        if card.row > MOST_CONTACTS:
            raise UserError(f"The file has more than {MOST_CONTACTS:,} cards.", "Split it, and keep the people whom you know.")
        contact = _contact(card)
        why = "The card breaks off: it has no END." if not card.is_whole else fault_of(contact)
        if why:
            unread.append(Unread(card.row, (contact.name or contact.organisation or contact.email)[:80], why))
        else:
            contacts.append(contact)
    return Found(tuple(contacts), tuple(unread), tuple(_remarks(left)))


def _remarks(left: Mapping[str, int]) -> Iterator[str]:
    if dropped := [f"{what} ({count:,})" for what, count in left.items() if what != "more"]:
        yield f"Left out, as Segue has no use for them: {', '.join(dropped)}."
    if left.get("more"):
        yield "Where a card has several e-mail addresses or numbers, the preferred one is taken, else the first."


def _cards(text: str, left: Counter[str]) -> Iterator[_Card]:
    card: _Card | None = None
    row = 0
    for line in _lines(text):
        found = _LINE.fullmatch(line)
        name = found["name"].upper() if found else ""
        if found and name in ("BEGIN", "END") and found["value"].strip().upper() == "VCARD":
            if card is not None:
                card.is_whole = name == "END"
                yield card
            row += name == "BEGIN"
            card = _Card(row) if name == "BEGIN" else None
        elif found and card is not None:
            _keep(card, name, found, left)
    if card is not None:
        yield card


def _lines(text: str) -> Iterator[str]:
    """The lines of cards, unfolded. A value in quoted-printable goes on where its line ends with an equals sign."""
    held: list[str] = []
    is_edge = is_quoted = False
    for line in text.split("\n"):
        if is_quoted and held[-1].endswith("=") and not _EDGE.fullmatch(line):
            held[-1] = held[-1][:-1]
            held.append(line)
        elif not is_edge and line[:1] in (" ", "\t"):
            held.append(line[1:])
        elif not is_edge and held and not _LINE.match(line):
            held.append(line)
        else:
            yield "".join(held)
            held, is_edge = [line], bool(_EDGE.fullmatch(line))
            is_quoted = "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
    yield "".join(held)


def _keep(card: _Card, name: str, found: re.Match[str], left: Counter[str]) -> None:
    if what := LEFT_OUT.get(name):
        left[what] += 1
    if name not in READ:
        return
    value = _value(found["value"], found["parameters"])
    there = card.values.setdefault(name, [])
    left["more"] += name in ("EMAIL", "TEL") and bool(there)
    if value.text.strip():
        there.append(value)


def _value(text: str, parameters: str) -> _Value:
    said: dict[str, str] = {}
    types: set[str] = set()
    for parameter in _PARAMETER.findall(parameters) if parameters else ():
        key, _, value = parameter.strip().upper().partition("=")
        said[key.strip()] = value.strip().strip('"')
        types.update(said[key.strip()].split(",") if key.strip() == "TYPE" else [key.strip()])
    if "QUOTED-PRINTABLE" in (said.get("ENCODING"), *types):
        raw = quopri.decodestring(text.encode())
        text = _decoded(raw, said.get("CHARSET", "utf-8"))
    return _Value(text, frozenset(types))


def _decoded(raw: bytes, charset: str) -> str:
    for name in (charset, "utf-8", "cp1252"):
        try:
            return raw.decode(name).replace("\r\n", "\n").replace("\0", "")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def _contact(card: _Card) -> Contact:
    org = [clean_line(part) for part in parts_of(card.first("ORG"), ";")] + [""]
    tags = [tag for value in card.values.get("CATEGORIES", []) for tag in parts_of(value.text, ",")]
    uid = card.first("UID")
    return Contact(
        card.row,
        _name(card),
        organisation=org[0],
        team=", ".join(part for part in org[1:] if part),
        role=sound_role(card.first(ROLE)),
        relation=sound_relation(card.first(RELATION)),
        how_known=clean_line(plain(card.first(HOW))),
        position=clean_line(plain(card.first("TITLE") or card.first("ROLE"))),
        email=sound_email(plain(card.first("EMAIL"))),
        phone=clean_line(plain(card.first("TEL")).removeprefix("tel:")),
        url=_url(card),
        tags=sound_tags(tags),
        note=sound_note("\n\n".join(plain(value.text) for value in card.values.get("NOTE", []))),
        known_since=read_day(card.first(SINCE)),
        key=uid.removeprefix(UID) if uid.startswith(UID) else "",
    )


def _name(card: _Card) -> str:
    if name := clean_line(plain(card.first("FN"))):
        return name
    last, first, middle, *_ = [*parts_of(card.first("N"), ";"), "", "", ""]
    return full_name(f"{first} {middle}", last)


def _url(card: _Card) -> str:
    """The link to a profile that is known as one, else the first link."""
    there = [each for name in ("URL", "SOCIALPROFILE", "X-SOCIALPROFILE") for each in card.values.get(name, [])]
    links = [link for each in there if (link := sound_url(plain(each.text)))]
    return next((link for link in links if url_key(link)), links[0] if links else "")


def plain(text: str) -> str:
    """A value without its escapes."""
    if "\\" not in text:
        return text
    from icalendar.parser.property import unescape_backslash  # icalendar takes a while to import

    return str(unescape_backslash(text))


def parts_of(text: str, separator: str) -> Sequence[str]:
    """The parts of a value of several, without their escapes."""
    if "\\" not in text:
        return text.split(separator)
    from icalendar.parser import property as properties

    split = properties.split_on_unescaped_comma if separator == "," else properties.split_on_unescaped_semicolon
    return list(map(str, split(text)))
