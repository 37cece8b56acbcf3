"""The documents in a real browser: no fault that axe-core knows, nothing wider than the window, nothing asked of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from feedback_lab.card import datasheet_html, model_card_html, report_html
from tests.card.sample import FULL
from tests.card.variants import VARIANTS
from tests.chromium import chromium

pytestmark = pytest.mark.browser

DOCUMENTS = {
    **{name: report_html(run) for name, run in VARIANTS.items()},
    "model card": model_card_html(FULL, {"owner": "Lena, data team"}),
    "hostile model card": model_card_html(VARIANTS["hostile"]),
    "hostile datasheet": datasheet_html(VARIANTS["hostile"]),
}
# Each document once, the whole report in all four looks.
LOOKS = [
    *(("full", width, scheme) for width in (390, 1280) for scheme in ("light", "dark")),
    ("hostile", 390, "light"),
    ("77 classes", 390, "dark"),
    ("one theme", 1280, "light"),
    ("nothing", 390, "dark"),
    ("no intervals", 390, "light"),
    ("model card", 1280, "dark"),
    ("hostile model card", 390, "light"),
    ("hostile datasheet", 390, "dark"),
]
OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKS)
def test_document_in_a_browser(browser: Browser, tmp_path: Path, name: str, width: int, scheme: str) -> None:
    file = tmp_path / "document.html"
    file.write_text(DOCUMENTS[name], "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    assert page.evaluate(TOO_WIDE) <= 0
    page.evaluate(OPEN_ALL)
    assert page.evaluate(TOO_WIDE) <= 0
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert asked == [file.as_uri()]
    assert not said
    context.close()


def test_summary_fits_one_screen(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(DOCUMENTS["full"])
    assert page.evaluate("document.getElementById('summary').getBoundingClientRect().bottom") <= 900
    page.close()


def test_print_opens_what_is_folded_and_leaves_out_what_repeats(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(DOCUMENTS["full"])
    page.emulate_media(media="print")
    assert page.locator("details.misleads p").first.bounding_box() is not None
    assert page.locator("details.as-table").first.is_hidden()
    assert page.locator("details.fold:not(.unprinted) table").first.bounding_box() is not None
    page.close()
