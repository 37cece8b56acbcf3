"""The rules of labels: what is gold, and what of an answer is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.evidence.blocks import END, pack
from segue.work.lab.label_replies import check_rows, named, read_answer
from segue.work.lab.labelling import agreement_of, read_classes
from segue.work.lab.queries.labels import next_open
from segue.work.lab.queries.marks import UNSURE, Labels, gold_of

said = st.dictionaries(st.integers(1, 12), st.sampled_from(["a", "b", UNSURE]), max_size=12)


@given(said, said, said)
def test_what_is_settled_holds_and_what_differs_stays_out(
    own: dict[int, str], second: dict[int, str], settled: dict[int, str]
) -> None:
    gold = gold_of(own, second, settled)
    assert list(gold) == sorted(gold)
    assert UNSURE not in gold.values()
    for row, label in gold.items():
        assert label == (settled[row] if row in settled else own[row])
        assert row in settled or second.get(row, label) == label
    labels = Labels(own, second, settled)
    assert not set(labels.unsettled) & gold.keys()
    left_out = own.keys() - gold.keys()
    assert left_out == {row for row in own if row in labels.unsettled or settled.get(row, own[row]) == UNSURE}


@given(own=said, settled=said)
def test_a_second_labeller_who_agrees_changes_nothing(own: dict[int, str], settled: dict[int, str]) -> None:
    assert gold_of(own, own, settled) == gold_of(own, {}, settled)


@given(st.lists(st.integers(1, 99), unique=True, max_size=9), st.sets(st.integers(1, 99)), st.integers(0, 9))
def test_the_next_open_row_is_the_first_behind(numbers: list[int], have: set[int], after: int) -> None:
    place = next_open(numbers, dict.fromkeys(have, "a"), min(after, len(numbers)))
    is_open = [number not in have for number in numbers]
    assert (place > 0) == any(is_open)
    if place:
        assert is_open[place - 1]
        behind = range(min(after, len(numbers)), place - 1) if place > after else ()
        assert not any(is_open[at] for at in behind)


@given(
    st.dictionaries(
        st.integers(1, 10**6),
        st.tuples(st.integers(0, 3), st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)),
        min_size=1,
        max_size=9,
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=99),
)
def test_an_answer_comes_back_whatever_stands_around_it(labels: dict[int, tuple[int, str]], around: str) -> None:
    listed = [[row, place, words] for row, (place, words) in labels.items()]
    block = pack({"sort": "labels", "token": "t", "name": "Ben", "labels": listed})
    quoted = "\r\n".join(f"> {line}" for line in block.splitlines())
    before = around.replace("SEGUE", "")
    for text in (block, quoted, f"{before}\n{block}\n{before}"):
        answer = read_answer(text)
        assert (answer.token, answer.name, dict(answer.said)) == ("t", "Ben", labels)
        assert [each.label for each in named(answer, ("a", "b", "c")).values()] == [
            ("a", "b", "c", UNSURE)[place] for place, _ in labels.values()
        ]


def test_every_single_changed_letter_is_noticed() -> None:
    block = pack({"sort": "labels", "token": "t", "name": "Ben", "labels": [[1, 0, ""], [2, 1, "note"]]})
    for at in range(block.index("\n") + 1, block.index(END) - 1):
        if block[at] not in "\n=":
            changed = block[:at] + ("A" if block[at] != "A" else "B") + block[at + 1 :]
            with pytest.raises(UserError, match="did not arrive whole"):
                read_answer(changed)


def test_rows_that_are_not_on_the_sheet_are_named_up_to_five() -> None:
    check_rows({1: "a"}, [1, 2])
    with pytest.raises(UserError, match="rows 3, 4, 5, 6, 7 and 2 more are not on it"):
        check_rows(dict.fromkeys(range(1, 10), "a"), [1, 2])


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40),
        unique_by=str.casefold,
        min_size=2,
        max_size=12,
    )
)
def test_classes_come_back_as_they_were_typed(classes: list[str]) -> None:
    wanted = [each for each in classes if each.casefold() != UNSURE]
    if len(wanted) >= 2:
        assert read_classes("\r\n \r\n".join(wanted)) == wanted


def test_agreement_of_hardly_anything_is_no_figure() -> None:
    assert agreement_of({1: "a"}, {1: "a"}) is None
    alike = agreement_of({1: "a", 2: "a"}, {1: "a", 2: "a"})
    assert alike is not None
    assert alike.kappa is None
    half = agreement_of({1: "a", 2: "b", 3: "a", 4: "b"}, {1: "a", 2: "b", 3: "b", 4: "a"})
    assert half is not None
    assert half.kappa == 0
