"""The bytes of a file: what kind it is, and reading it piece by piece, hashed and unpacked on the way."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from feedback_lab.errors import LabError

PIECE = 1 << 20
# Feedback packs to a tenth or a twentieth. What unpacks to more than this is no feedback, or is meant to fill a disk.
MOST_GROWTH = 200
FREE_GROWTH = 256 << 20

BINARY = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF document",
}


@dataclass
class Notes:
    """What a pass over a file notices on its way. Counts are 0 where nothing was noticed; ``sha256`` is known at the end."""

    encoding: str = ""
    sha256: str = ""
    undecodable: int = 0
    nuls: int = 0
    long_lines: int = 0
    late_columns: int = 0
    breaks_off: bool = False
    sheets_left: tuple[str, ...] = ()
    on_progress: Callable[[float], None] | None = field(default=None, repr=False)

    def progress(self, share: float) -> None:
        """Says how far the pass is, 0-1."""
        if self.on_progress is not None:
            self.on_progress(min(1.0, max(0.0, share)))


def size_of(path: Path) -> int:
    """Bytes of a file that can be read. Raises ``LabError`` where it is missing, a folder, unreadable or empty."""
    with _readable(path):
        if path.is_dir():
            raise LabError(f"{path} is a folder.", "Name one file in it.")
        if path.exists() and not path.is_file():
            raise LabError(f"{path} is not a file that can be read twice.", "Save it as a file first.")
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    if not size:
        raise LabError(
            f"{path.name} is empty.", "Export it again; a file of feedback has a line of column names and then the rows."
        )
    return size


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise LabError(f"There is no file {path}.", "Check the name and the folder.") from None
    except PermissionError:
        raise LabError(f"{path} may not be read.", "Allow reading, or copy it to a folder of your own.") from None
    except (OSError, ValueError) as fault:
        raise LabError(f"{path} can't be read: {fault}.", "Copy it to this computer and try again.") from fault


def container_of(path: Path) -> str:
    """What the first bytes say: ``gzip``, ``zip``, ``parquet`` or ``plain``. Raises ``LabError`` for what can't hold rows."""
    with _readable(path), path.open("rb") as file:
        head = file.read(512)
    for magic, what in BINARY.items():
        if head.startswith(magic):
            raise LabError(f"{path.name} is {what}, not a table.", "Export the feedback as CSV, XLSX, JSONL or Parquet.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise LabError(*_old_office(path))
    known = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"PAR1": "parquet"}
    return next((kind for magic, kind in known.items() if head.startswith(magic)), "plain")


def _old_office(path: Path) -> tuple[str, str]:
    with _readable(path), path.open("rb") as file:
        tail = b""
        while piece := file.read(PIECE):
            if "EncryptedPackage".encode("utf-16-le") in tail + piece:
                return f"{path.name} is protected with a password.", "Save a copy without a password, and try that."
            tail = piece[-64:]
    return f"{path.name} is in the old Excel format.", "Save it as an Excel workbook (.xlsx) or as CSV."


class _Hashing:
    """A file that is hashed as it is read, and says how far it is."""

    def __init__(self, file: BinaryIO, size: int, notes: Notes) -> None:
        self._file = file
        self._size = size
        self._notes = notes
        self._digest = hashlib.sha256()
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._digest.update(piece)
        self.taken += len(piece)
        self._notes.progress(self.taken / self._size if self._size else 1.0)
        return piece

    def hexdigest(self) -> str:
        while self.read(PIECE):
            pass
        return self._digest.hexdigest()


def pieces(path: Path, container: str, notes: Notes) -> Iterator[bytes]:
    """The bytes of a plain or gzip file, at most ``PIECE`` at a time. The hash of the file as it lies on disk goes to ``notes``.

    Raises ``LabError`` where a gzip file is damaged or unpacks to far more than feedback does.
    """
    with _readable(path), path.open("rb") as file:
        source = _Hashing(file, path.stat().st_size, notes)
        yield from _unpacked(path, source) if container == "gzip" else iter(lambda: source.read(PIECE), b"")
        notes.sha256 = source.hexdigest()


def _unpacked(path: Path, source: _Hashing) -> Iterator[bytes]:
    total = 0
    with gzip.GzipFile(fileobj=source) as file:  # type: ignore[call-overload]  # it needs nothing but ``read``
        while piece := _next_piece(path, file):
            total += len(piece)
            if total > max(FREE_GROWTH, MOST_GROWTH * source.taken):
                grown = f"more than {MOST_GROWTH} times its size"
                raise LabError(f"{path.name} unpacks to {grown}, so reading was stopped.", "Unpack it yourself and look at it.")
            yield piece


def _next_piece(path: Path, file: gzip.GzipFile) -> bytes:
    try:
        return file.read(PIECE)
    except EOFError:
        raise LabError(f"{path.name} is cut short.", "Download or copy it again.") from None
    except (gzip.BadGzipFile, zlib.error) as fault:
        raise LabError(f"{path.name} is damaged: {fault}.", "Download or copy it again.") from fault


def head_of(path: Path, container: str) -> tuple[bytes, bool]:
    """The first ``PIECE`` bytes, unpacked, and whether that is the whole file."""
    head = b""
    for piece in pieces(path, container, Notes()):
        head += piece
        if len(head) > PIECE:
            break
    return head[:PIECE], len(head) <= PIECE
