"""A reviewer with a phone and a keyboard, on a Segue that others reach: from the link to the thanks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.chromium import chromium
from tests.test_server import ROOT, own_environment
from tests.test_server_public import Served, serve

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="processes and signals are another matter on Windows"),
]

ASK = """
import django; django.setup()
from segue.accounts.actions import describe_learner, make_local_learner
from segue.evidence.actions import Work, record_work
from segue.evidence.actions.reviewing import ask_review
from segue.evidence.files import store
from segue.evidence.links import link_of
from segue.shared import clock
learner = make_local_learner()
describe_learner(learner, name="Priya", role_target="", why="")
body = "Eight classes, one source. " * 40 + "\\n\\n| a | b |\\n|---|---|\\n| 1 | " + "x" * 200 + " |"
file = store("numbers.txt", "text/plain", [b"4 of 8 classes <script>"])
more = {"competencies": ("C2",), "confidentiality": "public", "files": (file,)}
work = Work("charter", "A charter " + "Pneumono" * 8, clock.today(), body=body, **more)
print(link_of(ask_review(learner, record_work(learner, work), for_name="Marco", note="Be blunt.", files=[file.sha256])))
"""
READ = """
import django; django.setup()
from segue.evidence.models import Entry
review = Entry.objects.get(sort="review")
print(review.channel, review.reviewer_name, review.reviewer_role, sorted(set(review.marks.values())), review.body)
"""


def run(home: Path, url: str, code: str) -> str:
    """What a few lines say that run on the data of a Segue that is being served."""
    environment = own_environment(home) | {"SEGUE_PUBLIC_URL": url, "DJANGO_SETTINGS_MODULE": "segue.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A Segue with a public address that this machine's browser reaches."""
    with serve(tmp_path / "home", host="127.0.0.1") as one:
        yield one


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A Chromium of its own."""
    with chromium() as running:
        yield running


def look(window: Page) -> None:
    """No fault that axe-core knows, nothing wider than the window."""
    results = Axe().run(window)
    assert results.violations_count == 0, results.generate_report()
    assert window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def tab_to(window: Page, selector: str) -> None:
    """Presses Tab until what is wanted has the focus."""
    for _ in range(80):
        window.keyboard.press("Tab")
        if window.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def test_a_reviewer_answers_by_keyboard_on_a_phone(served: Served, browser: Browser) -> None:
    link = run(served.home, served.url, ASK)
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme="dark")
    window = context.new_page()
    window.on("request", lambda request: asked.append(request.url))
    window.goto(link)
    expect(window.get_by_role("heading", level=1)).to_have_text("Marco, Priya asks for your review")
    look(window)
    for name in window.evaluate("[...new Set([...document.querySelectorAll('input[name^=mark_]')].map(input => input.name))]"):
        tab_to(window, f"[name='{name}']")
        window.keyboard.press("ArrowDown")  # from “I did not look at it”, the last, round to the first
    tab_to(window, "[name=comment]")
    window.keyboard.type("Clear, but the risk is thin. ✓")
    expect(window.locator("[data-autosave-status]")).to_have_text("Kept in this browser until you send it")
    window.reload()
    expect(window.locator("[name=comment]")).to_have_value("Clear, but the risk is thin. ✓")
    window.get_by_role("button", name="Send the review").focus()
    window.keyboard.press("Enter")
    expect(window.get_by_role("alert")).to_contain_text("Put your name in")
    look(window)
    tab_to(window, "[name=name]")
    window.keyboard.type("Marco Bellini")
    tab_to(window, "[name=relation]")
    window.keyboard.type("We work")
    tab_to(window, "[name=role]")
    window.keyboard.type("Data scientist")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", level=1)).to_have_text("Thank you")
    look(window)
    assert window.evaluate("localStorage.length") == 0
    assert context.cookies() == []
    assert all(url.startswith((f"{served.url}/", "data:")) for url in asked)
    window.goto(link)
    expect(window.get_by_role("heading", level=1)).to_have_text("This review was given")
    look(window)
    assert run(served.home, served.url, READ) == "link Marco Bellini Data scientist [True] Clear, but the risk is thin. ✓"
