from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from segue.core.errors import UserError
from segue.vault.archive import Member, hash_of, opened, put_file, put_text

TEXT = "Ä text\n" * 100
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
MEMBER = Member(SHA256, len(TEXT.encode()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "source").write_text(TEXT, "utf-8")
    with zipfile.ZipFile(tmp_path / "archive", "w") as archive:
        assert put_text(archive, "text", TEXT) == MEMBER
        assert put_file(archive, "packed", tmp_path / "source", packed=True) == MEMBER
        assert put_file(archive, "plain", tmp_path / "source", packed=False) == MEMBER
    return tmp_path / "archive"


def test_what_goes_in_comes_out_with_the_same_checksum(path: Path, tmp_path: Path) -> None:
    with opened(path, "a test") as archive:
        for name in ("text", "packed", "plain"):
            pieces: list[bytes] = []
            assert archive.read(name, pieces.append) == MEMBER
            assert b"".join(pieces).decode() == TEXT
        assert archive.sizes == dict.fromkeys(("text", "packed", "plain"), MEMBER.size)
        assert archive.packed_sizes["packed"] < archive.packed_sizes["plain"] == MEMBER.size
    assert hash_of(tmp_path / "source") == MEMBER


def test_a_text_has_a_limit(path: Path) -> None:
    with opened(path, "a test") as archive:
        assert archive.text("text", MEMBER.size).decode() == TEXT
        for name, most in (("text", MEMBER.size - 1), ("nothing", 10)):
            with pytest.raises(UserError, match="is not a test, or it is damaged"):
                archive.text(name, most)


def test_a_member_that_is_not_there_is_said(path: Path) -> None:
    with opened(path, "a test") as archive, pytest.raises(UserError, match="damaged"):
        archive.read("nothing")


def test_a_member_whose_bytes_changed_is_said(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.rindex("Ä text".encode())] ^= 1
    path.write_bytes(data)
    with opened(path, "a test") as archive, pytest.raises(UserError, match="damaged"):
        archive.read("plain")


def test_an_encrypted_one_is_said(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04", data.index(b"plain") - 31) + 6] |= 1
    path.write_bytes(data)
    with opened(path, "a test") as archive, pytest.raises(UserError, match="damaged"):
        archive.read("plain")


def test_the_same_name_twice_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("text", "other")
    with pytest.raises(UserError, match="a name is in it twice"), opened(path, "a test"):
        pass


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "..", "C:x", "c:/x", "a\\x"])
def test_names_that_lead_out_are_refused(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "")
    with pytest.raises(UserError, match="points out of it"), opened(path, "a test"):
        pass


@pytest.mark.parametrize("name", ["a..b", "...", "folder/x", "x y ü"])
def test_names_that_only_look_odd_are_not(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "")
    with opened(path, "a test") as reader:
        assert reader.sizes[name] == 0


def test_what_can_not_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no zip")
    for name, words in ((".", "is a folder, not a test"), ("nowhere", "is not there"), ("text", "is not a test")):
        with pytest.raises(UserError, match=words), opened(tmp_path / name, "a test"):
            pass


def test_a_bug_of_whoever_reads_stays_a_bug(path: Path) -> None:
    with pytest.raises(ValueError, match="mine"), opened(path, "a test"):
        raise ValueError("mine")
