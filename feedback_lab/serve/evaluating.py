"""Texts with their right labels, kept apart from all training: what a new version is judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from feedback_lab.errors import LabError
from feedback_lab.files import write_text


@dataclass(frozen=True)
class EvalSet:
    """n texts with their labels, and the SHA-256 of their file: two results compare only where it is the same."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    sha256: str

    def __len__(self) -> int:
        return len(self.texts)


def read_eval_set(path: Path) -> EvalSet:
    """Read JSON lines with ``text`` and ``label``. Blank lines are passed over.

    Raises ``LabError`` with the line where one is broken, lacks a field, or gives a text another label than an earlier line did.
    """
    try:
        content = path.read_bytes()
        lines = content.decode("utf-8-sig").split("\n")
    except OSError:
        raise LabError(f"{path} can't be read.", "Give the path of a JSON lines file with text and label.") from None
    except UnicodeDecodeError as fault:
        raise LabError(f"{path.name} is not UTF-8: byte {fault.start:,} is none.", "Save the file as UTF-8.") from None
    labels: dict[str, str] = {}
    for at, line in enumerate(lines, 1):
        if line.strip():
            text, label = _read(line, at)
            if labels.setdefault(text, label) != label:
                raise LabError(
                    "An earlier line gives the same text another label.", "Decide which is right, and remove the other.", at
                )
    if not labels:
        raise LabError(f"{path.name} holds no rows.", 'Write one line for each text: {"text": "...", "label": "..."}')
    return EvalSet(tuple(labels), tuple(labels.values()), hashlib.sha256(content).hexdigest())


def _read(line: str, at: int) -> tuple[str, str]:
    hint = 'A line looks like this: {"text": "...", "label": "..."}'
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise LabError("The line is not JSON.", hint, at) from None
    if not isinstance(value, dict):
        raise LabError("The line is not an object.", hint, at)
    text, label = value.get("text"), value.get("label")
    for name, cell in (("text", text), ("label", label)):
        if not isinstance(cell, str) or not cell.strip():
            raise LabError(f"The line has no “{name}”.", hint, at)
    return str(text), str(label)


def write_eval_set(path: Path, rows: Iterable[tuple[str, str]]) -> EvalSet:
    """Write pairs of text and label, and read them back."""
    write_text(path, "".join(json.dumps({"text": text, "label": label}, ensure_ascii=False) + "\n" for text, label in rows))
    return read_eval_set(path)
