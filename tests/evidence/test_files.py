from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as current_settings
from pytest_django.fixtures import Settings

from segue.core.errors import UserError
from segue.evidence.files import path_of, plain_name, safe_media_type, store


def kept() -> list[Path]:
    """Every file in the data folder."""
    folder = Path(current_settings.FILES)
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cv.pdf", "cv.pdf"),
        ("/etc/shadow", "shadow"),
        ("..", "file"),
        ("", "file"),
        (" . ", "file"),
        ("README", "README"),
        (".htaccess", "htaccess"),
        ('a<b>"c|d?*.txt', "abcd.txt"),
        ("line\nbreak\x00.txt", "linebreak.txt"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("half\ud800.txt", "half.txt"),
        ("Lebenslauf für Übung.pdf", "Lebenslauf für Übung.pdf"),
        ("研究.csv", "研究.csv"),
        ("x" * 400 + ".pdf", "x" * 140 + ".pdf"),
    ],
)
def test_a_name_holds_no_folder_and_nothing_that_cannot_be_seen(name: str, plain: str) -> None:
    assert plain_name(name) == plain
    assert plain_name(plain) == plain


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("text/plain", "text/plain"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",) * 2,
        ("", "application/octet-stream"),
        ("text/html; charset=x", "application/octet-stream"),
        ("a/b\r\nX-Evil: 1", "application/octet-stream"),
        ("nonsense", "application/octet-stream"),
    ],
)
def test_a_media_type_is_fit_for_a_header(given: str, safe: str) -> None:
    assert safe_media_type(given) == safe


def test_bytes_lie_under_their_hash_once(fresh_files: None) -> None:
    first, second = store("a.txt", "text/plain", [b"on", b"e"]), store("b.txt", "", [b"one"])
    assert first.sha256 == second.sha256
    assert (first.size, second.media_type) == (3, "application/octet-stream")
    assert path_of(first.sha256).read_bytes() == b"one"
    assert len(kept()) == 1


def test_too_large_a_file_is_refused_by_name_and_leaves_nothing(settings: Settings) -> None:
    settings.MAX_ATTACHMENT_BYTES = 2 * 1024 * 1024
    with pytest.raises(UserError, match=r"film\.mov” is larger than 2 MB"):
        store("film.mov", "video/quicktime", [b"x" * 1024 * 1024] * 3)
    assert kept() == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_refuses_is_told_with_the_mend(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def full(_: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match=r"could not be kept") as error:
        store("a.txt", "text/plain", [b"one"])
    assert "Free some space" in error.value.hint
    assert kept() == []


def test_an_upload_that_breaks_off_leaves_nothing() -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError(errno.ECONNRESET, "gone")

    with pytest.raises(UserError, match="gone"):
        store("a.txt", "text/plain", broken())
    assert kept() == []
