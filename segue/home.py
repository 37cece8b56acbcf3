"""Where Segue keeps what belongs to its user: one folder, moved by ``SEGUE_HOME``."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_dir

from segue.core.errors import UserError


def home_path() -> Path:
    """Where the data folder is, or would be."""
    return Path(os.environ.get("SEGUE_HOME") or user_data_dir("segue", appauthor=False)).expanduser().absolute()


def home_folder() -> Path:
    """The data folder, made where it is missing. Raises ``UserError`` where it can't be."""
    folder = home_path()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserError(
            f"The data folder {folder} can't be made: {error.strerror}.",
            "Set SEGUE_HOME to a folder that you may write in.",
        ) from error
    return folder


def secret_key(home: Path) -> str:
    """The key that signs sessions and links: made once, readable by its owner only, never part of a backup."""
    path = home / "secret-key"
    try:
        if path.exists() and (key := path.read_text("ascii").strip()):
            return key
        key = secrets.token_urlsafe(50)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(key)
    except OSError as error:
        raise UserError(
            f"The data folder {home} can't be written: {error.strerror}.",
            "Make it writable, free some space on its disk, or set SEGUE_HOME to another folder.",
        ) from error
    return key
