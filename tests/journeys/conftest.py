"""The real program in a folder of its own, and a real browser in front of it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.chromium import chromium

START_SECONDS = 60


@dataclass
class Program:
    """Segue, started as its user starts it. ``day`` is the clock; it moves only while the program is stopped, as clocks do."""

    home: Path
    port: int
    day: date
    command: tuple[str, ...] = ("start",)
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "segue", *self.command, "--no-browser", "--port", str(self.port)]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("SEGUE_", "DJANGO_"))}
        environment |= {"SEGUE_HOME": str(self.home), "SEGUE_TODAY": self.day.isoformat()}
        with (self.home.parent / "program.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/health/", timeout=1):
                    return
            except OSError:
                assert self.process is not None
                assert self.process.poll() is None, (self.home.parent / "program.log").read_text()
                time.sleep(0.05)
        raise AssertionError("Segue did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None

    def move_to(self, day: date) -> None:
        """Stops, sets the clock, starts again."""
        self.stop()
        self.day = day
        self.start()


@pytest.fixture
def program(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    """Segue on the Monday of the tests: with nothing in it, or started by the command that the test names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path / "home"
    home.mkdir()
    running = Program(home, port, date(2026, 11, 23), getattr(request, "param", ("start",)))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the journeys of a file."""
    with chromium() as running:
        yield running


REFUSED = re.compile(r"responded with a status of (?:400|422)\b")


def is_complaint(message: ConsoleMessage) -> bool:
    """Whether the console tells of a fault; that a page which is not there was not there is none, nor that input was refused."""
    known = message.location["url"].endswith("/no-such-page/") or REFUSED.search(message.text) is not None
    return message.type == "error" and not known


@pytest.fixture
def visit(browser: Browser, program: Program) -> Iterator[Callable[..., Page]]:
    """Opens a window. When the journey ends, no page may have complained or asked anybody else for anything."""
    complaints: list[str] = []
    foreign: list[str] = []
    contexts = []

    def open_window(width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=program.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(f"{page.url}: {m.text}") if is_complaint(m) else None)
        page.on("pageerror", lambda e: complaints.append(f"{page.url}: {e}"))
        page.on("request", lambda r: foreign.append(r.url) if not re.match(rf"{program.url}/|data:|blob:", r.url) else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not complaints
    assert not foreign


def look(page: Page) -> None:
    """What a careful reader would look for on any page: no fault that axe-core knows, nothing wider than the window."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
