"""The command ``serve``, as a process that is asked over loopback and stopped with Ctrl-C."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feedback_lab.cli import main
from tests.feedback import write_shop

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the model of a finished run answers."""
    folder = tmp_path_factory.mktemp("shop")
    assert main(["train", str(write_shop(folder / "shop.csv")), "--run", str(folder / "run"), "--quiet"]) == 0
    command = [sys.executable, "-m", "feedback_lab", "serve", str(folder / "run"), "--port", "0"]
    # A shell gives its background jobs a Ctrl-C that does nothing, and a process hands that on: this one is to feel it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found
    yield found[0]
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "parcel" not in said, "a text got into the log"


def asked(address: str, path: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_the_model_answers(address: str) -> None:
    texts = ["The parcel arrived two weeks late. Write to me@example.com", "Such a soft fabric against the skin"]
    found = asked(address, "/predict", {"texts": texts})
    assert found["version"] == "v0001"
    assert [each["label"] for each in found["predictions"]] == ["delivery", "fabric"]
    assert [each["redacted"] for each in found["predictions"]] == [True, False]


def test_the_schema_names_the_classes(address: str) -> None:
    assert "delivery" in json.dumps(asked(address, "/schema"))
    assert asked(address, "/version")["version"] == "v0001"
