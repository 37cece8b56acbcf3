"""Month 6 in a browser, from the demo at week 22: a résumé from a file, ads, a mentor's answer, a decision, a portfolio.

The common mistake of the month, overselling, is made once: what an ad asks for and nothing shows is written into the résumé, and
no download lets it out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Program, look
from tests.journeys.test_first_weeks import press
from tests.work.transition.resume.sampling import SAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]

ADS = Path(__file__).parents[1] / "work" / "transition" / "ads"
TAKEN = ("01-meridian-assistant.txt", "10-classic-oneline.txt", "08-muenchen-industrie.txt")
BEYOND = "Computer vision engineer wanted"
GAP = "Led computer vision for parcels"


def bring_a_resume(page: Page) -> str:
    """A JSON Resume: looked at first, then kept; the lint says what has nothing behind it. Its address."""
    page.goto("/transition/resumes/import/")
    look(page)
    page.locator("input[type=file]").set_input_files(SAMPLES[0])
    press(page, "Look at it")
    expect(page.locator("main")).to_contain_text("Harbour Goods")
    look(page)
    press(page, "Keep it")
    expect(page.locator("main")).to_contain_text("Settle first")
    look(page)
    return page.url.split("edit/")[0]


def take_ads_apart(page: Page) -> None:
    """Three ads as files, and one that asks for what nobody showed; its gap becomes a task."""
    for name in TAKEN:
        page.goto("/transition/ads/add/")
        page.get_by_label("Title of the job").fill(f"Product manager, {name[3:9]}")
        page.locator("input[type=file]").set_input_files(ADS / name)
        press(page, "Take it apart")
        expect(page.locator("main")).to_contain_text("Supported by evidence")
        look(page)
    page.goto("/transition/ads/add/")
    look(page)
    page.get_by_label("Title of the job").fill(BEYOND)
    page.get_by_label("Text of the ad").fill(
        "Requirements:\n- Three years of computer vision in production\n- Model evaluation\n"
    )
    press(page, "Take it apart")
    expect(page.locator("section[aria-labelledby=gaps]")).to_contain_text("computer vision")
    page.get_by_role("link", name=re.compile("Make it a task.*computer vision")).click()
    look(page)
    press(page, "Plan it")
    expect(page.locator("main")).to_contain_text("Planned")
    for address in ("/transition/ads/", "/transition/ads/market/", "/transition/applications/", "/transition/gaps/"):
        page.goto(address)
        look(page)
    expect(page.locator("main")).to_contain_text("computer vision")


def oversell(page: Page, resume: str) -> None:
    """The gap written into a bullet: no download lets it out, and “final” names the line. Taken out again, the PDF comes."""
    page.goto(f"{resume}edit/")
    look(page)
    bullet = page.locator("textarea[name*=bullet], input[name*=bullet]").first
    before = bullet.input_value()
    bullet.fill(GAP)
    press(page, "Keep it")
    page.goto(resume)
    expect(page.locator("main")).to_contain_text("computer vision")
    for form in ("pdf", "docx", "json", "txt", "linkedin"):
        refused = page.request.get(f"{resume}download/{form}/")
        assert refused.status in (400, 404), form
        assert form == "linkedin" or "computer vision" in refused.text().lower(), form
    press(page, "Call it final")
    expect(page.get_by_role("alert").first).to_contain_text("Harbour Goods")
    page.goto(f"{resume}edit/")
    page.locator("textarea[name*=bullet], input[name*=bullet]").first.fill(before)
    press(page, "Keep it")
    assert page.request.get(f"{resume}download/pdf/").body().startswith(b"%PDF")
    assert "computer vision" not in page.request.get(f"{resume}download/txt/").text().lower()


def ask_a_mentor(page: Page, browser: Browser, folder: Path) -> None:
    """The report of the three views goes to a mentor as a file; the answer comes back and stands beside the other two views."""
    page.goto("/transition/views/")
    look(page)
    page.locator("section[aria-labelledby=record] [name=confidentiality]").select_option("redacted")
    page.locator("section[aria-labelledby=record] button").click()
    page.goto("/transition/views/")
    page.get_by_role("link", name="Ask a mentor").click()
    press(page, "Make the request")
    look(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="The file").click()
    file.value.save_as(folder / "review.html")
    with browser.new_context(offline=True, viewport={"width": 390, "height": 800}) as context:
        sheet = context.new_page()
        sheet.goto((folder / "review.html").as_uri())
        look(sheet)
        for field, typed in (("name", "Ines Duarte"), ("role", "AI product manager"), ("years", "6"), ("comment", "Nearly.")):
            sheet.locator(f"[name={field}]").fill(typed)
        sheet.locator("[name=relation]").select_option(index=1)
        for mark in sheet.locator("input[name^=mark_][value=met], input[name^=mark_][value=yes]").all():
            mark.check()
        sheet.locator("[name=practises_ai]").check()
        sheet.locator("form button[type=submit]").click()
        block = sheet.locator("#block").input_value()
    page.goto("/evidence/reviews/")
    page.locator("[name=text]").fill(block)
    press(page, "Read the review")
    expect(page.locator("body")).to_contain_text("E2")
    page.goto("/transition/views/")
    expect(page.locator("main")).to_contain_text("Ines Duarte")
    look(page)


def decide(page: Page) -> None:
    page.goto("/transition/decision/")
    look(page)
    for area in page.locator("main form textarea").all():
        area.fill("Three interviews in the next month would tell me whether the gap in evaluation matters to anybody.")
    page.locator("main form [name=choice]").first.check()
    page.locator("main form input[type=text]").first.fill("Write to Ines")
    page.locator("main form input[type=date]").first.fill("2026-12-20")
    page.get_by_role("button", name="Keep the decision").click()
    look(page)


def pack_a_portfolio(page: Page, browser: Browser, folder: Path) -> None:
    """Four pieces, words masked in one; the site opens from disk without a network and has none of them."""
    page.goto("/transition/portfolio/")
    look(page)
    for _ in range(4):
        page.get_by_role("button", name=re.compile("^Take it in")).first.click()
    page.locator("ol.list a").first.click()
    word = page.locator("article.paper h3, article.paper h4").first.inner_text().split()[-1]
    page.get_by_label("Words to mask").fill(word)
    press(page, "Keep it and look")
    expect(page.locator("article.paper")).to_contain_text("▮▮▮")
    look(page)
    content = page.request.get("/transition/portfolio/portfolio.zip").body()
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    asked: list[str] = []
    with browser.new_context(offline=True, viewport={"width": 390, "height": 800}, color_scheme="dark") as context:
        shown = context.new_page()
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto((folder / "portfolio" / "index.html").as_uri())
        assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(29, 26, 22)"
        _look_offline(shown)
        shown.locator("ol.pieces a").first.click()
        _look_offline(shown)
        assert not re.search(rf"\b{re.escape(word)}\b", shown.locator("main").inner_text(), re.IGNORECASE)
    assert all(url.startswith(folder.as_uri()) for url in asked)
    assert page.request.get("/transition/portfolio/portfolio.pdf").body().startswith(b"%PDF")


def _look_offline(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("program", [("demo", "--weeks", "22")], indirect=True)
def test_from_week_22_to_a_decision_and_a_portfolio(program: Program, visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit()
    page.goto("/transition/")
    look(page)
    resume = bring_a_resume(page)
    take_ads_apart(page)
    oversell(page, resume)
    ask_a_mentor(page, browser, tmp_path)
    decide(page)
    pack_a_portfolio(page, browser, tmp_path)
    small = visit(390, "dark")
    for address in ("/transition/", "/transition/resumes/", "/transition/ads/", "/transition/views/", "/transition/portfolio/"):
        small.goto(address)
        look(small)
