"""One's own notes become cards: after a look at them, once however often they come, and never with a line lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.core.recall import DAY_SECONDS, NEW_A_DAY, SECONDS
from segue.schedule.queries import turn_of
from segue.work.learn.actions.cards import MOST_CARDS, keep_notes
from segue.work.learn.actions.recall import rate_card
from segue.work.learn.models import OwnCard
from segue.work.learn.notes import Note, key_of
from segue.work.learn.queries.recall import cards_for, session_of
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY

CARDS = "/learn/recall/cards/"
NOTES = "What is drift?;The world moves;drift\nno answer here\nWho owns the model?;Somebody with a name"


def preview(page: Client, text: str) -> Page:
    return press(page, visit(page, CARDS), "Look first", text=text)


def upload(page: Client, data: bytes, name: str = "notes.csv") -> Page:
    answer = page.post(f"{CARDS}preview/", {"attachments": SimpleUploadedFile(name, data)})
    return Page(answer.status_code, f"{CARDS}preview/", answer.content.decode())


def kept(learner: Learner) -> list[tuple[str, str]]:
    return list(learner.own_cards.filter(kept=True).values_list("front", "back"))


def test_notes_are_looked_at_before_they_are_kept(page: Client, priya: Learner) -> None:
    shown = preview(page, NOTES)
    assert shown.heading == "2 cards to keep"
    assert "2 new, 0 changed, 0 as before, 1 that can't be cards. Nothing is kept yet." in shown.text
    assert "2\nno answer here\nit has no second column" in shown.text
    assert kept(priya) == []
    after = press(page, shown, "Keep 2 cards")
    assert "Your notes: 2 new, 1 rejected." in after.text
    assert kept(priya) == [("What is drift?", "The world moves"), ("Who owns the model?", "Somebody with a name")]
    assert priya.own_cards.get(front="What is drift?").concept_id == "drift"


def test_the_same_notes_again_change_nothing_and_another_back_changes_the_card(page: Client, priya: Learner) -> None:
    press(page, preview(page, NOTES), "Keep")
    again = preview(page, NOTES)
    assert again.heading == "No card to keep"
    assert "0 new, 0 changed, 2 as before" in again.text
    shown = preview(page, "WHAT IS DRIFT? ;It moves, the model does not")
    assert "0 new, 1 changed" in shown.text
    assert "The world moves" in shown.text
    press(page, shown, "Keep")
    assert kept(priya)[0] == ("WHAT IS DRIFT?", "It moves, the model does not")
    assert priya.own_cards.get(key=key_of("What is drift?")).concept_id == "drift"


def test_files_come_in_too_and_what_was_assumed_is_said(page: Client, priya: Learner) -> None:
    shown = upload(page, "Größe;5 Meter\nFarbe;rot".encode("cp1252"))
    assert "read as Windows-1252" in shown.text
    assert "Columns are told apart by semicolons." in shown.text
    press(page, shown, "Keep 2 cards")
    assert ("Größe", "5 Meter") in kept(priya)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\0\0\0", "This is no text file."),
        (b"", "is empty: it has 0 bytes"),
        (b"a;b\n" * 600_000, "The file is larger than 2 MB."),
    ],
)
def test_a_file_that_can_not_be_read_is_told(page: Client, priya: Learner, data: bytes, words: str) -> None:
    shown = upload(page, data)
    assert shown.status == 422
    assert words in shown.text
    assert kept(priya) == []


def test_two_files_or_nothing_at_all_is_told(page: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.csv", b"a;b") for n in range(2)]
    assert "There are 2 files. Choose one" in page.post(f"{CARDS}preview/", {"attachments": files}).content.decode()
    assert "Paste your notes, or choose a file." in preview(page, " ").text


def test_hostile_notes_stay_words(page: Client) -> None:
    shown = preview(page, "<script>alert(1)</script>;<img src=x onerror=alert(2)>\n</textarea><b>x;y")
    assert "<script>alert" not in shown.html
    assert "<img" not in shown.html
    listed = press(page, shown, "Keep 2 cards")
    assert "<script>alert(1)</script>" in listed.text
    assert "</textarea><b>x" in listed.text
    assert "<img" not in listed.html


def test_one_card_is_written_found_dropped_and_brought_back(page: Client, priya: Learner) -> None:
    form = visit(page, visit(page, "/learn/recall/").link("Cards from your own notes"))
    assert "None yet" in form.text
    wrong = press(page, form, "Keep the card", front="What is an eval?", back="", concept="evls")
    assert wrong.status == 422
    assert "Write the answer." in wrong.text
    assert "There is no concept “evls”. Did you mean" in wrong.text
    shown = press(page, wrong, "Keep the card", back="A test that can fail.", concept="evals")
    assert "The card is kept" in shown.text
    assert "What is an eval?" in visit(page, CARDS, {"q": "FAIL eval"}).text
    assert "No card has all these words." in visit(page, CARDS, {"q": "nothing"}).text
    rate_card(priya, f"own:{key_of('What is an eval?')}", 3, 0)
    dropped = press(page, shown, "Drop")
    assert "is asked no more." in dropped.text
    assert kept(priya) == []
    back = press(page, dropped, "Undo")
    assert "The card is back" in back.text
    assert priya.card_states.get().reviews == 1


def test_own_cards_are_asked_among_the_others_within_the_minutes_of_the_day(
    page: Client, priya: Learner, on_day: Callable[[date], None]
) -> None:
    keep_notes(priya, [Note(n, f"Front {n}", f"Back {n}") for n in range(100)])
    shown = visit(page, "/learn/recall/")
    assert "Front 0" in shown.text
    assert f"{NEW_A_DAY} cards left today" in shown.text
    cards = cards_for(priya)
    for card in [card for card in cards if card.startswith("own:")][:60]:
        rate_card(priya, card, 1, 0)
    on_day(MONDAY + timedelta(days=30))
    turn = turn_of(priya)
    assert turn is not None
    session = session_of(priya, turn)
    assert session.left * SECONDS["note"] <= DAY_SECONDS
    assert session.left == DAY_SECONDS // SECONDS["note"]


def test_there_is_an_end_to_cards(page: Client, priya: Learner) -> None:
    OwnCard.objects.bulk_create(
        OwnCard(learner=priya, key=key_of(f"Front {n}"), front=f"Front {n}", back="Back") for n in range(MOST_CARDS - 1)
    )
    refused = press(page, preview(page, "a;b\nc;d"), "Keep 2 cards")
    assert "more than 3,000 cards" in refused.text
    assert "a;b" in refused.form("Look first").values["text"]
    assert len(kept(priya)) == MOST_CARDS - 1
    assert "The card is kept" in press(page, visit(page, CARDS), "Keep the card", front="a", back="b").text
