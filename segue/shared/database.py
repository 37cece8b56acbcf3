"""Database settings: SQLite by default, PostgreSQL by one variable."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from segue.core.errors import UserError


def sqlite_database(path: Path) -> dict[str, Any]:
    """SQLite as Segue wants it: readers never wait for a writer, writers queue, and what was acknowledged is on the disk.

    ``synchronous=FULL`` because in WAL mode ``NORMAL`` may lose the last commits when the power goes.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def database_from_url(url: str) -> dict[str, Any]:
    """Settings from ``postgresql://user:password@host:port/name``. Raises ``UserError`` for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < 2:
        raise UserError(
            "SEGUE_DATABASE_URL is not the address of a PostgreSQL database.",
            "Write it as postgresql://user:password@host:5432/name, or unset it to use the embedded database.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }
