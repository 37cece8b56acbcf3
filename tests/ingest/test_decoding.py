from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.ingest.decoding import texts
from feedback_lab.ingest.unpacking import Notes

TEXT = "text,rating\nDas hat größere Schwächen – «naja»,2\n" * 20


def decoded(data: bytes, wish: str | None = None, piece: int = 1 << 20) -> tuple[str, Notes]:
    notes = Notes()
    return "".join(texts([data[at : at + piece] for at in range(0, len(data), piece)], wish, notes)), notes


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("windows-1252"), "windows-1252"),
    ],
)
def test_encodings_are_recognised(data: bytes, encoding: str) -> None:
    text, notes = decoded(data)
    assert (text, notes.encoding, notes.undecodable, notes.nuls) == (TEXT, encoding, 0, 0)
    again, _ = decoded(data, encoding, piece=7)
    assert again == TEXT


def test_the_first_accent_may_come_late() -> None:
    data = b"plain ascii\n" * 1000 + "größer\n".encode("latin-1")
    text, notes = decoded(data, piece=1000)
    assert (text.splitlines()[-1], notes.encoding, notes.undecodable) == ("größer", "windows-1252", 0)


def test_broken_bytes_in_utf_8_are_replaced_and_counted() -> None:
    text, notes = decoded("größer ".encode() * 50 + b"\xff\xfe\xff ok \xef\xbf\xbd", piece=100)
    assert notes.encoding == "utf-8"
    assert text.endswith("\ufffd\ufffd\ufffd ok \ufffd")
    assert notes.undecodable == 3  # the last one stood in the file


def test_a_sequence_that_is_cut_at_the_end_is_replaced() -> None:
    text, notes = decoded("é".encode() * 9 + b"\xc3")
    assert (text, notes.undecodable) == ("é" * 9 + "\ufffd", 1)


def test_half_a_character_of_utf_16_is_replaced() -> None:
    text, notes = decoded(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x00\xd8c\x00d")
    assert text.startswith("ab\ufffd")
    assert notes.undecodable >= 1


def test_nuls_are_removed_and_counted() -> None:
    text, notes = decoded(b"a\0b\0\n" + b"text\n" * 50)
    assert (text[:3], notes.nuls) == ("ab\n", 2)


def test_a_wish_is_taken_as_it_is() -> None:
    assert decoded("дом".encode("cp1251"), "cp1251")[0] == "дом"
    assert decoded("家".encode("shift_jis"), "shift_jis")[0] == "家"
    assert decoded("é,".encode("utf-16-be"), "utf-16-be")[0] == "é,"
    assert decoded(codecs.BOM_UTF16_BE + "é,".encode("utf-16-be"), "utf-16")[0] == "é,"


@given(st.binary(max_size=60), st.integers(1, 20), st.sampled_from([None, "utf-8", "utf-16-le", "windows-1252", "shift_jis"]))
def test_no_bytes_are_too_odd(data: bytes, piece: int, wish: str | None) -> None:
    text, notes = decoded(data, wish, piece)
    assert "\0" not in text
    assert notes.undecodable >= 0


@given(st.binary(max_size=60), st.integers(1, 20), st.sampled_from(["utf-8", "utf-16-le", "windows-1252"]))
def test_the_size_of_the_pieces_does_not_matter(data: bytes, piece: int, wish: str) -> None:
    assert decoded(data, wish, piece)[0] == decoded(data, wish)[0]
