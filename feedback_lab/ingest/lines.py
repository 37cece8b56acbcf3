"""Physical lines of a text, whatever ends them: LF, CRLF, CR, or a mixture. The end stays on the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO

from feedback_lab.ingest.unpacking import Notes

# Lines handed on at once. It bounds what is read again after a broken quote.
BLOCK = 4_096
# Characters. A longer line is cut there: no feedback is that long, and memory must not grow with a file without line ends.
LONGEST = 4 << 20
_END = re.compile(r"[\r\n]")


def blocks(texts: Iterable[str], notes: Notes) -> Iterator[list[str]]:
    """Lines in runs of at most ``BLOCK``. Only the last line of all may lack its end."""
    rest = ""
    skipping = False
    for text in texts:
        if skipping:  # inside of what is cut off
            end = _END.search(text)
            if end is None:
                continue
            text, skipping = text[end.start() :], False
        # newline="" keeps the ends and takes all three kinds; ``str.splitlines`` would split at form feeds and U+2028 too.
        lines = StringIO(rest + text, newline="").readlines()
        # A line without end goes on in the next piece, and so may CR LF.
        rest = lines.pop() if lines and not lines[-1].endswith("\n") else ""
        if len(rest) > LONGEST and not rest.endswith("\r"):
            rest, skipping = rest[:LONGEST], True
            notes.long_lines += 1
        for start in range(0, len(lines), BLOCK):
            yield lines[start : start + BLOCK]
    if rest:
        yield [rest]
