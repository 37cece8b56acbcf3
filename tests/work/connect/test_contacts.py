"""What makes two contacts the same person, and what a field may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from segue.work.connect.contacts import (
    MOST_KEY,
    Contact,
    fault_of,
    full_name,
    mail_key,
    name_key,
    sound_email,
    sound_relation,
    sound_role,
    sound_url,
    url_key,
)

WHOLE = Contact(7, "Ines Duarte", "Northwind", tags=("pricing",), known_since=date(2023, 11, 21), email="ines@example.org")


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/in/jane-doe",
        "http://de.linkedin.com/in/Jane-Doe/",
        "linkedin.com/in/jane-doe?trk=contact",
        "https://www.linkedin.com/in/jane-doe/fr",
        "HTTPS://LinkedIn.com/in/jane%2Ddoe#top",
    ],
)
def test_a_profile_is_the_same_however_it_is_written(link: str) -> None:
    assert url_key(link) == url_key("https://www.linkedin.com/in/jane-doe") != ""


@pytest.mark.parametrize(
    "link", ["", "https://acme.example", "https://linkedin.com/company/acme", "https://github.com/acme/tool"]
)
def test_a_link_that_colleagues_share_is_nobodys_key(link: str) -> None:
    assert url_key(link) == ""


def test_other_sites_know_people_too() -> None:
    assert url_key("https://github.com/jane") == url_key("github.com/Jane/") != url_key("https://gitlab.com/jane")
    assert url_key("https://orcid.org/0000-0002-1825-0097") != ""


def test_names_are_compared_without_capitals_widths_and_stops() -> None:
    assert name_key("Dr. Jane Doe", "ACME, Inc.") == name_key("dr jane  doe", "Acme Inc")
    assert name_key("ﾔﾏﾀﾞ", "") == name_key("ヤマダ", "")
    assert name_key("Jane Doe", "Acme") != name_key("Jane Doe", "Beta")


def test_a_long_key_fits_its_column() -> None:
    keys = {name_key("x" * 200, "y" * length) for length in (150, 151)}
    assert len(keys) == 2
    assert all(len(key) <= MOST_KEY for key in keys)
    assert len(mail_key("ß" * 250 + "@x.de")) <= MOST_KEY


def test_names_stand_in_the_order_of_their_script() -> None:
    assert full_name("太郎", "山田") == "山田 太郎"
    assert full_name(" Jane ", "Doe") == "Jane Doe"
    assert full_name("Taro", "山田") == "Taro 山田"
    assert full_name("", "Doe") == "Doe"


@pytest.mark.parametrize(
    ("text", "address"),
    [("jane@x.org", "jane@x.org"), ("Jane <jane@x.org>", "jane@x.org"), ("mailto:a@b.co", "a@b.co"), ("n/a", ""), ("a@b", "")],
)
def test_an_e_mail_address_is_found_or_there_is_none(text: str, address: str) -> None:
    assert sound_email(text) == address


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://x.org/a", "https://x.org/a"),
        ("x.org/a", "https://x.org/a"),
        ("javascript:alert(1).x", ""),
        ("javascript://x.org/%0aalert(1)", ""),
        ("data:text/html,x.y", ""),
        ("http://[x.org", ""),
        ("nothing", ""),
    ],
)
def test_only_what_a_browser_may_open_is_a_link(text: str, link: str) -> None:
    assert sound_url(text) == link


def test_roles_and_relations_are_read_by_value_and_in_words() -> None:
    assert sound_role("Data scientist") == sound_role("data-scientist") == "data-scientist"
    assert sound_relation("MY MENTOR") == "mentor"
    assert sound_role("Wizard") == sound_relation("Wizard") == ""


def test_a_contact_is_kept_and_comes_back() -> None:
    assert Contact.from_row(WHOLE.as_row()) == WHOLE
    assert Contact.from_row(Contact(1, "A").as_row() | {"state": "new"}) == Contact(1, "A")
    assert "note" not in WHOLE.as_row()


def test_what_does_not_fit_is_said_with_its_place() -> None:
    assert fault_of(WHOLE) == ""
    assert fault_of(replace(WHOLE, name="")) == "It has no name."
    assert fault_of(replace(WHOLE, position="x" * 201)) == "Position has 201 characters; 200 is the most."
