"""A listener, from the sheet to the evidence: as the learner has it, and as the listener has the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import withdraw
from segue.evidence.blocks import pack
from segue.shared import clock
from segue.work.learn.models import ListenerSheet
from segue.work.learn.replies import read_reply
from tests.browsing import visit
from tests.chromium import chromium
from tests.work.learn.texts import CLEAR

IDEAS = ("model", "machine-learning", "supervised-learning")
LIST = "/learn/listeners/"


@pytest.fixture
def sheet(page: Client, priya: Learner) -> ListenerSheet:
    """A sheet with three ideas, made from the page."""
    for idea in IDEAS:
        page.post(f"/learn/concepts/{idea}/explain/keep/", {"text": CLEAR, "activity": "w02-explain"})
    page.post(f"{LIST}make/", {"idea": IDEAS})
    return priya.listener_sheets.get()


def reply_to(sheet: ListenerSheet, **more: Any) -> str:
    ideas = [{"said": f"Said {n}", "rating": 4} for n in range(len(sheet.ideas))]
    words = {"name": "Ben", "role": "Support", "relation": "Works in my team", "background": "non-technical", "comment": ""}
    return pack({"token": sheet.token, "ideas": ideas, **words, **more})


def send(page: Client, text: str) -> str:
    return page.post(f"{LIST}reply/", {"text": text}, follow=True).content.decode()


def test_nothing_to_tell_leads_to_the_concepts(page: Client) -> None:
    shown = visit(page, LIST)
    assert "Nothing to tell yet" in shown.text
    assert LIST in {url for _, url in visit(page, "/learn/").links}


def test_from_the_sheet_to_evidence_that_others_reviewed(page: Client, priya: Learner, sheet: ListenerSheet) -> None:
    html = send(page, f"Hello,\n{reply_to(sheet, comment='<b>Nice</b>')}\nBen")
    assert "What Ben understood" in html
    assert "&lt;b&gt;Nice" in html
    assert page.post(f"{LIST}{sheet.pk}/record/", {"said_0": "yes", "said_1": "yes"}).status_code == 422
    answers = {"said_0": "yes", "said_1": "yes", "said_2": "yes", "changed": "Before: heaps."}
    page.post(f"{LIST}{sheet.pk}/record/", answers)
    entry = priya.listener_sheets.get().entry
    assert entry is not None
    assert entry.facts == {"restated": 3, "rating": 4.0, "background": "non-technical"}
    assert "E2, reviewed: Ben (Support)" in visit(page, f"/evidence/{entry.number}/").text
    assert "Before: heaps." in entry.body
    assert page.post(f"{LIST}{sheet.pk}/record/", answers).status_code == 400


def test_an_idea_comes_back_on_its_day(
    page: Client, priya: Learner, sheet: ListenerSheet, on_day: Callable[[date], None]
) -> None:
    send(page, reply_to(sheet))
    page.post(f"{LIST}{sheet.pk}/record/", {"said_0": "no", "said_1": "yes", "said_2": "yes"})
    today = clock.today()
    on_day(today + timedelta(days=6))
    assert "to tell again" not in visit(page, LIST).text
    on_day(today + timedelta(days=7))
    assert visit(page, LIST).text.count("to tell again") == 1
    assert "due again since" in visit(page, "/learn/concepts/model/").text
    assert "again from" in visit(page, "/learn/concepts/machine-learning/").text
    assert f"{LIST}?idea=model" in {url for _, url in visit(page, "/learn/concepts/model/").links}
    assert LIST in {url for _, url in visit(page, "/activity/w05-listener/").links}
    on_day(today + timedelta(days=30))
    assert visit(page, LIST).text.count("to tell again") == 3


def test_a_session_that_was_withdrawn_counts_no_more(page: Client, priya: Learner, sheet: ListenerSheet) -> None:
    send(page, reply_to(sheet))
    page.post(f"{LIST}{sheet.pk}/record/", {"said_0": "yes", "said_1": "yes", "said_2": "yes"})
    assert "again from" in visit(page, "/learn/concepts/model/").text
    entry = priya.listener_sheets.get().entry
    assert entry is not None
    withdraw(entry, clock.today(), "It was somebody else")
    assert "nobody outside has heard it yet" in visit(page, "/learn/concepts/model/").text


def test_what_can_not_be_taken_is_told_and_what_was_pasted_stays(page: Client, priya: Learner, sheet: ListenerSheet) -> None:
    assert "answers no sheet of yours" in send(page, reply_to(sheet, token="other"))
    assert "Nobody listens to themself" in send(page, reply_to(sheet, name=priya.name))
    assert "another number of ideas" in send(page, reply_to(sheet, ideas=[{"said": "", "rating": 1}]))
    mend = "Give the sheet to somebody else, and import what they send back."
    assert send(page, reply_to(sheet, name=priya.name)).count(mend) == 1
    broken = reply_to(sheet)[:-40]
    answer = page.post(f"{LIST}reply/", {"text": broken})
    assert answer.status_code == 422
    assert broken[:60] in answer.content.decode().replace("\r", "")
    assert "Paste the message, or choose the file." in send(page, "")
    assert priya.listener_sheets.get().reply is None


def test_the_first_answer_stays(page: Client, priya: Learner, sheet: ListenerSheet) -> None:
    send(page, reply_to(sheet))
    assert "The reply is here" in send(page, "> " + reply_to(sheet).replace("\n", "\n> "))
    assert "answered already" in send(page, reply_to(sheet, name="Ann"))
    kept = priya.listener_sheets.get().reply
    assert kept is not None
    assert kept["name"] == "Ben"
    assert page.post(f"{LIST}{sheet.pk}/extend/").status_code == 400


def test_an_expired_sheet_is_given_more_time(
    page: Client, priya: Learner, sheet: ListenerSheet, on_day: Callable[[date], None]
) -> None:
    on_day(sheet.until + timedelta(days=1))
    assert "was open until" in send(page, reply_to(sheet))
    assert "Ask once more" in visit(page, f"{LIST}{sheet.pk}/").text
    page.post(f"{LIST}{sheet.pk}/extend/")
    assert "The reply is here" in send(page, reply_to(sheet))


def test_none_and_four_ideas_are_refused(page: Client, sheet: ListenerSheet) -> None:
    page.post("/learn/concepts/clustering/explain/keep/", {"text": CLEAR, "activity": "w02-explain"})
    for ideas, words in (((), "No idea is chosen"), (("unknown",), "No idea"), ((*IDEAS, "clustering"), "4 ideas are too many")):
        answer = page.post(f"{LIST}make/", {"idea": ideas})
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_a_file_is_read_like_a_message(page: Client, sheet: ListenerSheet) -> None:
    file = SimpleUploadedFile("answer.txt", reply_to(sheet).encode("utf-8"))
    assert "The reply is here" in page.post(f"{LIST}reply/", {"attachments": file}, follow=True).content.decode()
    junk = SimpleUploadedFile("answer.txt", b"\xff\xfe\x00junk")
    assert "No reply is in this text" in page.post(f"{LIST}reply/", {"attachments": junk}).content.decode()


def test_the_file_holds_texts_as_text(page: Client, priya: Learner, sheet: ListenerSheet) -> None:
    sheet.ideas = [{"concept": "model", "name": "</script><script>alert(1)</script>", "text": "<img src=x onerror=alert(1)>"}]
    sheet.save()
    answer = page.get(f"{LIST}{sheet.pk}/file/")
    html = answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.browser
def test_the_file_answers_in_a_browser_that_has_nothing_else(page: Client, sheet: ListenerSheet, tmp_path: Path) -> None:
    file = tmp_path / "sheet.html"
    file.write_bytes(page.get(f"{LIST}{sheet.pk}/file/").content)
    block = _answered(file)
    reply = read_reply(block)
    assert reply.token == sheet.token
    assert (reply.name, reply.background) == ("Tomáš Æ", "non-technical")
    assert [(idea.said, idea.rating) for idea in reply.ideas] == [(f"Idea {n} 💡\nnext line", n + 2) for n in (1, 2, 3)]


def _answered(file: Path) -> str:
    """Fills the file in as a listener does; only the file itself was asked for, and axe finds nothing."""
    asked: list[str] = []
    with chromium() as browser:
        window = browser.new_page(viewport={"width": 390, "height": 900})
        window.on("request", lambda request: asked.append(request.url))
        window.goto(file.as_uri())
        window.get_by_role("button", name="Make my answer").click()
        assert "in your own words" in window.locator("#wrong").inner_text()
        for number in (1, 2, 3):
            part = window.locator("[data-idea]").nth(number - 1)
            if part.locator("[data-close]").is_visible():
                part.locator("[data-close]").click()
            part.locator("textarea").fill(f"Idea {number} 💡\nnext line")
            part.locator("input[type=radio]").nth(number + 1).check()
        window.reload()
        window.locator("#name").fill("Tomáš Æ")
        window.locator("#relation").select_option("A user or customer")
        window.locator("#background-1").check()
        window.get_by_role("button", name="Make my answer").press("Enter")
        block = window.locator("#block").input_value()
        results = Axe().run(window)
        assert results.violations_count == 0, results.generate_report()
    assert set(asked) == {file.as_uri()}
    return block
