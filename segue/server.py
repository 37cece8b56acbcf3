"""``segue start``: from nothing to a page in the browser, and down again without losing anything."""

from __future__ import annotations

import errno
import http.client
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segue.commands import set_up
from segue.core.errors import UserError

if TYPE_CHECKING:
    from waitress.server import BaseWSGIServer

# This machine alone, also where others reach Segue: a proxy in front of it sees to certificates, and nobody comes around it.
HOST = "127.0.0.1"
THREADS = 6
# What that proxy is believed: where a request comes from, which guesses are counted by, and whether it came by https. waitress
# takes the last address it is told, the one that the proxy saw, and drops what anybody else says.
BEHIND_PROXY: dict[str, Any] = {
    "trusted_proxy": HOST,
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
}
PATIENCE = 10.0  # seconds that a Segue which is just starting is waited for
PAUSE_BEFORE_NEW_WORKER = 5.0
HEALTH_SECONDS = 10.0  # a busy machine may be slow to say who is there; only what never answers costs the whole of it

logger = logging.getLogger("segue.server")


def start(arguments: Namespace) -> int:
    """Serves Segue until it is stopped. Nobody looks at the screen of a server, so no browser is opened there."""
    from django.conf import settings

    home = set_up()
    return serve(home, arguments.port, open_browser=not arguments.no_browser and not settings.PUBLIC_URL)


def serve(home: Path, port: int, *, open_browser: bool, fill: Callable[[], None] | None = None) -> int:
    """Serves a data folder. ``fill`` puts something into the new database first, as the demo does."""
    from segue.vault.locks import FolderInUse, hold_folder
    from segue.vault.staging import mendable

    try:
        with mendable(home), hold_folder(home, "start") as tell_port:
            _prepare(fill)
            server = _listen(port)
            tell_port(port)
            return _run(server, port, open_browser=open_browser)
    except FolderInUse as error:
        return _join(error, home, open_browser=open_browser)


def _prepare(fill: Callable[[], None] | None) -> None:
    from segue.jobs.actions import reap
    from segue.vault import upkeep

    upkeep.check_room()
    upkeep.remove_leftovers()
    if fill is not None:
        upkeep.begin_anew()
    upkeep.bring_up_to_date()
    if fill is not None:
        fill()
    try:
        upkeep.back_up_today()
    except UserError as error:  # better to work without today's backup than not at all
        print(f"There is no backup of today: {error}", file=sys.stderr)
    reap(timedelta(0))  # nobody else works here: what is running belonged to a worker that was killed


# --- listening --------------------------------------------------------------------------------------------------------------


def _listen(port: int) -> BaseWSGIServer:
    from django.conf import settings
    from waitress.server import create_server

    from segue.wsgi import application

    # Asked first, because Windows would let two programs listen on one port.
    if _answers(port):
        raise _port_taken(port)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        proxy = BEHIND_PROXY if settings.PUBLIC_URL else {}
        return create_server(
            application, host=HOST, port=port, threads=THREADS, ident="segue", clear_untrusted_proxy_headers=True, **proxy
        )
    except OSError as error:
        if error.errno == errno.EACCES:
            raise UserError(f"You may not listen on port {port}.", "Choose one above 1024: segue start --port 8765.") from error
        raise _port_taken(port) from error


def _answers(port: int) -> bool:
    import socket

    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


def _port_taken(port: int) -> UserError:
    other = ask_health(port)
    who = "another Segue, with another data folder" if other else "another program"
    return UserError(f"Port {port} is taken by {who}.", f"Stop it, or choose another port: segue start --port {port + 1}.")


def ask_health(port: int) -> dict[str, Any]:
    """What the Segue on a port says of itself; empty where there is none."""
    connection = http.client.HTTPConnection(HOST, port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", "/health/")
        said = json.loads(connection.getresponse().read(4096))
        return said if isinstance(said, dict) and said.get("product") == "segue" else {}
    except (OSError, http.client.HTTPException, ValueError):
        return {}
    finally:
        connection.close()


def _join(error: Any, home: Path, *, open_browser: bool) -> int:
    """The folder is in use: where a Segue serves it, that one is opened."""
    from segue.vault.locks import holder_of
    from segue.vault.queries import home_mark

    holder, until = error.holder, time.monotonic() + PATIENCE
    while holder.purpose == "start" and time.monotonic() < until:
        if holder.port and ask_health(holder.port).get("home") == home_mark():
            print(f"Segue is running already at {_where(holder.port)}")
            if open_browser:
                _open_browser(_url(holder.port))
            return 0
        time.sleep(0.2)
        holder = holder_of(home)
    raise error


# --- running ----------------------------------------------------------------------------------------------------------------


def _run(server: BaseWSGIServer, port: int, *, open_browser: bool) -> int:
    try:
        _listen_to_signals()
        print(f"Segue is at {_where(port)} - stop it with Ctrl-C", flush=True)
        if open_browser:
            _open_browser(_url(port))
        with _worker():
            server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    print("\nSegue has stopped.")
    return 0


def _listen_to_signals() -> None:
    """Being told to end, or losing the terminal, is like Ctrl-C."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _where(port: int) -> str:
    """Where people find it; where others reach it too, also what the proxy in front has to ask."""
    from django.conf import settings

    return f"{settings.PUBLIC_URL}/, for a proxy that asks {_url(port)}" if settings.PUBLIC_URL else _url(port)


def _url(port: int) -> str:
    return f"http://{HOST}:{port}/"


def _open_browser(url: str) -> None:
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


@contextmanager
def _worker() -> Iterator[None]:
    """A worker beside the server; a new one where it dies. It ends with us, also when we are killed: its input ends then."""
    over = threading.Event()
    process = [_new_worker()]

    def mind() -> None:
        while not over.is_set():
            process[0].wait()
            if over.wait(PAUSE_BEFORE_NEW_WORKER):
                return
            logger.warning("the worker ended with %s; starting a new one", process[0].returncode)
            _take_back_its_job()
            process[0] = _new_worker()

    minder = threading.Thread(target=mind, daemon=True)
    minder.start()
    try:
        yield
    finally:
        over.set()
        _end(process[0])


def _take_back_its_job() -> None:
    """What a worker that died was doing waits for the next one at once, not only when its silence is noticed."""
    from django.db import DatabaseError, connections

    from segue.jobs.actions import reap

    try:
        reap(timedelta(0))
    except DatabaseError:
        logger.warning("the job of the worker that ended is taken back later", exc_info=True)
    finally:
        connections.close_all()


def _new_worker() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    # In a session of its own, so that Ctrl-C reaches us alone and we end it in order. -P: a file called segue.py may lie here.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "segue", "worker", "--with-parent"],
        stdin=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
        start_new_session=sys.platform != "win32",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
