"""A résumé as a text file."""

from __future__ import annotations

from segue.core.errors import UserError
from segue.work.transition.resume.reading import Reading, check_size
from segue.work.transition.resume.text_reading import read_lines

MOST_LETTERS = 200_000


def read_text(content: bytes) -> Reading:
    """The résumé in a text file in UTF-8, UTF-16 with its mark, or what older Windows programs write. Raises ``UserError``."""
    check_size(content)
    text = _decoded(content)
    if len(text) > MOST_LETTERS:
        raise UserError(f"The text has {len(text):,} letters.", f"A résumé of more than {MOST_LETTERS:,} is not read.")
    if "\x00" in text:
        raise UserError("The file is no text.", "Save it as text, DOCX or PDF.")
    return read_lines(text.splitlines())


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
