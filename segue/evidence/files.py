"""Attachments on disk: the bytes under their SHA-256, written completely or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.conf import settings

from segue.core.errors import UserError

MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


@dataclass(frozen=True)
class StoredFile:
    """A file as it lies in the data folder."""

    name: str
    sha256: str
    size: int
    media_type: str


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.FILES) / sha256[:2] / sha256


def safe_media_type(media_type: str) -> str:
    """A media type fit for a header; whatever else came with the upload becomes plain bytes."""
    return media_type if MEDIA_TYPE.fullmatch(media_type) else "application/octet-stream"


def plain_name(name: str) -> str:
    """A file name without any folder in it, as ``../../x`` and ``C:\\x`` have: its last part, printable, at most 150 long."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    cleaned = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[:140]}{dot}{ending[:9]}" if dot else cleaned[:150] or "file"


def store(name: str, media_type: str, chunks: Iterable[bytes]) -> StoredFile:
    """Keeps a stream of bytes. Raises ``UserError`` where it is too large or the disk refuses; leaves nothing half-written."""
    folder = Path(settings.FILES)
    limit = settings.MAX_ATTACHMENT_BYTES
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix="incoming-", delete=False) as incoming:
            try:
                digest, size = _copy(chunks, incoming, limit, name)
                incoming.flush()
                os.fsync(incoming.fileno())
            except BaseException:
                with suppress(OSError):  # on a full disk closing fails as well
                    incoming.close()
                Path(incoming.name).unlink(missing_ok=True)
                raise
        target = path_of(digest)
        target.parent.mkdir(exist_ok=True)
        Path(incoming.name).replace(target)
    except OSError as error:
        raise UserError(
            f"“{plain_name(name)}” could not be kept: {error.strerror or error}.",
            "Free some space on the disk, or make the data folder writable, and attach it again. What you typed is kept.",
        ) from error
    return StoredFile(plain_name(name), digest, size, safe_media_type(media_type[:120].lower()))


def _copy(chunks: Iterable[bytes], target: object, limit: int, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise UserError(
                f"“{plain_name(name)}” is larger than {limit // 1024**2} MB.",
                "Attach a smaller file, or part of it, or put a link and say in the text what it shows. What you typed is kept.",
            )
        digest.update(chunk)
        target.write(chunk)  # type: ignore[attr-defined]
    return digest.hexdigest(), size
