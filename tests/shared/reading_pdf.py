"""Reading a PDF in tests: what it says of itself, its structure for screen readers, and its text where pdftotext is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib

import pytest

reader = shutil.which("pdftotext")
needs_reader = pytest.mark.skipif(reader is None, reason="pdftotext is not installed")


def inside(made: bytes) -> bytes:
    """The file with its compressed parts unpacked, to look for what it says of itself."""
    parts = [made]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts)


def count(made: bytes, kind: str) -> int:
    """How many elements of a kind the structure for screen readers has."""
    return len(re.findall(rb"/S\s*/" + kind.encode() + rb"\b", inside(made)))


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", inside(made)))


def words(made: bytes) -> str:
    """The text as a program reads it out of the file, with each space as one."""
    assert reader
    told = subprocess.run([reader, "-raw", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    return re.sub(r" ?/ ?(\d+)$", r" / \1", " ".join(told.split()))
