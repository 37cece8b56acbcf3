"""Month 5 in a browser: a triage that says what follows, a spec with its lint, a case analysed before its reference is shown.

The common mistake of the month, treating AI as ordinary software, is made once: the lint of the spec says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from segue.work.deepen.cases import PARTS, cases
from tests.journeys.conftest import Program, look
from tests.journeys.test_first_weeks import pass_first_hour, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]

WEEK_18 = date(2027, 3, 23)
KEEP = "Keep it and see what follows"
SLOP = "We leverage AI to deliver high accuracy. We will monitor it regularly."


def judge_the_law(page: Page) -> None:
    """All ten questions answered with yes: what to settle first comes with its citation, and a sheet for a lawyer."""
    page.goto("/deepen/sheets/triage/")
    look(page)
    for select in page.locator("form.sheet select").all():
        select.select_option(label="Yes")
    page.locator("form.sheet textarea").first.fill("Comments of customers, free text, with names in it.")
    press(page, KEEP)
    expect(page.locator("main")).to_contain_text("Settle first")
    expect(page.locator("main")).to_contain_text("GDPR Art.")
    expect(page.locator("main")).to_contain_text("This is no legal advice.")
    look(page)
    page.locator("[name=confidentiality]").select_option("redacted")
    press(page, "Record the sheet")
    page.goto("/deepen/sheets/triage/")
    page.get_by_role("link", name="Ask for a review").click()
    look(page)
    page.goto("/deepen/sheets/triage/print/")
    look(page)


def write_a_spec(page: Page) -> None:
    """Empty phrases in all parts: the lint names each of the eleven; what was typed is there after a reload without pressing."""
    page.goto("/deepen/sheets/spec/")
    for area in page.locator("form.sheet textarea").all():
        area.fill(SLOP)
    press(page, KEEP)
    expect(page.locator("main")).to_contain_text("0 of 11 AI parts say what they must.")
    expect(page.locator("main")).to_contain_text("leverage AI")
    look(page)
    page.goto("/deepen/sheets/spec/edit/")
    with page.expect_response("**/save/"):
        page.locator("form.sheet textarea").first.fill("Support agents lose 40 minutes a day on sorting.")
    page.reload()
    expect(page.locator("form.sheet textarea").first).to_have_value("Support agents lose 40 minutes a day on sorting.")


def analyse_a_case(page: Page) -> None:
    """The reference is not in the page before one's own analysis is kept; then each part stands beside it."""
    case = next(iter(cases()))
    page.goto("/deepen/cases/")
    look(page)
    page.get_by_role("link", name=case.name).first.click()
    look(page)
    reference = case.parts[PARTS[-1].id][0].text
    assert reference not in page.content()
    for area in page.locator("main form textarea").all():
        area.fill(
            "I think that the hard part was speed: an answer after the thought is no help, so the model had to be small. " * 3
        )
    with page.expect_navigation():
        page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text(reference[:60])
    look(page)


def test_from_a_triage_to_a_case(program: Program, visit: Visit) -> None:
    page = visit()
    pass_first_hour(page)
    program.move_to(WEEK_18)
    page.goto("/deepen/")
    look(page)
    judge_the_law(page)
    write_a_spec(page)
    analyse_a_case(page)
    empty = ("/deepen/slices/", "/deepen/fairness/", "/deepen/replay/", "/deepen/models/", "/deepen/lineage/")
    for address in (
        *empty,
        "/deepen/law/",
        "/deepen/law/timeline/",
        "/deepen/law/frameworks/",
        "/deepen/spec/different/",
        "/deepen/",
    ):
        page.goto(address)
        look(page)
    small = visit(390, "dark")
    for address in ("/deepen/", "/deepen/law/", "/deepen/sheets/triage/", "/deepen/sheets/risk-register/edit/", "/deepen/cases/"):
        small.goto(address)
        look(small)
