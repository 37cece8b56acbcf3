"""From nothing to a dated plan, the first evidence, and two weeks that went otherwise: as a person does it, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Program, look

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

WHY = (
    "I have shipped payment features for six years and each roadmap now has a line with AI in it that nobody can size. I want to "
    "be the person in the room who knows what can be measured before it is promised, and who can say no with a reason."
)


def pass_first_hour(page: Page, *, keyboard: bool = False, answer: bool = False) -> None:
    """The five steps; with ``answer``, every question of the diagnostic with its first option, otherwise it is left out."""
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("When will you work on it?")
    look(page)
    page.get_by_label("Your name").fill("Priya Raman")
    page.get_by_label("Why do you want this?").fill(WHY)
    press(page, "Go on", keyboard)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which role do you aim at?")
    look(page)
    press(page, "Go on", keyboard)
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you bring along?")
    page.get_by_role("radio", name="I have done it with help").first.check()
    look(page)
    press(page, "Go on", keyboard)
    if answer:
        answer_all(page)
    else:
        page.get_by_role("link", name="Leave it out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan")
    look(page)
    press(page, "Agree the plan", keyboard)


def answer_all(page: Page) -> None:
    page.get_by_role("link", name="Begin", exact=True).click()
    look(page)
    for part in range(1, 9):
        expect(page.get_by_text(f"Part {part} of 8")).to_be_visible()
        for group in page.locator("main fieldset.field").all():
            group.get_by_role("radio").first.check()
        press(page, "Go on")


def press(page: Page, name: str, keyboard: bool = False) -> None:
    button = page.get_by_role("button", name=name, exact=True)
    with page.expect_navigation():
        if keyboard:
            button.focus()
            page.keyboard.press("Enter")
        else:
            button.click()


def test_first_hour_gives_a_dated_plan(program: Program, visit: Visit) -> None:
    page = visit()
    pass_first_hour(page, answer=True)
    expect(page.get_by_text("This is your plan.")).to_be_visible()
    expect(page.get_by_role("heading", name="There on")).to_contain_text("2027")
    for link in ("Plan", "Learn", "Build", "Connect", "Deepen", "Transition", "Evidence", "Readiness", "Glossary", "Your data"):
        page.get_by_role("navigation").get_by_role("link", name=link).first.click()
        page.wait_for_load_state()
        look(page)


def test_evidence_moves_plan_and_readiness(program: Program, visit: Visit, tmp_path: Path) -> None:
    page = visit()
    pass_first_hour(page)
    page.goto("/activity/w01-why/")
    # The reason given in the first hour is its evidence.
    expect(page.locator("main")).to_contain_text("Done on Monday 23 November 2026")
    page.goto("/activity/w01-resume/")
    look(page)
    page.get_by_role("link", name="Record it").click()
    page.get_by_label("Title").fill("Résumé as of today")
    resume = tmp_path / "resume.txt"
    resume.write_text("Product manager, payments, 2020 to 2026.")
    page.get_by_label("Files").set_input_files(resume)
    page.get_by_label("Stage").select_option("baseline")
    look(page)
    press(page, "Record it")
    expect(page.locator("main")).to_contain_text("a file is attached")
    look(page)
    page.goto("/activity/w01-resume/")
    expect(page.locator("main")).to_contain_text("Done on Monday 23 November 2026")
    page.goto("/readiness/T/")
    look(page)
    expect(page.locator("main")).to_contain_text("Résumé as of today")


def test_two_missed_weeks_offer_three_ways_with_their_ends(program: Program, visit: Visit) -> None:
    page = visit()
    pass_first_hour(page)
    program.move_to(date(2026, 12, 14))
    page.goto("/")
    page.get_by_role("link", name="See the three ways").click()
    look(page)
    expect(page.locator("main .card h2")).to_have_count(3)
    shift = page.locator(".card", has=page.get_by_role("button", name="Move the end"))
    ends = shift.locator(".stat__value").inner_text()
    press(page, "Move the end")
    expect(page.get_by_text("Agreed.")).to_be_visible()
    day, month, year = ends.split()
    expect(page.locator("main")).to_contain_text(f"{day} {month}")
    assert year == "2027"
    page.goto("/")
    expect(page.get_by_role("link", name="See the three ways")).to_have_count(0)


def test_first_hour_by_keyboard_on_a_phone_in_the_dark(program: Program, visit: Visit) -> None:
    page = visit(width=390, scheme="dark")
    pass_first_hour(page, keyboard=True)
    for address in ("/", "/plan/", "/plan/week/2026-11-23/", "/plan/hours/", "/evidence/", "/readiness/", "/learn/"):
        page.goto(address)
        look(page)


def test_what_is_typed_survives_a_program_that_stops(program: Program, visit: Visit) -> None:
    page = visit()
    pass_first_hour(page)
    page.goto("/evidence/new/?activity=w02-explain&kind=explanation")
    page.get_by_label("Title").fill("What a label is")
    with page.expect_response(lambda r: "/evidence/draft/" in r.url and r.ok):
        page.get_by_label("Text", exact=True).press_sequentially("A label is the answer that we want the model to learn to give.")
    program.move_to(program.day)
    page.goto("/evidence/new/?activity=w02-explain&kind=explanation")
    expect(page.get_by_label("Text", exact=True)).to_have_value("A label is the answer that we want the model to learn to give.")
