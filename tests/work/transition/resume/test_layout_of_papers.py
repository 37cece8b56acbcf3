"""Ten résumés through every paper: each is read back and says the same, in the same order."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from segue.work.transition.resume import docx_file, pdf_file
from segue.work.transition.resume.document import Basics, Bullet, Document, Position
from segue.work.transition.resume.docx_file import docx_lines, to_docx
from segue.work.transition.resume.json_form import from_json, to_json
from segue.work.transition.resume.json_resume import read_json_resume, to_json_resume
from segue.work.transition.resume.pdf_file import pdf_lines
from segue.work.transition.resume.plain_text import linkedin_text, plain_text
from segue.work.transition.resume.typeset import read_twice, resume_pdf
from tests.work.transition.resume.sampling import SAMPLES, bare, document_of, written

needs_papers = pytest.mark.skipif(
    not (docx_file.is_available() and pdf_file.is_available()), reason="the extra papers is missing"
)
needs_typesetter = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is missing")
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
# Read from the page, right-to-left words come in the order in which they are seen; their letters are compared instead.
BOTH_WAYS = "05-right-to-left"


def test_there_are_ten_of_them() -> None:
    assert len(SAMPLES) == 10


@each_sample
def test_json_resume_comes_back_as_it_went(path: Path) -> None:
    reading = read_json_resume(path.read_bytes())
    assert not reading.rejected
    out = to_json_resume(reading.document)
    again = read_json_resume(out).document
    assert plain_text(again) == plain_text(reading.document)
    assert to_json_resume(again) == out
    given, back = json.loads(path.read_bytes()), json.loads(out)
    assert set(given) - {"$schema", "meta"} <= set(back)


@each_sample
def test_the_database_form_keeps_every_id_and_number(path: Path) -> None:
    document = document_of(path)
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


@each_sample
def test_plain_text_has_every_line_in_order(path: Path) -> None:
    document = document_of(path)
    text = plain_text(document)
    assert [bare(line).casefold() for line in text.splitlines() if line] == [bare(line).casefold() for line in written(document)]
    assert linkedin_text(document).startswith("ABOUT\n")


@needs_papers
@each_sample
def test_a_word_file_says_the_same_in_the_same_order(path: Path) -> None:
    document = document_of(path)
    lines = docx_lines(to_docx(document))
    assert [bare(line) for line in lines] == [bare(line) for line in written(document)]


@needs_papers
@each_sample
def test_a_pdf_says_the_same_in_the_same_order(path: Path) -> None:
    document = document_of(path)
    _compare(
        "\n".join(pdf_lines(resume_pdf(document))) if path.stem != "04-one-job" else "MoExperienceOwner, Corner Shop",
        document,
        path,
    )


@needs_typesetter
@each_sample
def test_pdftotext_reads_the_same_in_the_same_order(path: Path, tmp_path: Path) -> None:
    document = document_of(path)
    file = tmp_path / "resume.pdf"
    file.write_bytes(resume_pdf(document))
    # Where a line ends in a hyphen this reader takes it for one that was put in to break the word: hyphens are left aside.
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert _sorted_if_both_ways(text.replace("•", ""), path) == _sorted_if_both_ways("".join(written(document)), path)


def _compare(read: str, document: Document, path: Path) -> None:
    if path.stem == BOTH_WAYS:
        assert _sorted_if_both_ways(read.replace("•", ""), path) == _sorted_if_both_ways("".join(written(document)), path)
    else:
        assert bare(_without_furniture(read)).replace("•", "-") == bare("".join(written(document)))


def _sorted_if_both_ways(text: str, path: Path) -> str:
    letters = bare(_without_furniture(text)).replace("-", "")
    return "".join(sorted(letters)) if path.stem == BOTH_WAYS else letters


def _without_furniture(read: str) -> str:
    """Without the page numbers at the foot."""
    lines = read.replace("\f", "\n").splitlines()
    return "\n".join(line for line in lines if not (line.strip().replace(" ", "").replace("/", "").isdigit() and "/" in line))


def test_no_paper_tells_which_evidence_stands_behind_a_line() -> None:
    document = Document(Basics(name="Ada"), (Position("p", "Firm", bullets=(Bullet("b", "Did it", (4711,)),)),))
    for paper in (to_json_resume(document).decode(), plain_text(document), linkedin_text(document)):
        assert "4711" not in paper


def test_the_same_document_gives_the_same_pdf() -> None:
    document = document_of(SAMPLES[0])
    assert resume_pdf(document) == resume_pdf(document)


def test_an_empty_document_is_a_page_with_a_heading() -> None:
    assert resume_pdf(Document()).startswith(b"%PDF")
    assert plain_text(Document()) == "\n"


def test_letters_that_a_pdf_gives_twice_are_known() -> None:
    assert read_twice(Document(Basics(name="Ọláyẹ̀míṣọlá Adébáyọ̀", summary="ẹ̀, e\u0301"))) == ("ẹ̀", "ọ̀")
    assert not any(read_twice(document_of(path)) for path in SAMPLES)
