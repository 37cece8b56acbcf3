"""LinkedIn’s own export of one’s data: a ZIP of CSV files, in the language of the account."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from zipfile import ZipFile

from segue.core.errors import UserError
from segue.work.transition.resume.document import Basics, Bullet, Document, Language, Position, Skills, Study
from segue.work.transition.resume.json_form import new_id
from segue.work.transition.resume.packed import member, opened
from segue.work.transition.resume.reading import Minutes, Reading, check_size, tidy
from segue.work.transition.resume.text_reading import ONE_DAY, read_day

MOST_ROWS = 5_000
YES = ("yes", "ja", "oui", "si", "sí")
Row = Mapping[str, str]

# File names without accents and case, by what they hold: English, German, French, Spanish.
FILES = {
    "profile": "profile profil perfil",
    "positions": "positions positionen postes posiciones",
    "education": "education ausbildung formation educacion formacion",
    "skills": "skills kenntnisse competences aptitudes",
    "languages": "languages sprachen langues idiomas",
    "certifications": "certifications zertifikate certificaciones bescheinigungen",
    "projects": "projects projekte projets proyectos",
    "emails": "emailaddresses emailadressen adressesemail direccionesdecorreoelectronico",
}
NEEDED = ("profile", "positions")
# Names of columns without accents and case: field -> in English, German, French, Spanish.
COLUMNS = {
    "first": "firstname vorname prenom nombre",
    "last": "lastname nachname nom apellidos apellido",
    "headline": "headline profilslogan titreduprofil titular slogan",
    "summary": "summary zusammenfassung resume extracto info infos",
    "place": "geolocation location ort standort lieu ubicacion",
    "sites": "websites webseiten siteweb sitesweb sitiosweb",
    "company": "companyname unternehmensname unternehmen nomdelentreprise entreprise nombredelaempresa empresa",
    "title": "title titel position titre poste cargo puesto titulo",
    "description": "description beschreibung descripcion",
    "start": "startedon startdate beginn begonnenam startdatum datededebut fechadeinicio startedondate",
    "end": "finishedon enddate ende beendetam enddatum datedefin fechadefinalizacion fechadefin",
    "school": "schoolname schule hochschule nomdelecole etablissement centroeducativo nombredelcentroeducativo",
    "degree": "degreename abschluss diplome titulacion nombredeltitulo",
    "notes": "notes notizen remarques notas",
    "activities": "activities aktivitaten activites actividades",
    "name": "name bezeichnung nom nombre",
    "level": "proficiency niveau sprachniveau competence nivel",
    "authority": "authority ausstellendeorganisation organisme entidademisora",
    "url": "url",
    "mail": "emailaddress emailadresse adresseemail correoelectronico",
    "primary": "primary primar principal",
}


def read_linkedin(content: bytes) -> Reading:
    """The résumé in LinkedIn’s ZIP. Raises ``UserError`` where it holds none of the files that are known."""
    check_size(content)
    archive = opened(content, "ZIP file")
    minutes = Minutes()
    tables = {sort: _table(archive, name, minutes) for sort, name in _files(archive).items()}
    if not tables:
        raise UserError(
            "The ZIP holds none of the files of a LinkedIn export, such as Profile.csv and Positions.csv.",
            "In LinkedIn: Settings, Data privacy, Get a copy of your data; choose the profile, and bring the ZIP as it comes.",
        )
    missing = [sort.capitalize() for sort in FILES if sort not in tables and (sort in NEEDED or sort in ("education", "skills"))]
    if missing:
        minutes.notes.append(f"Not in the ZIP: {', '.join(missing)}. LinkedIn sends some files first and others a day later.")
    return minutes.reading(_document(tables, minutes))


def _files(archive: ZipFile) -> Mapping[str, str]:
    """What each file holds -> its name in the archive, whatever folder it lies in."""
    found: dict[str, str] = {}
    for name in archive.namelist():
        stem, dot, end = name.rsplit("/", 1)[-1].rpartition(".")
        sort = next((sort for sort, names in FILES.items() if _plain(stem) in names.split()), "")
        if dot and end.casefold() == "csv" and sort:
            found.setdefault(sort, name)
    return found


def _plain(text: str) -> str:
    """Letters and digits alone, without accents and case."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if one.isalnum() and not unicodedata.combining(one))


def _table(archive: ZipFile, name: str, minutes: Minutes) -> list[Row]:
    text = _decoded(member(archive, name))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""))) if text.strip() else []
    except csv.Error:
        minutes.rejected.append(f"{name}: its lines are broken, so it was left out.")
        return []
    known = [sum(1 for cell in row if _field(cell)) for row in rows[:10]]
    head = known.index(max(known)) if any(known) else None
    if head is None:
        if rows:
            minutes.rejected.append(f"{name}: no line with names of columns that are known, so it was left out.")
        return []
    fields = [_field(cell) for cell in rows[head]]
    body = [row for row in rows[head + 1 :] if any(cell.strip() for cell in row)]
    if len(body) > MOST_ROWS:
        minutes.rejected.append(f"{name}: {len(body):,} rows; the first {MOST_ROWS:,} were read.")
    return [_row(fields, row) for row in body[:MOST_ROWS]]


