from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from segue.curriculum.checking import check
from tests.curriculum.sample import Sample


def test_right_content_is_summed_up_in_a_line(sample: Sample) -> None:
    out = io.StringIO()
    assert check(sample.folder, out) == 0
    assert out.getvalue() == (
        "26 weeks, 27 activities, 130 h, 1 competency, 5 criteria, 2 kinds of evidence, 1 course, "
        "2 concepts, 2 terms, 2 lessons, 1 question, 4 in the bank: no faults\n"
    )


def test_each_fault_has_a_line_that_can_be_followed_from_here(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    place = sample.change("courses.yaml", "hours: 2.5", "hours: ▸x")
    other = sample.change("glossary.yaml", "concept: model", "concept: ▸modell")
    monkeypatch.chdir(sample.folder.parent)
    out = io.StringIO()
    assert check(sample.folder, out) == 1
    lines = out.getvalue().splitlines()
    name = sample.folder.name
    assert [line.partition(": ")[0] for line in lines[:2]] == [f"{name}/{place}", f"{name}/{other}"]
    assert lines[2:] == ["2 faults in 2 files"]


def test_folder_elsewhere_is_named_in_full(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sample.change("courses.yaml", "hours: 2.5", "hours: x")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    out = io.StringIO()
    check(sample.folder, out)
    assert out.getvalue().startswith(f"{sample.folder / 'courses.yaml'}:10:")
    assert out.getvalue().endswith("1 fault in 1 file\n")


def test_missing_folder(tmp_path: Path) -> None:
    out = io.StringIO()
    assert check(tmp_path / "nowhere", out) == 1
    assert "there is no folder" in out.getvalue()


def test_can_be_run_as_a_module(sample: Sample) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "segue.curriculum", str(sample.folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.endswith("no faults\n")
