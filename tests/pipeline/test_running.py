"""Steps are done once, again when something they depend on changes, and taken up again after a kill."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedback_lab.errors import DamagedRun, LabError, NotEnoughData
from feedback_lab.pipeline.config import Config
from feedback_lab.pipeline.manifest import FORMAT, NAME, read_manifest
from feedback_lab.pipeline.run import LOCK, Run, only_one
from feedback_lab.pipeline.running import Done, Outcome, Step, run_steps

OnShare = Callable[[float], None]


@dataclass(frozen=True)
class Counted:
    """A made-up result."""

    times: int


class Workshop:
    """Three steps in a row, of which each notes that it was done."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.fault: BaseException | None = None
        self.steps = (
            Step("first", "", self._step("first"), settings=("seed",), folders=("first",), reads_source=True),
            Step("second", "", self._step("second"), needs=("first",), settings=("themes",)),
            Step("third", "", self._step("third"), needs=("second",), settings=()),
        )

    def _step(self, name: str) -> Callable[[Run, OnShare], Done]:
        def do(run: Run, on_share: OnShare) -> Done:
            self.calls.append(name)
            if name == "second" and self.fault:
                raise self.fault
            on_share(0.5)
            text = run.read_from().read_text() if name == "first" else name
            made = run.folder.path / name / "made.txt"
            made.parent.mkdir(exist_ok=True)
            made.write_text(text)
            return Done(Counted(len(text)), (made,), {"of": name})

        return do

    def run(self, source: Path, into: Path, config: Config | None = None) -> Outcome:
        return run_steps(self.steps, source, into, config or Config(), lambda step, share: None, engine="serial")


@pytest.fixture
def shop() -> Workshop:
    return Workshop()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text("text\ngood")
    return path


def test_steps_are_done_once(shop: Workshop, source: Path, tmp_path: Path) -> None:
    first = shop.run(source, tmp_path / "run")
    again = shop.run(source, tmp_path / "run")
    assert shop.calls == ["first", "second", "third"]
    assert first.manifest == again.manifest
    assert first.manifest.steps["first"].measured == {"of": "first"}
    assert json.loads(first.folder.result("first").read_text()) == {"times": 9}


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (lambda run, source: source.write_text("text\nnot so good"), ["first", "second", "third"]),
        (lambda run, source: (run / "second/made.txt").write_text("forged"), ["second"]),
        (lambda run, source: (run / "results/third.json").unlink(), ["third"]),
        (lambda run, source: (run / "first/made.txt").unlink(), ["first"]),
    ],
    ids=["source", "forged file", "lost result", "lost file"],
)
def test_what_depends_on_a_change_is_done_again(
    shop: Workshop, source: Path, tmp_path: Path, change: Callable[[Path, Path], object], again: list[str]
) -> None:
    shop.run(source, tmp_path / "run")
    change(tmp_path / "run", source)
    shop.calls.clear()
    shop.run(source, tmp_path / "run")
    assert shop.calls == again


def test_a_setting_costs_only_the_steps_that_use_it(shop: Workshop, source: Path, tmp_path: Path) -> None:
    shop.run(source, tmp_path / "run")
    shop.calls.clear()
    shop.run(source, tmp_path / "run", Config(themes=5))
    assert shop.calls == ["second", "third"]
    shop.calls.clear()
    shop.run(source, tmp_path / "run", Config(themes=5, title="Another"))
    assert shop.calls == []


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), ValueError("a bug"), LabError("mend me"), MemoryError()])
def test_a_run_that_stopped_goes_on_where_it_was(shop: Workshop, source: Path, tmp_path: Path, fault: BaseException) -> None:
    shop.fault = fault
    with pytest.raises(type(fault)):
        shop.run(source, tmp_path / "run")
    manifest = read_manifest(tmp_path / "run")
    assert manifest is not None
    assert list(manifest.steps) == ["first"]
    assert not (tmp_path / "run" / LOCK).exists()
    shop.fault = None
    shop.calls.clear()
    shop.run(source, tmp_path / "run")
    assert shop.calls == ["second", "third"]


def test_a_step_without_enough_data_is_left_out_with_its_reason(shop: Workshop, source: Path, tmp_path: Path) -> None:
    shop.fault = NotEnoughData("There are 2 rows.", "Use more.")
    outcome = shop.run(source, tmp_path / "run")
    assert outcome.skipped == {"second": "There are 2 rows. Use more."}
    assert not outcome.folder.result("second").exists()
    assert shop.calls == ["first", "second", "third"]


def test_a_result_of_other_settings_does_not_outlive_its_step(shop: Workshop, source: Path, tmp_path: Path) -> None:
    shop.run(source, tmp_path / "run")
    shop.fault = NotEnoughData("too few")
    outcome = shop.run(source, tmp_path / "run", Config(themes=2))
    assert not outcome.folder.result("second").exists()


def test_two_processes_do_not_share_a_folder(shop: Workshop, source: Path, tmp_path: Path) -> None:
    with only_one(tmp_path / "run"), pytest.raises(LabError, match=r"at work in"):
        shop.run(source, tmp_path / "run")


@pytest.mark.parametrize("owner", ["", "999999999", "not a number"])
def test_a_lock_whose_owner_was_killed_is_taken_over(shop: Workshop, source: Path, tmp_path: Path, owner: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / LOCK).write_text(owner)
    shop.run(source, tmp_path / "run")
    assert shop.calls == ["first", "second", "third"]


def test_a_folder_with_other_things_is_refused(shop: Workshop, source: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/cat.jpg").write_bytes(b"meow")
    with pytest.raises(LabError, match=r"holds other files"):
        shop.run(source, tmp_path / "photos")
    with pytest.raises(LabError, match=r"is a file"):
        shop.run(source, source)
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_a_folder_of_a_newer_version_is_refused_untouched(shop: Workshop, source: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    text = json.dumps({"format": FORMAT + 1, "version": "9.9"})
    (tmp_path / "run" / NAME).write_text(text)
    with pytest.raises(LabError, match="newer"):
        shop.run(source, tmp_path / "run")
    assert (tmp_path / "run" / NAME).read_text() == text


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_source_that_is_no_file_is_refused(shop: Workshop, tmp_path: Path, name: str) -> None:
    with pytest.raises(LabError, match="is not a file"):
        shop.run(tmp_path / name, tmp_path / "run")


def test_without_its_file_a_run_goes_on_from_what_it_stored(shop: Workshop, tmp_path: Path) -> None:
    (source := tmp_path / "a.csv").write_text("abc")
    before = shop.run(source, tmp_path / "run")
    source.unlink()
    shop.calls.clear()
    after = run_steps(shop.steps, None, tmp_path / "run", Config(themes=4), lambda step, share: None, engine="serial")
    assert shop.calls == ["second", "third"]
    assert (after.manifest.source_name, after.manifest.source_sha256) == ("a.csv", before.manifest.source_sha256)
    (tmp_path / "run" / "first" / "made.txt").write_text("changed")
    with pytest.raises(DamagedRun, match="step first"):
        run_steps(shop.steps, None, tmp_path / "run", Config(), lambda step, share: None, engine="serial")


def test_without_its_file_and_without_a_run_there_is_nothing_to_go_on_from(shop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(LabError, match="no run to go on from"):
        run_steps(shop.steps, None, tmp_path / "run", Config(), lambda step, share: None, engine="serial")
