"""Zip files: written with a checksum for each member, and read as what they are, something that anybody may have made."""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from segue.core.errors import UserError
from segue.shared.storage import explain

T = TypeVar("T")
CHUNK = 1024 * 1024
UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    KeyError,
)
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    """A file inside an archive."""

    sha256: str
    size: int


def put_file(archive: zipfile.ZipFile, name: str, source: Path, *, packed: bool) -> Member:
    """Adds a file. ``packed``: compressed; attachments mostly are already."""
    info = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with open(source, "rb") as stream, archive.open(info, "w") as member:
        return _copy(stream, member.write)


def put_text(archive: zipfile.ZipFile, name: str, text: str) -> Member:
    """Adds a text."""
    data = text.encode()
    archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return Member(hashlib.sha256(data).hexdigest(), len(data))


class Reader:
    """An archive that is read. Whatever is wrong with it is a ``UserError`` that says so."""

    def __init__(self, archive: zipfile.ZipFile, path: Path, what: str) -> None:
        """``what`` it should be: "a backup of Segue"."""
        self._archive = archive
        self._path = path
        self._what = what
        self.sizes: Mapping[str, int] = {i.filename: i.file_size for i in archive.infolist() if not i.is_dir()}
        self.packed_sizes: Mapping[str, int] = {i.filename: i.compress_size for i in archive.infolist() if not i.is_dir()}

    def read(self, name: str, write: Callable[[bytes], object] = lambda chunk: None) -> Member:
        """Reads a member in pieces, hands them to ``write``, and says what it was."""
        digest, size = hashlib.sha256(), 0
        for chunk in self.chunks(name):
            digest.update(chunk)
            size += len(chunk)
            write(chunk)
        return Member(digest.hexdigest(), size)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The pieces of a member."""
        stream = self._safely(lambda: self._archive.open(name))
        with stream:
            while chunk := self._safely(lambda: stream.read(CHUNK)):
                yield chunk

    def text(self, name: str, most: int) -> bytes:
        """A whole member of at most ``most`` bytes."""
        if self.sizes.get(name, most + 1) > most:
            raise self.damaged()
        return b"".join(self.chunks(name))

    def damaged(self) -> UserError:
        """The error for a file that is not what it should be."""
        return damaged(self._path, self._what)

    def _safely(self, step: Callable[[], T]) -> T:
        try:
            return step()
        except UNREADABLE as error:
            raise self.damaged() from error


@contextmanager
def opened(path: Path, what: str) -> Iterator[Reader]:
    """An archive for reading, its names checked."""
    try:
        archive = zipfile.ZipFile(path)
    except IsADirectoryError as error:
        raise UserError(f"{path} is a folder, not {what}.", "Give the file itself.") from error
    except OSError as error:
        raise explain(error, path) or UserError(f"{path} can't be read: {error}.", "Copy it anew and try again.") from error
    except UNREADABLE as error:
        raise damaged(path, what) from error
    with archive:
        check_names(archive, path)
        yield Reader(archive, path, what)


def damaged(path: Path, what: str) -> UserError:
    """The error for a file that is not what it should be."""
    return UserError(
        f"{path} is not {what}, or it is damaged. Nothing was changed.",
        "Copy it anew from where it was made, or take another one.",
    )


def check_names(archive: zipfile.ZipFile, path: Path) -> None:
    """Raises ``UserError`` where a member would lie outside the archive, or two have one name."""
    names = archive.namelist()
    outside = [n for n in names if n.startswith("/") or "\\" in n or ".." in n.split("/") or _DRIVE.match(n) or "\0" in n]
    if outside or len(set(names)) < len(names):
        raise UserError(
            f"{path} was not made by Segue: {f'“{outside[0]}” points out of it' if outside else 'a name is in it twice'}.",
            "Nothing was changed. Take a file that Segue made.",
        )


def hash_of(path: Path) -> Member:
    """Checksum and size of a file."""
    with open(path, "rb") as stream:
        return _copy(stream, lambda chunk: None)


def _copy(stream: IO[bytes], write: Callable[[bytes], object]) -> Member:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        write(chunk)
    return Member(digest.hexdigest(), size)
