"""DOCX in and out, by python-docx (extra ``papers``). Read as text only: macros, objects and links to outside stay closed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from segue.core.errors import UserError
from segue.work.transition.resume.document import Document
from segue.work.transition.resume.layout import Line, lines_of
from segue.work.transition.resume.packed import opened
from segue.work.transition.resume.reading import Reading, check_size
from segue.work.transition.resume.text_reading import read_lines

STYLES = {"name": "Title", "heading": "Heading 1", "title": "Heading 2", "bullet": "List Bullet"}
INK, SOFT = 0x1F1C18, 0x57504A


def is_available() -> bool:
    """Whether the extra ``papers`` is installed."""
    return find_spec("docx") is not None and find_spec("lxml") is not None


def check_available() -> None:
    """Raises ``UserError`` where it is not."""
    if not is_available():
        raise UserError(
            "Word files can’t be read or written here: this installation left that out.",
            "Install Segue with its extra “papers” (pip install 'segue[papers]') and start it again, or use text.",
        )


def read_docx(content: bytes) -> Reading:
    """The résumé in a Word file, by its paragraphs and tables in their order. Raises ``UserError`` where it is none."""
    check_available()
    check_size(content)
    names = set(opened(content, "Word file").namelist())
    if "word/document.xml" not in names:
        raise UserError("The file is no Word file of the kind DOCX.", "Save it as DOCX, or bring it as PDF or text.")
    reading = read_lines(list(_lines(content)))
    notes = [*_closed(names), *reading.notes]
    return Reading(reading.document, reading.read, tuple(notes), reading.rejected, reading.loose)


def _closed(names: set[str]) -> Iterator[str]:
    if any("vbaProject" in name for name in names):
        yield "The file has macros. They were not opened; only its text was read."
    if any(name.startswith(("word/embeddings/", "word/activeX/")) for name in names):
        yield "The file holds other files. They were not opened; only its text was read."
    if any(name.startswith("word/media/") for name in names):
        yield "The file has pictures. Text in a picture is not read."


def _lines(content: bytes) -> Iterator[str]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        file = docx.Document(io.BytesIO(_as_document(content)))
        yield from _words(file.element.body)
    except (PackageNotFoundError, SyntaxError, KeyError, ValueError, AttributeError, NotImplementedError) as error:
        raise UserError(
            "The Word file is damaged, or of a kind that is not read.", "Save it again as DOCX, or bring its text."
        ) from error


def _as_document(content: bytes) -> bytes:
    """The file with the type of a plain document: one with macros has another, which python-docx refuses. Nothing is run."""
    import zipfile

    source = opened(content, "Word file")
    types = source.read("[Content_Types].xml") if "[Content_Types].xml" in source.namelist() else b""
    if b"macroEnabled" not in types and b"template.main" not in types:
        return content
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for other in (
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ):
        types = types.replace(other, plain)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.infolist():
            target.writestr(each, types if each.filename == "[Content_Types].xml" else source.read(each))
    return made.getvalue()


def _words(body: Any) -> Iterator[str]:
    """The text of each paragraph, those in tables too, in the order of the file; list items with a hyphen."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for paragraph in body.iter(f"{space}p"):
        text = "".join(_run(each, space) for each in paragraph.iter(f"{space}t", f"{space}tab", f"{space}br", f"{space}cr"))
        is_item = paragraph.find(f"{space}pPr/{space}numPr") is not None or _style(paragraph, space).startswith("List")
        for line in text.split("\n"):
            yield f"- {line.strip()}" if is_item and line.strip() else line


def _run(element: Any, space: str) -> str:
    if element.tag == f"{space}t":
        return element.text or ""
    return "\t" if element.tag == f"{space}tab" else "\n"


def _style(paragraph: Any, space: str) -> str:
    found = paragraph.find(f"{space}pPr/{space}pStyle")
    return str(found.get(f"{space}val", "")) if found is not None else ""


# --- out --------------------------------------------------------------------------------------------------------------------


def to_docx(document: Document) -> bytes:
    """The résumé as a Word file in one column: real headings and lists, no tables or boxes, so that programs can read it."""
    check_available()
    import docx

    file = docx.Document()
    _set_up(file, document)
    for line in lines_of(document):
        _add(file, line)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _set_up(file: Any, document: Document) -> None:
    from datetime import datetime

    from docx.shared import Mm, Pt, RGBColor

    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(21)
    section.top_margin = section.bottom_margin = Mm(17)
    about = file.core_properties
    about.title, about.author, about.comments = f"Résumé of {document.basics.name}".strip(), document.basics.name, ""
    about.created = about.modified = datetime(2000, 1, 1)  # nobody learns when it was made
    sizes = {"Normal": 10.5, "Title": 20, "Heading 1": 12, "Heading 2": 10.5, "List Bullet": 10.5}
    for name, size in sizes.items():
        style = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(f"{INK:06X}")
        style.element.rPr.rFonts.attrib.clear()
        style.font.name = "Calibri"
        style.paragraph_format.space_before = Pt({"Heading 1": 12, "Heading 2": 7}.get(name, 0))
        style.paragraph_format.space_after = Pt({"Title": 2, "Heading 1": 4}.get(name, 2))


def _add(file: Any, line: Line) -> None:
    from docx.shared import Pt, RGBColor

    text = "".join(one for one in line.text if one.isprintable() or one.isspace())
    paragraph = file.add_paragraph(text, style=STYLES.get(line.sort, "Normal"))
    if line.sort in ("label", "contact", "detail"):
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor.from_string(f"{SOFT:06X}")
            run.font.size = Pt(12 if line.sort == "label" else 9.5)
    if line.sort == "detail":
        paragraph.paragraph_format.keep_with_next = True


def docx_lines(content: bytes) -> tuple[str, ...]:
    """Every line of a Word file as it is read, to compare it with what was meant."""
    return tuple(line for line in _lines(content) if line.strip())
