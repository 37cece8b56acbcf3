"""The model at an address on this machine, with the standard library only.

It listens on 127.0.0.1. A web page that somebody has open must not reach it: the names in Host and Origin are checked, and a
request needs a content type that a page can't send elsewhere unasked. Texts are redacted before the model sees them, and no
text, path or header that was sent is ever logged.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
import socket
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socketserver import TCPServer
from threading import BoundedSemaphore, Thread
from typing import Any, Self

from feedback_lab.errors import LabError
from feedback_lab.serve.asking import MAX_BODY, Refusal, schema, texts_of
from feedback_lab.serve.serving import Loader, ServedModel
from feedback_lab.serve.store import ModelStore

HOST = "127.0.0.1"
TIMEOUT = 10.0  # seconds without a byte
AT_ONCE = 32  # connections
Log = Callable[[str], None]
# What answers at an address: the body, and a note for the log.
Handle = Callable[[], tuple[dict[str, Any], str]]
Routes = dict[str, Handle]


class Endpoint:
    """A server that listens. ``token`` allows to roll back. Serve with ``serve_forever``, or in the background by ``with``."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._thread: Thread | None = None
        self.token = server.token
        self.port: int = server.server_address[1]
        self.url = f"http://{server.server_address[0]!s}:{self.port}"

    def serve_forever(self) -> None:
        """Answer until the process is stopped."""
        try:
            self._server.serve_forever()
        finally:
            self._server.server_close()

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        if self._thread is not None:
            self._thread.join()


