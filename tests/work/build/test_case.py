"""The case study as a document."""

from __future__ import annotations

import re

import pytest

from segue.shared.markdown import render
from segue.work.build.case import PARTS, Case, case_from, closed, plain
from segue.work.build.run_figures import as_row, is_row, run_from
from tests.work.build.sheets import RUN


def case(**texts: str) -> Case:
    return case_from({name: [text] for name, text in {"title": "Why clothes come back", **texts}.items()}, RUN)


def test_figures_are_put_in_and_their_sources_follow() -> None:
    shown = case(problem="Much of it.", result="It reached {score} on {test_rows} rows; {score} again.", file_name="reviews.csv")
    assert shown.body == (
        "## Problem\n\nMuch of it.\n\n"
        "## Measured result\n\nIt reached 0.65 (0.63 to 0.67) on 400 rows; 0.65 (0.63 to 0.67) again.\n\n"
        "## Where the figures come from\n\n"
        "Version 2 of the run on reviews.csv, 20 November 2026. SHA-256 of its manifest: `0123456789abcdef`.\n\n"
        "- Macro-F1: 0.65 (0.63 to 0.67) (`results/select.json, candidates[2].macro_f1`)\n"
        "- Rows it was tested on: 400 (`results/select.json, n_test`)\n"
    )
    assert shown.markdown.startswith("# Why clothes come back\n\n## Problem")
    assert [figure.name for figure in shown.used] == ["score", "test_rows"]


def test_without_figures_there_are_no_sources_and_every_token_is_unknown() -> None:
    bare = case_from({"result": ["It reached {score}."]}, None)
    assert bare.unknown == ("score",)
    assert "Where the figures" not in bare.body
    assert case(result="{score} {scores}").unknown == ("scores",)


def test_names_are_put_in_and_are_no_numbers() -> None:
    named = case(result="{model} learns {target}: {score}. It reached 0.65.", file_name="reviews.csv")
    assert "“linear” learns “topic”: 0.65 (0.63 to 0.67)." in named.body
    assert "- The recommended way: “linear” (`results/select.json, recommended`)\n" in named.body
    assert [figure.name for figure in named.used] == ["model", "target", "score"]
    assert [figure.name for figure in named.numbers] == ["score"]
    assert named.typed_by_hand == ()


def test_a_name_with_digits_vouches_for_no_number() -> None:
    row = as_row(RUN, "real")
    row["figures"].append({"name": "other", "label": "A name", "text": "“knn 25”", "value": None, "source": "here"})
    assert is_row(row)
    assert case_from({"result": ["It took 25 hours."]}, run_from(1, 2, row)).typed_by_hand == ("25",)


def test_the_name_of_the_file_stays_in_the_house_where_another_is_given() -> None:
    told = case(result="{score}", file_name="reviews.csv")
    assert "acme" not in told.markdown
    assert "acme\\_reviews.csv" in case(result="{score}").markdown


def test_what_comes_from_elsewhere_is_no_markdown() -> None:
    assert plain("# a *b* <c>\n[d](e) `f` _g_") == r"\# a \*b\* \<c\> \[d\](e) \`f\` \_g\_"


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("- one\n- two\n1. three\n2) four\n• five", 5), ("One thing.\n\nAnother.", 2), ("One thing\non two lines", 1)],
)
def test_options_are_counted(text: str, count: int) -> None:
    assert case(options=text).options == count


def test_words_are_those_of_the_parts_with_their_figures() -> None:
    assert case(problem="One two three", result="{rows} rows").words == 6  # 2,000 is counted as the page counts it
    assert case().is_empty


def test_the_ranges_of_the_parts_add_up_to_two_pages() -> None:
    ranges = [re.fullmatch(r"(\d+)-(\d+)", part.words) for part in PARTS]
    assert [sum(int(found[end]) for found in ranges if found) for end in (1, 2)] == [600, 900]


def test_figures_are_kept_as_they_were() -> None:
    row = as_row(RUN, "real")
    assert run_from(RUN.analysis, RUN.version, row) == RUN
    assert run_from(0, 0, {}) is None
    assert is_row(row)
    assert is_row({})


@pytest.mark.parametrize(
    "change",
    [{"made_on": "soon"}, {"made_on": 7}, {"figures": {}}, {"figures": [1]}, {"file_name": 1}, {"more": 1}, {"figures": [{}]}],
)
def test_an_edited_row_is_told(change: dict[str, object]) -> None:
    assert not is_row(as_row(RUN, "real") | change)


@pytest.mark.parametrize("value", [None, [], "x", {"data": "real"}])
def test_what_is_no_row_is_told(value: object) -> None:
    assert not is_row(value)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("```\ncode", "\n```"),
        ("Words\n~~~~py\ncode\n~~~", "\n~~~~"),
        ("```", "\n```"),
        ("```\ncode\n```", ""),
        ("```\ncode\n````  ", ""),
        ("```\ncode\n```\nWords", ""),
        ("- item\n  ```\n  code", ""),
        ("> ```\n> code", ""),
        ("Words", ""),
        ("", ""),
    ],
)
def test_an_open_block_of_code_ends_with_its_part(text: str, end: str) -> None:
    assert closed(text) == text + end
    shown = render(case(problem=text or "None.", result="It reached {score}.").body)
    for heading in ("Measured result", "Where the figures come from"):
        assert f">{heading}</h2>" in shown
