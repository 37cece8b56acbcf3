"""The gold set: rows with labels that were settled, and a hash that says which ones."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from feedback_lab.errors import LabError
from feedback_lab.files import write_text
from feedback_lab.label.files import read_labels
from feedback_lab.spreadsheets import safe_cell


@dataclass(frozen=True)
class GoldSet:
    """Labels by row, rising. ``sha256`` is over rows and labels, so it is the same wherever and whenever the set was written."""

    labels: dict[int, str]
    sha256: str

    @classmethod
    def of(cls, labels: Mapping[int, str]) -> GoldSet:
        """A gold set of labels. Raises ``LabError`` where there are none."""
        if not labels:
            raise LabError("No label is settled.", "Label the same rows twice, or settle them with --decisions.")
        ordered = dict(sorted(labels.items()))
        text = "".join(f"{row}\t{label}\n" for row, label in ordered.items())
        return cls(ordered, hashlib.sha256(text.encode("utf-8")).hexdigest())

    def table(self) -> str:
        """It as CSV with the columns ``row`` and ``label``. No cell can run as a formula."""
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["row", "label"])
        writer.writerows([row, safe_cell(label)] for row, label in self.labels.items())
        return lines.getvalue()

    def save(self, path: Path) -> None:
        """Write it as CSV."""
        write_text(path, self.table())

    @classmethod
    def load(cls, path: Path) -> GoldSet:
        """Read it back. Raises ``LabError`` as ``read_labels`` does."""
        return cls.of(read_labels(path))
