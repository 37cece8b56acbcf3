"""Files that were spoilt byte by byte: they give rows that add up, or say what is wrong, and nothing else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lab.errors import LabError
from feedback_lab.ingest import look, read
from tests.ingest.made import adds_up, rows_of, written

SOUND = "id,text,rating,date\n" + "".join(
    f'{n},"I waited {n} days, and then ""nobody""{chr(10) * (n % 3)} called – größer",{n % 5 + 1},{n % 28 + 1}/11/2026\n'
    for n in range(12)
)
ODD = [
    b'"',
    b'""',
    b"\n",
    b"\r",
    b"\r\n",
    b",",
    b";",
    b"\t",
    b"|",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xef\xbf\xbd",
    b"\xef\xbb\xbf",
    b"\x1e",
    b"\x1f",
    b" ",
]
ODD += [
    b"[",
    b"{",
    b"]",
    b"5",
    b"4/5",
    b"2026-11-03",
    b"text",
    b"",
    b'"\n"',
    b"\n\n\n",
    b',"',
    b'",',
    b"\xe2\x80\xa8",
    b"sep=;\n",
    b"\xff\xfe",
]


def spoilt(data: bytes, strokes: list[tuple[float, int, bytes]]) -> bytes:
    """The data after some strokes: at a place (0-1), so many bytes are replaced by others."""
    for place, gone, odd in strokes:
        at = int(place * len(data))
        data = data[:at] + odd + data[at + gone :]
    return data


STROKES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 1, 2, 30, 10_000]), st.sampled_from(ODD) | st.binary(max_size=3)),
    max_size=8,
)
SOUNDS = st.sampled_from([SOUND, SOUND.replace("\n", "\r\n"), SOUND.replace(",", ";"), SOUND.replace('"', ""), SOUND[20:]])


def holds(data: bytes, size: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feedback.csv"
        path.write_bytes(data)
        try:
            found = look(path)
        except LabError:
            return
        assert adds_up(found)
        assert len(found.rejected) == min(1000, found.rows - found.kept)
        rows = rows_of(path, found, size)
        whole = rows_of(path, found)
    assert len(rows) == found.kept
    assert (rows.number.tolist(), rows.texts) == (whole.number.tolist(), whole.texts)
    assert sorted({*rows.number.tolist(), *(one.row for one in found.rejected)}) == list(range(1, found.rows + 1))
    for text in rows.texts:
        assert text.strip()
        text.encode()


@pytest.mark.slow
@settings(max_examples=1_000)
@given(SOUNDS, st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16-le", "windows-1252"]), STROKES, st.integers(1, 9))
def test_a_spoilt_file_gives_rows_that_add_up_or_a_clear_fault(
    sound: str, encoding: str, strokes: list[tuple[float, int, bytes]], size: int
) -> None:
    holds(spoilt(sound.encode(encoding), strokes), size)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(ODD), max_size=30), st.integers(1, 9))
def test_a_file_of_odd_pieces(pieces: list[bytes], size: int) -> None:
    holds(b"".join(pieces), size)


@pytest.mark.parametrize("row", range(12))
def test_one_quote_taken_away_costs_one_row(tmp_path: Path, row: int) -> None:
    lines = [f'{n},"I waited {n} days, and then nobody called",{n % 5 + 1}' for n in range(12)]
    lines[row] = lines[row].replace('called"', "called")
    path = written(tmp_path, "id,text,rating\n" + "\n".join(lines) + "\n")
    found = look(path)
    assert [(one.row, one.line) for one in found.rejected] == [(row + 1, row + 2)]
    assert sum(map(len, read(path, found))) == 11
