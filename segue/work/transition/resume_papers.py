"""A résumé from any file that is brought, and as any file that goes out. The formats themselves lie in ``resume``."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from segue.work.transition.resume.document import Document
from segue.work.transition.resume.docx_file import read_docx, to_docx
from segue.work.transition.resume.json_resume import read_json_resume, to_json_resume
from segue.work.transition.resume.linkedin import read_linkedin
from segue.work.transition.resume.pdf_file import read_pdf
from segue.work.transition.resume.plain_file import read_text
from segue.work.transition.resume.plain_text import linkedin_text, plain_text
from segue.work.transition.resume.reading import Reading, check_size
from segue.work.transition.resume.typeset import resume_pdf
from segue.work.transition.resume_lines import with_loose

MARKDOWN = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
UNNAMED = re.compile(r"[^\w-]+")


def read_any(content: bytes) -> Reading:
    """The résumé in a file, by what is in it rather than by its name. Raises ``UserError`` where it can’t be read."""
    check_size(content)
    if content[:1024].lstrip().startswith(b"%PDF"):
        return read_pdf(content)
    if content.startswith(b"PK"):
        return read_docx(content) if _is_word(content) else read_linkedin(content)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return read_json_resume(content)
    return read_text(content)


def read_typed(text: str) -> Reading:
    """The résumé in a text that was pasted or recorded."""
    return read_text(MARKDOWN.sub("", text).encode())


def _is_word(content: bytes) -> bool:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return False
    return any(name.startswith("word/") for name in names[:2_000])


@dataclass(frozen=True)
class Paper:
    """A form in which a résumé goes out."""

    ending: str
    content_type: str
    made: Callable[[Document], bytes]


PAPERS: Mapping[str, Paper] = {
    "pdf": Paper("pdf", "application/pdf", resume_pdf),
    "docx": Paper("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    "txt": Paper("txt", "text/plain; charset=utf-8", lambda document: plain_text(document).encode()),
    "linkedin": Paper("linkedin.txt", "text/plain; charset=utf-8", lambda document: linkedin_text(document).encode()),
    "json": Paper("json", "application/json", to_json_resume),
}


def paper_of(document: Document, form: str) -> bytes:
    """The bytes of a file. What was never placed stays at home, and so does a bullet without words."""
    bullets = {position.id: tuple(each for each in position.bullets if each.text.strip()) for position in document.positions}
    positions = tuple(replace(each, bullets=bullets[each.id]) for each in document.positions)
    return PAPERS[form].made(with_loose(replace(document, positions=positions), ()))


def file_name(document: Document, name: str, form: str, *, is_final: bool, number: int = 0) -> str:
    """Such as ``Priya-Rao-AI-product-manager-DRAFT.pdf``."""
    parts = (document.basics.name, name, f"version-{number}" if number else "", "" if is_final else "DRAFT")
    words = [UNNAMED.sub("-", part).strip("-")[:60] for part in parts]
    return "-".join(word for word in words if word) + f".{PAPERS[form].ending}"
