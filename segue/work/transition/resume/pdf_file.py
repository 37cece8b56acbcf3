"""The text of a PDF, by pypdf (extra ``papers``)."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from importlib.util import find_spec

from segue.core.errors import UserError
from segue.work.transition.resume.reading import Reading, check_size
from segue.work.transition.resume.text_reading import read_lines

MOST_PAGES = 60
LEAST_LETTERS = 40  # a page with fewer is taken for a picture of one


def is_available() -> bool:
    """Whether the extra ``papers`` is installed."""
    return find_spec("pypdf") is not None


def read_pdf(content: bytes) -> Reading:
    """The résumé in a PDF, by its text. Raises ``UserError`` where it has none, such as a scan, or can’t be opened."""
    reading = read_lines(list(pdf_lines(content)))
    note = "The lines of a PDF are put together by where they stand on the page: check the order of what came in."
    return Reading(reading.document, reading.read, (note, *reading.notes), reading.rejected, reading.loose)


def pdf_lines(content: bytes) -> tuple[str, ...]:
    """The lines of a PDF, page by page. Errors as in ``read_pdf``."""
    if not is_available():
        raise UserError(
            "PDF files can’t be read here: this installation left that out.",
            "Install Segue with its extra “papers” (pip install 'segue[papers]') and start it again, or paste the text.",
        )
    check_size(content)
    if not content.lstrip()[:5] == b"%PDF-":
        raise UserError("The file is no PDF.", "Choose the PDF itself, not a link to it or a page around it.")
    lines = tuple(_lines(content))
    if sum(1 for line in lines for one in line if one.isalnum()) < LEAST_LETTERS:
        raise UserError(
            "There is no text in this PDF: it is a picture of a page, such as a scan.",
            "Export it as PDF from the program in which it was written, or bring it as DOCX or text.",
        )
    return lines


def _lines(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        file = PdfReader(io.BytesIO(content), strict=False)
        if file.is_encrypted and not file.decrypt(""):
            raise UserError("The PDF is protected by a password.", "Save it without one, then choose it again.")
        if len(file.pages) > MOST_PAGES:
            raise UserError(f"The PDF has {len(file.pages)} pages.", f"A résumé of more than {MOST_PAGES} pages is not read.")
        for page in file.pages:
            yield from (page.extract_text() or "").splitlines()
    except UserError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OverflowError,
        OSError,
    ) as error:
        raise UserError(
            "The PDF is damaged, or of a kind that is not read.", "Export it again, or bring it as DOCX or text."
        ) from error
    except NotImplementedError as error:
        raise UserError(
            "The PDF is packed in a way that is not read.", "Export it again, or bring it as DOCX or text."
        ) from error
