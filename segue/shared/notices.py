"""Messages for the next page: what happened, and how to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_LEVELS = {"info": messages.INFO, "good": messages.SUCCESS, "care": messages.WARNING, "problem": messages.ERROR}
_UNDO = "undo:"


def say(request: HttpRequest, text: str, kind: str = "good") -> None:
    """Shows ``text`` on the next page. ``kind``: ``info``, ``good``, ``care`` or ``problem``."""
    messages.add_message(request, _LEVELS[kind], text)


def offer_undo(request: HttpRequest, text: str, url: str) -> None:
    """Says what was done, with a button that POSTs to ``url`` to undo it."""
    messages.success(request, text, extra_tags=f"{_UNDO}{url}")


def undo_url(message: Message) -> str:
    """Where the undo button of a message points; empty where there is nothing to undo."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""


def kind_of(message: Message) -> str:
    """The kind of notice that a message is shown as."""
    return {level: kind for kind, level in _LEVELS.items()}.get(message.level, "info")
