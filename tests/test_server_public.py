"""Segue where others reach it: served behind a proxy on this machine, under a name, with people who sign in."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from segue.shared.attempts import MOST
from tests.test_server import ROOT, begin, free_port, own_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes and signals are another matter on Windows")
PASSWORD = "a staple for seven mornings"


class Served:
    """A Segue with a public address, asked as a proxy in front of it would ask."""

    def __init__(self, home: Path, scheme: str, host: str) -> None:
        self.home, self.scheme, self.port = home, scheme, free_port()
        self.url = f"{scheme}://{host}:{self.port}"
        self.process = begin(home, "start", "--no-browser", "--port", str(self.port), SEGUE_PUBLIC_URL=self.url)
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        self.cookies: dict[str, str] = {}
        self.log = ""

    def ask(
        self, path: str, data: Mapping[str, str] | None = None, *, host: str = "", client: str = "192.0.2.7", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """Status, headers and page. A name with ``_`` in it stands for a header with ``-``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": host or f"segue.test:{self.port}", "X-Forwarded-For": client, "X-Forwarded-Proto": self.scheme}
        sent |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if data is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            body = None if data is None else urlencode(data)
            connection.request("GET" if data is None else "POST", path, body, {n: v for n, v in sent.items() if v})
            answer = connection.getresponse()
            self.cookies |= {m[1]: m[2] for c in answer.headers.get_all("Set-Cookie", []) if (m := re.match(r"(\w+)=([^;]*)", c))}
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def sign_in(self, name: str, password: str, client: str = "192.0.2.7", **headers: str) -> int:
        """The status with which name and password are answered."""
        _, _, page = self.ask("/account/sign-in/", None, client=client, **headers)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        data = {"csrfmiddlewaretoken": token[1] if token else "", "username": name, "password": password}
        return self.ask("/account/sign-in/", data, client=client, **headers)[0]


@contextmanager
def serve(home: Path, scheme: str = "http", host: str = "segue.test") -> Iterator[Served]:
    """A Segue that is stopped at the end, in order."""
    one = Served(home, scheme, host)
    try:
        yield one
        one.process.send_signal(signal.SIGINT)
        out, one.log = one.process.communicate(timeout=60)
        assert (one.process.returncode, out) == (0, "\nSegue has stopped.\n")
    finally:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


def with_password(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command that reads a password from its input."""
    command = [sys.executable, "-m", "segue", *arguments, "--password-stdin"]
    environment = own_environment(home)
    return subprocess.run(command, cwd=ROOT, env=environment, input=f"{PASSWORD}\n", capture_output=True, text=True, timeout=60)


def test_people_are_added_and_sign_in_under_the_public_name(tmp_path: Path) -> None:
    with serve(tmp_path) as one:
        assert one.said == f"Segue is at {one.url}/, for a proxy that asks http://127.0.0.1:{one.port}/ - stop it with Ctrl-C\n"
        health = json.loads(one.ask("/health/", host=f"127.0.0.1:{one.port}")[2])
        assert health["product"] == "segue"
        assert one.ask("/", host="evil.example")[0] == 400
        status, headers, _ = one.ask("/plan/")
        assert (status, headers["Location"]) == (302, "/account/sign-in/?next=%2Fplan%2F")
        assert with_password(tmp_path, "add-person", "anna").returncode == 0
        assert one.sign_in("anna", "wrong") == 200
        assert one.sign_in("anna", PASSWORD) == 302
        assert one.ask("/start/")[0] == 200
        again = begin(tmp_path, "start", "--no-browser", "--port", str(free_port()), SEGUE_PUBLIC_URL=one.url)
        assert f"Segue is running already at {one.url}/" in again.communicate(timeout=60)[0]


def test_guesses_are_counted_by_the_address_that_the_proxy_saw(tmp_path: Path) -> None:
    with serve(tmp_path) as one:
        assert with_password(tmp_path, "add-person", "anna").returncode == 0
        # What somebody claims of themself stands before what the proxy saw, and changes nothing.
        statuses = [one.sign_in("anna", "wrong", client=f"198.51.100.{i}, 192.0.2.7") for i in range(MOST)]
        assert set(statuses) == {200}
        assert one.sign_in("anna", PASSWORD, client="203.0.113.9, 192.0.2.7") == 429
        assert one.sign_in("anna", PASSWORD, client="192.0.2.8") == 302


def test_behind_https_nothing_travels_without_it(tmp_path: Path) -> None:
    with serve(tmp_path, "https") as one:
        _, headers, _ = one.ask("/account/sign-in/")
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "; Secure" in headers["Set-Cookie"]
        assert with_password(tmp_path, "add-person", "anna").returncode == 0
        assert one.sign_in("anna", PASSWORD) == 302
        # A proxy that does not say how it was asked still lets people sign in.
        assert one.sign_in("anna", PASSWORD, X_Forwarded_Proto="") == 302


def test_who_worked_alone_finds_their_programme_on_the_server(tmp_path: Path) -> None:
    alone = begin(tmp_path, "start", "--no-browser", "--port", str(free_port()))
    assert alone.stdout is not None
    assert "127.0.0.1" in alone.stdout.readline()
    alone.send_signal(signal.SIGINT)
    alone.communicate(timeout=60)
    with_learner = begin(tmp_path, "today")
    assert "There is no plan yet" in with_learner.communicate(timeout=60)[1]
    assert with_password(tmp_path, "set-password").returncode == 0
    with serve(tmp_path) as one:
        assert one.sign_in("me", PASSWORD) == 302
        assert one.ask("/start/")[0] == 200


def test_an_address_that_is_none_is_told_before_anything_is_made(tmp_path: Path) -> None:
    process = begin(tmp_path / "home", "start", "--no-browser", SEGUE_PUBLIC_URL="segue.example.org")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "SEGUE_PUBLIC_URL does not begin with https:// or http://." in err
    assert "https://segue.example.org" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("known", ["", "http://segue.test"])
def test_a_demo_has_no_public_address(known: str) -> None:
    code = "from segue import settings as s; print(s.SINGLE_USER, repr(s.PUBLIC_URL), s.ALLOWED_HOSTS)"
    command = [sys.executable, "-c", f"import os; os.environ.update(SEGUE_DEMO='1', SEGUE_PUBLIC_URL='{known}'); {code}"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
    assert said == "True '' ['127.0.0.1', 'localhost', '[::1]']\n"


def test_error_pages_for_developers_are_never_public(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from segue import settings; print(settings.DEBUG)"]
    told = {"SEGUE_PUBLIC_URL": "https://segue.example.org", "SEGUE_DEBUG": "1"}
    for more, debug in ((told, "False"), ({"SEGUE_DEBUG": "1"}, "True")):
        environment = own_environment(tmp_path) | more
        said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True)
        assert said.stdout == f"{debug}\n"
