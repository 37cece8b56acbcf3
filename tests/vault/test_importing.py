from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.evidence import Sort
from segue.evidence.actions import append
from segue.evidence.files import path_of
from segue.evidence.models import Attachment, Draft, Entry
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort, Hours
from segue.vault import importing
from segue.vault.document import build
from segue.vault.export import Exported, export
from segue.vault.importing import take_in_file
from tests.vault.conftest import MONDAY, kept

MakeLearner = Callable[..., Learner]
MOST = 1000


@pytest.fixture
def exported(priya_with_history: Learner, tmp_path: Path) -> Path:
    export(priya_with_history, tmp_path / "all.zip")
    return tmp_path / "all.zip"


@pytest.fixture
def newcomer(make_learner: MakeLearner) -> Learner:
    return make_learner("Sam", started=False)


def document_of(learner: Learner) -> dict[str, Any]:
    return {name: value for name, value in build(learner).items() if name != "exported_at"}


def test_there_and_back_is_the_same(exported: Path, priya_with_history: Learner, newcomer: Learner, settings: Any) -> None:
    before = document_of(priya_with_history)
    shutil.rmtree(settings.FILES)
    assert take_in_file(newcomer, exported) == Exported(7, 3, ())
    assert document_of(newcomer) == before
    assert all(path_of(sha).is_file() for sha in Attachment.objects.values_list("sha256", flat=True))
    export(newcomer, exported.with_name("again.zip"))
    with zipfile.ZipFile(exported) as first, zipfile.ZipFile(exported.with_name("again.zip")) as second:
        assert first.namelist() == second.namelist()
        for name in set(first.namelist()) - {"export.json", "README.md"}:
            assert first.read(name) == second.read(name)


def test_an_empty_one_goes_there_and_back(newcomer: Learner, make_learner: MakeLearner, tmp_path: Path) -> None:
    export(newcomer, tmp_path / "all.zip")
    other = make_learner("Lena", started=False)
    take_in_file(other, tmp_path / "all.zip")
    assert document_of(other) == document_of(newcomer)


def test_the_moment_of_recording_and_the_content_version_stay(exported: Path, newcomer: Learner) -> None:
    take_in_file(newcomer, exported)
    theirs = Entry.objects.exclude(learner=newcomer).order_by("number").values_list("recorded_at", "content_version")
    assert list(newcomer.entries.order_by("number").values_list("recorded_at", "content_version")) == list(theirs)


def test_the_address_of_the_calendar_feed_is_a_new_one(exported: Path, newcomer: Learner) -> None:
    take_in_file(newcomer, exported)
    assert len(set(Hours.objects.values_list("feed_token", flat=True))) == 2


def with_entry(learner: Learner) -> None:
    append(learner, Sort.TIME, MONDAY, minutes=5)


def with_choice(learner: Learner) -> None:
    choose(learner, ChoiceSort.SKIP, "w05-park")


def with_draft(learner: Learner) -> None:
    Draft.objects.create(learner=learner, key="charter", saved_at=MONDAY.isoformat() + "T10:00:00Z")


@pytest.mark.parametrize("fill", [with_entry, with_choice, with_draft])
def test_into_an_empty_segue_only(exported: Path, newcomer: Learner, fill: Callable[[Learner], None]) -> None:
    fill(newcomer)
    before = document_of(newcomer)
    with pytest.raises(UserError, match="not empty") as caught:
        take_in_file(newcomer, exported)
    assert "Restore a backup instead" in caught.value.hint
    assert document_of(newcomer) == before


# --- refused --------------------------------------------------------------------------------------------------------------


def refused(path: Path, learner: Learner, words: str) -> None:
    before = document_of(learner)
    with pytest.raises(UserError, match=words) as caught:
        take_in_file(learner, path)
    assert "Nothing was changed" in str(caught.value)
    assert document_of(learner) == before


def repack(path: Path, change: Callable[[dict[str, bytes]], object], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def a_file(members: dict[str, bytes]) -> str:
    return next(name for name in members if name.startswith("files/"))


def test_a_changed_file_is_refused(exported: Path, newcomer: Learner) -> None:
    refused(repack(exported, lambda m: m.update({a_file(m): b"changed"})), newcomer, "damaged")


def test_a_file_that_is_missing_is_named(exported: Path, newcomer: Learner, settings: Any) -> None:
    shutil.rmtree(settings.FILES)
    gone = ""

    def lose(members: dict[str, bytes]) -> None:
        nonlocal gone
        gone = a_file(members)
        members.pop(gone)

    done = take_in_file(newcomer, repack(exported, lose))
    assert done == Exported(7, 2, (gone.removeprefix("files/")[65:],))


def test_packed_anew_by_another_program_it_is_still_good(exported: Path, newcomer: Learner) -> None:
    def as_others_do(members: dict[str, bytes]) -> None:
        members["__MACOSX/._export.json"] = b"..."
        members["notes of mine.txt"] = b"kept beside it"

    take_in_file(newcomer, repack(exported, as_others_do, zipfile.ZIP_DEFLATED))
    assert newcomer.entries.count() == 7


def test_what_is_no_export_is_refused(exported: Path, newcomer: Learner, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("Dear diary")
    refused(tmp_path / "text", newcomer, "is not an export of Segue")
    refused(repack(exported, lambda m: m.pop("export.json")), newcomer, "is not an export of Segue")


def test_a_path_that_leads_out_is_refused(exported: Path, newcomer: Learner) -> None:
    refused(repack(exported, lambda m: m.update({"../evil": b""})), newcomer, "points out of it")


def test_a_bomb_is_refused(exported: Path, newcomer: Learner) -> None:
    bomb = repack(exported, lambda m: m.update({"files/bomb": bytes(10 * importing.SMALL)}), zipfile.ZIP_DEFLATED)
    refused(bomb, newcomer, "would unpack to more than an export of Segue ever holds")


@pytest.mark.parametrize(("bound", "least"), [("MOST_MEMBERS", 10), ("MOST_TOTAL_BYTES", 10_000)])
def test_too_many_or_too_much_is_refused(
    exported: Path, newcomer: Learner, monkeypatch: pytest.MonkeyPatch, bound: str, least: int
) -> None:
    monkeypatch.setattr(importing, bound, least)
    refused(exported, newcomer, "would unpack to more")


def test_not_without_room(exported: Path, newcomer: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SPARE", 10**18)
    refused(exported, newcomer, "MB free")


def contradict(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, bytes]], None]:
    def changed(members: dict[str, bytes]) -> None:
        document = json.loads(members["export.json"])
        change(document)
        members["export.json"] = json.dumps(document).encode()

    return changed


def test_what_the_database_refuses_is_taken_back_as_a_whole(exported: Path, newcomer: Learner) -> None:
    refused(repack(exported, contradict(lambda d: d["entries"][6].update(minutes=MOST * 2))), newcomer, "contradicts itself")
    refused(repack(exported, contradict(lambda d: d["choices"].append(d["choices"][0]))), newcomer, "contradicts itself")


def test_a_file_that_lies_there_already_is_not_stored_twice(
    exported: Path, newcomer: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept("more.txt", b"more")
    monkeypatch.setattr(importing, "store", lambda *_: pytest.fail("stored again"))
    take_in_file(newcomer, exported)
