"""What every import gives back: a document, and what became of each part of the file. Nothing is invented, nothing is lost."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from segue.core.errors import UserError
from segue.work.transition.resume.document import Document

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_LINE = 5_000


@dataclass(frozen=True)
class Reading:
    """A file as it was read.

    ``read``: what came in, in words such as “3 positions”. ``notes``: what was understood in another way than it was written.
    ``rejected``: what was left out, with its place and why. ``loose``: lines that could not be placed: the person does it.
    """

    document: Document
    read: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


@dataclass
class Minutes:
    """What is written down while a file is read."""

    notes: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def reading(self, document: Document) -> Reading:
        """All of it, with the counts of what came in."""
        return Reading(document, counts_of(document), tuple(self.notes), tuple(self.rejected), tuple(self.loose))


def counts_of(document: Document) -> tuple[str, ...]:
    """What a document holds, in words; what is not there is left out."""
    bullets = sum(1 for _ in document.bullets())
    numbers = (
        (len(document.positions), "position"),
        (bullets, "line of what you did|lines of what you did"),
        (len(document.studies), "line of education|lines of education"),
        (sum(len(each.keywords) for each in document.skills), "skill"),
        (len(document.languages), "language"),
    )
    return tuple(_counted(number, words) for number, words in numbers if number)


def _counted(number: int, words: str) -> str:
    one, _, many = words.partition("|")
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def tidy(text: str) -> str:
    """Text from a file as it may stand in a field: composed letters, no control characters, no more than a line can hold."""
    kept = "".join(one if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs") else " " for one in text)
    return unicodedata.normalize("NFC", kept).strip()[:MOST_LINE]


def check_size(content: bytes) -> None:
    """Raises ``UserError`` for a file that is no résumé by its size."""
    if not content:
        raise UserError("The file is empty.", "Choose the file again: the download may have been cut off.")
    if len(content) > MOST_BYTES:
        raise UserError(
            f"The file has {len(content) / 1024 / 1024:.0f} MB. A résumé of more than 10 MB is not read.",
            "Save it without pictures, or bring its text.",
        )
