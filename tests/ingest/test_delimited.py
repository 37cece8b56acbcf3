from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.ingest.batches import Layout
from feedback_lab.ingest.delimited import MOST_LINES, batches
from feedback_lab.ingest.lines import blocks
from feedback_lab.ingest.unpacking import Notes

THREE = Layout("csv", "plain", ("id", "text", "stars"), delimiter=",", least=3)


def cut(text: str, layout: Layout = THREE, block: int = 1 << 20) -> tuple[list[list[str]], list[tuple[int, int | None]]]:
    """The rows, and number and line of what was set aside."""
    pieces = (text[start : start + block] for start in range(0, len(text), block))
    found = list(batches(blocks(pieces, Notes()), layout))
    numbers = sorted(number for batch in found for number in [*batch.numbers, *(one.row for one in batch.rejected)])
    assert numbers == list(range(1, len(numbers) + 1))
    return [list(row) for batch in found for row in batch.rows], [
        (one.row, one.line) for batch in found for one in batch.rejected
    ]


def plain(start: int, end: int) -> str:
    return "".join(f'{n},"fine, too",5\n' for n in range(start, end))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_of_several_lines_are_kept(end: str) -> None:
    text = f'1,"one{end}two, and ""three""{end}{end}four",5{end}2,b,4{end}'
    rows, broken = cut(text)
    assert rows == [["1", f'one{end}two, and "three"{end}{end}four', "5"], ["2", "b", "4"]]
    assert not broken


def test_mixed_line_ends_and_blank_lines() -> None:
    rows, broken = cut("1,a,5\r2,b,4\r\n\r\n\n3,c,3")
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert not broken


@pytest.mark.parametrize(
    ("text", "kept", "broken"),
    [
        pytest.param(plain(1, 3) + '3,"never closed,5\n' + plain(4, 9000), 8998, [(3, 3)], id="before quoted rows"),
        pytest.param('1,"never closed,5\n' + "2,bare,4\n" * 5000, 5000, [(1, 1)], id="before bare rows, up to the end"),
        pytest.param('1,a,5\n2,"never closed', 1, [(2, 2)], id="last line"),
        pytest.param('1,"open,5\n2,"open,5\n3,"open,5\n4,d,5\n', 1, [(1, 1), (2, 2), (3, 3)], id="one after another"),
        pytest.param(
            '1,"open,5\n' + "2,b,4\n" * 9 + '3,c,"5\n4,d,4\n', 10, [(1, 1), (11, 11)], id="quotes that close one another"
        ),
        pytest.param('1,5,"open\n' + "2,4,b\n" * 5 + '3,3,a 15"\n', 6, [(1, 1)], id="an inch that would close it"),
        pytest.param('1,"a ""b""\nand "c" there",5\n2,b,4\n', 1, [(1, 1), (2, 2)], id="bare quotes in a cell of two lines"),
    ],
)
def test_an_unclosed_quote_costs_its_line_only(text: str, kept: int, broken: list[tuple[int, int]]) -> None:
    rows, found = cut(text)
    assert (len(rows), found) == (kept, broken)
    assert cut(text, block=1000) == (rows, found)


def test_bare_quotes_are_letters() -> None:
    rows, broken = cut('1,a 15" screen,5\n2,"He said "great" and left",4\n')
    assert not broken
    assert [row[1] for row in rows] == ['a 15" screen', 'He said great" and left"']


def test_a_cell_of_too_many_lines_is_an_unclosed_quote() -> None:
    longest = '1,"' + "word\n" * (MOST_LINES - 1) + 'end",5\n'
    assert len(cut(longest)[0]) == 1
    rows, broken = cut(longest.replace("end", "word\nend") + "2,b,5\n")
    assert broken[0] == (1, 1)
    assert rows[-1] == ["2", "b", "5"]


def test_a_file_of_one_column_keeps_its_commas() -> None:
    rows, _ = cut('one, two\n"three\nfour"\n', Layout("csv", "plain", ("text",), least=1))
    assert rows == [["one, two"], ["three\nfour"]]


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    layout = Layout("csv", "plain", ("id", "text", "stars"), delimiter=",", skip=2, least=3)
    text = 'sep=,\nid,text,stars\n\n1,"a\nb",5\n2,"open,5\n3,c,5\n'
    found = list(batches(blocks([text], Notes()), layout))
    assert [line for batch in found for line in batch.lines or ()] == [4, 7]
    assert [(one.row, one.line) for batch in found for one in batch.rejected] == [(2, 6)]


WELL = st.lists(st.tuples(*[st.text(st.sampled_from('ab ,"\n\r;é'), max_size=6)] * 3), min_size=1, max_size=20)


@given(WELL, st.integers(1, 40))
def test_what_csv_writes_is_read_back(records: list[tuple[str, str, str]], block: int) -> None:
    file = StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(records)
    rows, broken = cut(file.getvalue(), block=block)
    if broken:  # many short lines that all fit the header look like rows that were swallowed
        assert any(cell.count("\n") + cell.count("\r") >= 4 for record in records for cell in record)
    else:
        assert rows == [list(record) for record in records]
