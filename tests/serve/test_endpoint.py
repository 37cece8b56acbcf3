from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from feedback_lab.errors import LabError
from feedback_lab.serve import Endpoint, ModelStore, open_endpoint
from feedback_lab.serve.asking import MAX_BODY
from feedback_lab.serve.endpoint import AT_ONCE
from tests.serve.samples import Keywords, load, store

SECRET = "zanzibar"
JSON = {"Content-Type": "application/json"}


@dataclass
class Site:
    """An endpoint that listens, its store, and what it logged."""

    endpoint: Endpoint
    store: ModelStore
    log: list[str]

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Status and JSON of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.endpoint.port, timeout=20)
        try:
            content = json.dumps(body) if isinstance(body, dict) else body
            connection.request(method, path, content, headers if headers is not None else JSON)
            response = connection.getresponse()
            text = response.read()
            assert response.getheader("Content-Type") == "application/json; charset=utf-8"
            return response.status, json.loads(text)
        finally:
            connection.close()

    def raw(self, sent: bytes) -> bytes:
        """All that comes back for these bytes."""
        with socket.create_connection(("127.0.0.1", self.endpoint.port), timeout=20) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            while piece := connection.recv(65536):
                received += piece
            return received


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The second version, listening on a free port."""
    log: list[str] = []
    found = store(tmp_path)
    with open_endpoint(found, load, log=log.append) as endpoint:
        yield Site(endpoint, found, log)


def test_it_labels_texts(site: Site) -> None:
    status, answer = site.ask("POST", "/predict", {"texts": ["a charge", "my parcel, mail anna.smith@example.com"]})
    assert status == 200
    assert answer == {
        "version": "v0002",
        "predictions": [
            {"label": "billing", "confidence": 0.9, "redacted": False},
            {"label": "delivery", "confidence": 0.9, "redacted": True},
        ],
    }


def test_it_tells_about_itself(site: Site) -> None:
    assert site.ask("GET", "/health") == (200, {"status": "ok", "version": "v0002", "fault": ""})
    assert site.ask("GET", "/version") == (
        200,
        {
            "version": "v0002",
            "made_from": "run 2",
            "metrics": {"macro_f1": 0.72},
            "classes": ["billing", "delivery", "other"],
            "used": ["v0001", "v0002"],
        },
    )
    status, schema = site.ask("GET", "/schema")
    assert status == 200
    label = schema["$defs"]["answer"]["properties"]["predictions"]["items"]["properties"]["label"]
    assert label == {"enum": ["billing", "delivery", "other"]}


def test_rolling_back_needs_the_token(site: Site) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}, {"Authorization": "Bearer \xe9"}):
        status, answer = site.ask("POST", "/rollback", headers=headers)
        assert (status, answer["error"]["at"]) == (401, "token")
    assert site.store.current == "v0002"
    token = {"Authorization": f"Bearer {site.endpoint.token}"}
    assert site.ask("POST", "/rollback", headers=token) == (200, {"version": "v0001"})
    assert site.ask("POST", "/predict", {"texts": ["a charge"]})[1]["version"] == "v0001"
    status, answer = site.ask("POST", "/rollback", headers=token)
    assert status == 409
    assert "no earlier version" in answer["error"]["message"]
    assert site.endpoint.token not in "\n".join(site.log)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "at"),
    [
        ("POST", "/predict", f'{{"texts": ["{SECRET}"', JSON, 400, "line 1, column 22"),
        ("POST", "/predict", {"texts": [SECRET, ""]}, JSON, 400, "texts[1]"),
        ("POST", "/predict", {"texts": [SECRET]}, {"Content-Type": "text/plain"}, 415, "Content-Type"),
        ("POST", "/predict", {"texts": [SECRET]}, {}, 415, "Content-Type"),
        ("POST", "/predict", {"texts": [SECRET]}, {**JSON, "Host": "evil.example"}, 403, "Host"),
        ("POST", "/predict", {"texts": [SECRET]}, {**JSON, "Host": "127.0.0.1.evil.example"}, 403, "Host"),
        ("POST", "/predict", {"texts": [SECRET]}, {**JSON, "Host": "localhost:1"}, 403, "Host"),
        ("POST", "/predict", {"texts": [SECRET]}, {**JSON, "Origin": "https://evil.example"}, 403, "Origin"),
        ("POST", "/predict", {"texts": [SECRET]}, {**JSON, "Origin": "null"}, 403, "Origin"),
        ("POST", "/predict", b"x" * (MAX_BODY + 1), JSON, 413, "body"),
        ("POST", "/predict", b"", {**JSON, "Content-Length": "99999999999999999999"}, 400, "Content-Length"),
        ("POST", "/predict", b"", {**JSON, "Content-Length": "-5"}, 400, "Content-Length"),
        ("POST", "/predict", b"", {**JSON, "Content-Length": "1_0"}, 400, "Content-Length"),
        ("POST", "/predict", b"", {**JSON, "Transfer-Encoding": "chunked"}, 411, "Transfer-Encoding"),
        ("GET", f"/../../etc/{SECRET}", None, {}, 404, "path"),
        ("GET", f"/%2e%2e/%2e%2e/etc/{SECRET}", None, {}, 404, "path"),
        ("GET", f"/schema/../{SECRET}", None, {}, 404, "path"),
        ("GET", f"//evil.example/{SECRET}", None, {}, 404, "path"),
        ("GET", "/predict", None, {}, 405, "method"),
        ("POST", "/schema", {"texts": [SECRET]}, JSON, 405, "method"),
        ("PUT", f"/{SECRET}", {"texts": [SECRET]}, JSON, 501, ""),
        ("OPTIONS", "/predict", None, {"Origin": "https://evil.example"}, 501, ""),
    ],
)
def test_hostile_input_gets_a_clear_answer_and_is_never_repeated(
    site: Site, method: str, path: str, body: Any, headers: dict[str, str], status: int, at: str
) -> None:
    found, answer = site.ask(method, path, body, headers)
    assert (found, answer["error"]["at"]) == (status, at)
    assert answer["error"]["hint"]
    assert SECRET not in json.dumps(answer)
    assert SECRET not in "\n".join(site.log)
    assert site.ask("GET", "/health")[0] == 200  # it is still there


@pytest.mark.parametrize(
    ("sent", "starts"),
    [
        (b"zanzibar\r\n\r\n", b"HTTP/1.1 400"),
        (b"GET /health HTTP/1.1\r\n\r\n", b"HTTP/1.1 403"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"HTTP/1.1 403"),
        (b"GET /" + b"z" * 70_000 + b" HTTP/1.1\r\n\r\n", b"HTTP/1.1 414"),
        (b"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\nzanz", b""),
    ],
)
def test_bytes_that_are_hardly_http(site: Site, sent: bytes, starts: bytes) -> None:
    received = site.raw(sent)
    assert received.startswith(starts) if starts else received == b""
    assert b"zanzibar" not in received
    assert "zanz" not in "\n".join(site.log)
    assert site.ask("GET", "/health")[0] == 200


def test_a_body_where_none_belongs_is_not_the_next_request(site: Site) -> None:
    hidden = b"GET /zanzibar HTTP/1.1\r\nHost: localhost\r\n\r\n"
    received = site.raw(b"GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(hidden) + hidden)
    assert received.count(b"HTTP/1.1") == 1
    assert len(site.log) == 1


def test_more_connections_than_places_are_sent_away(site: Site) -> None:
    idle = [socket.create_connection(("127.0.0.1", site.endpoint.port), timeout=20) for _ in range(AT_ONCE)]
    try:
        with socket.create_connection(("127.0.0.1", site.endpoint.port), timeout=20) as late:
            assert late.recv(100).startswith(b"HTTP/1.1 503")
    finally:
        for connection in idle:
            connection.close()


def test_eight_threads_at_once(site: Site) -> None:
    def ask(at: int) -> list[str]:
        texts = [f"a charge, number {at}" if (at + place) % 2 else f"parcel {at}" for place in range(20)]
        status, answer = site.ask("POST", "/predict", {"texts": texts})
        assert status == 200
        return [each["label"] for each in answer["predictions"]]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(64)))
    assert found == [["billing" if (at + place) % 2 else "delivery" for place in range(20)] for at in range(64)]


def test_one_connection_may_ask_several_times(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.endpoint.port, timeout=20)
    for _ in range(3):
        connection.request("POST", "/predict", json.dumps({"texts": ["a charge"]}), JSON)
        assert json.loads(connection.getresponse().read())["predictions"][0]["label"] == "billing"
    connection.close()


def test_nothing_of_a_text_gets_into_the_log_or_onto_the_screen(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    site.ask("POST", "/predict", {"texts": [f"a charge for {SECRET}", "call +44 20 7946 0958"]})
    site.ask("GET", f"/schema?q={SECRET}", headers={"User-Agent": SECRET, "Referer": SECRET})
    assert [line.split(" ms")[0].rsplit(" ", 1)[0] for line in site.log] == ["POST /predict 200", "GET /schema 200"]
    assert site.log[0].endswith("2 texts v0002")
    assert SECRET not in "\n".join(site.log)
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_the_model_is_an_incident_without_the_text(tmp_path: Path) -> None:
    class Broken(Keywords):
        def predict(self, texts):  # type: ignore[no-untyped-def]
            raise ValueError(f"can't read {texts[0]}")

    log: list[str] = []
    with open_endpoint(store(tmp_path), lambda folder, _: Broken({"a": "x", "b": "y"}), log=log.append) as endpoint:
        status, answer = Site(endpoint, ModelStore(tmp_path), log).ask("POST", "/predict", {"texts": [SECRET]})
    assert status == 500
    incident = answer["error"]["hint"].split()[3]
    assert f"incident {incident}: ValueError at test_endpoint.py" in log[0]
    assert SECRET not in log[0] + json.dumps(answer)


def test_a_connection_that_says_nothing_is_closed(tmp_path: Path) -> None:
    with (
        open_endpoint(store(tmp_path), load, timeout=0.05) as endpoint,
        socket.create_connection(("127.0.0.1", endpoint.port), timeout=20) as connection,
    ):
        connection.sendall(b"POST /predict HTTP/1.1\r\nHost: localhost\r\n")
        assert connection.recv(100) == b""


def test_it_listens_on_this_machine_only_unless_hosts_are_named(tmp_path: Path) -> None:
    found = store(tmp_path)
    for host in ("0.0.0.0", "192.0.2.1", "example.com"):
        with pytest.raises(LabError, match="other machines"):
            open_endpoint(found, load, host=host)
    with open_endpoint(found, load, other_hosts=["lab.internal"]) as endpoint:
        site = Site(endpoint, found, [])
        assert site.ask("GET", "/health", headers={"Host": f"lab.internal:{endpoint.port}"})[0] == 200
        assert site.ask("GET", "/health", headers={"Host": "evil.example"})[0] == 403


def test_a_port_that_is_taken(site: Site) -> None:
    with pytest.raises(LabError, match="Choose another port"):
        open_endpoint(site.store, load, port=site.endpoint.port)


def test_a_damaged_version_shows_in_health(site: Site) -> None:
    site.store.use("v0001")
    (site.store.folder / "v0001" / "model" / "model.json").write_text("{}")
    status, answer = site.ask("GET", "/health")
    assert (status, answer["status"], answer["version"]) == (200, "degraded", "v0002")
