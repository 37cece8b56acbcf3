"""What not to use a run for, and settings as they were given."""

from __future__ import annotations

from dataclasses import replace

from feedback_lab.card.blocks import plain_text
from feedback_lab.card.method_section import flat, limits
from tests.card.sample import EMBED, FULL, SENTIMENT
from tests.card.variants import CLASSES_77, NOTHING


def test_limits_follow_the_figures() -> None:
    said = " ".join(plain_text(line) for line in limits(FULL))
    assert "neutral (32% of 463)" in said
    assert "age 65+" in said
    assert "fewer than 50 rows: age not given" in said
    assert "0.45 (0.44 to 0.46)" in said
    assert "between languages" not in said


def test_there_is_always_a_limit() -> None:
    assert len(list(limits(NOTHING))) == 2


def test_languages_and_missing_ratings_are_limits() -> None:
    run = replace(NOTHING, embed=replace(EMBED, english_share=0.6), sentiment=replace(SENTIMENT, against_ratings=None))
    said = " ".join(plain_text(line) for line in limits(run))
    assert "60.0% of the rows are English" in said
    assert "no ratings to check it against" in said


def test_many_classes_are_not_all_listed() -> None:
    said = " ".join(plain_text(line) for line in limits(CLASSES_77))
    assert "and 7 more" in said


def test_settings_are_flat_and_in_order() -> None:
    config = {"b": {"y": [1, "x"], "x": None}, "a": "text", "c": 0.25, "d": True}
    assert list(flat(config)) == [("a", "text"), ("b.x", "null"), ("b.y", '[1, "x"]'), ("c", "0.25"), ("d", "true")]
