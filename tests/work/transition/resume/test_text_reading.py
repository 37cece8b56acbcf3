"""DOCX, PDF and text from outside."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.shared.pdf import pdf_of
from segue.work.transition.resume import docx_file, pdf_file
from segue.work.transition.resume.document import Basics, Bullet, Document, Position
from segue.work.transition.resume.docx_file import read_docx, to_docx
from segue.work.transition.resume.pdf_file import MOST_PAGES, read_pdf
from segue.work.transition.resume.plain_file import MOST_LETTERS, read_text
from segue.work.transition.resume.plain_text import plain_text
from segue.work.transition.resume.text_reading import read_lines
from segue.work.transition.resume.typeset import resume_pdf
from tests.work.transition.resume.sampling import SAMPLES, document_of

pytestmark = pytest.mark.skipif(
    not (docx_file.is_available() and pdf_file.is_available()), reason="the extra papers is not installed"
)
CAREER = document_of(SAMPLES[0])
PDF = resume_pdf(Document(Basics(name="Ada Lovelace", summary="Forty letters and more, so that it is not a scan.")))


def bullets_of(document: Document) -> list[str]:
    return [bullet.text for _, bullet in document.bullets()]


def rebuilt(content: bytes, **members: bytes) -> bytes:
    """A Word file with some members replaced or added."""
    source, made = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, members.pop(name, source.read(name)))
        for name, data in members.items():
            target.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("way", ["docx", "pdf", "text"])
def test_our_own_papers_come_in_again(way: str) -> None:
    readers = {
        "docx": lambda: read_docx(to_docx(CAREER)),
        "pdf": lambda: read_pdf(resume_pdf(CAREER)),
        "text": lambda: read_text(plain_text(CAREER).encode()),
    }
    document = readers[way]().document
    assert document.basics.name == "Priya Raman"
    assert document.basics.email == "priya@example.org"
    assert [(each.name, each.position, each.start, each.end) for each in document.positions] == [
        ("Harbour Goods", "Senior Product Manager", "2021-03", ""),
        ("Tide Ltd", "Product Manager", "2017-09", "2021-02"),
        ("Themes in feedback", "Author", "2026-07", "2026-09"),
    ]
    assert bullets_of(document) == bullets_of(CAREER)
    assert [skill.keywords for skill in document.skills] == [skill.keywords for skill in CAREER.skills]
    assert document.languages == CAREER.languages


def test_a_word_file_with_macros_is_read_as_text() -> None:
    types = zipfile.ZipFile(io.BytesIO(to_docx(CAREER))).read("[Content_Types].xml")
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with_macros = types.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    content = rebuilt(to_docx(CAREER), **{"[Content_Types].xml": with_macros, "word/vbaProject.bin": b"\xd0\xcf"})
    reading = read_docx(content)
    assert reading.document.basics.name == "Priya Raman"
    assert any("macros" in note for note in reading.notes)


def test_entities_stay_closed() -> None:
    body = zipfile.ZipFile(io.BytesIO(to_docx(CAREER))).read("word/document.xml").decode()
    hostile = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body.split("?>", 1)[1].replace(
        "Priya Raman", "Priya &x;", 1
    )
    reading = read_docx(rebuilt(to_docx(CAREER), **{"word/document.xml": hostile.encode()}))
    assert "root:" not in plain_text(reading.document)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"not a zip", "no Word file"),
        (rebuilt(to_docx(Document()), **{"word/document.xml": b"<broken"}), "damaged"),
    ],
)
def test_a_broken_word_file_is_said(content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_docx(content)


def test_another_zip_is_no_word_file() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UserError, match="DOCX"):
        read_docx(made.getvalue())


def test_a_scan_is_said() -> None:
    with pytest.raises(UserError, match="picture of a page"):
        read_pdf(pdf_of("", "x"))


def test_a_locked_pdf_is_said() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(resume_pdf(CAREER))))
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(UserError, match="password"):
        read_pdf(made.getvalue())


def test_a_pdf_of_many_pages_is_said() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(MOST_PAGES + 1):
        writer.add_blank_page(100, 100)
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(UserError, match="61 pages"):
        read_pdf(made.getvalue())


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"<html>", b"%PDF-1.4\n%%EOF"])
def test_a_broken_pdf_is_said(content: bytes) -> None:
    with pytest.raises(UserError):
        read_pdf(content)


@given(st.integers(0, 4000), st.integers(0, 255))
def test_no_change_of_a_byte_breaks_the_reading_of_a_pdf(place: int, value: int) -> None:
    content = bytearray(PDF)
    content[place % len(content)] = value
    with suppress(UserError):
        read_pdf(bytes(content))


def test_text_in_other_encodings() -> None:
    text = "Jürgen Groß\n\nBerufserfahrung\nLeiter, Süd GmbH\nMärz 2019 – heute\n• Führte 12 Leute\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        document = read_text(text.encode(encoding)).document
        assert (document.basics.name, bullets_of(document)) == ("Jürgen Groß", ["Führte 12 Leute"])


def test_text_that_is_none_is_said() -> None:
    with pytest.raises(UserError, match="no text"):
        read_text(b"a\x00b")
    with pytest.raises(UserError, match="letters"):
        read_text(b"a" * (MOST_LETTERS + 1))


def test_what_is_not_understood_stays_loose() -> None:
    reading = read_lines(["Ada", "Experience", "Something that names no days", "and nothing else"])
    assert reading.document.positions == ()
    assert set(reading.loose) == {"Something that names no days", "and nothing else"}


@given(st.lists(st.text(alphabet="ab 12-,.:@", max_size=20), max_size=15))
def test_no_word_is_invented(lines: list[str]) -> None:
    """Every letter of a field stood in the file."""
    given_ = "".join(lines)
    document = read_lines(lines).document
    texts = [document.basics.name, document.basics.label, document.basics.summary, *bullets_of(document)]
    assert all(word in given_ for text in texts for word in text.replace(",", " ").split())


def test_a_document_through_its_own_text_keeps_its_bullets() -> None:
    document = Document(Basics(name="Ada"), (Position("p", "Firm", "Lead", "2020", bullets=(Bullet("b", "Cut 40 to 26"),)),))
    assert bullets_of(read_lines(plain_text(document).splitlines()).document) == ["Cut 40 to 26"]
