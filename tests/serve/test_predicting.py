from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from feedback_lab.errors import LabError
from feedback_lab.parts import read_table
from feedback_lab.records.rows import Rows
from feedback_lab.serve import predict, predict_file
from tests.serve.samples import OLD, Keywords

TEXTS = ["the invoice is wrong", "my parcel is late, write to anna.smith@example.com", '=HYPERLINK("http://evil")']


def parts(n: int = 1) -> Iterator[Rows]:
    """The three texts n times."""
    for at in range(n):
        yield Rows(np.arange(3) + 3 * at + 1, TEXTS)


def test_labels_and_confidence_come_part_by_part() -> None:
    found = list(predict(Keywords(OLD), parts(2)))
    assert [each.labels for each in found] == [["billing", "delivery", "other"]] * 2
    assert found[1].number.tolist() == [4, 5, 6]
    assert found[0].confidence.tolist() == [0.9, 0.9, 0.9]


def test_the_model_sees_redacted_texts_only() -> None:
    model = Keywords(OLD)
    list(predict(model, parts()))
    assert "anna" not in " ".join(model.seen)
    assert "[EMAIL]" in model.seen[1]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    def endless() -> Iterator[Rows]:
        while True:
            yield from parts()

    assert len(next(predict(Keywords(OLD), endless()))) == 3


def test_csv(tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "labelled.csv"
    assert (
        predict_file(Keywords({"=cmd|' /C calc'!A0": "invoice", "@sum": "parcel", "other": "\0"}), parts(), out, with_text=True)
        == 3
    )
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["row", "label", "confidence", "text"]
    assert [row[1] for row in rows[1:]] == ["'=cmd|' /C calc'!A0", "'@sum", "other"]
    assert rows[2][3] == "my parcel is late, write to [EMAIL]"
    assert rows[3][3].startswith("'=HYPERLINK")
    assert rows[1][2] == "0.9"


def test_parquet_of_several_parts_in_their_order(tmp_path: Path) -> None:
    out = tmp_path / "it's labelled.parquet"
    assert predict_file(Keywords(OLD), parts(12), out) == 36
    table = read_table(out)
    assert table["row"].tolist() == list(range(1, 37))
    assert table["label"].tolist() == ["billing", "delivery", "other"] * 12
    assert set(table) == {"row", "label", "confidence"}
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_no_rows(tmp_path: Path) -> None:
    assert predict_file(Keywords(OLD), [], tmp_path / "none.csv") == 0
    assert (tmp_path / "none.csv").read_text() == "row,label,confidence\n"
    with pytest.raises(LabError, match="no rows to label"):
        predict_file(Keywords(OLD), [], tmp_path / "none.parquet")


def test_an_unknown_ending_and_a_fault_half_way_leave_no_file(tmp_path: Path) -> None:
    def broken() -> Iterator[Rows]:
        yield from parts()
        raise LabError("The file ends too early.")

    with pytest.raises(LabError, match="ending is unknown"):
        predict_file(Keywords(OLD), parts(), tmp_path / "labelled.xlsx")
    for name in ("labelled.csv", "labelled.parquet"):
        with pytest.raises(LabError, match="too early"):
            predict_file(Keywords(OLD), broken(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_no_valid_answer_is_an_empty_label_without_confidence() -> None:
    class Silent(Keywords):
        def predict(self, texts):  # type: ignore[no-untyped-def]
            return np.full(len(texts), -1), np.full((len(texts), 3), 1 / 3)

    (found,) = predict(Silent(OLD), parts())
    assert found.labels == ["", "", ""]
    assert found.confidence.tolist() == [0, 0, 0]
