"""Drafts: nothing typed is lost, whatever two windows do."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from segue.accounts.models import Learner, User
from segue.evidence import actions, drafts
from segue.evidence.drafts import Written
from segue.evidence.models import Draft, KeptText
from tests.evidence.pieces import TEXT, piece, work

KEY = "new::charter"


def typed(text: str, revision: int = 0, window: str = "a", key: str = KEY) -> Written:
    return Written(key, revision, window, {"body": [text], "title": ["A charter"]})


def texts(learner: Learner) -> set[str]:
    """Every text that is kept somewhere."""
    rows: list[Draft | KeptText] = [*Draft.objects.filter(learner=learner), *KeptText.objects.filter(draft__learner=learner)]
    return {drafts.long_text(row.fields) for row in rows} - {""}


def test_saving_goes_on_with_the_revision(priya: Learner) -> None:
    first = actions.save_draft(priya, typed("one"))
    second = actions.save_draft(priya, typed("one two", first.revision))
    assert second.revision == first.revision + 1
    assert second.kept is None
    assert texts(priya) == {"one two"}


def test_an_empty_form_makes_no_draft(priya: Learner) -> None:
    actions.save_draft(priya, Written(KEY, 0, "a", {"body": [" \n"], "confidentiality": ["private"]}))
    assert not priya.drafts.exists()


def test_a_second_window_is_told_and_both_texts_are_kept(priya: Learner) -> None:
    actions.save_draft(priya, typed("mine"))
    saved = actions.save_draft(priya, typed("other", window="b"))
    assert saved.kept is not None
    assert saved.draft is not None
    assert drafts.long_text(saved.draft.fields) == "mine"
    assert texts(priya) == {"mine", "other"}


def test_a_second_window_that_goes_on_typing_keeps_its_last_text_only(priya: Learner) -> None:
    actions.save_draft(priya, typed("mine"))
    for text in ("o", "ot", "other"):
        actions.save_draft(priya, typed(text, window="b"))
    assert texts(priya) == {"mine", "other"}


def test_the_same_text_in_two_windows_is_no_conflict(priya: Learner) -> None:
    actions.save_draft(priya, typed("mine"))
    assert actions.save_draft(priya, typed("mine", window="b")).kept is None


def test_a_window_whose_answer_was_lost_does_not_disagree_with_itself(priya: Learner) -> None:
    actions.save_draft(priya, typed("one"))
    assert actions.save_draft(priya, typed("one two", revision=0)).kept is None


@pytest.mark.parametrize("choice", ["mine", "other"])
def test_one_chooses_between_two_texts(priya: Learner, choice: str) -> None:
    actions.save_draft(priya, typed("mine"))
    saved = actions.save_draft(priya, typed("other", window="b"))
    assert saved.draft is not None
    before = saved.draft.revision
    draft = actions.choose_text(saved.draft, saved.kept if choice == "other" else None)
    assert texts(priya) == {choice}
    assert draft.revision > before


def test_recording_deletes_the_draft_in_the_same_step(priya: Learner) -> None:
    saved = actions.save_draft(priya, typed(TEXT))
    actions.record_work(priya, work(), written=typed(TEXT, saved.revision))
    assert not priya.drafts.exists()


def test_recording_keeps_a_different_text_of_another_window_as_the_draft(priya: Learner) -> None:
    actions.save_draft(priya, typed("other", window="b"))
    actions.record_work(priya, work(), written=typed(TEXT))
    assert texts(priya) == {"other"}


def test_recording_hands_the_draft_to_the_window_that_disagreed(priya: Learner) -> None:
    saved = actions.save_draft(priya, typed(TEXT))
    actions.save_draft(priya, typed("other", window="b"))
    actions.record_work(priya, work(), written=typed(TEXT, saved.revision))
    assert texts(priya) == {"other"}
    assert not KeptText.objects.exists()


def test_a_save_that_arrives_after_the_recording_brings_nothing_back(priya: Learner) -> None:
    saved = actions.save_draft(priya, typed(TEXT))
    actions.record_work(priya, work(body=TEXT.strip()), written=typed(TEXT, saved.revision))
    actions.save_draft(priya, typed(TEXT, saved.revision))
    assert not priya.drafts.exists()


def test_a_form_opened_after_a_recording_is_newer_than_what_a_browser_remembers(priya: Learner) -> None:
    saved = actions.save_draft(priya, typed(TEXT))
    for n in range(20):
        saved = actions.save_draft(priya, typed(f"{TEXT}{n}", saved.revision))
    actions.record_work(priya, work(), written=typed(TEXT, saved.revision))
    assert actions.first_revision(priya) > saved.revision


def test_a_discarded_draft_can_be_taken_back(priya: Learner) -> None:
    draft = actions.save_draft(priya, typed("mine")).draft
    assert draft is not None
    actions.discard_draft(draft)
    draft.refresh_from_db()
    assert draft.fields == {}
    assert actions.texts_beside(draft) == []
    actions.restore_draft(draft)
    assert texts(priya) == {"mine"}
    assert not KeptText.objects.exists()


def test_taking_back_keeps_what_was_typed_since(priya: Learner) -> None:
    draft = actions.save_draft(priya, typed("mine")).draft
    assert draft is not None
    actions.discard_draft(draft)
    actions.save_draft(priya, typed("new", draft.revision))
    draft.refresh_from_db()
    actions.restore_draft(draft)
    assert texts(priya) == {"mine", "new"}
    assert drafts.long_text(draft.fields) == "mine"


def test_a_text_moves_with_its_kind(priya: Learner) -> None:
    saved = actions.save_draft(priya, typed("mine"))
    actions.move_draft(priya, typed("mine, more", saved.revision), "new::log")
    assert {d.key: drafts.long_text(d.fields) for d in priya.drafts.all()} == {KEY: "", "new::log": "mine, more"}


def test_a_text_that_moves_onto_another_is_kept_beside_it(priya: Learner) -> None:
    actions.save_draft(priya, typed("there", window="c", key="new::log"))
    saved = actions.save_draft(priya, typed("mine"))
    actions.move_draft(priya, typed("mine", saved.revision), "new::log")
    assert texts(priya) == {"there", "mine"}


def test_what_another_window_wrote_takes_the_place_of_what_goes(priya: Learner) -> None:
    saved = actions.save_draft(priya, typed("mine"))
    actions.save_draft(priya, typed("other", window="b"))
    assert saved.draft is not None
    actions.discard_draft(saved.draft)
    assert drafts.long_text(saved.draft.fields) == "other"
    assert texts(priya) == {"mine", "other"}
    actions.save_draft(priya, typed("third", window="c"))
    actions.move_draft(priya, typed("other", saved.draft.revision, "b"), "new::log")
    assert {d.key: drafts.long_text(d.fields) for d in priya.drafts.all()} == {KEY: "third", "new::log": "other"}


def test_drafts_of_versions_and_reviews_have_their_own_keys(priya: Learner) -> None:
    entry = piece(priya)
    for key in (f"entry:{entry.number}", f"review:{entry.number}", f"confirm:{entry.number}"):
        assert drafts.is_key(key)
        actions.save_draft(priya, typed(key, key=key))
    assert priya.drafts.count() == 3


class Windows(TestCase):
    """Random saves from three windows: the last text of each is always somewhere."""

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from("abc"), st.text("xyz", min_size=1, max_size=3)), max_size=12))
    def test_the_last_text_of_every_window_is_kept(self, steps: list[tuple[str, str]]) -> None:
        learner = Learner.objects.create(user=User.objects.create_user("w"))
        revisions: dict[str, int] = {}
        last: dict[str, str] = {}
        for window, text in steps:
            saved = actions.save_draft(learner, typed(text, revisions.get(window, 0), window))
            revisions[window] = saved.revision if saved.kept is None else revisions.get(window, 0)
            last[window] = text
        assert set(last.values()) <= texts(learner)
