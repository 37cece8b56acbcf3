"""The model card: nine sections, prefilled, gaps in sight."""

from __future__ import annotations

import re

import pytest

from feedback_lab.card import model_card_html, model_card_markdown
from feedback_lab.errors import LabError
from tests.card.reading import read
from tests.card.sample import FULL
from tests.card.variants import NOTHING, VARIANTS

NINE = [
    "Model Details",
    "Intended Use",
    "Factors",
    "Metrics",
    "Evaluation Data",
    "Training Data",
    "Quantitative Analyses",
    "Ethical Considerations",
    "Caveats and Recommendations",
]


@pytest.mark.parametrize("name", VARIANTS)
def test_exactly_nine_sections(name: str) -> None:
    assert re.findall(r"^## (.+)$", model_card_markdown(VARIANTS[name]), re.M) == NINE
    found = read(model_card_html(VARIANTS[name]))
    assert [title for level, title in found.headings if level == 2] == NINE
    assert "script" not in found.tags


def test_prefilled_from_the_run() -> None:
    card = model_card_markdown(FULL)
    for words in (
        "TF-IDF of words and word pairs, logistic regression",
        "3,860 rows of the same file",
        "15,443 rows of the file",
        "0.68 (0.66 to 0.69)",
        "| 65+ | 118 | 0.55 (0.45 to 0.64)",
        "Expected calibration error: 2.9%",
        "0.23 costs least",
        "Personal data was replaced in 642 rows",
        FULL.source_sha256,
    ):
        assert words in card


def test_what_a_person_wrote_takes_the_place_of_the_gap() -> None:
    before, after = model_card_markdown(FULL), model_card_markdown(FULL, {"owner": "Lena, data team.\n\nSince 2026."})
    assert before.count("To be filled in by a person:") == after.count("To be filled in by a person:") + 1
    assert "Lena, data team.\n\nSince 2026." in after
    assert "(`owner`)" not in after


def test_blank_note_is_no_answer() -> None:
    assert model_card_markdown(FULL, {"owner": "  \n"}) == model_card_markdown(FULL)


def test_long_note_is_never_cut() -> None:
    assert "word " * 900 in model_card_markdown(FULL, {"harms": "word " * 901})


def test_unknown_note_is_refused() -> None:
    with pytest.raises(LabError, match="no question 'ownr'"):
        model_card_markdown(FULL, {"ownr": "Lena"})


def test_without_a_model_it_says_so() -> None:
    assert "This run recommends no model. The file has 3 rows; at least 50 are needed." in model_card_markdown(NOTHING)


def test_same_run_gives_same_bytes() -> None:
    assert model_card_markdown(FULL) == model_card_markdown(FULL)
    assert model_card_html(FULL) == model_card_html(FULL)
