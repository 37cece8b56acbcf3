"""Gaps: what is listed is what stands in the documents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.card import datasheet_markdown, gaps, model_card_markdown
from feedback_lab.card.notes import QUESTIONS
from tests.card.sample import FULL
from tests.card.variants import NOTHING


def test_every_question_is_asked_once_in_order() -> None:
    assert [gap.key for gap in gaps(FULL)] == list(QUESTIONS)
    assert [gap.key for gap in gaps(NOTHING)] == list(QUESTIONS)


@given(st.sets(st.sampled_from(sorted(QUESTIONS))))
def test_answered_questions_are_no_gaps(answered: set[str]) -> None:
    notes = dict.fromkeys(answered, "written")
    left = [gap.key for gap in gaps(FULL, notes)]
    assert left == [key for key in QUESTIONS if key not in answered]
    both = model_card_markdown(FULL, notes) + datasheet_markdown(FULL, notes)
    assert both.count("To be filled in by a person:") == len(left)
    assert all(f"(`{key}`)" in both for key in left)
