"""The log names no address that is a key."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest

from segue import settings
from segue.shared.log_lines import WithoutSecrets


@pytest.mark.parametrize(
    ("line", "arguments", "written"),
    [
        ("Gone: %s", ("/review/3-abc.DEF/",), "Gone: /review/.../"),
        ("%s %s: broken", ("GET", "/plan/feed/s3cret.ics"), "GET /plan/feed/... broken"),
        ("Not Found: /review/%%0a/", (), "Not Found: /review/.../"),
        ("Not Found: %s", ("/evidence/reviews/3/",), "Not Found: /evidence/reviews/3/"),
        ("100% done", (), "100% done"),
    ],
)
def test_secret_parts_of_addresses_are_left_out(line: str, arguments: tuple[str, ...], written: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutSecrets())
    logger = logging.Logger("a")
    logger.addHandler(handler)
    logger.warning(line, *arguments)
    assert stream.getvalue() == f"{written}\n"


def test_everything_that_is_written_goes_through_it() -> None:
    handlers: dict[str, Any] = settings.LOGGING["handlers"]  # type: ignore[assignment]
    assert handlers
    assert all(handler["filters"] == ["without_secrets"] for handler in handlers.values())
