"""Texts with their right labels, kept apart from all training: what a new version is judged by."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
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
    """Read JSON lines, or a file that ends in ``.csv``, with ``text`` and ``label``. Blank lines are passed over.

    Raises ``LabError`` with the line where one is broken, lacks a field, or gives a text another label than an earlier line did.
    """
    try:
        content = path.read_bytes()
        whole = content.decode("utf-8-sig")
    except OSError:
        raise LabError(f"{path} can't be read.", "Give the path of a JSON lines or CSV file with text and label.") from None
    except UnicodeDecodeError as fault:
        raise LabError(f"{path.name} is not UTF-8: byte {fault.start:,} is none.", "Save the file as UTF-8.") from None
    labels: dict[str, str] = {}
    is_table = path.suffix.lower() == ".csv"
    hint = "The first line is: text,label" if is_table else 'A line looks like this: {"text": "...", "label": "..."}'
    for at, row in _table_rows(whole) if is_table else _json_rows(whole, hint):
        text, label = (_cell(row, name, hint, at) for name in ("text", "label"))
        if labels.setdefault(text, label) != label:
            raise LabError(
                "An earlier line gives the same text another label.", "Decide which is right, and remove the other.", at
            )
    if not labels:
        raise LabError(f"{path.name} holds no rows.", f"Write one line for each text. {hint}")
    return EvalSet(tuple(labels), tuple(labels.values()), hashlib.sha256(content).hexdigest())


def _table_rows(whole: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Rows with the line that each ends on."""
    reader = csv.DictReader(io.StringIO(whole, newline=""))
    try:
        for row in reader:
            yield reader.line_num, {str(name).strip().lower(): cell for name, cell in row.items()}
    except csv.Error as fault:
        raise LabError(f"The line is not CSV: {fault}.", "Save the table again as CSV.", reader.line_num) from None


def _json_rows(whole: str, hint: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for at, line in enumerate(whole.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise LabError("The line is not JSON.", hint, at) from None
        if not isinstance(value, dict):
            raise LabError("The line is not an object.", hint, at)
        yield at, value


def _cell(row: Mapping[str, object], name: str, hint: str, at: int) -> str:
    cell = row.get(name)
    if not isinstance(cell, str) or not cell.strip():
        raise LabError(f"The line has no “{name}”.", hint, at)
    return cell


def write_eval_set(path: Path, rows: Iterable[tuple[str, str]]) -> EvalSet:
    """Write pairs of text and label, and read them back."""
    write_text(path, "".join(json.dumps({"text": text, "label": label}, ensure_ascii=False) + "\n" for text, label in rows))
    return read_eval_set(path)
