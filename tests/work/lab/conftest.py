"""A finished analysis of a made-up shop, made once for all tests of these pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from segue.accounts.models import Learner
from segue.jobs import worker
from segue.jobs.models import State
from segue.work.lab import folders
from segue.work.lab.actions.runs import start, take_file
from segue.work.lab.actions.versions import finish
from segue.work.lab.jobs import HANDLERS
from segue.work.lab.models import Analysis
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
    finish(analysis, 1, {})
    analysis.learner.jobs.update(state=State.DONE)
    return Analysis.objects.select_related("job", "learner").get(pk=analysis.pk)


HOSTILE = (
    ("<script>alert(1)</script> the parcel came late and nobody said a word", 1),
    ("=cmd|' /C calc'!A0 is what somebody wrote here, which is strange", 2),
    ("\u0645\u0631\u062d\u0628\u0627 \u0647\u0630\u0627 \u062a\u0639\u0644\u064a\u0642 \u0637\u0648\u064a\u0644", 5),
    (f"{'A' * 300} is one word of three hundred letters", 4),
    ("Fine, write to me at ada@example.com please, or don't", 3),
)


@pytest.fixture(scope="session")
def hostile_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run on five rows that are up to no good: too few for themes and models."""
    import csv

    from feedback_lab.pipeline import STEPS, Config, run_steps

    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "five.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("comment", "stars"), *HOSTILE])
    run_steps(STEPS, source, folder / "run", Config(title="five.csv"), lambda step, share: None, engine="serial")
    return folder / "run"


@pytest.fixture
def five(bring: Callable[..., Analysis], hostile_run: Path) -> Analysis:
    """An analysis of five rows whose run is over."""
    analysis = bring(b"comment,stars\n", "five.csv")
    shutil.copytree(hostile_run, folders.run_folder(analysis))
    finish(analysis, 1, {})
    return Analysis.objects.select_related("job", "learner").get(pk=analysis.pk)


def work_off() -> None:
    """What a worker does until nothing waits."""
    worker.Worker(HANDLERS, should_stop=lambda: False, sleep=lambda seconds: None).run(once=True)
