"""Files are refused while they stream: the text of the form arrives, the disk stays free."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from segue.evidence.uploads import refused_files
from tests.evidence.pieces import upload

MB = 1024 * 1024
Send = Callable[..., WSGIRequest]


@pytest.fixture(autouse=True)
def small_limits(settings: Settings, tmp_path: Path) -> Path:
    """One megabyte a file, all of it through the disk, in a folder of its own."""
    settings.MAX_ATTACHMENT_BYTES = MB
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def sent() -> Iterator[Callable[..., WSGIRequest]]:
    """Sends a form; its files are closed when the test ends."""
    requests: list[WSGIRequest] = []

    def send(headers: dict[str, str] | None = None, **fields: Any) -> WSGIRequest:
        requests.append(RequestFactory().post("/evidence/new/", fields, headers=headers))
        return requests[-1]

    yield send
    for request in requests:
        request.close()


def test_a_file_within_the_limit_arrives_whole(sent: Send) -> None:
    request = sent(title="Mine", attachments=upload("a.bin", b"x" * MB))
    assert request.POST["title"] == "Mine"
    assert [f.read() for f in request.FILES.getlist("attachments")] == [b"x" * MB]
    assert refused_files(request) == []


def test_a_file_one_byte_too_large_is_dropped_and_named(sent: Send, small_limits: Path) -> None:
    request = sent(attachments=upload("film.mov", b"x" * (MB + 1)), title="Mine")
    assert request.POST["title"] == "Mine"
    assert not request.FILES
    (error,) = refused_files(request)
    assert "“film.mov” is larger than 1 MB" in error.message
    assert "1 MB" in error.hint
    assert list(small_limits.glob("*.upload*")) == []


def test_the_good_files_beside_a_large_one_arrive(sent: Send) -> None:
    files = [upload("a.txt", b"first"), upload("film.mov", b"x" * (MB + 1)), upload("b.txt", b"last")]
    request = sent(attachments=files)
    assert [f.read() for f in request.FILES.getlist("attachments")] == [b"first", b"last"]


def test_all_files_together_have_a_limit(sent: Send) -> None:
    request = sent(attachments=[upload(f"{n}.bin", b"x" * MB) for n in range(5)])
    assert len(request.FILES.getlist("attachments")) == 4
    assert "4.bin" in refused_files(request)[0].message


def test_a_request_that_cannot_fit_is_refused_before_a_byte_is_kept(sent: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segue.evidence.uploads.TEXT_BESIDE", 0)
    monkeypatch.setattr(TemporaryUploadedFile, "write", lambda *_: pytest.fail("a byte was written"), raising=False)
    request = sent(title="Mine", attachments=upload("film.mov", b"x" * 5 * MB))
    assert request.POST["title"] == "Mine"
    assert "about 5 MB" in refused_files(request)[0].message


def test_autosave_brings_no_files(sent: Send) -> None:
    request = sent({"X-Segue-Autosave": "1"}, title="Mine", attachments=upload())
    assert request.POST["title"] == "Mine"
    assert not request.FILES
    assert refused_files(request) == []


@pytest.mark.parametrize("where", ["__init__", "write", "seek"])
def test_a_full_disk_costs_the_file_and_not_the_text(
    sent: Send, monkeypatch: pytest.MonkeyPatch, small_limits: Path, where: str
) -> None:
    def full(self: TemporaryUploadedFile, *args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryUploadedFile, where, full, raising=False)
    request = sent(attachments=upload("a.bin", b"x" * 5000), title="Mine")
    assert request.POST["title"] == "Mine"
    assert not request.FILES
    assert "“a.bin” could not be kept: No space left on device." in refused_files(request)[0].message
    assert list(small_limits.glob("*.upload*")) == []
