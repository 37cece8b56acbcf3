"""The text of a job ad in a file: text, web page, PDF or Word. Only the text is taken; nothing in the file is run or fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import PurePath

import nh3

from segue.core.errors import UserError
from segue.work.transition.resume.docx_file import docx_lines
from segue.work.transition.resume.pdf_file import pdf_lines

TYPES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
MOST_BYTES = 5 * 1024**2
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|section|article|header|footer|dd|dt|title)\b[^>]*>", re.IGNORECASE
)
_BLANK = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")


def text_of_file(name: str, content: bytes) -> str:
    """The text of a file. Raises ``UserError`` where it has none or is of another kind."""
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES:
        raise UserError(f"“{name}” is of a kind that is not read.", "Bring it as .txt, .html, .pdf or .docx, or paste the text.")
    text = _READERS.get(ending, _plain)(content)
    if not any(character.isalpha() for character in text):
        raise UserError(f"There is no text in “{name}”.", "Open it, copy the text of the ad, and paste it.")
    return text.strip()


def _plain(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def text_of_html(page: str) -> str:
    """What a page says, with a line for each block and a hyphen before each item of a list."""
    lined = _BLOCK.sub("\n", _ITEM.sub("\n- ", page))
    return _BLANK.sub("\n\n", html.unescape(nh3.clean(lined, tags=set(), clean_content_tags={"script", "style", "noscript"})))


def _html(content: bytes) -> str:
    return text_of_html(_plain(content))


def _pdf(content: bytes) -> str:
    return "\n".join(pdf_lines(content))


def _docx(content: bytes) -> str:
    return "\n".join(docx_lines(content))


_READERS: dict[str, Callable[[bytes], str]] = {".html": _html, ".htm": _html, ".pdf": _pdf, ".docx": _docx}
