"""Files that are whole or not there, and JSON that depends on nothing but the record."""

from __future__ import annotations

import errno
import json
import math
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.errors import LabError
from feedback_lab.files import clear_drafts, json_text, plain, read_json, sha256_of, whole_file, write_json, write_text
from feedback_lab.records.figures import Estimate
from feedback_lab.records.findings import Quote

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_a_block_that_ends_well_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.txt"
    for text in ("old\n", "new\nlines\n"):
        write_text(path, text)
    assert path.read_bytes() == b"new\nlines\n"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_fault_leaves_the_file_as_it_was(tmp_path: Path, fault: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def interrupted() -> None:
        with whole_file(path) as draft:
            draft.write_text("half of the n")
            raise fault

    with pytest.raises(fault):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_half_written_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    below = tmp_path / "results"
    below.mkdir()
    kept = [tmp_path / name for name in (".run.json", "a.json", ".redact.json", ".redact.json.short.json", ".note.abcdefgh.txt")]
    drafts = [below / ".redact.json.f4n79ip3.json", below / ".part-0.parquet.a_cdefgh.parquet", tmp_path / ".model.abcdefgh"]
    for path in (*kept, *drafts):
        path.write_text("x")
    (tmp_path / ".rows.json.abcdefgh.json").mkdir()
    clear_drafts(tmp_path)
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in drafts)
    assert (tmp_path / ".rows.json.abcdefgh.json").is_dir()


KILLED = """
import os, signal, sys
from pathlib import Path
from feedback_lab.files import whole_file
with whole_file(Path(sys.argv[1])) as draft:
    draft.write_text("half of the n")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("before", ["old", None])
def test_a_kill_leaves_the_file_as_it_was(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "a.txt"
    if before is not None:
        write_text(path, before)
    killed = subprocess.run([sys.executable, "-c", KILLED, path], cwd=Path(__file__).parents[1], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (path.read_text() if path.exists() else None) == before
    write_text(path, "new")
    assert path.read_text() == "new"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("at", ["tempfile.mkstemp", "os.fsync", "pathlib.Path.mkdir"])
def test_a_full_disk_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, at: str) -> None:
    """Making the folder, making the file, and writing it out are each what may find the disk full."""
    write_text(tmp_path / "a.txt", "old")

    def full(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(at, full)
        with pytest.raises(LabError, match=r"disk is full: a\.txt"):
            write_text(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_other_faults_of_the_system_pass(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file, not a folder")
    with pytest.raises(FileExistsError):
        write_text(tmp_path / "a" / "b.txt", "new")


@given(JSON)
def test_json_is_stable(value: Any) -> None:
    """Written, read and written again is the same text; no NaN gets in."""
    text = json_text(value)
    assert json_text(json.loads(text)) == text
    json.loads(text, parse_constant=pytest.fail)


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert json_text(value) == json_text(dict(reversed(value.items())))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        (-math.inf, None),
        (np.float32("nan"), None),
        (0.1 + 0.2, 0.3),
        (1 / 3, 0.333333333),
        (np.float32(0.5), 0.5),
        (np.int64(7), 7),
        (np.bool_(True), True),
        (np.array([[1.0, math.nan]]), [[1.0, None]]),
        (np.array("2026-11-25", "datetime64[D]").astype(str), "2026-11-25"),
        (Estimate(0.5, math.nan, 1, 3), {"value": 0.5, "low": None, "high": 1, "n": 3}),
        ((Quote(1, "👍"),), [{"row": 1, "text": "👍"}]),
        ({3: (1, 2)}, {"3": [1, 2]}),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    found = plain(value)
    assert found == expected
    assert type(found) is type(expected)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_exact_json_keeps_all_digits(values: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.json"
        write_json(path, values, exact=True)
        assert read_json(path) == values


@pytest.mark.parametrize("content", [b"", b'{"a": 1', b"\xff\xfe\x00", b"PAR1"])
def test_broken_json_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "result.json").write_bytes(content)
    with pytest.raises(LabError, match=r"result\.json is damaged"):
        read_json(tmp_path / "result.json")
    with pytest.raises(LabError, match=r"none\.json is not there"):
        read_json(tmp_path / "none.json")


def test_the_hash_is_sha256_in_pieces(tmp_path: Path) -> None:
    import hashlib

    content = b"0123456789" * 300_000
    (tmp_path / "large").write_bytes(content)
    assert sha256_of(tmp_path / "large") == hashlib.sha256(content).hexdigest()


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_only_the_owner_can_read_what_was_written(tmp_path: Path) -> None:
    """Feedback is about people, so files are private until somebody decides otherwise."""
    write_text(tmp_path / "a.txt", "text")
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600
