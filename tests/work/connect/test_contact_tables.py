"""Tables of contacts: goldens by language, hostile cells, and no row that is lost."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.work.connect import contact_tables
from segue.work.connect.contact_tables import Found, contacts_from, read_table
from segue.work.connect.contacts import Contact
from tests.work.connect.test_csv_columns import LINKEDIN

NOTES = 'Notes:\n"When exporting your data, you may notice that ""some"" addresses, most of them, are missing."\n\n'
DAYS = {
    "English": "21 Nov 2023",
    "German": "21. November 2023",
    "French": "21 novembre 2023",
    "Spanish": "21 de nov. de 2023",
    "Japanese": "2023年11月21日",
}
DAY = date(2023, 11, 21)


def read(text: str, **columns: int) -> Found:
    table = read_table(text)
    return contacts_from(table, columns or table.heading.columns, is_linkedin=table.heading.is_linkedin)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", NOTES])
@pytest.mark.parametrize("language", LINKEDIN)
def test_linkedins_file_is_read_in_every_language(language: str, before: str, separator: str) -> None:
    heading = LINKEDIN[language].replace(",", separator)
    row = ["Ines", "Duarte", "https://www.linkedin.com/in/ines", "", "Nord, Süd; GmbH", "Data Scientist", DAYS[language]]
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerow(row)
    found = read(f"{before}{heading}\n{file.getvalue()}")
    at = 5 if before else 2
    url = "https://www.linkedin.com/in/ines"
    assert found.contacts == (Contact(at, "Ines Duarte", "Nord, Süd; GmbH", position="Data Scientist", url=url, known_since=DAY),)
    assert (found.unread, found.remarks) == ((), ())


def test_an_export_of_2017_is_read() -> None:
    text = 'First Name,Last Name,Email Address,Company,Position,Connected On\nAl,Fa,a@b.co,X,Y,"11/21/17, 3:15 PM"\n'
    assert read(text).contacts == (Contact(2, "Al Fa", "X", position="Y", email="a@b.co", known_since=date(2017, 11, 21)),)


def test_what_can_not_be_taken_is_told_with_row_and_reason() -> None:
    rows = [
        "Ann,Low,,,A,B,21 Nov 2023",
        ",,,,A,B,21 Nov 2023",
        'Bo,"Li,,,A,B,21 Nov 2023',
        "Cy,Ng,,,A,B,21 Nov 2023",
        ",,,,,,",
        "Di,Ox,,,A, Inc,B,21 Nov 2023",
        f"{'x' * 300},Ox,,,A,B,21 Nov 2023",
        "Ed,Pi,,,A,B,21 Nov 2023",
    ]
    found = read("\n".join([LINKEDIN["English"], *rows]))
    assert [contact.name for contact in found.contacts] == ["Ann Low", "Cy Ng", "Ed Pi"]
    assert [(row.row, row.why) for row in found.unread] == [
        (3, "It has no name."),
        (4, "Its quotation marks don’t close."),
        (7, "It has 8 cells, and there are 7 headings."),
        (8, "Name has 303 characters; 200 is the most."),
    ]
    assert found.remarks == ("Rows with nothing in them: 1.",)


def test_a_quote_that_swallows_the_rest_costs_one_row() -> None:
    found = read('name,mail\n"Ann,a@b.co\nBo,b@b.co\nCy,c@b.co\n')
    assert [contact.name for contact in found.contacts] == ["Bo", "Cy"]
    assert [row.row for row in found.unread] == [2]


def test_what_is_left_out_of_a_row_is_told() -> None:
    found = read(
        "Name,E-Mail,URL,Since,Birthday,Role\nAnn,none,x y,soon,1.1.1990,Wizard\nBo,b@b.co,,03/04/2020,,Data scientist\n"
    )
    assert found.contacts == (
        Contact(2, "Ann"),
        Contact(3, "Bo", email="b@b.co", known_since=date(2020, 4, 3), role="data-scientist"),
    )
    said = "\n".join(found.remarks)
    assert "Days that can’t be read: 1 (rows 2)" in said
    assert "E-mail addresses that are none, and are left out: 1 (rows 2)" in said
    assert "Links that are none" in said
    assert "Roles that Segue does not know" in said
    assert "03/04/2020 can be read in two ways; they were read as day/month/year" in said
    assert "Columns that are left out: Birthday." in said


def test_the_learner_says_what_columns_are() -> None:
    found = read("Jméno;Příjmení;Pošta\nJiří;Dvořák;i@x.cz\n", first=0, last=1, email=2)
    assert found.contacts == (Contact(2, "Jiří Dvořák", email="i@x.cz"),)


def test_excels_first_line_is_no_row() -> None:
    assert read("sep=;\nName;Mail\nAnn, the first;a@b.co\n").contacts == (Contact(3, "Ann, the first", email="a@b.co"),)


def test_cells_that_were_kept_from_running_come_back() -> None:
    assert read("Name,Phone\n'=Ann,'+49 30 1\n").contacts == (Contact(2, "=Ann", phone="+49 30 1"),)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(UserError, match="no table of contacts"):
        read_table("just a letter to somebody\nwith two lines\n")


def test_more_people_than_anybody_knows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_tables, "MOST_CONTACTS", 5)
    with pytest.raises(UserError, match="more than 5 rows"):
        read_table("name,mail\n" + "a,b@c.de\n" * 60)


@pytest.mark.parametrize("cell", ["a" * 120_000, "@" * 120_000, "1/" * 50_000, "a@" * 50_000, " " * 120_000, "{" * 120_000])
def test_cells_made_to_stop_a_program_are_read_at_once(cell: str) -> None:
    found = read(f"Name,Email,URL,Since\nAnn,{cell},{cell},{cell}\n")
    assert [each.name for each in found.contacts] == ["Ann"]


def test_a_file_that_is_all_faults_is_read_at_once() -> None:
    found = read("Name,Email\n" + 'Ann,"a"b\n' * 20_000)
    assert (len(found.contacts), len(found.unread)) == (0, 20_000)


CELL = st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12))
def test_no_row_is_lost(cells: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([["Name", "Email", "Company"], *cells])
    found = read(file.getvalue())
    rows = [each.row for each in found.contacts] + [each.row for each in found.unread]
    assert sorted(rows) == [at for at, row in enumerate(cells, 2) if any(map(str.strip, row))]


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=300))
def test_any_text_below_the_headings_is_read_or_told(text: str) -> None:
    found = read(f"Name,Email,Company\n{text}\n")
    numbers = [each.row for each in found.contacts] + [each.row for each in found.unread]
    assert len(numbers) == len(set(numbers))
