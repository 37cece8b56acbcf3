"""Cards that other address books take, and that come back as the same person."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from segue.evidence.texts import clean_line, clean_text
from segue.work.connect.contacts import Contact, sound_tags
from segue.work.connect.models import Organisation, Person
from segue.work.connect.vcard_reading import read_vcards
from segue.work.connect.vcards import vcard_of

INES = Person(
    key="abc",
    name="Inês, Duarte; PhD",
    organisation=Organisation(name="Nord, Süd; GmbH"),
    team="Research, NLP",
    position="Data Scientist",
    role="data-scientist",
    relation="mentor",
    how_known="Meetup, May",
    email="ines@example.org",
    phone="+351 21 000",
    url="https://example.org/?a=1;b=2,3",
    tags=["pricing", "a, b"],
    note="First line\nSecond; with \\ and a long tail:" + " ünïcödé" * 20,
    known_since=date(2023, 11, 21),
)


def contact_of(person: Person, row: int = 1) -> Contact:
    fields = ("name", "team", "position", "role", "relation", "how_known", "email", "phone", "url", "note", "known_since", "key")
    given_ = {name: getattr(person, name) for name in fields}
    where = person.organisation.name if person.organisation else ""
    return Contact(row, organisation=where, tags=tuple(person.tags), **given_)


def test_a_card_is_version_4_with_its_escapes() -> None:
    lines = vcard_of(INES).replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert r"FN:Inês\, Duarte\; PhD" in lines
    assert r"ORG:Nord\, Süd\; GmbH;Research\, NLP" in lines
    assert r"CATEGORIES:pricing,a\, b" in lines
    assert "URL:https://example.org/?a=1;b=2,3" in lines
    assert "UID:urn:segue:person:abc" in lines


def test_no_line_is_longer_than_75_octets_and_no_sign_is_cut() -> None:
    card = vcard_of(INES)
    assert max(len(line.encode()) for line in card.split("\r\n")) <= 75
    assert " ünïcödé" * 20 in card.replace("\r\n ", "")


def test_what_is_empty_is_left_out() -> None:
    card = vcard_of(Person(key="k", name="Bo", known_since=date(2026, 1, 1)))
    assert [line.partition(":")[0] for line in card.split("\r\n")] == [
        *("BEGIN", "VERSION", "UID", "FN", "X-SEGUE-KNOWN-SINCE", "END", "")
    ]


def test_a_card_comes_back_as_the_same_person() -> None:
    found = read_vcards(vcard_of(INES).replace("\r\n", "\n"))
    assert found.contacts == (contact_of(INES),)
    assert (found.unread, found.remarks) == ((), ())


LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(clean_line)
NAME = LINE.filter(bool)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(lambda text: clean_text(text).strip())
PEOPLE = st.builds(
    Person,
    key=st.text("0123456789abcdef", min_size=16, max_size=16),
    name=NAME,
    organisation=st.none() | st.builds(Organisation, name=NAME),
    team=LINE,
    position=LINE,
    role=st.sampled_from(["", "data-scientist", "leader"]),
    relation=st.sampled_from(["", "mentor"]),
    how_known=LINE,
    email=st.sampled_from(["", "a@b.co", "Ä.b+c@d-e.org"]),
    phone=LINE.filter(lambda text: not text.startswith("tel:")),
    url=st.sampled_from(["", "https://x.org/a,b;c?d=e\\f", "http://www.linkedin.com/in/a%20b"]),
    tags=st.lists(NAME, max_size=3, unique=True).map(lambda tags: list(sound_tags(tags))),
    note=TEXT,
    known_since=st.dates(date(1970, 1, 1), date(2030, 1, 1)),
)


@given(st.lists(PEOPLE, min_size=1, max_size=3))
def test_all_that_a_person_can_be_comes_back(people: list[Person]) -> None:
    text = "".join(map(vcard_of, people)).replace("\r\n", "\n")
    assert read_vcards(text).contacts == tuple(contact_of(person, row) for row, person in enumerate(people, 1))
