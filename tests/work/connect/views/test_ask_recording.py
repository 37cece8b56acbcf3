"""Asks become evidence: each once, by role, for the activities that want it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import withdraw
from segue.schedule.queries import turn_of
from segue.work.connect.actions import asking as actions
from segue.work.connect.actions.ask_recording import record_asks
from segue.work.connect.actions.people import add_person
from segue.work.connect.asks import revision_of
from segue.work.connect.models import Ask
from segue.work.connect.queries.ask_evidence import recording_activities
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY

LIST, RECORD = "/connect/asks/", "/connect/asks/record/"
WORDS = "Could we talk for half an hour in week 15 about how you pick a baseline, and what a useful brief contains? No is fine."
CAST = [("Inês Duarte", "data-scientist"), ("Tomasz Nowak", "ml-engineer"), ("Yuki", "data-engineer"), ("Lee", "ai-pm")]
TALKS = {"data-scientist": "w15-talk-data-scientist", "ml-engineer": "w15-talk-ml-engineer"}


def asked(learner: Learner, name: str, role: str, activity: str = "w11-invite", text: str = "", on: date = MONDAY) -> Ask:
    person = add_person(learner, name=name, role=role)
    words = text or f"Hello {name.split()[0]},\n\nI liked what you did. {WORDS}\n\nPriya"
    told = {"purpose": "workflow", "activity_id": activity, "needed_on": None, "text": words}
    return actions.send_ask(actions.begin_ask(person, told), on)


@pytest.fixture
def asks(priya: Learner) -> list[Ask]:
    """Four people of four roles, some for the talk itself."""
    return [asked(priya, name, role, TALKS.get(role, "w11-invite")) for name, role in CAST]


def lacking(learner: Learner, activity_id: str) -> int:
    turn = turn_of(learner)
    assert turn is not None
    return sum(each.count for each in turn.progress[activity_id].ahead if each.kind == "request")


def shown(page: Client, activity: str = "w11-invite") -> Page:
    return visit(page, RECORD, {"activity": activity})


def record(page: Client, activity: str, *asks: Ask) -> Page:
    answer = page.post(RECORD, {"activity": activity, "asks": [ask.key for ask in asks]}, follow=True)
    return Page(answer.status_code, answer.redirect_chain[-1][0] if answer.redirect_chain else RECORD, answer.content.decode())


def test_which_activities_take_asks() -> None:
    class Programmed:
        programme = current().programme

    found = [each.id for each in recording_activities(Programmed())]  # type: ignore[arg-type]
    assert found == [
        "w04-ask-data-owner",
        "w06-ask-data-scientist",
        "w06-ask-mentor",
        "w10-checkpoint",
        "w11-invite",
        "w15-give-and-ask",
        "w20-ask-month-6",
    ]


def test_several_asks_are_one_entry_by_role(page: Client, priya: Learner, asks: list[Ask]) -> None:
    assert "4 asks you sent are not recorded yet" in visit(page, LIST).section("Into the ledger")
    done = record(page, "w11-invite", *asks)
    entry = priya.entries.get(kind="request")
    assert (
        done.heading
        == entry.title
        == "4 people asked: Data scientist, ML or software engineer, Data engineer or analyst, AI product manager"
    )
    assert (entry.activity_id, entry.facts, entry.competencies) == ("w11-invite", {"people": 4}, ["C7"])
    assert entry.confidentiality == "private"
    for name, _ in CAST:
        for word in name.split():
            assert word not in entry.body
            assert word not in entry.title
    assert "Hello data scientist," in entry.body
    assert "## To: AI product manager" in entry.body
    assert {ask.entry_id for ask in priya.asks.all()} == {entry.pk}
    assert lacking(priya, "w11-invite") == 1
    assert "Into the ledger" not in visit(page, LIST).text


def test_two_texts_are_wanted_so_half_is_chosen(page: Client, priya: Learner, asks: list[Ask]) -> None:
    form = shown(page)
    assert "wants 2 texts to 4 people each" in form.text
    assert form.html.count(" checked>") - 1 == 2
    assert form.form("Record them").values["activity"] == "w11-invite"
    record(page, "w11-invite", *asks[2:])
    assert shown(page).html.count(" checked>") - 1 == 2
    record(page, "w11-invite", *asks[:2])
    assert lacking(priya, "w11-invite") == 0
    assert "Nothing to record" in shown(page).text


def test_one_ask_is_a_text_of_its_own(page: Client, priya: Learner) -> None:
    ask = asked(priya, "Inês Duarte", "data-scientist", "w06-ask-data-scientist")
    form = visit(page, visit(page, f"{LIST}{ask.key}/").link("Record as evidence"))
    assert form.form("Record them").values["activity"] == "w06-ask-data-scientist"
    press(page, form, "Record them")
    entry = priya.entries.get(kind="request")
    assert entry.title == "Data scientist asked: how they work"
    assert entry.body.startswith("Hello data scientist,\n\n")
    assert lacking(priya, "w06-ask-data-scientist") == 0
    page_of_ask = visit(page, f"{LIST}{ask.key}/")
    assert "It stands in the ledger as entry 1" in page_of_ask.text
    assert not any("Keep the text" in form.buttons for form in page_of_ask.forms)


def test_nothing_counts_twice(page: Client, priya: Learner, asks: list[Ask]) -> None:
    record(page, "w11-invite", *asks[:2])
    again = record(page, "w11-invite", *asks[:2])
    assert again.path == "/evidence/1/"
    refused = record(page, "w11-invite", *asks[1:3])
    assert refused.status == 422
    assert "is in the ledger as entry 1. Leave it out" in refused.text
    assert priya.entries.filter(kind="request").count() == 1


def test_withdrawn_it_can_be_recorded_again(page: Client, priya: Learner, asks: list[Ask]) -> None:
    record(page, "w11-invite", asks[0])
    entry = priya.entries.get(kind="request")
    ask = priya.asks.get(pk=asks[0].pk)
    with pytest.raises(UserError, match="is in the ledger as entry 1"):
        actions.keep_text(ask, "Something else", revision_of(ask.text))
    with pytest.raises(UserError, match="is in the ledger as entry 1"):
        actions.take_sending_back(ask)
    withdraw(entry, MONDAY, "A mistake")
    actions.keep_text(ask, f"What I really sent. {WORDS}", revision_of(ask.text))
    assert "Keep the text" in visit(page, f"{LIST}{ask.key}/").text
    record(page, "w11-invite", ask)
    assert priya.entries.filter(kind="request").count() == 2


def test_it_is_dated_on_the_day_it_was_sent(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    first = asked(priya, "Inês", "data-scientist")
    on_day(MONDAY + timedelta(days=9))
    second = asked(priya, "Yuki", "data-engineer", on=MONDAY + timedelta(days=2))
    record(page, "w11-invite", first, second)
    assert priya.entries.get(kind="request").on == MONDAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, «two or three dates with times»?", "has 1 place to fill. Open it"),
        (" ", "has no text"),
    ],
)
def test_what_is_not_finished_is_refused(page: Client, priya: Learner, text: str, words: str) -> None:
    refused = record(page, "w11-invite", asked(priya, "Inês", "data-scientist", text=text))
    assert refused.status == 422
    assert words in refused.text
    assert not priya.entries.filter(kind="request").exists()


def test_short_ones_are_recorded_with_a_word(page: Client, priya: Learner) -> None:
    done = record(page, "w11-invite", asked(priya, "Inês", "data-scientist", text="Half an hour on Tuesday?"))
    assert "It counts from 20 words on; this has 5." in done.text
    assert lacking(priya, "w11-invite") == 2


def test_drafts_and_those_of_others_are_not_recorded(
    priya: Learner, page: Client, make_learner: Callable[..., Learner], asks: list[Ask]
) -> None:
    sam = make_learner("Sam")
    theirs = asked(sam, "Kim", "ai-pm")
    draft = actions.begin_ask(asks[0].person, {"purpose": "other", "activity_id": "", "needed_on": None, "text": WORDS})
    with pytest.raises(UserError, match="No ask is chosen"):
        record_asks(priya, "w11-invite", [theirs.key, draft.key, "nobody"])
    for keys in ([], ["x"]):
        assert page.post(RECORD, {"activity": "w11-invite", "asks": keys}).status_code == 422
    assert page.post(RECORD, {"activity": "w01-diagnostic", "asks": [asks[0].key]}).status_code == 422


def test_the_same_words_stand_once(page: Client, priya: Learner) -> None:
    two = [asked(priya, name, "data-scientist") for name in ("Inês", "Marco")]
    record(page, "w11-invite", *two)
    body = priya.entries.get(kind="request").body
    assert body.count("pick a baseline") == 1
    assert "## To: Data scientist, Data scientist" in body


def test_a_short_name_is_left_out_and_words_stay(page: Client, priya: Learner) -> None:
    two = [asked(priya, "Jo Will", "ai-pm"), asked(priya, "Kim", "", text=f"Hello Kim, will you ask Jo Will? {WORDS}")]
    record(page, "w11-invite", *two)
    body = priya.entries.get(kind="request").body
    assert "Hello AI product manager," in body
    assert "Hello somebody, will you ask AI product manager?" in body
