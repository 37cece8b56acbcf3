"""Cards as phones, mail programs and broken exporters write them."""

from __future__ import annotations

import quopri
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.work.connect.contact_files import open_contacts
from segue.work.connect.contact_tables import Found
from segue.work.connect.contacts import Contact
from segue.work.connect.vcard_reading import read_vcards

PHOTO = "\n ".join(["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg", *["ABCDabcd0123+/" * 5] * 20])


def read(*lines: str) -> Found:
    return read_vcards("\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD"]))


def contact(*lines: str) -> Contact:
    (found,) = read(*lines).contacts
    return replace(found, row=0)


def test_a_card_of_a_phone() -> None:
    found = read(
        "PRODID:-//Maker//Phone//EN",
        "N:Duarte;Inês;Maria;Dr.;",
        "FN:Inês Duarte",
        r"ORG:Nord\, Süd\; GmbH;Research;NLP",
        "TITLE:Data Scientist",
        "item1.EMAIL;type=INTERNET;type=HOME:home@example.org",
        "item1.X-ABLabel:_$!<Other>!$_",
        "item2.EMAIL;type=INTERNET;type=WORK;type=pref:work@example.org",
        "TEL;type=CELL;type=VOICE:+351 21 000",
        "TEL;type=WORK:+351 99 999",
        r"URL;type=WORK:https\://nord.example",
        "X-SOCIALPROFILE;type=linkedin;x-user=ines:http://www.linkedin.com/in/ines",
        "ADR;type=HOME:;;Rua 1;Porto;;4000;Portugal",
        "BDAY:1990-01-01",
        r"NOTE:Met in May\nLikes \, and \;",
        "CATEGORIES:pricing,forecast",
        PHOTO,
    )
    assert found.contacts == (
        Contact(
            1,
            "Inês Duarte",
            "Nord, Süd; GmbH",
            "Research, NLP",
            "Data Scientist",
            email="work@example.org",
            phone="+351 21 000",
            url="http://www.linkedin.com/in/ines",
            tags=("pricing", "forecast"),
            note="Met in May\nLikes , and ;",
        ),
    )
    assert found.remarks == (
        "Left out, as Segue has no use for them: addresses (1), birthdays (1), photos (1).",
        "Where a card has several e-mail addresses or numbers, the preferred one is taken, else the first.",
    )


def test_a_card_of_version_4() -> None:
    lines = ("FN:Ann", "EMAIL;PREF=2:b@b.co", 'TEL;VALUE=uri;TYPE="voice,cell":tel:+49-30-1', "KIND:individual", "GENDER:F")
    assert contact(*lines) == Contact(0, "Ann", email="b@b.co", phone="+49-30-1")


def test_a_card_of_version_2_1() -> None:
    name = quopri.encodestring("Müller;Jörg".encode()).decode().strip()
    note = "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Erste Zeile=0D=0AZweite =\nZeile =\nund Ende"
    lines = (f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{name}", "TEL;CELL;PREF:1", note)
    assert contact(*lines) == Contact(0, "Jörg Müller", phone="1", note="Erste Zeile\nZweite Zeile und Ende")
    latin = "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=F6rg"
    assert contact(latin).name == contact("FN;QUOTED-PRINTABLE;CHARSET=NO-SUCH:J=F6rg").name == "Jörg"


def test_broken_folding_is_mended() -> None:
    photo = PHOTO.replace("\n ", "\n")
    lines = (
        "FN:Ann",
        photo,
        "NOTE:A long note that",
        " goes on, and then",
        "breaks: without a blank",
        "http://x.org too",
        "TEL:1",
    )
    assert contact(*lines) == Contact(
        0, "Ann", phone="1", note="A long note thatgoes on, and thenbreaks: without a blankhttp://x.org too"
    )


def test_a_name_is_found_where_there_is_no_fn() -> None:
    assert contact("N:山田;太郎;;;").name == "山田 太郎"
    assert contact("N:Doe;Jane;M.;;").name == "Jane M. Doe"
    assert contact("FN: ", "N:Doe").name == "Doe"


def test_cards_that_can_not_be_taken_are_told() -> None:
    text = (
        "BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nORG:Acme\nEND:VCARD\nBEGIN:VCARD\nFN:Open\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n"
    )
    found = read_vcards(text + "BEGIN:VCARD\nFN:Cut o")
    assert [(each.row, each.name) for each in found.contacts] == [(1, "Ann"), (4, "Bo")]
    assert [(each.row, each.text, each.why) for each in found.unread] == [
        (2, "Acme", "It has no name."),
        (3, "Open", "The card breaks off: it has no END."),
        (5, "Cut o", "The card breaks off: it has no END."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_cards_come_in_any_encoding(encoding: str) -> None:
    cards = "\r\n".join(["BEGIN:VCARD", "VERSION:2.1", "FN:Jörg", "ORG:Käse", "END:VCARD", ""] * 2)
    found = read_vcards(open_contacts("a.vcf", cards.encode(encoding)).text)
    assert [each.name for each in found.contacts] == ["Jörg", "Jörg"]


def test_more_cards_than_anybody_has_are_refused() -> None:
    with pytest.raises(UserError, match="more than 50,000 cards"):
        read_vcards("BEGIN:VCARD\nFN:A\nEND:VCARD\n" * 50_001)


@pytest.mark.parametrize(
    "line",
    [
        "NOTE;" + " " * 200_000,
        "NOTE" + ";" * 200_000,
        'NOTE;X="' + '";"' * 60_000,
        "EMAIL:" + "a" * 200_000,
        "EMAIL:" + "a@" * 100_000,
        "NOTE;ENCODING=QUOTED-PRINTABLE:" + "a=\n" * 60_000,
        "\n" * 200_000,
        " x\n" * 100_000,
    ],
)
def test_lines_made_to_stop_a_program_are_read_at_once(line: str) -> None:
    found = read("FN:Ann", line)
    assert [each.row for each in found.contacts] + [each.row for each in found.unread] == [1]


def test_own_words_that_are_none_are_left_out() -> None:
    assert contact("FN:A", "X-SEGUE-ROLE:wizard", "X-SEGUE-RELATION:enemy", "UID:urn:uuid:1") == Contact(0, "A")


@given(st.text(st.sampled_from('BEGIN:VCARDEND;=\\\n \t,FNOTE"é0'), max_size=200))
def test_anything_between_two_cards_leaves_them_whole(text: str) -> None:
    found = read_vcards(f"BEGIN:VCARD\nFN:Ann\nEND:VCARD\n{text}\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n")
    assert [each.name for each in found.contacts if each.name in ("Ann", "Bo")][:1] == ["Ann"]
    assert found.contacts[-1].name == "Bo"
