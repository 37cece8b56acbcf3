"""The manifest of a run:

what went in, what each step was told, what it wrote, how long it took. From it the numbers can be checked.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from feedback_lab import __version__
from feedback_lab.errors import DamagedRun
from feedback_lab.files import json_text, read_json, sha256_of, write_json
from feedback_lab.records.restoring import restore

NAME = "manifest.json"
FORMAT = 1
LIBRARIES = ("duckdb", "numpy", "onnxruntime", "scikit-learn", "scipy", "tokenizers")


@dataclass(frozen=True)
class Output:
    """A file that a step wrote."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Entry:
    """A step that ended. ``state`` is done or skipped. ``fingerprint`` is over all that could change what it wrote.

    ``seconds`` and ``measured`` differ from run to run; nothing else does.
    """

    state: str
    fingerprint: str
    outputs: dict[str, Output] = field(default_factory=dict)
    reason: str = ""
    seconds: float = 0.0
    measured: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """All of it. ``source`` is the file's name and hash; its path is the machine's business and isn't kept."""

    format: int
    version: str
    source_name: str
    source_sha256: str
    config: dict[str, Any]
    libraries: dict[str, str]
    steps: dict[str, Entry] = field(default_factory=dict)

    def with_step(self, name: str, entry: Entry) -> Manifest:
        """The manifest after a step."""
        return replace(self, steps={**self.steps, name: entry})


def new_manifest(source_name: str, source_sha256: str, config: Mapping[str, Any]) -> Manifest:
    """A manifest before the first step."""
    return Manifest(FORMAT, __version__, source_name, source_sha256, dict(config), _libraries())


def _libraries() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # not installed as a package
            found[name] = "unknown"
    return found


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a run folder;

    None where there is none. Raises ``DamagedRun`` for a broken one and for a newer version's.
    """
    path = folder / NAME
    if not path.exists():
        return None
    value = read_json(path)
    if not isinstance(value, dict) or not isinstance(value.get("format"), int):
        raise DamagedRun(f"{path} is no manifest of a run.", "Choose another folder for the run.")
    if value["format"] > FORMAT:
        raise DamagedRun(
            f"{folder} was made by version {value.get('version', '?')} of the Feedback Lab, newer than this one ({__version__}).",
            "Install the newest version, or choose another folder for the run.",
        )
    return restore(Manifest, value)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest whole."""
    write_json(folder / NAME, manifest)


def fingerprint(*values: Any) -> str:
    """Hash of plain values, the same for equal values."""
    return hashlib.sha256(json_text(list(values)).encode()).hexdigest()


def outputs_of(folder: Path, paths: list[Path]) -> dict[str, Output]:
    """Hash and size of files, by their path below the run folder."""
    return {path.relative_to(folder).as_posix(): Output(sha256_of(path), path.stat().st_size) for path in sorted(paths)}


def changed_files(folder: Path, entry: Entry, thorough: bool = False) -> list[str]:
    """Files of a step that are missing or not as written. A quick look compares sizes, and hashes of small files only."""
    return [name for name, output in entry.outputs.items() if _changed(folder / name, output, thorough)]


def _changed(path: Path, output: Output, thorough: bool) -> bool:
    if not path.is_file() or path.stat().st_size != output.bytes:
        return True
    return (thorough or output.bytes < 4_000_000) and sha256_of(path) != output.sha256
