from __future__ import annotations

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest

from segue.accounts.models import Learner
from segue.evidence.files import path_of
from segue.evidence.models import Attachment
from segue.vault.export import Exported, export


@pytest.fixture
def archive(priya_with_history: Learner, tmp_path: Path) -> zipfile.ZipFile:
    assert export(priya_with_history, tmp_path / "all.zip") == Exported(entries=7, files=3, missing=())
    return zipfile.ZipFile(tmp_path / "all.zip")


def test_has_the_data_the_pages_and_the_files(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    assert {"export.json", "README.md", "log.md", "readiness.md", "plan.md"} <= names
    assert sorted(name for name in names if name.startswith("evidence/")) == [
        "evidence/0001-what-a-model-is-ml-ute-quoted.md",
        "evidence/0002-time.md",
        "evidence/0003-self-rating.md",
        "evidence/0004-artefact.md",
        "evidence/0005-review.md",
        "evidence/0006-confirmation.md",
        "evidence/0007-withdrawal.md",
    ]
    files = [name for name in names if name.startswith("files/")]
    assert len(files) == 3
    for name in files:
        sha256, _, plain = name.removeprefix("files/").partition("-")
        assert hashlib.sha256(archive.read(name)).hexdigest() == sha256
        assert plain in ("notes.md", "bild ü.png", "mail.txt")


def test_nothing_in_it_leads_out_of_it(archive: zipfile.ZipFile) -> None:
    assert all(re.fullmatch(r"[^/\\]+(/[^/\\]+)?", name) for name in archive.namelist())


def test_every_file_of_the_data_is_in_it(archive: zipfile.ZipFile) -> None:
    document = json.loads(archive.read("export.json"))
    for sha256, file in document["files"].items():
        assert hashlib.sha256(archive.read(file["path"])).hexdigest() == sha256
        assert archive.getinfo(file["path"]).file_size == file["size"]


def test_missing_and_damaged_files_are_named(priya_with_history: Learner, tmp_path: Path) -> None:
    path_of(Attachment.objects.get(name="mail.txt").sha256).unlink()
    path_of(Attachment.objects.get(name="bild ü.png").sha256).write_bytes(b"rot")
    done = export(priya_with_history, tmp_path / "all.zip")
    assert set(done.missing) == {"mail.txt", "bild ü.png"}
    assert done.files == 1


def test_before_the_first_hour_too(make_learner: object, tmp_path: Path) -> None:
    newcomer = make_learner("Sam", started=False)  # type: ignore[operator]
    assert export(newcomer, tmp_path / "all.zip") == Exported(0, 0, ())
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert json.loads(archive.read("export.json"))["hours"] is None
        assert "no plan yet" in archive.read("plan.md").decode()


def test_stopped_on_the_way_leaves_nothing(priya_with_history: Learner, tmp_path: Path) -> None:
    def stop(percent: int, step: str) -> None:
        if percent > 50:
            raise KeyboardInterrupt

    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt):
        export(priya_with_history, tmp_path / "out" / "all.zip", stop)
    assert list((tmp_path / "out").iterdir()) == []
