from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.ingest.lines import BLOCK, LONGEST, blocks
from feedback_lab.ingest.unpacking import Notes


@given(st.text(st.sampled_from("ab\r\n\f\u2028"), max_size=60), st.integers(1, 10))
def test_lines_end_at_cr_lf_or_both_and_nowhere_else(text: str, piece: int) -> None:
    found = [line for block in blocks((text[at : at + piece] for at in range(0, len(text), piece)), Notes()) for line in block]
    assert found == re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)


def test_runs_are_bounded() -> None:
    assert [len(block) for block in blocks(["a\n" * (BLOCK + 1)], Notes())] == [BLOCK, 1]


def test_an_endless_line_is_cut_and_counted() -> None:
    notes = Notes()
    endless = ["a\n", *["x" * (1 << 20)] * 10, "x\r\nb"]
    found = [line for block in blocks(endless, notes) for line in block]
    assert found[0] == "a\n"
    assert found[1].endswith("x\r\n")
    assert LONGEST < len(found[1]) <= LONGEST + 2
    assert found[2:] == ["b"]
    assert notes.long_lines == 1
