"""From bytes to text. Nothing is lost silently: what can't be decoded becomes U+FFFD and is counted, NUL is removed and counted.

Without a wish the encoding is decided so: a byte order mark says it; else many NULs at every other place are UTF-16; else it is
UTF-8 as long as the bytes are. At the first byte that is not UTF-8, the file is Windows-1252 where all before was ASCII and the
piece holds more broken than sound sequences (an old export, its first accent late), else it is UTF-8 with broken bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from feedback_lab.errors import LabError
from feedback_lab.ingest.unpacking import Notes

REPLACEMENT = "\ufffd"
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
WESTERN = "windows-1252"
# A file in one of these encodings has NULs at even or odd places only: at least one in ten of its characters is ASCII.
ASCII_SHARE = 0.1
# Letters with accents and beyond, without the replacement.
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")


def texts(pieces: Iterable[bytes], encoding: str | None, notes: Notes) -> Iterator[str]:
    """The text of the pieces, decoded, without byte order mark and NULs. ``notes.encoding`` is final when the last is read."""
    decoder: _Decoder | None = None
    for piece in pieces:
        decoder = decoder or _Decoder(encoding, piece, notes)
        yield decoder.decode(piece)
    if decoder is not None:
        yield decoder.decode(b"", final=True)


def checked_encoding(wish: str | None) -> str | None:
    """The encoding that is wished, or None. Raises ``LabError`` for a name that is no encoding of text."""
    if not wish:
        return None
    try:
        codecs.getincrementaldecoder(wish)("replace").decode(b"a,b\n")
        "".encode(wish)
    except Exception:  # codecs that are no encodings of text fail in many ways
        raise LabError(f"“{wish}” is no encoding of text.", "Try utf-8, utf-16 or windows-1252, or leave it out.") from None
    return wish


def _first_guess(head: bytes) -> str:
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name
    even, odd = head[:65_536:2].count(0), head[1:65_536:2].count(0)
    enough = ASCII_SHARE * min(len(head), 65_536) / 2
    if odd > enough and odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > enough and even > 10 * odd else "utf-8"


class _Decoder:
    """Decodes piece by piece and counts what it had to replace."""

    def __init__(self, wish: str | None, head: bytes, notes: Notes) -> None:
        marked = next((name for mark, name in MARKS.items() if head.startswith(mark)), "")
        bare = wish is not None and wish.lower().replace("_", "-") in {"utf-16", "utf16"}
        notes.encoding = (marked or "utf-16-le" if bare else wish) or _first_guess(head)
        self._notes = notes
        self._may_switch = wish is None and not marked and notes.encoding == "utf-8"
        self._started = False
        self._inner = codecs.getincrementaldecoder(notes.encoding)("strict")

    def decode(self, piece: bytes, final: bool = False) -> str:
        try:
            text = self._inner.decode(piece, final)
        except UnicodeError:
            text = self._mended(piece, final)
        if self._may_switch and not text.isascii():
            self._may_switch = False  # it has been sound UTF-8 so far
        if not self._started and text:
            self._started = True
            text = text.removeprefix("\ufeff")
        if "\0" in text:
            self._notes.nuls += text.count("\0")
            text = text.replace("\0", "")
        return text

    def _mended(self, piece: bytes, final: bool) -> str:
        left = self._inner.getstate()[0]
        if self._may_switch and _is_western(left + piece):
            self._notes.encoding = WESTERN
            self._inner = codecs.getincrementaldecoder(WESTERN)("strict")
            self._may_switch = False
            return self.decode(left + piece, final)
        # The strict decoder kept its state when it refused the piece.
        self._inner.errors = "replace"
        text = self._inner.decode(piece, final)
        self._inner.errors = "strict"
        genuine = (left + piece).count(REPLACEMENT.encode()) if self._notes.encoding == "utf-8" else 0
        self._notes.undecodable += max(0, text.count(REPLACEMENT) - genuine)
        return text


def _is_western(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    return text.count(REPLACEMENT) > len(_BEYOND_ASCII.findall(text))
