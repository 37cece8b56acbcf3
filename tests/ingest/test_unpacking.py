from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from feedback_lab.errors import LabError
from feedback_lab.files import sha256_of
from feedback_lab.ingest import look, unpacking
from tests.ingest.made import rows_of, workbook, written

FILE = "text,rating\n" + "".join(f"number {n} was not what I wanted,{n % 5 + 1}\n" for n in range(500))


def test_a_packed_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(FILE.encode()), "feedback.csv.gz")
    found = look(path)
    assert (found.format, found.rows, found.kept, found.sha256) == ("csv", 500, 500, sha256_of(path))
    assert rows_of(path, found).texts[0] == "number 0 was not what I wanted"


def test_several_packed_pieces_in_one_file(tmp_path: Path) -> None:
    data = gzip.compress(FILE[:1000].encode()) + gzip.compress(FILE[1000:].encode())
    assert look(written(tmp_path, data, "feedback.csv.gz")).kept == 500


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: data[: len(data) // 2], "cut short"),
        (lambda data: data[:-8] + bytes(8), "damaged"),
        (lambda data: data[:20] + bytes(20) + data[40:], "damaged|cut short"),
        (lambda data: gzip.compress(b"PAR1" + data), "packed once more"),
    ],
)
def test_a_damaged_packed_file_is_said(tmp_path: Path, spoil: object, words: str) -> None:
    assert callable(spoil)
    with pytest.raises(LabError, match=words):
        look(written(tmp_path, spoil(gzip.compress(FILE.encode())), "feedback.csv.gz"))


def test_what_unpacks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE_GROWTH", 1 << 20)
    path = written(tmp_path, gzip.compress(b"text,rating\n" + b"the same again and again,1\n" * 200_000), "bomb.csv.gz")
    with pytest.raises(LabError, match="more than 200 times its size"):
        look(path)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel format"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000) + "EncryptedPackage".encode("utf-16-le") + bytes(90), "protected with a password"),
        (b"SQLite format 3\0" + bytes(90), "SQLite database"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, head: bytes, words: str) -> None:
    with pytest.raises(LabError, match=words):
        look(written(tmp_path, head, "feedback.xlsx"))


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.csv", {"One": [["text", "rating"], ["I like it a lot", 5], ["It is too slow", 2]]})
    assert look(path).format == "xlsx"
