"""The bytes of a file of contacts as text: what kind it is, unpacked, and in which encoding. Nothing is guessed in silence."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from segue.core.errors import UserError
from segue.evidence.files import plain_name

MOST_BYTES = 20 * 1024 * 1024
MOST_MEMBERS = 20_000
NO_CONTACTS: Mapping[bytes, str] = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or a sound",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite format 3": "a database",
    b"{\\rtf": "an RTF document",
}
# What the learner may choose where it can't be told, or was told wrongly.
ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp932": "Shift-JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "euc_kr": "EUC-KR (Korean)",
}
MENDS = "Take the CSV file or the ZIP that LinkedIn sends, a vCard file (.vcf), or a table saved as CSV."
UNZIPPABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError)
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_HALF_KANA = re.compile("[\uff61-\uff9f]")


@dataclass(frozen=True)
class ContactText:
    """A file as text. ``remarks`` say what was assumed in reading it."""

    name: str
    text: str
    is_vcard: bool
    remarks: tuple[str, ...] = ()


def open_contacts(name: str, data: bytes, encoding: str = "") -> ContactText:
    """The text of a file, unpacked where it is an archive. Raises ``UserError`` for what holds no contacts."""
    name = plain_name(name)
    _check_size(name, len(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        inside, data = _unpacked(name, data)
        return open_contacts(inside, data, encoding)
    for magic, what in NO_CONTACTS.items():
        if data.startswith(magic):
            raise UserError(f"“{name}” is {what}, not a file of contacts.", MENDS)
    text, remark = decode(data, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")
    start = text[:200].lstrip().casefold()
    _refuse_others(name, text, start)
    is_vcard = start.startswith("begin:vcard") or name.casefold().endswith((".vcf", ".vcard"))
    return ContactText(name, text, is_vcard, (remark,) if remark else ())


def _check_size(name: str, size: int) -> None:
    if not size:
        raise UserError(f"“{name}” is empty: it has 0 bytes.", "Export it again. A folder can’t be sent; choose the file in it.")
    if size > MOST_BYTES:
        mend = "If it is the ZIP of LinkedIn, unpack it and send Connections.csv alone. Photos in vCards are not needed."
        raise UserError(f"“{name}” has {size / 1024**2:,.0f} MB; {MOST_BYTES // 1024**2} MB is the most.", mend)


def _refuse_others(name: str, text: str, start: str) -> None:
    if not start:
        raise UserError(f"“{name}” holds nothing but blanks.", "Export it again.")
    if start.startswith("begin:vcalendar"):
        raise UserError(f"“{name}” is a calendar, not a file of contacts.", MENDS)
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise UserError(f"“{name}” is a web page or XML, not a file of contacts.", MENDS)
    if sum(1 for c in text[:4000] if ord(c) < 32 and c not in "\t\n\f\v\x1b") > 40:
        raise UserError(f"“{name}” is no text file.", MENDS)


def _unpacked(name: str, data: bytes) -> tuple[str, bytes]:
    """The file of contacts in an archive: LinkedIn's, else the only one that can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [info.filename for info in archive.infolist()[:MOST_MEMBERS] if not info.is_dir()]
            inside = _chosen(name, names)
            with archive.open(inside) as stream:
                found = stream.read(MOST_BYTES + 1)
    except UNZIPPABLE as error:
        if "encrypted" in str(error):
            raise UserError(f"“{name}” is protected with a password.", "Unpack it, and send the file inside.") from error
        raise UserError(f"“{name}” is damaged and can’t be unpacked.", "Download it again.") from error
    if len(found) > MOST_BYTES:
        mend = "No list of contacts is as large. Unpack it yourself and look at it."
        raise UserError(f"“{plain_name(inside)}” in “{name}” unpacks to more than {MOST_BYTES // 1024**2} MB.", mend)
    if found.startswith(b"PK\x03\x04"):
        raise UserError(f"“{name}” holds an archive in an archive.", "Unpack it, and send the file of contacts alone.")
    return inside, found


def _chosen(name: str, names: list[str]) -> str:
    if any(each.startswith(("xl/", "word/", "ppt/")) for each in names):
        raise UserError(f"“{name}” is an Office file.", "In the spreadsheet choose Save as, and CSV; then send that file.")
    own = [each for each in names if PurePosixPath(each).name.casefold() == "connections.csv"]
    others = [each for each in names if each.casefold().endswith((".vcf", ".csv")) and "__macosx" not in each.casefold()]
    if own or len(others) == 1:
        return (own or others)[0]
    there = f"it has {len(others)} tables" if others else "it has no table"
    mend = "In LinkedIn choose “Connections” when you ask for your data; or unpack the archive and send the one file."
    raise UserError(f"“{name}” has no Connections.csv; {there}.", mend)


def decode(data: bytes, wish: str = "") -> tuple[str, str]:
    """The text, and what was assumed. Raises ``UserError`` where the encoding can't be told, or is not the one that is wished."""
    if wish:
        try:
            return data.decode("utf-8-sig" if wish == "utf-8" else wish), ""
        except UnicodeError:
            raise UserError(f"The file is not in {ENCODINGS.get(wish, wish)}.", "Choose another encoding.") from None
    if wide := _wide(data):
        return _counted(data.decode(wide, "replace"))
    if b"\x1b$B" in data:
        return data.decode("iso2022_jp", "replace"), "The file was read as ISO-2022-JP (Japanese)."
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return _old(data)


def _wide(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd, enough = data[:8000:2].count(0), data[1:8000:2].count(0), min(len(data), 8000) / 20
    if odd > enough and odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > enough and even > 10 * odd else ""


def _counted(text: str) -> tuple[str, str]:
    lost = text.count("\ufffd")
    return text, f"{lost:,} signs could not be read; they stand as \ufffd." if lost else ""


def _old(data: bytes) -> tuple[str, str]:
    """A file from before UTF-8, or a damaged one in it."""
    mended = data.decode("utf-8-sig", "replace")
    if sum(len(run) for run in _BEYOND.findall(mended)) > 2 * mended.count("\ufffd"):
        return _counted(mended)
    for encoding in ("cp932", "euc_jp", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _fits(text, encoding):
            look = "Look at names with accents and signs before you take it in; if they are wrong, choose the encoding yourself."
            return text, f"The file is not in UTF-8. It was read as {ENCODINGS[encoding]}. {look}"
    raise UserError("The encoding of the file can’t be told.", "Choose it below, or save the file as UTF-8.")


def _fits(text: str, encoding: str) -> bool:
    """Accents stand between plain letters, at most two together; Japanese signs stand together, and are hardly ever half wide."""
    runs = _BEYOND.findall(text)
    signs = sum(map(len, runs))
    if encoding == "cp1252":
        return sum(len(run) for run in runs if len(run) > 2) <= signs / 5
    return sum(len(run) for run in runs if len(run) > 1) >= 0.8 * signs and len(_HALF_KANA.findall(text)) < signs / 2
