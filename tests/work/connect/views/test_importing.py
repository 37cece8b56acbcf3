"""Contacts through the pages: a file is sent, looked at, taken in and taken back; people go out as files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from segue.accounts.models import Learner
from segue.work.connect import importing_forms
from segue.work.connect.actions.people import add_person
from tests.browsing import Page, press, visit
from tests.counting import queries_of
from tests.work.connect.test_csv_columns import LINKEDIN

pytestmark = pytest.mark.django_db
LINK = "https://www.linkedin.com/in/"
ROWS = (
    f"Ines,Duarte,{LINK}ines,,Northwind,Data Scientist,21 Nov 2023",
    f"Omar,Haddad,{LINK}omar,omar@example.org,Northwind,Head of Data,3 Mar 2021",
    ",,,,Fabrikam,,1 Jan 2020",
)
FILE = "\n".join(("Notes:", '"Some addresses are missing"', "", LINKEDIN["English"], *ROWS))


def send(page: Client, name: str, content: str | bytes, **fields: str) -> Page:
    """Sends a file and follows to its preview."""
    data = content.encode() if isinstance(content, str) else content
    path = reverse("connect:import-contacts")
    response = page.post(path, {"attachments": SimpleUploadedFile(name, data), **fields}, follow=True)
    chain = response.redirect_chain
    return Page(response.status_code, chain[-1][0] if chain else path, response.content.decode())


def test_a_file_is_looked_at_taken_in_and_taken_back(page: Client, priya: Learner) -> None:
    looked = send(page, "Connections.csv", FILE)
    assert looked.heading == "2 new people"
    assert "2 new, 0 changed, 0 the same, 1 rejected. Nothing is taken in yet." in looked.text
    assert "Data scientist" in looked.text
    rejected = visit(page, f"{looked.path}?show=rejected")
    assert "It has no name." in rejected.text
    assert not priya.people.exists()
    taken = press(page, looked, "Take them in")
    assert "2 people came new, 0 changed." in taken.text
    assert "Ines Duarte" in taken.text
    again = send(page, "Connections.csv", FILE)
    assert again.heading == "Nothing new in this file"
    assert "Take them in" not in again.html
    assert "there already" in again.text
    dropped = press(page, again, "Forget the file")
    assert "Nothing was taken in." in dropped.text
    gone = press(page, dropped, "Take back")
    assert "2 people of this file removed." in gone.text
    assert not priya.people.exists()


def test_what_would_change_is_shown_from_and_to(page: Client, priya: Learner) -> None:
    add_person(priya, name="Omar Haddad", email="OMAR@example.org", position="")
    looked = send(page, "Connections.csv", FILE)
    assert looked.heading == "1 new person"
    changed = visit(page, f"{looked.path}?show=changed")
    assert "Position: empty becomes Head of Data" in changed.text
    assert "Profile link: empty becomes" in changed.text


def test_a_file_that_only_changes_somebody_says_so(page: Client, priya: Learner) -> None:
    add_person(priya, name="Omar", email="omar@example.org")
    looked = send(page, "omar.vcf", "BEGIN:VCARD\nFN:Omar\nEMAIL:omar@example.org\nTEL:12\nPHOTO:AAAA\nEND:VCARD\n")
    assert looked.heading == "1 person with something new"
    assert "Left out, as Segue has no use for them: photos (1)." in looked.section("How it was read")
    assert "0 people came new, 1 changed." in press(page, looked, "Take them in").text
    assert priya.people.get().phone == "12"


def test_the_learner_says_what_the_columns_of_a_table_are(page: Client, priya: Learner) -> None:
    looked = send(page, "team.csv", "Wer;Mail;Seit\nAnn Löw;ann@example.org;1.2.2020\nBo;nothing;x\n")
    assert looked.heading == "What are the columns?"
    assert "Ann Löw" in looked.text
    assert looked.form("Look at the people").values["column_1"] == "email"
    refused = press(page, looked, "Look at the people")
    assert refused.status == 422
    assert "Say which column has the names." in refused.text
    twice = press(page, looked, "Look at the people", column_0="email")
    assert "“E-mail” is chosen for more than one column." in twice.text
    shown = press(page, looked, "Look at the people", column_0="name", column_2="known_since")
    assert shown.heading == "2 new people"
    assert "Days that can’t be read: 1 (rows 3)." in shown.text
    press(page, shown, "Take them in")
    assert sorted(priya.people.values_list("name", "email")) == [("Ann Löw", "ann@example.org"), ("Bo", "")]
    assert visit(page, looked.path).heading == "Import contacts"


def test_a_wrong_file_is_refused_with_the_reason(page: Client, priya: Learner) -> None:
    for name, content, why in (
        ("cv.pdf", b"%PDF-1.7", "is a PDF document, not a file of contacts"),
        ("photo.png", b"\x89PNG\r\n", "is a picture"),
        ("empty.csv", b"", "is empty: it has 0 bytes"),
        ("letter.txt", b"Dear all,\nhello", "no table of contacts"),
        ("russian.csv", "Имя,Фамилия\nСтепан,Петров\n".encode("cp1251"), "can’t be told"),  # noqa: RUF001
    ):
        refused = send(page, name, content)
        assert refused.status == 422
        assert why in refused.text
    nothing = visit(page, reverse("connect:import-contacts"), {}, "post")
    assert "Choose a file." in nothing.text
    assert not priya.contact_imports.exists()


def test_an_encoding_that_was_chosen_is_used(page: Client) -> None:
    looked = send(page, "a.csv", "Имя,Mail\nСтепан,a@b.co\n".encode("cp1251"), encoding="cp1251")  # noqa: RUF001
    assert "Степан" in looked.text


def test_a_large_file_is_told_before_and_after_it_is_sent(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'data-most-bytes="20971520"' in visit(page, reverse("connect:import-contacts")).html
    monkeypatch.setattr(importing_forms, "MOST_BYTES", 1024**2)
    refused = send(page, "a.csv", b"name,mail\n" * 200_000)
    assert refused.status == 422
    assert "It has 2 MB; 1 MB is the most." in refused.text


def test_hostile_names_are_text(page: Client) -> None:
    hostile = '<script>alert(1)</script>,"=cmd|x",javascript:alert(1).x,,\u202egnp.exe,🙂,1 Jan 2020'
    looked = send(page, "<b>.csv", f"{LINKEDIN['English']}\n{hostile}\n")
    assert "<script>alert" not in looked.html
    assert "<script>alert(1)</script>" in looked.text
    assert "Links that are none, and are left out: 1 (rows 2)." in looked.text


def test_a_long_preview_comes_in_pages(page: Client) -> None:
    rows = (f"Ann{number},Low,{LINK}ann{number},,Acme,,1 Jan 2020" for number in range(120))
    looked = send(page, "Connections.csv", "\n".join([LINKEDIN["English"], *rows]))
    assert "Page 1 of 3, 1 to 50 of 120" in looked.text
    assert "Ann119 Low" in visit(page, f"{looked.path}?show=new&page=3").text
    assert visit(page, f"{looked.path}?show=nonsense&page=x").status == 200


def test_pages_ask_the_database_as_often_for_many_rows(page: Client, priya: Learner) -> None:
    asked = []
    for many in (3, 90):
        rows = [f"Ann{number},Low,{LINK}ann{many}-{number},,Acme {number},,1 Jan 2020" for number in range(many)]
        looked = send(page, "Connections.csv", "\n".join([LINKEDIN["English"], *rows]))
        asked.append([queries_of(page, looked.path), queries_of(page, reverse("connect:import-contacts"))])
        press(page, looked, "Take them in")
    assert asked[0] == asked[1]


def test_people_go_out_as_files(page: Client, priya: Learner) -> None:
    add_person(priya, name="Ines Duarte", organisation="Northwind", relation="mentor", role="data-scientist")
    add_person(priya, name="Omar Haddad", email="omar@example.org")
    cards = page.get(reverse("connect:export-vcards"))
    assert cards.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert cards.headers["Content-Disposition"] == 'attachment; filename="people-2026-11-23.vcf"'
    assert cards.getvalue().decode().count("BEGIN:VCARD") == 2
    related = page.get(reverse("connect:export-vcards"), {"who": "related"})
    assert "people-with-a-relation-" in related.headers["Content-Disposition"]
    assert "Omar" not in related.getvalue().decode()
    table = page.get(reverse("connect:export-people"), {"q": "omar"}).getvalue().decode()
    assert table.startswith("\ufeffName,")
    assert ("Omar Haddad" in table, "Ines" in table) == (True, False)


def test_a_file_of_another_is_not_there(
    page: Client, make_learner: Callable[..., Learner], client_of: Callable[..., Client]
) -> None:
    theirs = send(client_of(make_learner("Sam")), "Connections.csv", FILE)
    assert visit(page, theirs.path).status == 404
    for step in ("take", "drop", "undo"):
        assert page.post(f"{theirs.path}{step}/").status_code == 404


def test_the_way_to_linkedins_file_is_told(page: Client) -> None:
    told = visit(page, reverse("connect:import-contacts"))
    for words in ("Get a copy of your data", "stays on this machine", "Photos, addresses and birthdays are left out"):
        assert words in told.text
    assert any("connect/people/import" in url for _, url in visit(page, reverse("connect:list-people")).links)
