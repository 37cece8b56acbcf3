from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segue.curriculum.faults import ContentError
from segue.curriculum.loader import READERS, load, read
from tests.curriculum.sample import Sample, files

# One folder serves all examples: each writes the file it spoils and puts it back.
spoiling = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PATHS = st.sampled_from(sorted(READERS))


def test_sample_has_no_fault(sample: Sample) -> None:
    assert sample.faults() == ()


def test_faults_of_all_files_are_told_at_once_in_order(sample: Sample) -> None:
    places = [
        sample.change("activities/month-1.yaml", "minutes: 120", "minutes: ▸0"),
        sample.change("activities/month-2.yaml", "lead_days: 14", "lead_days: ▸soon"),
        sample.change("competencies.yaml", "at_least: 80", "at_least: ▸high"),
        sample.change("concepts.yaml", "prerequisites: [model]", "prerequisites: [▸modell]"),
        sample.change("courses.yaml", "hours: 2.5", "▸hour: 2.5"),
        sample.change("courses.yaml", "slice: [unit-1]", "slice: [▸unit-9]"),
        sample.change("ids.yaml", "replaced_by: w01-work", "replaced_by: ▸w99"),
        sample.change("programme.yaml", "last_week: 26", "last_week: ▸27"),
    ]
    (sample.folder / "glossary.yaml").write_bytes(b"- id: \xff")
    (sample.folder / "kinds.yaml").write_text("- {id: note", encoding="utf-8")
    places += ["glossary.yaml:1:7"]
    told = sample.faults()
    assert {f"{f.path}:{f.line}:{f.column}" for f in told} >= set(places)
    assert [f.path for f in told].count("kinds.yaml") == 1
    assert list(told) == sorted(told)


def test_load_raises_every_fault(sample: Sample) -> None:
    sample.change("courses.yaml", "hours: 2.5", "hours: x")
    sample.change("courses.yaml", "hours: 3", "hours: y")
    with pytest.raises(ContentError, match="'hours' must be a number") as caught:
        load(sample.folder)
    assert caught.value.faults == sample.faults()
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("path", sorted(READERS))
def test_missing_file(sample: Sample, path: str) -> None:
    (sample.folder / path).unlink()
    assert f"{path}:1:1: the file is missing" in map(str, sample.faults())


def test_file_that_is_a_folder(sample: Sample) -> None:
    (sample.folder / "glossary.yaml").unlink()
    (sample.folder / "glossary.yaml").mkdir()
    sample.expect("glossary.yaml:1:1", "can't be read")


def test_missing_folder(tmp_path: Path) -> None:
    curriculum, faults = read(tmp_path / "nowhere")
    assert curriculum is None
    assert "there is no folder" in faults[0].message


def test_file_that_nothing_reads(sample: Sample) -> None:
    (sample.folder / "activites").mkdir()
    (sample.folder / "activites/month-1.yaml").write_text("[]", encoding="utf-8")
    sample.expect("activites/month-1.yaml:1:1", "did you mean 'activities/month-1.yaml'?")


@given(path=PATHS, raw=st.binary(max_size=300))
@spoiling
def test_random_bytes_never_give_a_traceback(sample: Sample, path: str, raw: bytes) -> None:
    assert spoil(sample, path, raw)


SNIPPETS = st.one_of(
    st.binary(max_size=8),
    st.text(max_size=8).map(str.encode),
    st.sampled_from(
        [
            b"",
            b"\n",
            b"\n- ",
            b": ",
            b"[]",
            b"{}",
            b"null",
            b"~",
            b"-1",
            b"1e9",
            b"9" * 400,
            b"true",
            b"*a",
            b"&a ",
            b"!!set ",
            b"<<: ",
            b"? ",
        ]
    ),
)


@given(path=PATHS, data=st.data())
@spoiling
def test_mutations_never_give_a_traceback(sample: Sample, path: str, data: st.DataObject) -> None:
    raw = files()[path].encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 60)))
    spoil(sample, path, raw[:start] + data.draw(SNIPPETS) + raw[end:])


SHAPES = st.recursive(
    st.sampled_from([None, True, 0, -1, 10**12, 1.5, "", "x", "C1", "model", "w01-work", "2026-11-23"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "kind", "fact", "x"]), inner, max_size=2),
    max_leaves=4,
)


@given(path=PATHS, data=st.data())
@spoiling
def test_no_shape_in_any_place_gives_a_traceback(sample: Sample, path: str, data: st.DataObject) -> None:
    tree = {"": yaml.safe_load(files()[path])}
    holder, key = data.draw(st.sampled_from(list(places(tree))))
    holder[key] = data.draw(SHAPES)
    spoil(sample, path, yaml.safe_dump(tree[""]).encode())


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping of a tree with each of its positions or keys."""
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)):
        yield tree, key
        if isinstance(tree[key], dict | list):
            yield from places(tree[key])


def spoil(sample: Sample, path: str, raw: bytes) -> bool:
    """Whether the spoilt file has a fault; the file is put back."""
    try:
        (sample.folder / path).write_bytes(raw)
        curriculum, faults = read(sample.folder)
    finally:
        (sample.folder / path).write_bytes(files()[path].encode())
    assert (curriculum is None) == bool(faults)
    assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)
    return bool(faults)


def test_importing_the_package_reads_nothing() -> None:
    """Pages that need no content do not pay for it."""
    code = "import sys, segue.curriculum; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
