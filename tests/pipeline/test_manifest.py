"""What a run's manifest remembers, and how it is told that something was changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedback_lab.errors import DamagedRun
from feedback_lab.pipeline.manifest import (
    FORMAT,
    NAME,
    Entry,
    changed_files,
    fingerprint,
    new_manifest,
    outputs_of,
    read_manifest,
    write_manifest,
)


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    entry = Entry("done", "mark", outputs_of(tmp_path, [tmp_path / "a.txt"]), seconds=1.5, measured={"ms": [1, 2]})
    manifest = new_manifest("reviews.csv", "0" * 64, {"seed": 3}).with_step("ingest", entry)
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest


def test_no_manifest_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None


def test_a_newer_manifest_is_refused_with_both_versions(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(json.dumps({"format": FORMAT + 1, "version": "9.9"}))
    with pytest.raises(DamagedRun, match=r"9\.9.*newer than this one \("):
        read_manifest(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "1"}', '{"format": 1}', '{"format": 1, "steps": 3}'])
def test_a_broken_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(Exception, match=r"damaged|no manifest"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("text", ["b", "aa", None])
def test_a_changed_file_is_noticed(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "deep" / "a.txt"
    path.parent.mkdir()
    path.write_text("a")
    entry = Entry("done", "mark", outputs_of(tmp_path, [path]))
    assert changed_files(tmp_path, entry) == []
    path.unlink() if text is None else path.write_text(text)
    assert changed_files(tmp_path, entry) == ["deep/a.txt"]


def test_a_large_file_is_hashed_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(b"a" * 5_000_000)
    entry = Entry("done", "mark", outputs_of(tmp_path, [path]))
    path.write_bytes(b"b" * 5_000_000)
    assert changed_files(tmp_path, entry) == []
    assert changed_files(tmp_path, entry, thorough=True) == ["large.bin"]


def test_fingerprints_tell_values_apart() -> None:
    marks = {fingerprint("a", 1), fingerprint("a", 2), fingerprint("a", None), fingerprint("a1"), fingerprint("a", {"b": [1]})}
    assert len(marks) == 5
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
