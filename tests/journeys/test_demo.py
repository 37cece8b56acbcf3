"""Six months of somebody's work in it: every page opens, reads well, and says that it is a demo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Program, look

PAGES = (
    "/",
    "/plan/",
    "/plan/week/2026-11-23/",
    "/plan/week/2026-07-06/",
    "/plan/hours/",
    "/plan/replan/",
    "/plan/courses/",
    "/learn/",
    "/build/",
    "/connect/",
    "/deepen/",
    "/transition/",
    "/activity/w09-charter/",
    "/glossary/?q=model",
    "/evidence/",
    "/evidence/?show=all",
    "/evidence/log/",
    "/evidence/new/",
    "/evidence/12/",
    "/readiness/",
    "/readiness/C4/",
    "/readiness/T/",
    "/data/",
    "/no-such-page/",
)
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("program", [("demo",)], indirect=True)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_of_a_finished_journey(program: Program, visit: Callable[..., Page], width: int, scheme: str) -> None:
    page = visit(width=width, scheme=scheme)
    for address in PAGES:
        response = page.goto(address)
        assert response is not None
        assert response.status == (404 if address == "/no-such-page/" else 200), address
        if response.ok:
            expect(page.locator(".demo-note")).to_be_visible()
        look(page)
    page.goto("/readiness/")
    expect(page.locator("main")).to_contain_text("Every line of the last gate is met.")


@pytest.mark.parametrize("program", [("demo", "--weeks", "10")], indirect=True)
def test_stopped_after_ten_weeks_the_plan_goes_on(program: Program, visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/")
    expect(page.locator(".activity")).not_to_have_count(0)
    page.goto("/readiness/")
    expect(page.locator("main")).to_contain_text("the last gate opens on")
    expect(page.locator("[data-chart] svg").first).to_be_visible()
