"""Which column of a table of contacts is what: guessed from its heading in several languages, then as the learner says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segue.evidence.texts import folded

# What a column can be. ``first`` and ``last`` make the name where there is no ``name``.
FIELDS: Mapping[str, str] = {
    "name": "Whole name",
    "first": "First name",
    "last": "Last name",
    "organisation": "Organisation",
    "team": "Team",
    "position": "Position",
    "email": "E-mail",
    "phone": "Phone",
    "url": "Profile link",
    "tags": "Tags",
    "note": "Note",
    "known_since": "Known since",
    "how_known": "How known",
    "role": "Role, as Segue names it",
    "relation": "Relation, as Segue names it",
    "key": "Key in Segue",
}

# Headings in English, German, French, Spanish, Japanese, and some of Italian, Portuguese and Dutch; without accents and capitals.
HEADINGS: Mapping[str, str] = {
    "first": "first name|given name|vorname|prenom|nombre|nombre de pila|名|nome|voornaam|firstname|givenname",
    "last": "last name|family name|surname|nachname|familienname|nom de famille|nom|apellidos|apellido|姓|cognome"
    "|sobrenome|achternaam|lastname|familyname",
    "name": "name|full name|display name|vollstandiger name|ganzer name|anzeigename|nom complet|nombre completo|氏名"
    "|名前|お名前|fullname|file as|nome completo|naam",
    "email": "e-mail|email|e-mail address|email address|e-mail 1 - value|e-mail-adresse|mail|courriel|adresse e-mail"
    "|adresse email|correo|correo electronico|direccion de correo electronico|メール|メールアドレス|eメール"
    "|emailadresse|e-mailadres|primary email|indirizzo email|endereco de e-mail",
    "organisation": "company|organisation|organization|employer|organization name|organization 1 - name|unternehmen"
    "|firma|arbeitgeber|entreprise|societe|empresa|organizacion|会社|会社名|組織|勤務先|azienda"
    "|bedrijf|account name",
    "team": "team|department|abteilung|service|departement|departamento|equipo|equipe|部署|部門|organization department",
    "position": "position|job title|title|stelle|funktion|berufsbezeichnung|poste|fonction|intitule du poste|cargo"
    "|puesto|役職|職位|肩書き|posizione|functie|organization title|organization 1 - title|jobtitle",
    "phone": "phone|telephone|mobile|mobile phone|phone 1 - value|telefon|telefonnummer|handy|mobil"
    "|numero de telephone|telefono|movil|電話|電話番号|携帯電話|primary phone|business phone|telefoon"
    "|telefone|tel",
    "url": "url|profile|profile url|linkedin|linkedin url|linkedin profile|website|profillink|profil|profil-url"
    "|site web|sitio web|プロフィール|リンク|web page|website 1 - value|profile link",
    "tags": "tags|tag|labels|groups|categories|kategorien|schlagworte|etiquettes|etiquetas|grupos|タグ|group membership",
    "note": "note|notes|comments|notizen|notiz|bemerkung|bemerkungen|remarques|notas|comentarios|メモ|備考",
    "known_since": "connected on|known since|since|verknupft am|vernetzt am|verbunden am|vernetzt seit"
    "|connexion etablie le|connecte le|date de connexion|relation depuis le|connecte(e) le"
    "|conectado el|fecha de conexion|fecha de la conexion|つながった日|接続日|つながり日"
    "|つながった日付|接続した日|collegato il|conectado em|verbonden op",
    "how_known": "how known",
    "role": "role",
    "relation": "relation",
    "key": "key in segue",
}
MOST_HEADING_ROWS = 40  # how far down a preamble is looked through
_PARTED = re.compile(r"[\s_]+")


@dataclass(frozen=True)
class Heading:
    """The row of headings: which row it is (from 0), its cells, and the column of each field that was recognised."""

    at: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    @property
    def is_linkedin(self) -> bool:
        """Whether these are the columns of LinkedIn's Connections.csv, today's or one from before it had links."""
        return {"first", "last", "position", "organisation", "email", "known_since"} <= self.columns.keys()


def _plain(heading: str) -> str:
    import unicodedata

    text = unicodedata.normalize("NFKD", folded(heading))
    bare = "".join(c for c in text if not unicodedata.combining(c) or c in "\u3099\u309a")
    return _PARTED.sub(" ", unicodedata.normalize("NFC", bare)).strip(" :*")


_FIELD_OF = {_plain(word): field for field, words in HEADINGS.items() for word in words.split("|")}


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """The column of each field by its heading; the first one where two are called alike.

    “Nombre” and “Nom” are a whole name where nothing else of a name stands beside them.
    """
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        field = _FIELD_OF.get(_plain(cell), "")
        if field and field not in found:
            found[field] = place
    for part in ("first", "last"):
        other = "last" if part == "first" else "first"
        if part in found and other not in found and "name" not in found:
            found["name"] = found.pop(part)
    return found


def heading_of(rows: Sequence[Sequence[str]]) -> Heading:
    """The row of headings, below whatever stands above it: the first that names most columns; else the first of usual width."""
    looked = rows[:MOST_HEADING_ROWS]
    known = [columns_of(row) for row in looked]
    best = max(range(len(looked)), key=lambda at: len(known[at]), default=0)
    if known and len(known[best]) < 2:
        widths = [sum(1 for cell in row if cell.strip()) for row in rows[: 4 * MOST_HEADING_ROWS]]
        usual = max(set(widths), key=widths.count)
        best = next((at for at, width in enumerate(widths[: len(looked)]) if width >= max(2, usual)), 0)
    cells = tuple(cell.strip() for cell in looked[best]) if looked else ()
    return Heading(best, cells, columns_of(cells))
