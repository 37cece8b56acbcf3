"""An endpoint on this machine that stands in for a language model, and the way to it through the pages."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client

from segue.jobs.models import Job
from segue.work.lab.models import Analysis, EvalRun
from segue.work.lab.queries.marks import eval_set_of
from tests.browsing import Page, press, visit

KEY = "sk-zanzibar-4711"
Answer = Callable[[str], tuple[int, str]]


class Fake(ThreadingHTTPServer):
    """An OpenAI-compatible endpoint on this machine, which answers by a function of the text."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answer: Answer = by_keyword
        self.got: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), FakeHandler)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def texts(self) -> list[str]:
        """What it was asked about."""
        return [each["messages"][1]["content"] for each in self.got]


class FakeHandler(BaseHTTPRequestHandler):
    """Chat completions."""

    server: Fake

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def do_POST(self) -> None:
        """One completion."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append({"key": self.headers["Authorization"], **body})
        status, content = self.server.answer(body["messages"][1]["content"])
        usage = {"prompt_tokens": 100, "completion_tokens": 2}
        sent = json.dumps({"choices": [{"message": {"content": content}}], "usage": usage}).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", content)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)


def by_keyword(text: str) -> tuple[int, str]:
    words = {"parcel": "delivery", "courier": "delivery", "delivery": "delivery", "fabric": "fabric", "cotton": "fabric"}
    words |= {"size": "size", "Sizes": "size"}
    return 200, next((label for word, label in words.items() if word in text), "service")


@pytest.fixture
def fake() -> Iterator[Fake]:
    server = Fake()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that a socket of this process is connected to."""
    found: list[Any] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        found.append(address)
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return found


@pytest.fixture
def aside(page: Client, hand: Analysis) -> Analysis:
    press(page, visit(page, f"/lab/{hand.pk}/gate/"), "Put these rows aside", reason="As good as now.")
    return hand


def fill(page: Client, analysis: Analysis, url: str, **typed: object) -> Page:
    shown = visit(page, f"/lab/{analysis.pk}/gate/endpoint/")
    named = {"name": "some-model", **typed}
    return press(page, shown, "Look at what would leave", "", url=url, **named)


def send(page: Client, shown: Page, key: str = KEY, leave: str | None = "on") -> Page:
    return press(page, shown, "Send these texts", key=key, leave=leave)


def newest(analysis: Analysis) -> EvalRun:
    found = eval_set_of(analysis)
    assert found is not None
    return found.runs.first() or pytest.fail("no verdict")


def last_job() -> Job:
    return Job.objects.filter(kind="judge-endpoint").latest("pk")
