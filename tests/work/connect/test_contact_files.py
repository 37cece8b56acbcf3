"""Files as they are sent: encodings, archives, and what is none of ours."""

from __future__ import annotations

import io
import zipfile

import pytest

from segue.core.errors import UserError
from segue.work.connect import contact_files
from segue.work.connect.contact_files import ENCODINGS, open_contacts

GERMAN = "Vorname;Nachname;Firma\nJürgen;Müßig;Bäckerei Größe\nÉva;Kovács;Käse\n"
JAPANESE = "名,姓,会社\n太郎,山田,株式会社ひかり\nケン,鈴木,テスト\n"
RUSSIAN = "Имя,Фамилия\nИван,Петров\n"  # noqa: RUF001 - no Latin letters
GREEK = "Όνομα,Επώνυμο\nΓιάννης,Παπαδόπουλος\n"  # noqa: RUF001


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [GERMAN, JAPANESE + "a,b,c\n" * 20])
def test_unicode_is_read_without_a_word(text: str, encoding: str) -> None:
    found = open_contacts("a.csv", text.encode(encoding))
    assert (found.text, found.remarks) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (GERMAN, "cp1252", "Windows-1252"),
        (JAPANESE, "cp932", "Shift-JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
    ],
)
def test_an_old_encoding_is_told(text: str, encoding: str, said: str) -> None:
    found = open_contacts("a.csv", text.encode(encoding))
    assert found.text == text
    assert said in found.remarks[0]


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (GREEK, "iso8859_7")])
def test_what_can_not_be_told_is_not_guessed(text: str, encoding: str) -> None:
    with pytest.raises(UserError, match="can’t be told"):
        open_contacts("a.csv", text.encode(encoding))


def test_the_learner_has_the_last_word_on_the_encoding() -> None:
    assert open_contacts("a.csv", RUSSIAN.encode("cp1251"), "cp1251").text == RUSSIAN
    assert open_contacts("a.csv", b"\xef\xbb\xbfa,b\n", "utf-8").text == "a,b\n"
    with pytest.raises(UserError, match="not in UTF-8"):
        open_contacts("a.csv", GERMAN.encode("cp1252"), "utf-8")
    assert all("a,b".encode(name).decode(name) == "a,b" for name in ENCODINGS)


def test_a_broken_byte_in_unicode_is_counted() -> None:
    found = open_contacts("a.csv", GERMAN.encode() + b"a\xff;b\n")
    assert "Jürgen" in found.text
    assert found.remarks[0].startswith("1 signs could not be read")


def test_line_ends_and_nul_signs_are_put_right() -> None:
    assert open_contacts("a.csv", b"name,mail\r\na\0b,c\rd,e\n").text == "name,mail\nab,c\nd,e\n"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("cv.pdf", b"%PDF-1.7 ...", "is a PDF document"),
        ("me.csv", b"\x89PNG\r\n\x1a\n....", "is a picture"),
        ("old.xls", b"\xd0\xcf\x11\xe0....", "an old Office file"),
        ("empty.csv", b"", "is empty: it has 0 bytes"),
        ("blank.csv", b"  \n\n ", "nothing but blanks"),
        ("cal.vcf", b"BEGIN:VCALENDAR\nEND:VCALENDAR", "is a calendar"),
        ("page.csv", b"<!doctype html><p>", "is a web page"),
        ("program.csv", bytes(range(1, 32)) * 40, "is no text file"),
        ("book.xlsx", zipped(xl__workbook_xml=b"<x/>"), "is an Office file"),
        ("data.zip", zipped(messages_csv=b"a", profile_csv=b"b"), "has no Connections.csv; it has 2 tables"),
        ("data.zip", zipped(photo_jpg=b"a"), "has no Connections.csv; it has no table"),
        ("data.zip", zipped(Connections_csv=zipped(a_csv=b"x")), "an archive in an archive"),
        ("data.zip", zipped(a_csv=b"x" * 2000)[:-40], "is damaged"),
        ("../../x.zip", b"PK\x03\x04 not really", "“x.zip” is damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # an archive has the time in it
)
def test_a_wrong_file_is_refused_with_the_reason(name: str, content: bytes, why: str) -> None:
    with pytest.raises(UserError) as told:
        open_contacts(name, content)
    assert why in told.value.message
    assert told.value.hint


def test_linkedins_archive_is_taken_as_it_comes() -> None:
    archive = zipped(Profile_csv=b"x", Messages_csv=b"y", Basic__Connections_csv=b"First Name,Last Name\n")
    found = open_contacts("Basic_LinkedInDataExport.zip", archive)
    assert (found.name, found.text) == ("Connections.csv", "First Name,Last Name\n")


def test_a_locked_archive_is_told() -> None:
    content = bytearray(zipped(Connections_csv=b"a,b"))
    for at in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[at] |= 1
    with pytest.raises(UserError, match="protected with a password"):
        open_contacts("a.zip", bytes(content))


def test_an_archive_that_would_fill_the_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_files, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(UserError, match="unpacks to more than 1 MB"):
        open_contacts("bomb.zip", zipped(Connections_csv=b"0" * 5 * 1024 * 1024))
    with pytest.raises(UserError, match="1 MB is the most"):
        open_contacts("large.csv", b"0" * 2 * 1024 * 1024)