def _decoded(content: bytes) -> str:
    csv.field_size_limit(1_000_000)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace").replace("\x00", "")
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\x00", "")


def _field(cell: str) -> str:
    plain = _plain(cell)
    return next((field for field, names in COLUMNS.items() if plain in names.split()), "")


def _row(fields: Sequence[str], row: Sequence[str]) -> Row:
    kept: dict[str, str] = {}
    for field, cell in zip(fields, row, strict=False):
        if field and cell.strip():
            kept.setdefault(field, tidy(cell))
    return kept


# --- from rows to a document ------------------------------------------------------------------------------------------------


def _document(tables: Mapping[str, list[Row]], minutes: Minutes) -> Document:
    skills = tuple(_first(row, "name", "title") for row in tables.get("skills", ()))
    return Document(
        basics=_basics(tables),
        positions=(
            *_positions(tables.get("positions", ()), "work", minutes),
            *_positions(tables.get("projects", ()), "project", minutes),
        ),
        studies=(
            *(_study(row, f"Education, row {n}", minutes) for n, row in enumerate(tables.get("education", ()), 1)),
            *(
                _certificate(row, f"Certifications, row {n}", minutes)
                for n, row in enumerate(tables.get("certifications", ()), 1)
            ),
        ),
        skills=(Skills(new_id(), "", tuple(skill for skill in skills if skill)),) if any(skills) else (),
        languages=tuple(_languages(tables.get("languages", ()))),
    )


def _first(row: Row, *names: str) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _basics(tables: Mapping[str, list[Row]]) -> Basics:
    row = next(iter(tables.get("profile", ())), {})
    mails = sorted(
        tables.get("emails", ()), key=lambda each: each.get("primary", "").casefold() not in ("yes", "ja", "oui", "si", "sí")
    )
    site = re.search(r"https?://[^\s,\]]+", row.get("sites", ""))
    return Basics(
        name=" ".join(part for part in (_first(row, "first", "name"), row.get("last", "")) if part),
        label=row.get("headline", ""),
        email=mails[0].get("mail", "") if mails else "",
        url=site.group() if site else "",
        summary=" ".join(row.get("summary", "").split()),
        city=row.get("place", ""),
    )


def _positions(rows: Sequence[Row], sort: str, minutes: Minutes) -> Iterator[Position]:
    for number, row in enumerate(rows, 1):
        place = f"{'Positions' if sort == 'work' else 'Projects'}, row {number}"
        if _first(row, "company", "title", "name"):
            yield _position(row, place, sort, minutes)
        else:
            minutes.rejected.append(f"{place}: neither a firm nor a title, so it was left out.")


def _position(row: Row, place: str, sort: str, minutes: Minutes) -> Position:
    name = _first(row, "company") if sort == "work" else _first(row, "title", "name")
    summary, bullets = _told(row.get("description", ""))
    return Position(
        id=new_id(),
        name=name,
        position=row.get("title", "") if sort == "work" else "",
        start=_day(row, "start", place, minutes),
        end=_day(row, "end", place, minutes),
        location=row.get("place", ""),
        url=row.get("url", ""),
        summary=summary,
        bullets=tuple(Bullet(new_id(), text) for text in bullets),
        sort=sort,
    )


def _told(text: str) -> tuple[str, list[str]]:
    """What is written without bullets is the summary; lines with bullets are bullets."""
    lines = [line.strip() for line in re.split(r"\n+|(?=[•▪●])", text) if line.strip()]
    bullets = [re.sub(r"^[-*•·–▪●]\s*", "", line) for line in lines if re.match(r"[-*•·–▪●]", line)]
    return " ".join(line for line in lines if not re.match(r"[-*•·–▪●]", line)), [each for each in bullets if each]


def _study(row: Row, place: str, minutes: Minutes) -> Study:
    more = tuple(each for each in (row.get("notes", ""), row.get("activities", "")) if each)
    days = _day(row, "start", place, minutes), _day(row, "end", place, minutes)
    return Study(new_id(), _first(row, "school", "name"), degree=row.get("degree", ""), start=days[0], end=days[1], courses=more)


def _certificate(row: Row, place: str, minutes: Minutes) -> Study:
    day = _day(row, "start", place, minutes)
    name = _first(row, "name", "title")
    return Study(new_id(), row.get("authority", ""), area=name, start=day, url=row.get("url", ""), sort="certificate")


def _languages(rows: Sequence[Row]) -> Iterator[Language]:
    for row in rows:
        if name := _first(row, "name", "title"):
            yield Language(name, row.get("level", ""))


def _day(row: Row, field: str, place: str, minutes: Minutes) -> str:
    value = row.get(field, "")
    found = ONE_DAY.search(value)
    if value and not found:
        minutes.rejected.append(f"{place}: “{value[:30]}” is no day that was understood.")
    return read_day(found) if found else ""
