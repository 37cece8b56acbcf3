"""Files on their way in: refused while they stream, so that neither memory nor the disk fills, and the text still arrives."""

from __future__ import annotations

from contextlib import suppress
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from segue.core.errors import UserError
from segue.evidence.files import plain_name

AT_ONCE = 4  # times the limit of one file: what one form may bring altogether
TEXT_BESIDE = 30_000_000  # bytes of a request that may be text rather than files


def refused_files(request: HttpRequest) -> list[UserError]:
    """Why files of this request were not taken, one reason a file."""
    found: list[UserError] = getattr(request, "refused_files", [])
    return found


def _refuse(request: Any, error: UserError) -> None:
    if str(error) not in map(str, refused_files(request)):
        request.refused_files = [*refused_files(request), error]


class Gate(FileUploadHandler):
    """Stands before the handlers that keep bytes, and stops a file that is too large as soon as that is known."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Notes how large the whole request is."""
        self.announced = content_length
        self.taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Autosave keeps text only. A request that can't fit is refused before its first byte is kept."""
        super().new_file(*args, **kwargs)
        self.size = 0
        if self.request is not None and self.request.headers.get("X-Segue-Autosave"):
            raise SkipFile
        if self.announced > AT_ONCE * settings.MAX_ATTACHMENT_BYTES + TEXT_BESIDE:
            self._too_large(f"What you attached is about {self.announced // 1024**2} MB together.", AT_ONCE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Passes the chunk on while there is room."""
        self.size += len(raw_data)
        self.taken += len(raw_data)
        if self.size > settings.MAX_ATTACHMENT_BYTES:
            self._too_large(f"“{self._name()}” is larger than {_megabytes(1)} MB.", 1)
        if self.taken > AT_ONCE * settings.MAX_ATTACHMENT_BYTES:
            self._too_large(f"“{self._name()}” does not fit: with it the files are too large together.", AT_ONCE)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind make the file."""

    def _name(self) -> str:
        return plain_name(self.file_name or "")

    def _too_large(self, message: str, times: int) -> None:
        each = "One file may have" if times == 1 else "All files of one entry together may have"
        mend = "Attach a smaller file or part of it, or put a link and say in the text what it shows."
        _refuse(self.request, UserError(message, f"{each} {_megabytes(times)} MB. {mend}"))
        raise SkipFile


class CarefulTemporary(TemporaryFileUploadHandler):
    """Writes large files to the disk as Django does; a disk that refuses costs the file, not the text."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Opens the temporary file."""
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._disk_refused(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Writes a chunk."""
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._disk_refused(error)

    def file_complete(self, file_size: int) -> Any:
        """The file, ready to be read. What was still in memory goes to the disk only now, so this can fail too."""
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._note(error)
            return None

    def _disk_refused(self, error: OSError) -> None:
        self._note(error)
        raise SkipFile

    def _note(self, error: OSError) -> None:
        if hasattr(self, "file"):
            with suppress(OSError):  # closing writes what is left, which fails again; the file is removed all the same
                self.file.close()
        name = plain_name(self.file_name or "")
        mend = "Free some space on the disk and attach it again."
        _refuse(self.request, UserError(f"“{name}” could not be kept: {error.strerror or error}.", mend))


def _megabytes(times: int) -> int:
    return int(times * settings.MAX_ATTACHMENT_BYTES // 1024**2)