def open_endpoint(
    store: ModelStore,
    loader: Loader,
    port: int = 0,
    host: str = HOST,
    other_hosts: Sequence[str] = (),
    log: Log | None = None,
    timeout: float = TIMEOUT,
) -> Endpoint:
    """Listen on ``host``; port 0 takes a free one. Requests are answered once it serves.

    ``other_hosts``: names by which other machines may call it; without one it listens on this machine only. Raises
    ``LabError`` for another host without that, where the port is taken, and where no version is in use.
    """
    if not _is_loopback(host) and not other_hosts:
        raise LabError(
            f"{host} can be reached from other machines.", "Use 127.0.0.1, or name the hosts by which it may be called."
        )
    served = ServedModel(store, loader)
    try:
        return Endpoint(_Server((host, port), served, frozenset({HOST, "localhost", *other_hosts}), log or _log, timeout))
    except (OSError, OverflowError) as fault:
        raise LabError(f"Can't listen on {host}, port {port}: {fault}.", "Choose another port.") from fault


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _log(line: str) -> None:
    logging.getLogger("feedback_lab.serve").info(line)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 2 * AT_ONCE  # the standard library's 5 makes the sixth of several callers wait a second

    def __init__(self, address: tuple[str, int], served: ServedModel, hosts: frozenset[str], log: Log, timeout: float) -> None:
        self.served = served
        self.hosts = hosts
        self.log = log
        self.token = secrets.token_urlsafe(24)
        self.patience = timeout
        self._places = BoundedSemaphore(AT_ONCE)
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server for the own name, as the standard library does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """One thread for each connection, up to ``AT_ONCE``."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
            return
        self.log("- - 503")
        request.sendall(b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection, then give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke: its kind only."""
        self.log(f"- - broken off: {_place_of_fault()}")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(self.server.patience)

    def version_string(self) -> str:
        return "feedback-lab"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the standard messages quote the request."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library refuses by itself, such as a broken request line, without quoting it."""
        self.close_connection = True
        self.request_version = self.protocol_version  # a broken request line gets a whole answer too
        self.server.log(f"- - {code}")
        self._reply(code, Refusal(code, "The request can't be understood.", "See GET /schema for what can be asked.").body())

    def do_GET(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # nobody reads a body here, and it must not be taken for the next request
        self._answer({"/schema": self._schema, "/health": self._health, "/version": self._version})

    def do_POST(self) -> None:
        self._answer({"/predict": self._predict, "/rollback": self._roll_back})

    def _answer(self, routes: Routes) -> None:
        begun = time.perf_counter()
        path = self.path.partition("?")[0]
        status, note = 200, ""
        try:
            self._check_origin()
            body, note = self._route(path, routes)()
        except Refusal as refusal:
            status, body = refusal.status, refusal.body()
        except LabError as fault:
            status, body = 409, Refusal(409, fault.message, fault.hint).body()
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            incident = secrets.token_hex(4)
            note = f"incident {incident}: {_place_of_fault()}"
            hint = f"Look for incident {incident} in its log."
            status, body = 500, Refusal(500, "This is a fault of the program.", hint).body()
        if status != 200:
            self.close_connection = True  # a body that was not read must not be taken for the next request
        known = path if path in _ROUTES else "-"
        self.server.log(f"{self.command} {known} {status} {(time.perf_counter() - begun) * 1000:.0f} ms {note}".rstrip())
        self._reply(status, body)

    def _route(self, path: str, routes: Routes) -> Handle:
        if path in routes:
            return routes[path]
        if path in _ROUTES:
            raise Refusal(405, "This address is asked by another method.", f"Use {_ROUTES[path]}.", "method")
        raise Refusal(404, "There is nothing at this address.", f"There are: {', '.join(_ROUTES)}.", "path")

    def _check_origin(self) -> None:
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or not self._is_own(hosts[0]):
            raise Refusal(403, "The request was meant for another host.", f"Call it as {HOST}:{self.server.server_port}.", "Host")
        origin = self.headers.get("Origin")
        if origin is not None and (not origin.startswith("http://") or not self._is_own(origin.removeprefix("http://"))):
            raise Refusal(403, "The request comes from a web page of another site.", "Call it from a program.", "Origin")

    def _is_own(self, host: str) -> bool:
        name, _, port = host.partition(":")
        return name.lower() in self.server.hosts and port in {"", str(self.server.server_port)}

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") is not None:
            raise Refusal(411, "The body comes in chunks.", "Send it whole, with Content-Length.", "Transfer-Encoding")
        lengths = self.headers.get_all("Content-Length") or ["0"]
        length = lengths[0].strip()
        if len(lengths) != 1 or not (length.isascii() and length.isdigit() and len(length) < 16):
            raise Refusal(400, "The length of the body is not one number.", "Send one Content-Length.", "Content-Length")
        if int(length) > MAX_BODY:
            raise Refusal(413, f"The body has more than {MAX_BODY:,} bytes.", "Send fewer or shorter texts at a time.", "body")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionError
        return body

    def _predict(self) -> tuple[dict[str, Any], str]:
        if self.headers.get_content_type() != "application/json":
            raise Refusal(415, "The body is not declared as JSON.", "Send Content-Type: application/json.", "Content-Type")
        texts = texts_of(self._body())
        version, predictions = self.server.served.ask(texts)
        return {"version": version, "predictions": predictions}, f"{len(texts)} texts {version}"

    def _roll_back(self) -> tuple[dict[str, Any], str]:
        given = (self.headers.get("Authorization") or "").removeprefix("Bearer ").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self.server.token.encode()):
            raise Refusal(
                401, "The token is missing or wrong.", "Send Authorization: Bearer and the token printed at the start.", "token"
            )
        self._body()
        version = self.server.served.roll_back()
        return {"version": version}, f"rolled back to {version}"

    def _schema(self) -> tuple[dict[str, Any], str]:
        served = self.server.served
        return schema(served.classes, served.version.name), ""

    def _health(self) -> tuple[dict[str, Any], str]:
        served = self.server.served
        version = served.version.name
        return {"status": "degraded" if served.fault else "ok", "version": version, "fault": served.fault}, ""

    def _version(self) -> tuple[dict[str, Any], str]:
        served = self.server.served
        version = served.version
        return {
            "version": version.name,
            "made_from": version.made_from,
            "metrics": version.metrics,
            "classes": served.classes,
            "used": served.store.used,
        }, ""

    def _reply(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        if self.close_connection:
            self._drain()

    def _drain(self) -> None:
        """Read a little of a body that was refused: a connection closed over unread bytes may cost the client its answer."""
        self.wfile.flush()
        self.connection.settimeout(0.2)
        try:
            self.connection.shutdown(socket.SHUT_WR)
            for _ in range(64):
                if not self.connection.recv(1 << 16):
                    break
        except OSError:
            pass  # it is gone, or has nothing more to say


_ROUTES = {"/predict": "POST", "/schema": "GET", "/health": "GET", "/version": "GET", "/rollback": "POST"}


def _place_of_fault() -> str:
    """Kind and place of the fault under way. Its message is left out: it may quote a text."""
    kind, _, trace = sys.exc_info()
    last = traceback.extract_tb(trace)[-1:]
    place = f" at {last[0].filename.rpartition('/')[2]}:{last[0].lineno} in {last[0].name}" if last else ""
    return f"{kind.__name__ if kind else 'unknown'}{place}"
