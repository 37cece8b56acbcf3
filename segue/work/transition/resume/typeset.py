"""A résumé as a PDF in one column, tagged (PDF/UA-1), with the words in reading order. Needs the extra ``pdf``."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from segue.shared.pdf import clean_line, pdf_from
from segue.work.transition.resume.document import Document
from segue.work.transition.resume.layout import lines_of

TEMPLATE = Path(__file__).parents[1] / "templates" / "transition" / "resume.typ"
# A letter of the Latin, Greek or Cyrillic script with accents of their own.
_ACCENTED = re.compile("[A-Za-z\u00c0-\u052f\u1e00-\u1fff][\u0300-\u036f]+")


def resume_pdf(document: Document, *, language: str = "en") -> bytes:
    """The PDF; the same document gives the same bytes on a machine. Raises ``UserError`` where there is no typesetter."""
    lines = [{"sort": line.sort, "text": clean_line(line.text)} for line in lines_of(document)]
    if all(line["sort"] != "name" for line in lines):
        lines.insert(0, {"sort": "name", "text": "Résumé"})  # PDF/UA asks for a first heading
    name = document.basics.name
    return pdf_from(TEMPLATE, {"lines": lines}, f"Résumé of {name}" if name.strip() else "Résumé", author=name, language=language)


def read_twice(document: Document) -> tuple[str, ...]:
    """Letters that programs which read the PDF get twice: those with an accent that Unicode has no single sign for, as in Yoruba.

    The typesetter draws them as two signs and names the whole letter at each. They look right, and a Word file has them once.
    """
    text = unicodedata.normalize("NFC", "\n".join(line.text for line in lines_of(document)))
    return tuple(dict.fromkeys(_ACCENTED.findall(text)))
