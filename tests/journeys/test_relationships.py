"""Month 4 as a new learner has it, in a browser: from nobody known to a counterpart's word that came back signed.

The common mistake of the month, asking and never giving, is made once: the pages say so, and an insight passed on mends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Program, look
from tests.journeys.test_first_weeks import pass_first_hour, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]

WEEK_12, TALK, NEXT_DAY = date(2027, 2, 9), date(2027, 3, 30), date(2027, 3, 31)
NAME = "Tomasz Zielinski"
INSIGHT = (
    "From the notebook to users it took seven months, of which three weeks were the model; eleven weeks were waiting for a table "
    "that has to arrive before four in the morning, and nobody had asked who fills it or what happens when it comes late."
)
THANKS = "Thank you for the half-hour at your whiteboard. I will ask who fills a table before I promise a date for a model."


def add_a_person(page: Page) -> str:
    """The address of their page."""
    page.goto("/connect/people/new/")
    look(page)
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=organisation]").fill("Parcelwise")
    page.locator("[name=email]").fill("tomasz@example.org")
    page.locator("[name=role]").select_option("ml-engineer")
    page.locator("[name=relation]").select_option("practitioner")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    look(page)
    return page.url


def ask(page: Page) -> None:
    """The text is begun for an ML engineer, filled where it has gaps, sent, and answered with yes."""
    page.goto("/connect/asks/")
    look(page)
    page.goto("/connect/people/")
    look(page)
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name=re.compile("^Ask")).first.click()
    press(page, "Begin the text")
    text = page.locator("#id_text")
    gaps = re.findall(r"«[^»]*»", text.input_value())
    text.fill(re.sub(r"«[^»]*»", "because your forecast runs every night", text.input_value()))
    assert gaps, "a text that fits everybody is no invitation"
    look(page)
    press(page, "I sent it today")
    page.get_by_label("They said yes").check()
    press(page, "Note the answer")
    look(page)


def invite(page: Page, folder: Path) -> None:
    """The invitation, and a change of it that other calendars take for the same meeting."""
    page.get_by_role("link", name="Plan the meeting").first.click()
    page.locator("[name=on]").fill("2027-03-26")  # the Friday before the clocks change in Europe
    page.locator("[name=at]").fill("14:30")
    page.locator("[name=zone]").fill("Europe/Berlin")
    press(page, "Plan it")
    look(page)
    first = downloaded(page, "Download the invitation", folder)
    page.get_by_role("link", name="Change", exact=True).click()
    page.locator("[name=on]").fill(TALK.isoformat())
    press(page, "Keep the change")
    second = downloaded(page, "Download the new file", folder)
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    hours = [event["dtstart"].dt.utctimetuple().tm_hour for event in (first, second)]
    assert hours == [13, 12]  # half past two in Berlin, before the change of the clock and after it


def downloaded(page: Page, button: str, folder: Path) -> Any:
    """The event in the file behind a button."""
    with page.expect_download() as file:
        page.get_by_role("button", name=re.compile(f"^{button}")).click()
    file.value.save_as(folder / "meeting.ics")
    return Calendar.from_ical((folder / "meeting.ics").read_bytes()).walk("VEVENT")[0]


def talk(page: Page) -> None:
    """Notes, an insight, a promise, thanks the day after, and the conversation in the ledger."""
    page.goto("/connect/meetings/")
    look(page)
    page.locator("main").get_by_role("link", name=re.compile("Tomasz")).first.click()
    page.get_by_role("link", name=re.compile("Write it down|Take notes")).click()
    page.locator("#id_notes").fill("Seven months. The table.\n> I can roll back a container, not a column.")
    press(page, "It took place: go on")
    look(page)
    page.get_by_role("link", name="Add an insight").click()
    page.locator("[name=text]").fill(INSIGHT)
    page.locator("[name=about]").select_option("deployment")
    press(page, "Keep it")
    page.get_by_role("link", name="Write thanks").click()
    page.locator("[name=text]").fill(THANKS)
    press(page, "It is sent")
    page.get_by_role("link", name="Look and record").click()
    expect(page.locator("article")).not_to_contain_text("Tomasz")
    look(page)
    press(page, "Record the talk")


def criticise(page: Page) -> None:
    """A point as it was said, and its answer."""
    page.goto("/connect/feedback/new/")
    page.locator("[name=text]").fill("The masking is a script on a laptop")
    page.locator("[name=role]").select_option("ml-engineer")
    press(page, "Add and finish")
    page.get_by_role("link", name=re.compile("^Answer")).first.click()
    page.get_by_label("Accepted").check()
    page.locator("[name=change]").fill("It becomes a step of its own that stops the run")
    press(page, "Keep the answer")
    expect(page.locator(".stats")).to_contain_text("answered")
    look(page)


def ask_without_giving(page: Page, person: str) -> None:
    """A second thing asked for and nothing given is said; passing on an insight sets it right."""
    page.goto(person)
    page.locator("[name=sort]").select_option("asked")
    page.locator("[name=note]").fill("Another half-hour")
    press(page, "Log the contact")
    expect(page.locator("main")).to_contain_text("would be welcome now")
    page.goto(f"/connect/insights/new/?person={person.rstrip('/').rpartition('/')[2]}")
    page.locator("[name=text]").fill("Nobody complains when the forecast is late and the parcel comes earlier.")
    page.locator("[name=direction][value=given]").check()
    press(page, "Keep it")
    page.goto(person)
    expect(page.locator("main")).not_to_contain_text("would be welcome now")


def write_their_word(page: Page, person: str, folder: Path) -> str:
    """The note on what they said of working together goes to them as a file. The address of the request."""
    page.goto(f"{person}word/")
    page.locator("[name=together]").fill(
        "We went through what it would take to run my small model every night, at the whiteboard."
    )
    page.locator("[name=data_need][value=clear]").check()
    page.locator("[name=need_said]").fill("Clear from the second message on, once I had named the columns.")
    page.locator("[name=tradeoff][value=understood]").check()
    page.locator("[name=tradeoff_said]").fill("Yes: weekly and cheap against nightly and somebody on call.")
    page.locator("[name=differently]").fill("Ask before the plan is fixed, not after it, and bring the table along.")
    press(page, "Record it and ask them to confirm")
    look(page)
    press(page, "Make the request")
    look(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="The file").click()
    file.value.save_as(folder / "review.html")
    return page.url


def answer_by_keyboard(browser: Browser, file: Path) -> str:
    """The file on a telephone without a network, with nothing but keys: the block that comes back."""
    with browser.new_context(offline=True, viewport={"width": 390, "height": 800}) as context:
        sheet = context.new_page()
        sheet.goto(file.as_uri())
        look(sheet)
        for field, typed in (("name", NAME), ("role", "ML engineer"), ("years", "6"), ("comment", "That is what I said.")):
            sheet.locator(f"[name={field}]").focus()
            sheet.keyboard.type(typed)
        sheet.locator("[name=relation]").focus()
        sheet.keyboard.type("I work in another team")
        sheet.locator("[name^=mark_]").first.focus()
        sheet.keyboard.press("Space")
        sheet.locator("[name=practises_ai]").focus()
        sheet.keyboard.press("Space")
        sheet.locator("form button[type=submit]").focus()
        sheet.keyboard.press("Enter")
        return sheet.locator("#block").input_value()


def bring_back(page: Page, block: str) -> None:
    """Changed by one letter it is refused; whole it lifts the note to E2; a second time it changes nothing."""
    at = len(block) // 2
    for answer, words in (
        (block[:at] + ("A" if block[at] != "A" else "B") + block[at + 1 :], "did not arrive whole"),
        (block, "E2"),
        (block, "Nothing changed"),
    ):
        page.goto("/evidence/reviews/")
        page.locator("[name=text]").fill(answer)
        press(page, "Read the review")
        expect(page.locator("body")).to_contain_text(words)
        look(page)


def test_from_nobody_asked_to_a_word_that_came_back(program: Program, visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit()
    pass_first_hour(page)
    program.move_to(WEEK_12)
    page.goto("/connect/")
    look(page)
    person = add_a_person(page)
    ask(page)
    invite(page, tmp_path)
    program.move_to(NEXT_DAY)
    talk(page)
    page.goto(person)
    expect(page.locator("main")).to_contain_text("Next touch")
    ask_without_giving(page, person)
    criticise(page)
    write_their_word(page, person, tmp_path)
    bring_back(page, answer_by_keyboard(browser, tmp_path / "review.html"))
    for address in ("/connect/", "/connect/roles/", "/connect/touch/", "/connect/insights/", "/connect/promises/", "/"):
        page.goto(address)
        look(page)
    page.goto("/readiness/C7/")
    expect(page.locator("main")).to_contain_text("1 of 2")  # of two counterparts who practise, one has confirmed
