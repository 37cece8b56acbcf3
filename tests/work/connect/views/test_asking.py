"""Whom to ask by when, and an ask from its first words to its last: through the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.errors import UserError
from segue.evidence.actions import Work, record_work
from segue.work.connect.actions.asking import begin_ask, change_ask, keep_text, remove_ask, replace_text, send_ask
from segue.work.connect.actions.people import add_person, delete_person
from segue.work.connect.asks import revision_of
from segue.work.connect.models import Ask, Person
from segue.work.connect.queries.asking import before_time_off
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.records import before_week, do

LIST, NEW, RECORD = "/connect/asks/", "/connect/asks/new/", "/connect/asks/record/"
SCRIPT = {"x-segue-autosave": "1"}


def week(number: int) -> date:
    """The Tuesday of a week of the plan."""
    return MONDAY + timedelta(weeks=number - 1, days=1)


@pytest.fixture
def ines(priya: Learner) -> Person:
    """A data scientist."""
    return add_person(
        priya, name="Inês Duarte", organisation="Northwind", role="data-scientist", relation="partner", email="ines@example.org"
    )


def begin(page: Client, person: Person, **typed: str) -> Page:
    form = visit(page, f"{NEW}?person={person.key}")
    return press(page, form, "Begin the text", **typed)


def of(ask: Ask) -> str:
    return f"{LIST}{ask.key}/"


def send(page: Client, shown: Page) -> Page:
    """Presses “I sent it today”, whose form goes to an address of its own."""
    return visit(page, f"{shown.path}sent/", shown.form("I sent it").values, method="post")


# --- the planner ------------------------------------------------------------------------------------------------------------


def test_in_week_5_it_says_whom_to_ask_in_week_6_for_week_9(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(5, MONDAY))
    on_day(week(5))
    shown = visit(page, LIST)
    assert shown.heading == "Whom to ask, and by when?"
    now = shown.section("To ask now")
    assert now.index("Ask a listener outside tech") < now.index("Best asked in week 5, for week 5. 4 days are left")
    later = shown.section("Later").split("\n")
    row = later.index("Take charter and data sheet to your data scientist")
    assert later[row - 4 : row] == ["A data scientist", "6", "2 Jan 2027", "9"]
    assert "Nobody is invited" not in shown.text


def test_in_week_9_the_plan_waits_for_those_who_were_not_asked(
    page: Client, priya: Learner, on_day: Callable[[date], None]
) -> None:
    do(
        priya,
        {key: day for key, day in before_week(9, MONDAY).items() if key not in ("w06-ask-data-scientist", "w06-ask-mentor")},
    )
    on_day(week(9))
    now = visit(page, LIST).section("To ask now")
    assert "In week 9 for week 12: by Tuesday 19 January 2027, for Tuesday 9 February 2027." in now
    assert "Ask your mentor" in now


def test_a_late_ask_comes_first_and_is_said_kindly(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, {key: day for key, day in before_week(12, MONDAY).items() if key != "w11-invite"})
    on_day(week(12))
    now = visit(page, LIST).section("To ask now").split("\n")
    assert now[1] == "Ask a data scientist late"
    assert now[2].startswith("Best asked in week 11, for week 12. 4 days are left: ask today, and offer a later day with it.")
    assert sum(line.endswith(" late") for line in now) == 1


@pytest.mark.parametrize(
    ("reached", "activity", "is_warned"), [(11, "", False), (12, "", True), (12, "sent", False), (12, "old", True)]
)
def test_by_week_12_somebody_is_invited(
    page: Client, priya: Learner, ines: Person, on_day: Callable[[date], None], reached: int, activity: str, is_warned: bool
) -> None:
    do(priya, {key: day for key, day in before_week(reached, MONDAY).items() if key != "w11-invite"})
    on_day(week(reached))
    begin_ask(ines, {"purpose": "workflow", "activity_id": "w11-invite", "needed_on": None, "text": "A draft."})
    if activity:
        asked = {"sent": "w15-talk-data-scientist", "old": "w06-ask-data-scientist"}[activity]
        send_ask(begin_ask(ines, {"purpose": "workflow", "activity_id": asked, "needed_on": None, "text": "x"}), week(reached))
    shown = visit(page, LIST)
    assert ("Nobody is invited for month 4 yet" in shown.text) is is_warned
    if is_warned:
        assert visit(page, shown.link("Write the first invitation")).heading == "Whom do you ask?"


def test_in_week_15_what_was_done_stands_beside_each(
    page: Client, priya: Learner, ines: Person, on_day: Callable[[date], None]
) -> None:
    do(priya, {key: day for key, day in before_week(15, MONDAY).items() if key != "w11-invite"})
    on_day(week(15))
    shown = visit(page, LIST)
    link = next(url for words, url in shown.links if "Talk with a data scientist" in words and words.startswith("Ask somebody"))
    assert link == f"{NEW}?activity=w15-talk-data-scientist"
    chosen = visit(page, visit(page, link).link("Inês Duarte"))
    assert "Would you tell me in half an hour how you work" in chosen.text
    draft = press(page, chosen, "Begin the text")
    assert "Would you tell me in half an hour how you work" in draft.form("Keep the text").values["text"]
    shown = visit(page, LIST)
    assert "Inês Duarte:\nDraft 2 places to fill" in shown.text
    send(page, draft)
    under_way = visit(page, LIST).section("Asked for the plan")
    assert "Ask a data scientist" in under_way
    assert "Inês Duarte:\nSent today" in under_way


def test_the_door_of_an_activity_leads_here(page: Client, priya: Learner, ines: Person) -> None:
    activity = visit(page, "/work/activity/w11-invite/")
    if activity.status == 404:
        from django.urls import reverse

        activity = visit(page, reverse("workbench:show-activity", args=["w11-invite"]))
    shown = visit(page, activity.link("Ask somebody"))
    assert shown.path == f"{LIST}?activity=w11-invite"
    assert "It leaves 2 texts in the ledger" in shown.text
    assert visit(page, shown.link("record the text itself")).status == 200
    form = visit(page, visit(page, shown.link("Ask somebody for this")).link("Inês Duarte")).form("Begin the text")
    assert (form.values["occasion"], form.values["activity"]) == ("workflow", "w11-invite")


def test_an_activity_that_asks_nobody_has_no_panel(page: Client, priya: Learner) -> None:
    for activity in ("w01-diagnostic", "nothing", "%00", "<script>"):
        shown = visit(page, LIST, {"activity": activity})  # the address as somebody might type it
        assert shown.status == 200
        assert "For “" not in shown.text


def test_many_asks_need_no_more_queries(page: Client, priya: Learner, ines: Person, on_day: Callable[[date], None]) -> None:
    told = {"purpose": "workflow", "activity_id": "w11-invite", "needed_on": None}
    send_ask(begin_ask(ines, {**told, "text": "The first."}), MONDAY)
    begin_ask(ines, {**told, "text": "The second."})
    one = f"{LIST}{begin_ask(ines, {**told, 'text': 'The third.'}).key}/"
    few = [queries_of(page, path) for path in (LIST, RECORD, one)]
    for number in range(200):
        person = add_person(priya, name=f"Person {number}", role="ml-engineer")
        ask = begin_ask(person, {**told, "text": f"Text {number}"})
        if number % 2:
            send_ask(ask, MONDAY)
    assert [queries_of(page, path) for path in (LIST, RECORD, one)] == few


# --- a new one --------------------------------------------------------------------------------------------------------------


def test_a_text_begins_from_role_and_purpose(page: Client, priya: Learner, ines: Person) -> None:
    shown = begin(page, ines, occasion="project-feedback", needed_on="2027-03-01")
    text = shown.form("Keep the text").values["text"]
    assert text.startswith("Hello Inês,")
    assert text.endswith("\n\nPriya")
    assert "weakest point first" in text
    assert "3 places to fill" in shown.text
    assert "Your project in one line" in shown.text
    ask = priya.asks.get()
    assert (ask.purpose, ask.activity_id, ask.needed_on, ask.sent_on) == ("project-feedback", "", date(2027, 3, 1), None)


def test_the_title_of_the_project_comes_from_the_ledger(page: Client, priya: Learner, ines: Person) -> None:
    record_work(priya, Work("charter", "Why parcels come late", MONDAY, body="word " * 200))
    shown = begin(page, ines, occasion="project-feedback")
    assert "“Why parcels come late”" in shown.form("Keep the text").values["text"]


def test_sent_twice_it_is_there_once(page: Client, priya: Learner, ines: Person) -> None:
    form = visit(page, f"{NEW}?person={ines.key}")
    first, second = (press(page, form, "Begin the text") for _ in range(2))
    assert first.path == second.path
    assert priya.asks.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"occasion": "all"}, "Choose one of these"),
        ({"activity": "w99"}, "Choose one of these"),
        ({"needed_on": "soon"}, "This is no date"),
    ],
)
def test_what_is_wrong_is_said(page: Client, priya: Learner, ines: Person, typed: dict[str, str], words: str) -> None:
    shown = begin(page, ines, **typed)
    assert shown.status == 422
    assert words in shown.text
    assert not priya.asks.exists()


def test_there_is_no_message_to_many(page: Client, ines: Person) -> None:
    for path in (LIST, NEW, RECORD):
        assert "all" not in {value for form in visit(page, path).forms for value in form.values.values()}
    assert visit(page, NEW, {"person": f"{ines.key},{ines.key}"}).status == 404


# --- the text ---------------------------------------------------------------------------------------------------------------


def test_it_is_kept_as_it_is_typed(page: Client, priya: Learner, ines: Person) -> None:
    begin(page, ines)
    ask = priya.asks.get()
    save = f"{of(ask)}save/"
    first = page.post(save, {"text": "Hello \r\nInês ", "revision": revision_of(ask.text)}, headers=SCRIPT)
    assert first.json()["revision"] == revision_of("Hello \nInês ")
    ask.refresh_from_db()
    assert ask.text == "Hello \nInês "
    assert page.post(save, {"text": "Hello\0 \nInês ", "revision": "17"}, headers=SCRIPT).status_code == 200
    other = page.post(save, {"text": "Something else", "revision": "17"}, headers=SCRIPT)
    assert other.status_code == 409
    assert "Hello \nInês " in other.content.decode()
    lost = page.post(save, {"text": "Hello \nInês Duarte", "revision": "17"}, headers=SCRIPT)
    assert lost.status_code == 200
    plain = visit(page, save, {"text": "Of an old window", "revision": "17"}, method="post")
    assert plain.status == 409
    assert plain.form("Keep the text").values["text"] == "Of an old window"
    assert "Inês Duarte" in plain.text
    assert "The text is kept." in press(page, plain, "Keep the text").text
    ask.refresh_from_db()
    assert ask.text == "Of an old window"


def test_too_long_is_told_and_stays(page: Client, priya: Learner, ines: Person) -> None:
    shown = press(page, begin(page, ines), "Keep the text", text="word " * 2001)
    assert shown.status == 422
    assert "10,005 characters" in shown.text
    assert shown.form("Keep the text").values["text"].startswith("word word")
    ask = priya.asks.get()
    script = page.post(f"{of(ask)}save/", {"text": "x" * 10_001}, headers=SCRIPT)
    assert (script.status_code, "Shorten it" in script.json()["message"]) == (422, True)
    assert ask.text.startswith("Hello")


def test_the_same_words_to_another_are_noticed(page: Client, priya: Learner, ines: Person) -> None:
    tom = add_person(priya, name="Tom", role="data-scientist")
    told = {"purpose": "workflow", "activity_id": "", "needed_on": None}
    first = begin_ask(ines, {**told, "text": "Hello Inês,\n\ncould we talk?\n\nPriya"})
    second = begin_ask(tom, {**told, "text": "Hello  tom,\n\nCould we talk?\n\nPriya"})
    assert "The same words are meant to Inês Duarte" in visit(page, of(second)).text
    send_ask(first, MONDAY)
    assert "The same words went to Inês Duarte" in visit(page, of(second)).text
    keep_text(second, "Hello Tom, I liked your talk. Could we talk?", revision_of(second.text))
    assert "The same words" not in visit(page, of(second)).text


def test_a_text_opens_in_the_mail_program(page: Client, priya: Learner, ines: Person) -> None:
    shown = begin(page, ines)
    answer = page.get(shown.link("Open in your mail program"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("mailto:ines@example.org?subject=")
    assert "Hello Inês,\r\n\r\n«one sentence" in unquote(answer["Location"])
    ask = priya.asks.get()
    change_ask(ask, {"purpose": "other", "activity_id": "w06-ask-mentor"})
    assert "subject=Three half-hours" in unquote(page.get(shown.link("Open in your mail program"))["Location"])
    replace_text(ask, "word " * 400)
    assert "Open in your mail program" not in visit(page, of(ask)).text
    assert "Copy the text instead" in visit(page, f"{of(ask)}mail/").text


def test_what_it_is_for_changes_and_the_text_comes_back(page: Client, priya: Learner, ines: Person) -> None:
    shown = press(page, begin(page, ines), "Keep the text", text="My own words.")
    changed = press(page, shown, "Keep the change", occasion="mentor", activity="w06-ask-mentor", needed_on="")
    assert changed.form("Keep the text").values["text"] == "My own words."
    ask = priya.asks.get()
    assert (ask.purpose, ask.activity_id, ask.needed_on) == ("other", "w06-ask-mentor", None)
    anew = press(page, changed, "Begin the text anew")
    assert "three half-hours over five months" in anew.form("Keep the text").values["text"]
    back = press(page, anew, "Undo")
    assert back.form("Keep the text").values["text"] == "My own words."
    refused = press(page, back, "Keep the change", needed_on="never")
    assert refused.status == 422
    assert "There is nothing left to bring back" in visit(page, f"{of(begin_other(priya))}text/restore/", method="post").text


def begin_other(learner: Learner) -> Ask:
    person = add_person(learner, name="Somebody else")
    return begin_ask(person, {"purpose": "workflow", "activity_id": "", "needed_on": None, "text": "x"})


def test_a_draft_goes_and_comes_back(page: Client, priya: Learner, ines: Person) -> None:
    shown = begin(page, ines, occasion="informational", needed_on="2027-03-01")
    before = {name: value for name, value in vars(priya.asks.get()).items() if name not in ("_state", "id")}
    gone = press(page, shown, "Remove the draft")
    assert gone.path == LIST
    assert not priya.asks.exists()
    back = press(page, gone, "Undo")
    assert back.path == of(priya.asks.get())
    assert {name: value for name, value in vars(priya.asks.get()).items() if name not in ("_state", "id")} == before
    assert "nothing left" in visit(page, f"{of(priya.asks.get())}restore/", method="post").text
    press(page, back, "Remove the draft")
    delete_person(ines)
    assert "nothing left" in visit(page, f"{of(Ask(key=before['key']))}restore/", method="post").text
    assert not priya.asks.exists()


def test_a_sent_one_is_not_removed(page: Client, priya: Learner, ines: Person) -> None:
    ask = send_ask(begin_ask(ines, {"purpose": "other", "activity_id": "", "needed_on": None, "text": "x"}), MONDAY)
    assert "Remove the draft" not in visit(page, of(ask)).text
    with pytest.raises(UserError):
        remove_ask(ask)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "\u202e\u05e9\u05dc\u05d5\u05dd", "🙂" * 200, "x" * 5000, "«" * 400, "{me} {{ x }} {% x %}"],
)
def test_hostile_words_are_shown_as_they_are(page: Client, priya: Learner, text: str) -> None:
    person = add_person(priya, name=text[:200], role="support")
    shown = press(page, begin(page, person), "Keep the text", text=text)
    assert shown.status == 200
    assert shown.form("Keep the text").values["text"] == text
    assert "<script>alert" not in shown.html
    assert visit(page, LIST).status == 200


def test_nobody_is_to_be_asked_in_time_off() -> None:
    away = (Span(MONDAY, MONDAY + timedelta(days=6)), Span(MONDAY + timedelta(days=7), MONDAY + timedelta(days=13)))
    assert before_time_off(MONDAY + timedelta(days=10), away) == MONDAY - timedelta(days=1)
    assert before_time_off(MONDAY + timedelta(days=14), away) == MONDAY + timedelta(days=14)
