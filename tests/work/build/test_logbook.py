"""The checkpoints of the learning log, and what is read out of its texts."""

from __future__ import annotations

from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.work.build.logbook import FAILED, KIND, POINTS, PROMPTS, REDO, SURPRISED, answer_to, answers_to, blank, point_named


def test_every_checkpoint_has_its_week_and_a_draft_of_its_own() -> None:
    known = current().programme.by_id
    assert [point.week for point in POINTS] == [9, 10, 11, 12, 13]
    assert all(known[activity].week == point.week for point in POINTS for activity in point.activities)
    assert len({point.activity for point in POINTS}) == len(POINTS)
    assert point_named("labels") is POINTS[2]
    assert point_named("nothing") is None


def test_the_questions_alone_are_too_short_to_count() -> None:
    least = current().programme.kinds[KIND].min_words
    assert least is not None
    assert count_words(blank()) < least


def test_answers_are_read_from_under_their_headings() -> None:
    body = f"Before\n## {SURPRISED}\n\nOne.\n\nTwo.\n### {FAILED.upper()} ##\nThree.\n## {REDO}\n"
    assert answer_to(SURPRISED, body) == "One.\n\nTwo."
    assert answer_to(FAILED, body) == "Three."
    assert answers_to(PROMPTS, body) == ["One.\n\nTwo.", "Three."]
    assert answers_to(PROMPTS, blank()) == []
    assert answer_to(REDO, "Nothing here") == ""
