"""The report: whole, self-contained, in order, and with every figure of the run."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from feedback_lab.card import report_html
from feedback_lab.card import wording as w
from feedback_lab.card.view import DONE_BY
from feedback_lab.records.figures import Estimate
from tests.card.reading import figures_of, read
from tests.card.sample import FULL
from tests.card.variants import HOSTILE, NAMES_77, NOTHING, VARIANTS

PAGES = {name: report_html(run) for name, run in VARIANTS.items()}
SECTIONS = [
    "Summary",
    "The data and its faults",
    "Themes",
    "What goes with what",
    "Tone",
    "Labels",
    "Models against baselines",
    "What it gets wrong",
    "By group",
    "New rows against old ones",
    "What not to use it for",
    "How it was made",
]
COUNTED = {"rows", "kept", "n", "n_train", "n_test", "reference_n", "new_n", "rows_changed", "duplicates", "near_duplicates"}
COUNTED |= {"labelled", "sampled", "false_positives", "false_negatives"}


@pytest.mark.parametrize("name", VARIANTS)
def test_page_is_whole(name: str) -> None:
    page = PAGES[name]
    found = read(page)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert len(found.ids) == len(set(found.ids))
    assert "script" not in found.tags
    assert not [attribute for _, attribute, _ in found.attributes if attribute.startswith("on") or attribute == "style"]
    page.encode("utf-8")


@pytest.mark.parametrize("name", VARIANTS)
def test_page_loads_nothing(name: str) -> None:
    found = read(PAGES[name])
    assert all(where.startswith("#") for _, where in found.loads)
    assert {where.removeprefix("#") for _, where in found.loads} <= set(found.ids)
    style = re.findall(r"<style>(.*?)</style>", PAGES[name], re.DOTALL)
    assert len(style) == 1
    assert not re.search(r"url\(|@import|expression\(|https?:", style[0])
    assert "default-src 'none'" in PAGES[name]


@pytest.mark.parametrize("name", VARIANTS)
def test_headings_go_down_one_at_a_time(name: str) -> None:
    levels = [level for level, _ in read(PAGES[name]).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("name", VARIANTS)
def test_same_run_gives_same_bytes(name: str) -> None:
    assert report_html(VARIANTS[name]) == PAGES[name]


def test_sections_stand_in_order() -> None:
    assert [title for level, title in read(PAGES["full"]).headings if level == 2] == SECTIONS


def test_every_estimate_of_the_run_appears() -> None:
    text = read(PAGES["full"]).text
    for name, value in figures_of(FULL):
        if isinstance(value, Estimate):
            forms = (w.figure, w.signed, w.percent, lambda v: w.percent(v, 0))
            shown = [f"{form(value.value)} ({w.interval(value, form)}" for form in forms]
            shown += [w.evidence(value, form) for form in forms]
            apart = [form(value.value) in text and w.interval(value, form) in text for form in forms]
            assert any(each in text for each in shown) or any(apart), (name, value)
            assert f"{value.n:,}" in text


def test_every_count_of_the_run_appears() -> None:
    text = read(PAGES["full"]).text
    missing = {
        (name, value)
        for name, value in figures_of(FULL)
        if name in COUNTED and isinstance(value, int) and f"{value:,}" not in text
    }
    assert not missing


def test_each_drawing_speaks_and_can_be_read_as_a_table() -> None:
    page = PAGES["full"]
    drawings = page.count('<svg class="chart"')
    assert drawings >= 13
    assert page.count('role="img"') == page.count("<desc ") == page.count("<figure>") == drawings
    assert page.count("<summary>As a table</summary>") == page.count("<summary>When this misleads</summary>") == drawings


def test_tables_have_captions_and_scopes() -> None:
    page = PAGES["full"]
    assert page.count("<table") == page.count("<caption>")
    assert "<th>" not in page
    assert not re.search(r"<th(?! scope=)[ >]", page)


def test_left_out_steps_are_named_with_their_reason() -> None:
    found = read(PAGES["nothing"])
    titles = [title for level, title in found.headings if level == 2]
    assert titles == ["Summary", "What not to use it for", "What was left out", "How it was made"]
    assert all(step in found.text for step in DONE_BY)
    assert found.text.count("The file has 3 rows; at least 50 are needed.") == 1 + len(DONE_BY)


def test_step_that_nobody_asked_for_says_so() -> None:
    run = replace(FULL, drift=None)
    assert "It was not asked for." in read(report_html(run)).text
    assert "New rows against old ones" not in [title for _, title in read(report_html(run)).headings]


def test_many_classes_show_the_worst_twelve() -> None:
    text = read(PAGES["77 classes"]).text
    assert "the 12 classes with most mistakes, of 77" in text
    assert "rows called by another class are not in the picture" in text
    assert all(name in text for name in NAMES_77)


@pytest.mark.parametrize("words", HOSTILE[:4])
def test_hostile_words_stay_words(words: str) -> None:
    page = PAGES["hostile"]
    assert words not in page
    assert words in " ".join(read(page).words)


def test_words_that_turn_the_direction_are_kept_apart() -> None:
    page = PAGES["hostile"]
    assert "\u202e" not in page
    assert f"<bdi>{HOSTILE[6]}</bdi>" in page
    assert f'<p dir="auto">{HOSTILE[6]}</p>' in page
    assert "\x00" not in page
    assert "Q" * 601 not in page


def test_no_figure_is_invented_where_none_is_known() -> None:
    text = read(PAGES["no intervals"]).text
    assert "nan" not in text.split()
    assert "no interval" in text
    assert "not known" in text


def test_empty_run_needs_no_question() -> None:
    assert "No question was written down for this run." in PAGES["nothing"]
    assert report_html(replace(NOTHING, question="Why?")) != PAGES["nothing"]
