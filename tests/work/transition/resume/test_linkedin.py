"""LinkedIn's ZIP: in four languages, with files that lack, and by people who mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from segue.core.errors import UserError
from segue.work.transition.resume.linkedin import read_linkedin
from segue.work.transition.resume.packed import MOST_MEMBERS
from segue.work.transition.resume.reading import MOST_UNPACKED

ENGLISH = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Headline,Summary,Geo Location,Websites\n"
    'Priya,Raman,,,Product manager,"Eight years,\nall in product",London,[COMPANY:https://priya.example]\n',
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Harbour Goods,Senior PM,"Returns.\n• Cut 40 to 26 hours\n• Wrote the guide",London,Mar 2021,\n'
    "Tide,PM,,Leeds,Sep 2017,Feb 2021\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\nLeeds,2010,2013,,BSc,Chess\n",
    "Skills.csv": "Name\nSQL\nRoadmaps\n",
    "Languages.csv": "Name,Proficiency\nHindi,Native\n",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nold@example.org,Yes,No,x\nnew@example.org,Yes,Yes,x\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\nAI,https://c.example,DL,May 2026,,1\n",
    "Projects.csv": "Title,Description,Url,Started On,Finished On\nThemes,A project.,,Jul 2026,Sep 2026\n",
}
GERMAN = {
    "Profil.csv": "Vorname,Nachname,Profil-Slogan,Zusammenfassung\nJürgen,Groß,Produktmanager,Zehn Jahre\n",
    "Positionen.csv": 'Notizen:\n"Einige Angaben"\n\nUnternehmensname,Titel,Beschreibung,Ort,Beginn,Ende\n'
    "Süd GmbH,Leiter,,Köln,März 2019,Dez. 2021\n",
    "Ausbildung.csv": "Schule,Abschluss,Beginn,Ende\nRWTH,Dipl.-Ing.,2005,2011\n",
    "Kenntnisse.csv": "Name\nDatenschutz\n",
}
FRENCH = {
    "Profil.csv": "Prénom,Nom,Titre du profil\nZoé,Brûlé,Cheffe de produit\n",
    "Postes.csv": "Nom de l’entreprise,Poste,Date de début,Date de fin\nMer SA,Cheffe,janv. 2020,août 2022\n",
}
SPANISH = {
    "Perfil.csv": "Nombre,Apellidos,Titular\nAna,Núñez,Producto\n",
    "Posiciones.csv": "Nombre de la empresa,Puesto,Fecha de inicio,Fecha de fin\nMar SL,Jefa,ene 2020,dic 2022\n",
}


def packed(files: Mapping[str, str | bytes], folder: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(folder + name, text)
    return made.getvalue()


def test_an_english_export() -> None:
    document = read_linkedin(packed(ENGLISH, "Basic_LinkedInDataExport/")).document
    basics = document.basics
    assert (basics.name, basics.email, basics.city) == ("Priya Raman", "new@example.org", "London")
    assert basics.summary == "Eight years, all in product"
    assert basics.url == "https://priya.example"
    first, second, project = document.positions
    assert (first.name, first.position, first.start, first.end, first.summary) == (
        "Harbour Goods",
        "Senior PM",
        "2021-03",
        "",
        "Returns.",
    )
    assert [bullet.text for bullet in first.bullets] == ["Cut 40 to 26 hours", "Wrote the guide"]
    assert (second.start, second.end) == ("2017-09", "2021-02")
    assert (project.sort, project.name, project.start) == ("project", "Themes", "2026-07")
    study, certificate = document.studies
    assert (study.institution, study.degree, study.courses) == ("Leeds", "BSc", ("Chess",))
    assert (certificate.sort, certificate.area, certificate.institution, certificate.start) == (
        "certificate",
        "AI",
        "DL",
        "2026-05",
    )
    assert document.skills[0].keywords == ("SQL", "Roadmaps")
    assert document.languages[0].fluency == "Native"


@pytest.mark.parametrize(
    ("files", "name", "firm", "start", "end"),
    [
        (GERMAN, "Jürgen Groß", "Süd GmbH", "2019-03", "2021-12"),
        (FRENCH, "Zoé Brûlé", "Mer SA", "2020-01", "2022-08"),
        (SPANISH, "Ana Núñez", "Mar SL", "2020-01", "2022-12"),
    ],
)
def test_other_languages(files: Mapping[str, str], name: str, firm: str, start: str, end: str) -> None:
    document = read_linkedin(packed(files)).document
    position = document.positions[0]
    assert (document.basics.name, position.name, position.start, position.end) == (name, firm, start, end)


def test_files_that_lack_are_named() -> None:
    reading = read_linkedin(packed({"Skills.csv": ENGLISH["Skills.csv"]}))
    assert any("Profile, Positions, Education" in note for note in reading.notes)


def test_a_row_and_a_day_that_say_nothing_are_named() -> None:
    files = {"Positions.csv": "Company Name,Title,Location,Started On\n,,London,2020\nTide,PM,,some time ago\n"}
    reading = read_linkedin(packed(files))
    assert [position.name for position in reading.document.positions] == ["Tide"]
    assert len(reading.rejected) == 2
    assert any("some time ago" in line for line in reading.rejected)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    files = {"Profile.csv": "First Name,Last Name\nZoé,Müller\n".encode(encoding)}
    assert read_linkedin(packed(files)).document.basics.name == "Zoé Müller"


def test_what_is_no_export_is_said() -> None:
    with pytest.raises(UserError, match="none of the files"):
        read_linkedin(packed({"photo.txt": "x"}))
    with pytest.raises(UserError, match="no ZIP"):
        read_linkedin(b"PK\x03\x04 nothing more")
    with pytest.raises(UserError, match="empty"):
        read_linkedin(b"")


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed({"Profile.csv": b"0" * (MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    with pytest.raises(UserError, match="more than 50 MB"):
        read_linkedin(bomb)
    with pytest.raises(UserError, match="thousands of files"):
        read_linkedin(packed({f"{number}.csv": "" for number in range(MOST_MEMBERS + 1)}))


def test_a_member_that_lies_about_its_size_is_damaged() -> None:
    whole = bytearray(packed({"Profile.csv": ENGLISH["Profile.csv"] * 50}))
    place = whole.rindex(b"PK\x01\x02") + 24
    whole[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(UserError, match=r"damaged|none of the files|no ZIP"):
        read_linkedin(bytes(whole[:40] + b"\x00" * 30 + whole[70:]))


def test_names_that_climb_out_of_the_folder_are_only_names() -> None:
    files = {f"../../../{name}": text for name, text in ENGLISH.items()}
    assert read_linkedin(packed(files)).document.basics.name == "Priya Raman"


def test_a_field_of_a_megabyte_leaves_its_file_out() -> None:
    reading = read_linkedin(packed({**ENGLISH, "Skills.csv": "Name\n" + "x" * 1_000_001 + "\n"}))
    assert any(line.startswith("Skills.csv") for line in reading.rejected)
    assert reading.document.basics.name == "Priya Raman"
