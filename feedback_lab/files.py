"""Files that are whole or not there, and records as JSON whose bytes depend on nothing but the record."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import math
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_lab.errors import DamagedRun, LabError

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 1 << 20
_DRAFT = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}(?P<suffix>\.[^.]+|)")  # as ``tempfile`` makes them


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A name to write to. It becomes ``path`` when the block ends well; after a fault or a kill, ``path`` is as it was.

    Raises ``LabError`` where the disk is full.
    """
    draft: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
        os.close(handle)
        draft = Path(name)
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as fault:
        if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise disk_full(path) from fault
        raise
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def clear_drafts(folder: Path) -> None:
    """Remove what ``whole_file`` left in a folder and below when it was killed. Only for whoever holds the folder alone."""
    for path in folder.rglob(".*"):
        match = _DRAFT.fullmatch(path.name)
        if match and match["name"].endswith(match["suffix"]) and path.is_file():
            path.unlink(missing_ok=True)


def disk_full(path: Path) -> LabError:
    """What to say where there is no room for this file."""
    return LabError(f"The disk is full: {path.name} could not be written.", "Make room, then run the command again.")


def write_text(path: Path, text: str) -> None:
    """Write a whole text file as UTF-8."""
    with whole_file(path) as draft:
        draft.write_text(text, "utf-8", newline="\n")


def write_json(path: Path, value: Any, exact: bool = False) -> None:
    """Write a record or plain value as JSON, the same bytes for the same value. ``exact`` keeps all digits of a plain value."""
    write_text(path, json.dumps(value) if exact else json_text(value))


def read_json(path: Path) -> Any:
    """Read a JSON file. Raises ``LabError`` that names the file where it is missing or broken."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise LabError(f"{path} is not there.") from None
    except ValueError as fault:
        raise LabError(f"{path} is damaged: {fault}.", "Run the step again.") from fault


def read_arrays(path: Path, hint: str) -> dict[str, NDArray[Any]]:
    """The arrays of an ``.npz`` file, data only. Raises ``DamagedRun`` where it is missing, cut short or something else."""
    import numpy as np

    try:
        # Opened here, since numpy leaves a file open that is no archive after all.
        with path.open("rb") as file, zipfile.ZipFile(file), np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as fault:
        raise DamagedRun(f"{path.name} is damaged: {fault}.", hint) from fault


def json_text(value: Any) -> str:
    """JSON with sorted keys, floats rounded to 9 significant digits (the last ones differ between processors), None for NaN."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def plain(value: Any) -> Any:
    """Records, tuples, arrays and numbers as what JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):  # numpy's arrays and numbers
        return plain(value.tolist())
    if isinstance(value, float):
        return _rounded(value)
    return value


def _rounded(value: float) -> float | None:
    return float(f"{value:.9g}") if math.isfinite(value) else None


def sha256_of(path: Path) -> str:
    """Hash of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()
