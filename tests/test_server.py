from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from segue.core.errors import UserError
from segue.server import ask_health, serve
from segue.vault.backup import kept_backups
from segue.vault.locks import FolderInUse, Holder, hold_folder, without_workers
from tests.vault.conftest import empty_home, home, learner, migrated

__all__ = ["empty_home", "home", "learner", "migrated"]  # fixtures

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes and signals are another matter on Windows")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def own_environment(home: Path) -> dict[str, str]:
    """What somebody's terminal says to a program, with a data folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SEGUE", "DJANGO"))}
    return environment | {"SEGUE_HOME": str(home)}


def begin(home: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """``segue`` with these arguments and variables, as somebody types it."""
    return subprocess.Popen(
        [sys.executable, "-m", "segue", *arguments],
        cwd=ROOT,
        env=own_environment(home) | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def segue(home: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code, and what was said."""
    process = begin(home, *arguments)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


class Running:
    """A Segue that listens."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.process = begin(home, "start", "--no-browser", "--port", str(self.port))
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
            return str(response.read().decode())

    def stop(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts Segue on a data folder."""
    running: list[Running] = []

    def begin_it(name: str = "home") -> Running:
        running.append(Running(tmp_path / name))
        return running[-1]

    yield begin_it
    for one in running:
        if one.process.poll() is None:
            one.stop(signal.SIGKILL)


# --- from nothing to a page, and down again ---------------------------------------------------------------------------------


def test_from_nothing_to_a_page_and_down_again(start: Callable[..., Running]) -> None:
    one = start()
    assert one.said == f"Segue is at http://127.0.0.1:{one.port}/ - stop it with Ctrl-C\n"
    assert json.loads(one.get("/health/"))["product"] == "segue"
    assert "<h1>" in one.get("/data/")
    assert (one.home / "segue.sqlite3").exists()
    assert [path.name[:6] for path in (one.home / "backups").iterdir()] == ["daily-"]
    assert one.stop() == (0, "\nSegue has stopped.\n", "")
    with without_workers(one.home), hold_folder(one.home, "restore"):
        pass  # nobody uses the folder any more


def test_a_second_one_joins_the_first(start: Callable[..., Running]) -> None:
    one = start()
    code, out, err = segue(one.home, "start", "--no-browser", "--port", str(free_port()))
    assert (code, out, err) == (0, f"Segue is running already at http://127.0.0.1:{one.port}/\n", "")
    code, _, err = segue(one.home, "restore", str(one.home / "backups"))
    assert code == 2
    assert f"is used by another Segue (process {one.process.pid})" in err


def test_another_data_folder_needs_another_port(start: Callable[..., Running], tmp_path: Path) -> None:
    one = start()
    code, _, err = segue(tmp_path / "other", "start", "--no-browser", "--port", str(one.port))
    assert code == 2
    assert f"Port {one.port} is taken by another Segue, with another data folder." in err
    assert f"--port {one.port + 1}" in err


def test_an_export_goes_from_the_button_through_the_worker_to_the_download(start: Callable[..., Running]) -> None:
    one = start()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    address = f"http://127.0.0.1:{one.port}"
    with browser.open(f"{address}/data/", timeout=30) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert token
    with browser.open(f"{address}/data/export/", f"csrfmiddlewaretoken={token[1]}".encode(), timeout=30) as page:
        job, shown = page.url, page.read().decode()
    until = time.monotonic() + 60
    while "is ready" not in shown and time.monotonic() < until:
        shown = one.get(job.removeprefix(address))
    download = re.search(r'href="([^"]+/download/)"', shown)
    assert download, shown
    with browser.open(address + download[1], timeout=30) as file:
        assert "export.json" in zipfile.ZipFile(io.BytesIO(file.read())).namelist()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_ends_in_order(start: Callable[..., Running], how: signal.Signals) -> None:
    one = start()
    assert one.stop(how) == (0, "\nSegue has stopped.\n", "")


def test_killed_it_takes_its_worker_along_and_starts_again(start: Callable[..., Running]) -> None:
    one = start()
    one.stop(signal.SIGKILL)
    with without_workers(one.home, patience=60):
        pass
    two = start()
    assert two.process.poll() is None
    assert json.loads(two.get("/health/"))["product"] == "segue"


def test_only_loopback_is_served(start: Callable[..., Running]) -> None:
    one = start()
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.2", one.port), timeout=5):
        pass
    request = urllib.request.Request(f"http://127.0.0.1:{one.port}/data/", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=30)
    assert caught.value.code == 400
    caught.value.close()


# --- what stands in the way -------------------------------------------------------------------------------------------------


def test_a_port_that_another_program_has(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, out, err = segue(tmp_path / "home", "start", "--no-browser", "--port", str(port))
    assert (code, out) == (2, "")
    assert f"Port {port} is taken by another program." in err
    assert f"segue start --port {port + 1}" in err


def test_a_damaged_database_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "segue.sqlite3").write_bytes(b"not a database at all" * 500)
    code, out, err = segue(tmp_path, "start", "--no-browser", "--port", str(free_port()))
    assert (code, out) == (2, "")
    assert f"The database {tmp_path / 'segue.sqlite3'} is damaged or no database. It was left as it is." in err
    assert (tmp_path / "segue.sqlite3").read_bytes() == b"not a database at all" * 500
    assert "Traceback" not in err


def test_without_todays_backup_it_starts_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "backups").write_text("in the way")
    monkeypatch.setattr("segue.server._listen", lambda port: None)
    monkeypatch.setattr("segue.server._run", lambda server, port, **more: 0)
    assert serve(home, 8765, open_browser=False) == 0
    assert "There is no backup of today" in capsys.readouterr().err
    assert kept_backups() == []


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.0 200 OK\r\n\r\nhello", b"HTTP/1.0 200 OK\r\n\r\n[]", b'HTTP/1.0 200 OK\r\n\r\n{"product": 1}']
)
def test_who_is_not_segue_has_no_health(said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        child = os.fork()
        if not child:
            connection, _ = other.accept()
            connection.recv(1000)
            connection.sendall(said)
            connection.close()
            os._exit(0)
        assert ask_health(other.getsockname()[1]) == {}
        os.waitpid(child, 0)


def test_one_that_is_just_starting_is_waited_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from segue.vault.queries import home_mark

    asked: list[int] = []

    def health(port: int) -> dict[str, str]:
        asked.append(port)
        return {"home": home_mark()} if len(asked) > 2 else {}

    monkeypatch.setattr("segue.server.ask_health", health)
    with hold_folder(home, "start") as tell_port:
        monkeypatch.setattr("time.sleep", lambda _: tell_port(8123))
        assert serve(home, 8765, open_browser=False) == 0
    assert asked == [8123] * 3
    assert "running already at http://127.0.0.1:8123/" in capsys.readouterr().out


def test_one_that_is_not_heard_of_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    monkeypatch.setattr("time.sleep", lambda _: None)
    with hold_folder(home, "start"), pytest.raises(FolderInUse) as caught:
        serve(home, 8765, open_browser=False)
    assert caught.value.holder == Holder("start", os.getpid(), 0)
    assert isinstance(caught.value, UserError)
