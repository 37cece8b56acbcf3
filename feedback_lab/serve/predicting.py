"""Labels for a file of any size: part in, part out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from feedback_lab.errors import LabError
from feedback_lab.files import whole_file
from feedback_lab.parts import write_table
from feedback_lab.records.rows import Floats, Ints, Rows
from feedback_lab.redact import redact_texts
from feedback_lab.serve.model import Model
from feedback_lab.spreadsheets import safe_cell


@dataclass(frozen=True)
class Answers:
    """Labels of n rows: their numbers, redacted texts, labels ("" for none), and how sure the model is of each (0-1)."""

    number: Ints
    texts: list[str]
    labels: list[str]
    confidence: Floats

    def __len__(self) -> int:
        return len(self.texts)


def predict(model: Model, parts: Iterable[Rows]) -> Iterator[Answers]:
    """Label rows part by part. Texts are redacted first, as they were in training; redacting twice does no harm."""
    for rows in parts:
        texts, _, _ = redact_texts(rows.texts)
        places, scores = model.predict(texts)
        labels = [model.classes[place] if place >= 0 else "" for place in places.tolist()]
        confidence = np.where(places >= 0, scores[np.arange(len(texts)), places], 0.0)
        yield Answers(rows.number, texts, labels, confidence)


def predict_file(model: Model, parts: Iterable[Rows], path: Path, with_text: bool = False) -> int:
    """Label rows and write row, label and confidence, and the redacted text where asked for. Gives the number of rows.

    The ending of ``path`` says CSV or Parquet. The file appears when it is whole; memory is bounded by the part. No cell of a
    CSV file can run as a formula. Raises ``LabError`` for another ending.
    """
    writers = {".csv": _write_csv, ".parquet": _write_parquet}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise LabError(f"{path.name} can't be written: its ending is unknown.", "Use a name that ends in .csv or .parquet.")
    return writer(predict(model, parts), path, with_text)


def _write_csv(found: Iterable[Answers], path: Path, with_text: bool) -> int:
    count = 0
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", "label", "confidence", *(["text"] if with_text else [])])
        for answers in found:
            count += len(answers)
            for at, number in enumerate(answers.number.tolist()):
                text = [safe_cell(answers.texts[at])] if with_text else []
                writer.writerow([number, safe_cell(answers.labels[at]), f"{answers.confidence[at]:.6g}", *text])
    return count


def _write_parquet(found: Iterable[Answers], path: Path, with_text: bool) -> int:
    import duckdb

    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        count = 0
        for at, answers in enumerate(found):
            count += len(answers)
            write_table(Path(folder) / f"part-{at:06}.parquet", _table(answers, with_text))
        if not count:
            raise LabError("There are no rows to label, so there is no Parquet file to write.", "Check the file that you gave.")
        with whole_file(path) as draft, duckdb.connect(":memory:", config={"threads": 1}) as database:
            pieces = _quoted(Path(folder) / "part-*.parquet")
            target = _quoted(draft)
            # Files of a pattern are read in the order of their names.
            database.execute(f"COPY (SELECT * FROM read_parquet('{pieces}')) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    return count


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _table(answers: Answers, with_text: bool) -> dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]]:
    table = {
        "row": answers.number,
        "label": np.array(answers.labels, dtype=object),
        "confidence": answers.confidence,
    }
    return table | ({"text": np.array(answers.texts, dtype=object)} if with_text else {})
