"""Work that is taken up again where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feedback_lab.engines import Engine, SerialExecutor, open_engine
from feedback_lab.engines.noting import map_noted
from feedback_lab.errors import LabError
from tests.engines.work import tell


def serial() -> Engine:
    return Engine("serial", 1, SerialExecutor)


def tasks(folder: Path, numbers: range = range(6)) -> Iterator[tuple[Path, Any]]:
    return ((folder / f"{number}.json", (folder, number)) for number in numbers)


def calls(folder: Path) -> list[int]:
    return [len(path.read_text()) for path in sorted(folder.glob("calls of *"))]


def test_what_is_noted_is_not_done_again(tmp_path: Path) -> None:
    (tmp_path / "refuse three").touch()
    with pytest.raises(LabError):
        map_noted(serial(), tell, tasks(tmp_path))
    assert calls(tmp_path) == [1, 1, 1, 1]
    (tmp_path / "refuse three").unlink()
    told: list[Any] = []
    first = map_noted(serial(), tell, tasks(tmp_path), told.append)
    assert calls(tmp_path) == [1, 1, 1, 2, 1, 1]
    assert [result["number"] for result in first] == list(range(6))
    assert first == told
    assert map_noted(serial(), tell, tasks(tmp_path)) == first  # to the last digit of a third
    assert calls(tmp_path) == [1, 1, 1, 2, 1, 1]


def test_results_come_in_the_order_of_the_tasks(tmp_path: Path) -> None:
    """Parts in the middle are there already, those around them are not."""
    map_noted(serial(), tell, tasks(tmp_path, range(2, 4)))
    assert [result["number"] for result in map_noted(serial(), tell, tasks(tmp_path))] == list(range(6))


def test_a_pool_notes_too(tmp_path: Path) -> None:
    with open_engine("pool", workers=2) as engine:
        results = map_noted(engine, tell, tasks(tmp_path))
    assert results == [{"number": number, "third": number / 3} for number in range(6)]
    assert map_noted(serial(), tell, tasks(tmp_path)) == results
    assert calls(tmp_path) == [1] * 6


@pytest.mark.parametrize("content", ["", '{"number": 2', "\x00" * 40])
def test_a_note_that_can_not_be_read_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    """Else the advice to run the step again would lead to the same note for ever."""
    first = map_noted(serial(), tell, tasks(tmp_path))
    (tmp_path / "2.json").write_text(content)
    assert map_noted(serial(), tell, tasks(tmp_path)) == first
    assert calls(tmp_path) == [1, 1, 2, 1, 1, 1]


def test_nothing_to_do_gives_nothing(tmp_path: Path) -> None:
    assert map_noted(serial(), tell, tasks(tmp_path, range(0))) == []
