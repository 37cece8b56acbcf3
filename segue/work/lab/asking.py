"""What a language model would be asked: bound to what was shown, before anything leaves this computer."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from segue.core.errors import UserError
from segue.work.lab import folders
from segue.work.lab.gate import read_set
from segue.work.lab.models import Analysis, EvalSet
from segue.work.lab.queries.labels import plan_of
from segue.work.lab.queries.marks import UNSURE
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.serve import EndpointModel, Prices
    from feedback_lab.serve import EvalSet as RowsOfSet

MOST_ROWS = 200
CHARACTERS_A_TOKEN = 4
KEYS = "key-*"


@dataclass(frozen=True)
class Ask:
    """Whom to ask, by what guide, how many rows of the set, and what a million tokens cost: sent, and received."""

    url: str
    name: str
    guide: str
    rows: int
    sent: float | None = None
    received: float | None = None

    @property
    def host(self) -> str:
        """Who would get the texts."""
        return urlsplit(self.url).netloc

    @property
    def stays_here(self) -> bool:
        """Whether the address is on this computer."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def prices(self) -> Prices | None:
        """Prices as the Lab takes them."""
        from feedback_lab.serve import Prices

        return Prices(self.sent, self.received) if self.sent is not None and self.received is not None else None


@dataclass(frozen=True)
class Preview:
    """What would leave. ``body``: of the first text; ``mark``: a hash of all that is shown, by which sending is bound to it.

    Tokens and cost are estimates.
    """

    ask: Ask
    address: str
    body: str
    texts: tuple[str, ...]
    mark: str
    characters: int
    tokens_sent: int
    tokens_received: int
    cost: float | None


def ask_file(analysis: Analysis) -> Path:
    """What was entered last, but for the key."""
    return folders.eval_file(analysis).with_name("ask.json")


def ask_of(analysis: Analysis) -> Ask | None:
    """What was entered last; ``None`` where nothing was."""
    try:
        return Ask(**json.loads(ask_file(analysis).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_ask(analysis: Analysis, ask: Ask) -> None:
    """Keeps what was entered. Raises ``UserError`` for an address that does not protect what is sent."""
    from feedback_lab.files import write_json

    check_address(ask.url)
    ask_file(analysis).parent.mkdir(exist_ok=True, mode=0o700)
    write_json(ask_file(analysis), asdict(ask))


def check_address(url: str) -> None:
    """Raises ``UserError`` for an address that the Lab would refuse, or that might hold a secret. Nothing is asked."""
    if not url.isascii() or any(sign.isspace() for sign in url):
        raise UserError("The address holds a sign that no address has.", "Copy it again, without spaces.")
    if "?" in url or "#" in url:
        raise UserError("The address holds a question mark or a hash sign.", "Give it up to /v1, and a key by itself.")
    if url.rstrip("/").endswith("/chat/completions"):
        raise UserError("“/chat/completions” is added to the address.", "Give it up to /v1.")
    try:
        port = urlsplit(url).port
    except ValueError:
        port = 0
    if port == 0:
        raise UserError("The address, or its port, can’t be read.", "Give one such as https://host/v1.")
    model_of(Ask(url, "", "", 1), (), Path())


def model_of(ask: Ask, classes: Sequence[str], log: Path, **more: Any) -> EndpointModel:
    """The model behind the endpoint. To make it asks nothing: only ``predict`` does, which the worker alone calls."""
    from feedback_lab.serve import EndpointModel

    with spoken():
        return EndpointModel(ask.url, ask.name, classes, log, allow_network=True, guide=ask.guide, prices=ask.prices, **more)


def classes_for(analysis: Analysis, labels: Sequence[str]) -> tuple[str, ...]:
    """The labels to choose from: those of the plan in their order, then others that the set has."""
    plan = plan_of(analysis)
    planned = [name for name in (plan.classes if plan else []) if name != UNSURE]
    return tuple(dict.fromkeys([*planned, *sorted(labels)]))


def guide_of(analysis: Analysis) -> str:
    """The guide for labelling by hand, with which a prompt begins."""
    plan = plan_of(analysis)
    return plan.guide if plan else ""


def chosen_places(total: int, most: int) -> list[int]:
    """Places of the set that are asked about, evenly spread where not all are."""
    count = min(total, most)
    return [place * total // count for place in range(count)]


def part_of(rows: RowsOfSet, places: Sequence[int]) -> RowsOfSet:
    """Some rows of the set."""
    from feedback_lab.serve import EvalSet as Made

    return Made(tuple(rows.texts[at] for at in places), tuple(rows.labels[at] for at in places), rows.sha256)


def preview_of(analysis: Analysis, eval_set: EvalSet, ask: Ask) -> Preview:
    """What would leave, made by the code that sends. Raises ``UserError`` where the set can't be read."""
    from feedback_lab.redact import redact_texts

    rows = read_set(analysis, eval_set)
    some = part_of(rows, chosen_places(len(rows), ask.rows))
    classes = classes_for(analysis, rows.labels)
    model = model_of(ask, classes, folders.left_file(analysis))
    texts, _, _ = redact_texts(some.texts)
    bodies = [model.body_for(text) for text in texts]
    bound = json.dumps([model.address, bodies, ask.sent, ask.received, rows.sha256])
    characters = sum(len(message["content"]) for body in bodies for message in body["messages"])
    sent = -(-characters // CHARACTERS_A_TOKEN)
    received = len(texts) * -(-max(map(len, classes)) // CHARACTERS_A_TOKEN)
    cost = (sent * ask.sent + received * ask.received) / 1e6 if ask.sent is not None and ask.received is not None else None
    body = json.dumps(bodies[0], indent=2, ensure_ascii=False)
    mark = hashlib.sha256(bound.encode()).hexdigest()
    return Preview(ask, model.address, body, tuple(texts), mark, characters, sent, received, cost)


def key_file(analysis: Analysis, token: str) -> Path:
    """Where a key waits for the worker."""
    return folders.eval_file(analysis).with_name(f"key-{token}")


def write_key(analysis: Analysis, token: str, key: str) -> None:
    """Keeps a key for the worker, for its owner alone to read."""
    handle = os.open(key_file(analysis, token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)


def take_key(analysis: Analysis, token: str) -> str:
    """The key, whose file is gone from then on; empty where there is none."""
    path = key_file(analysis, token)
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        return ""
    finally:
        path.unlink(missing_ok=True)


def drop_keys(analysis: Analysis, but: frozenset[str] = frozenset()) -> None:
    """Deletes keys that no worker will fetch. ``but``: tokens of those that one will."""
    for path in folders.eval_file(analysis).parent.glob(KEYS):
        if path.name.removeprefix("key-") not in but:
            path.unlink(missing_ok=True)
