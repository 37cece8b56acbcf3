"""One spelling for many: full-width letters, digits of other scripts, odd spaces, dashes, and characters that can't be seen.

The patterns are written for plain characters. A text is folded before they look at it, and what they find is carried back to the
places of the text as it was.
"""

from __future__ import annotations

import re
import unicodedata

# Zero-width spaces and joiners, marks of direction, soft hyphen, byte order mark: they may stand inside an e-mail address.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
# Quotation marks, hyphens and dashes, ends of line, the tab.
_SAME = {
    **dict.fromkeys("\u2018\u2019\u02bc", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\r\u2028", "\n"),
    "\t": " ",
}


_FORMS = {"<wide>", "<narrow>", "<font>"}


class _Plain(dict[int, str]):
    """Character -> its plain form, worked out once. Always one character for one, so that places stay the same."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = plain = _plain(character)
        return plain


def _plain(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "Zs":
        return " "
    # Not a raised or circled digit: that is a footnote, not part of the number before it.
    if unicodedata.decomposition(character).split(" ")[0] in _FORMS:
        folded = unicodedata.normalize("NFKC", character)
        return folded if len(folded) == 1 else character
    return character


_PLAIN = _Plain()


def fold(text: str) -> tuple[str, list[int] | None]:
    """The plain text, and for each of its characters the place in ``text``; None where the places are the same."""
    if text.isascii():
        return (text.translate(_PLAIN) if "\t" in text or "\r" in text else text), None
    if UNSEEN.search(text) is None:
        return text.translate(_PLAIN), None
    places = [at for at, character in enumerate(text) if not UNSEEN.match(character)]
    return UNSEEN.sub("", text).translate(_PLAIN), places
