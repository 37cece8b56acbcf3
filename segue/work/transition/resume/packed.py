"""ZIP files from outside (DOCX is one too): opened without trust, within limits."""

from __future__ import annotations

import io
import zipfile

from segue.core.errors import UserError
from segue.work.transition.resume.reading import MOST_UNPACKED

MOST_MEMBERS = 2_000
BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)


def opened(content: bytes, what: str) -> zipfile.ZipFile:
    """The archive. Raises ``UserError`` where it is none, encrypted, or unpacks to more than a résumé can be."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise UserError(f"The file is no {what}, or only part of it came.", "Download it again, then choose it again.") from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UserError(
            f"Unpacked, the {what} would take more than {MOST_UNPACKED // 1024 // 1024} MB or has thousands of files.",
            "A file like that is not opened. Bring the text of your résumé instead.",
        )
    if any(member.flag_bits & 1 for member in members):
        raise UserError(f"The {what} is protected by a password.", "Save it without one, then choose it again.")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member, read to the size it claims and not one byte more. Raises ``UserError`` where it is damaged."""
    try:
        with archive.open(name) as stream:
            return stream.read(MOST_UNPACKED)
    except (*BROKEN, zipfile.LargeZipFile) as error:
        raise UserError(f"“{name[:60]}” in the file is damaged.", "Download the file again, then choose it again.") from error
