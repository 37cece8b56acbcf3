"""A finished analysis of a made-up shop, made once for all tests of these pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from segue.accounts.models import Learner
from segue.jobs import worker
from segue.work.lab import folders
from segue.work.lab.actions import finish, start, take_file
from segue.work.lab.jobs import HANDLERS
from segue.work.lab.models import Analysis
from segue.work.lab.results import facts_of
from tests.conftest import MONDAY
from tests.feedback import write_shop
from tests.remembering import remembered_turns

__all__ = ["remembered_turns"]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of one test are never seen by another; a worker leaves the connection alone, whose transaction is the test's."""
    settings.HOME = tmp_path / "home"
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run on the file of the shop."""
    from feedback_lab.pipeline import STEPS, Config, run_steps

    folder = tmp_path_factory.mktemp("lab")
    source = write_shop(folder / "shop.csv")
    run_steps(STEPS, source, folder / "run", Config(question="Why?", title="shop.csv"), lambda step, share: None, engine="serial")
    return folder / "run"


@pytest.fixture
def bring(priya: Learner, tmp_path: Path) -> Callable[..., Analysis]:
    """Brings a file, that of the shop where no other is given."""

    def take(data: bytes | None = None, name: str = "shop.csv") -> Analysis:
        content = write_shop(tmp_path / "shop.csv").read_bytes() if data is None else data
        about = {"question": "Why?", "permission": "licence", "keep_until": MONDAY.replace(year=2027)}
        return take_file(priya, name, len(content), [content], **about)  # type: ignore[arg-type]

    return take


@pytest.fixture
def done(bring: Callable[..., Analysis], finished_run: Path) -> Analysis:
    """An analysis whose run is over."""
    analysis = start(bring(), {})
    shutil.copytree(finished_run, folders.run_folder(analysis))
    finish(analysis, facts_of(analysis))
    return analysis


def work_off() -> None:
    """What a worker does until nothing waits."""
    worker.Worker(HANDLERS, should_stop=lambda: False, sleep=lambda seconds: None).run(once=True)
