"""Headings in several languages."""

from __future__ import annotations

import pytest

from segue.work.connect.csv_columns import FIELDS, HEADINGS, columns_of, heading_of

LINKEDIN = {
    "English": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "German": "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verknüpft am",
    "French": "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connexion établie le",
    "Spanish": "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el",
    "Japanese": "名,姓,URL,メールアドレス,会社,役職,つながった日",
}


@pytest.mark.parametrize("language", LINKEDIN)
def test_linkedins_headings_are_known(language: str) -> None:
    heading = heading_of([["Notes:"], ["Some words, with commas"], [], LINKEDIN[language].split(",")])
    assert heading.is_linkedin
    assert heading.at == 3
    assert list(heading.columns) == ["first", "last", "url", "email", "organisation", "position", "known_since"]


def test_an_export_from_before_there_were_links_is_linkedins_too() -> None:
    assert heading_of([["First Name", "Last Name", "Email Address", "Company", "Position", "Connected On"]]).is_linkedin


def test_an_address_book_is_not_linkedins() -> None:
    heading = heading_of([["First Name", "Last Name", "E-mail Address", "Company", "Job Title", "Birthday"]])
    assert not heading.is_linkedin
    assert dict(heading.columns) == {"first": 0, "last": 1, "email": 2, "organisation": 3, "position": 4}


def test_half_a_name_that_stands_alone_is_the_whole() -> None:
    assert columns_of(["Nombre", "Correo"]) == {"email": 1, "name": 0}
    assert columns_of(["Nom", "Mail"]) == {"email": 1, "name": 0}
    assert columns_of(["Name", "Vorname"]) == {"name": 0, "first": 1}


def test_headings_that_nobody_knows_are_the_first_row_of_usual_width() -> None:
    heading = heading_of([["Liste"], ["Имя", "Фамилия"], ["Иван", "Петров"], ["Анна", "Ким"]])
    assert (heading.at, heading.cells, dict(heading.columns)) == (1, ("Имя", "Фамилия"), {})


def test_nothing_has_no_heading() -> None:
    assert heading_of([]).cells == ()


def test_every_heading_means_a_field() -> None:
    assert set(HEADINGS) == set(FIELDS)
