from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.serve import ModelStore
from tests.serve.samples import OLD, Keywords, load, store


def test_versions_are_numbered_and_say_what_they_are(tmp_path: Path) -> None:
    found = store(tmp_path)
    assert found.versions() == ("v0001", "v0002")
    version = found.version("v0002")
    assert (version.made_from, version.metrics) == ("run 2", {"macro_f1": 0.72})
    assert list(version.files) == ["model/model.json"]
    assert found.current == "v0002"


def test_a_new_version_is_not_in_use_and_later_changes_of_its_source_do_not_matter(tmp_path: Path) -> None:
    found = ModelStore(tmp_path / "versions")
    assert (found.current, found.versions()) == (None, ())
    source = Keywords(OLD).save(tmp_path / "model")
    found.add(source)
    (source / "model.json").write_text("{}")
    assert found.current is None
    found.use("v0001")
    assert found.load("v0001", load).classes == ("billing", "delivery", "other")


def test_an_encoder_travels_with_its_model(tmp_path: Path) -> None:
    found = ModelStore(tmp_path / "versions")
    (tmp_path / "encoder.npz").write_bytes(b"vectors")
    found.add(Keywords(OLD).save(tmp_path / "model"), encoder=tmp_path / "encoder.npz")
    loaded = found.load("v0001", lambda folder, encoder: (folder.name, encoder.read_bytes() if encoder else None))
    assert loaded == ("model", b"vectors")
    (tmp_path / "versions" / "v0001" / "encoder.npz").write_bytes(b"other vectors")
    with pytest.raises(DamagedRun, match=r"encoder\.npz"):
        found.use("v0001")


def test_roll_back_goes_back_step_by_step(tmp_path: Path) -> None:
    found = store(tmp_path)
    third = found.add(Keywords(OLD).save(tmp_path / "model-3")).name
    found.use(third)
    found.use(third)  # no step of its own
    assert [found.roll_back().name, found.roll_back().name] == ["v0002", "v0001"]
    with pytest.raises(LabError, match="no earlier version"):
        found.roll_back()
    assert found.current == "v0001"
    found.use("v0002")
    assert found.used == ("v0001", "v0002")


def _changed(folder: Path) -> None:
    (folder / "model" / "model.json").write_text("{}")


def _gone(folder: Path) -> None:
    (folder / "model" / "model.json").unlink()


def _added(folder: Path) -> None:
    (folder / "model" / "more.py").write_text("print()")


def _link(folder: Path) -> None:
    target = folder / "model" / "model.json"
    moved = folder.parent.parent / "elsewhere.json"
    target.rename(moved)
    target.symlink_to(moved)


def _no_manifest(folder: Path) -> None:
    (folder / "version.json").unlink()


def _odd_manifest(folder: Path) -> None:
    (folder / "version.json").write_text('{"name": 3}')


def _other_manifest(folder: Path) -> None:
    (folder / "version.json").write_text((folder.parent / "v0002" / "version.json").read_text())


@pytest.mark.parametrize("tamper", [_changed, _gone, _added, _link, _no_manifest, _odd_manifest, _other_manifest])
def test_a_version_that_was_tampered_with_is_refused_and_nothing_changes(tmp_path: Path, tamper: Callable[[Path], None]) -> None:
    found = store(tmp_path)
    tamper(found.folder / "v0001")
    for act in (lambda: found.use("v0001"), found.roll_back, lambda: found.load("v0001", load)):
        with pytest.raises(DamagedRun):
            act()
    assert found.current == "v0002"


@pytest.mark.parametrize("name", ["v9999", "../model-1", "v0001/../v0002", "", "current.json"])
def test_a_name_that_is_no_version(tmp_path: Path, name: str) -> None:
    with pytest.raises(LabError, match="v0001, v0002"):
        store(tmp_path).use(name)


def test_what_is_no_saved_model_is_not_added(tmp_path: Path) -> None:
    found = ModelStore(tmp_path / "versions")
    (tmp_path / "empty").mkdir()
    linked = Keywords(OLD).save(tmp_path / "linked")
    (linked / "more.json").symlink_to(tmp_path / "empty")
    for source, says in (("nowhere", "no saved model"), ("empty", "no saved model"), ("linked", "is a link")):
        with pytest.raises(LabError, match=says):
            found.add(tmp_path / source)
    assert found.versions() == ()


@pytest.mark.parametrize("content", ["", "[]", '{"used": [1]}', '{"used": ["../../model"]}', '{"used": "v0001"}'])
def test_a_broken_note_of_what_is_in_use(tmp_path: Path, content: str) -> None:
    found = store(tmp_path)
    (found.folder / "current.json").write_text(content)
    with pytest.raises(LabError):
        _ = found.current


def test_nothing_half_made_stays(tmp_path: Path) -> None:
    found = store(tmp_path)
    assert sorted(path.name for path in found.folder.iterdir()) == ["current.json", "v0001", "v0002"]
