"""Notes during a talk: kept while they are typed, nothing lost to a second window; then the talk counts as held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from segue.accounts.models import Learner, User
from segue.core.errors import UserError
from segue.evidence.actions import withdraw
from segue.shared import clock
from segue.work.connect.actions.meeting import hold_meeting, keep_notes, send_thanks, unhold_meeting
from segue.work.connect.actions.talks import record_talk
from segue.work.connect.models import Meeting, TouchSort
from segue.work.connect.queries.touching import touch_panel
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.work.connect.talking import held, planned, somebody

pytestmark = pytest.mark.usefixtures("noon")


def of(meeting: Meeting) -> str:
    return f"/connect/meetings/{meeting.key}/notes/"


def save(page: Client, meeting: Meeting, text: str, revision: int) -> tuple[int, str]:
    answer = page.post(f"{of(meeting)}save/", {"notes": text, "revision": str(revision)})
    return answer.status_code, answer.content.decode()


def test_notes_are_saved_while_they_are_typed(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    assert save(page, meeting, "They wait", 0)[1].startswith('{"revision": 1')
    assert save(page, meeting, "They wait for data", 1)[0] == 200
    shown = visit(page, of(meeting))
    assert shown.form("It took place").values["notes"] == "They wait for data"
    assert shown.form("It took place").values["revision"] == "2"
    kept = press(page, shown, "Keep the notes", notes="They wait for data. \n> We guess.")
    assert kept.path == f"/connect/meetings/{meeting.key}/"
    assert "We guess." in kept.section("Notes so far")


def test_a_second_window_is_noticed_and_nothing_is_lost(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    save(page, meeting, "From the phone", 0)
    status, other = save(page, meeting, "From the laptop", 0)
    assert status == 409
    assert "From the phone" in other
    meeting.refresh_from_db()
    assert meeting.notes == "From the phone"
    refused = press(page, visit(page, of(meeting)), "Keep the notes", notes="From the laptop", revision="0")
    assert refused.status == 422
    assert "From the phone" in refused.text
    assert refused.form("Keep the notes").values["notes"] == "From the laptop"
    press(page, refused, "Keep the notes", notes="From the phone. From the laptop")
    meeting.refresh_from_db()
    assert meeting.notes == "From the phone. From the laptop"


def test_an_answer_that_was_lost_on_the_way_is_no_second_window(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    save(page, meeting, "One", 0)
    assert save(page, meeting, "One two", 0)[0] == 200
    meeting.refresh_from_db()
    assert meeting.notes == "One two"


def test_too_long_is_told(page: Client, priya: Learner) -> None:
    status, said = save(page, planned(priya), "x" * 200_001, 0)
    assert status == 422
    assert "200,000 is the most" in said


class NothingIsLost(TestCase):
    @given(st.lists(st.tuples(st.sampled_from("ab"), st.text("xyz", min_size=1, max_size=3)), max_size=8))
    def test_whatever_two_windows_save_the_text_kept_was_seen_by_who_wrote_over_it(self, steps: list[tuple[str, str]]) -> None:
        learner = Learner.objects.create(user=User.objects.create_user(username="w"), name="W")
        meeting = planned(learner, somebody(learner))
        seen = {"a": (0, ""), "b": (0, "")}
        for window, typed in steps:
            meeting.refresh_from_db()
            before = meeting.notes
            revision, text = seen[window]
            kept = keep_notes(meeting, text + typed, revision)
            meeting.refresh_from_db()
            if kept.other is None:
                assert meeting.notes == text + typed
                assert before in (text, text + typed) or (text + typed).startswith(before)
                seen[window] = (kept.revision, text + typed)
            else:
                assert meeting.notes == kept.other == before
                seen[window] = (kept.revision, kept.other)


def test_held_is_a_contact_that_moves_the_next_touch(page: Client, priya: Learner, noon: Callable[[date], None]) -> None:
    meeting = planned(priya, somebody(priya, relation="partner"))
    noon(MONDAY + timedelta(days=3))
    went = press(page, visit(page, of(meeting)), "It took place", notes="They wait for data")
    assert "what did you learn" in went.text
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.notes) == (MONDAY + timedelta(days=1), "They wait for data")
    touch = priya.touches.get()
    assert (touch.sort, touch.on) == (TouchSort.TALK, MONDAY + timedelta(days=1))
    contact = touch_panel(meeting.person).contact
    assert contact is not None
    assert contact.next_on == MONDAY + timedelta(days=15)
    undone = press(page, went, "Undo")
    assert "not held" in undone.text
    assert not priya.touches.exists()


def test_another_day_moves_the_contact(priya: Learner, noon: Callable[[date], None]) -> None:
    meeting = held(priya)
    noon(MONDAY + timedelta(days=3))
    hold_meeting(meeting, MONDAY + timedelta(days=1))
    assert [touch.on for touch in priya.touches.all()] == [MONDAY + timedelta(days=1)]


def test_a_day_to_come_is_refused_and_the_notes_are_kept(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    refused = press(page, visit(page, of(meeting)), "It took place", notes="Early", held_on="2026-12-24")
    assert refused.status == 422
    assert "This day has not come yet." in refused.text
    assert refused.form("It took place").values["notes"] == "Early"
    assert not priya.touches.exists()


def test_what_was_thanked_for_took_place(priya: Learner) -> None:
    meeting = held(priya)
    send_thanks(meeting, "Thank you", clock.now())
    with pytest.raises(UserError, match="Thanks went out"):
        unhold_meeting(meeting)


def test_the_questions_stand_beside_the_notes(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    Meeting.objects.update(preparation="## Questions\n- What breaks first?\n")
    assert "What breaks first?" in visit(page, of(meeting)).section("To ask")


def test_a_talk_whose_entry_was_withdrawn_can_be_taken_back(page: Client, priya: Learner) -> None:
    meeting = held(priya)
    withdraw(record_talk(meeting, ""), MONDAY, "It was somebody else")
    assert "not recorded" in visit(page, "/connect/meetings/").section("Held")
    back = press(page, visit(page, f"/connect/meetings/{meeting.key}/"), "It did not take place after all")
    assert "The talk counts as not held." in back.text
    meeting.refresh_from_db()
    assert meeting.held_on is None


def test_a_talk_is_not_after_its_thanks(priya: Learner, noon: Callable[[date], None]) -> None:
    meeting = held(priya)
    send_thanks(meeting, "Thank you", clock.now())
    noon(MONDAY + timedelta(days=1))
    with pytest.raises(UserError, match="Thanks went out on Monday 23 November 2026"):
        hold_meeting(meeting, MONDAY + timedelta(days=1))


def test_two_talks_of_a_day_under_one_title_are_taken_back_one_by_one(priya: Learner) -> None:
    ines = somebody(priya)
    first, second = held(priya, ines), held(priya, ines, starts_at=clock.now())
    assert first.pk != second.pk
    unhold_meeting(first)
    assert priya.touches.filter(sort=TouchSort.TALK).count() == 1
    unhold_meeting(second)
    assert not priya.touches.filter(sort=TouchSort.TALK).exists()
