from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from segue.accounts.models import Learner
from segue.jobs.actions import enqueue
from segue.jobs.models import Job, State
from segue.vault import outgoing

OnDay = Callable[[date], None]
ClientOf = Callable[[Learner | None], Client]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def alone(priya: Learner, settings: Any) -> Client:
    """A browser at the only learner's own computer."""
    if connection.vendor != "sqlite":
        pytest.skip("backups are a matter of SQLite")
    settings.SINGLE_USER = True
    priya.user.username = "me"
    priya.user.save()
    return Client()


def job_in(state: State, learner: Learner, kind: str = "export", **more: Any) -> Job:
    job = enqueue(kind, learner)
    Job.objects.filter(pk=job.pk).update(state=state, **more)
    return Job.objects.get(pk=job.pk)


def finished(learner: Learner, data: bytes = b"zip") -> Job:
    outgoing.folder().mkdir(exist_ok=True)
    (outgoing.folder() / "segue-export-1.zip").write_bytes(data)
    result = {"name": "segue-export-1.zip", "size": len(data), "entries": 1, "files": 2, "missing": []}
    return job_in(State.DONE, learner, result=result)


def text(browser: Client, url: str, **more: Any) -> str:
    response = browser.get(url, **more)
    assert response.status_code == 200
    return response.content.decode()


# --- the page of the data ---------------------------------------------------------------------------------------------------


def test_says_where_everything_is_and_how_to_bring_a_backup_back(alone: Client, home: Path) -> None:
    (home / "backups").mkdir()
    for name in ("daily-2026-11-22.seguebackup", "before-migration-2026-11-21-101500.seguebackup", "mine.seguebackup"):
        (home / "backups" / name).write_bytes(b"x" * 2048)
    page = text(alone, reverse("vault:show-data"))
    assert str(home) in page
    newest, older = page.index("daily-2026-11-22"), page.index("before-migration-2026-11-21")
    assert newest < older
    assert f"segue --home &quot;{home}&quot; restore &quot;{home}/backups/daily-2026-11-22.seguebackup&quot;" in page
    assert "mine.seguebackup" not in page
    assert "Before an update" in page


def test_without_a_backup_it_says_when_there_will_be_one(alone: Client) -> None:
    assert "No backup yet" in text(alone, reverse("vault:show-data"))


def test_on_a_server_for_many_it_shows_no_paths_and_no_backup(page: Client, home: Path) -> None:
    """A backup holds everybody's work, and where it lies is the server's business."""
    shown = text(page, reverse("vault:show-data"))
    assert str(home) not in shown
    assert "Make a backup" not in shown
    assert "Export everything" in shown
    assert page.post(reverse("vault:make-backup")).status_code == 404
    assert not Job.objects.exists()


@pytest.mark.parametrize(("name", "kind"), [("vault:make-export", "export"), ("vault:make-backup", "backup")])
def test_a_button_asks_for_a_job_and_leads_to_it(alone: Client, priya: Learner, name: str, kind: str) -> None:
    response = alone.post(reverse(name))
    job = Job.objects.get()
    assert (job.kind, job.learner, job.state) == (kind, priya, State.QUEUED)
    assert response.headers["Location"] == reverse("vault:show-job", args=[job.pk])
    assert alone.post(reverse(name)).headers["Location"] == response.headers["Location"], "the one under way is shown again"
    assert Job.objects.count() == 1


@pytest.mark.parametrize("name", ["vault:make-export", "vault:make-backup"])
def test_looking_makes_nothing(alone: Client, name: str) -> None:
    assert alone.get(reverse(name)).status_code == 405
    assert not Job.objects.exists()


# --- a job ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.QUEUED, "Your export waits its turn"),
        (State.RUNNING, "Your export is being made"),
        (State.FAILED, "The export could not be made"),
        (State.CANCELLED, "The export was cancelled"),
    ],
)
def test_each_state_has_its_words(page: Client, priya: Learner, state: State, words: str) -> None:
    job = job_in(state, priya, progress=40, step="Packing file 2 of 5", error="The disk is full.")
    shown = text(page, reverse("vault:show-job", args=[job.pk]))
    assert f"<h1>{words}</h1>" in shown
    assert ("Packing file 2 of 5" in shown) is (state == State.RUNNING)
    assert ("40 %" in shown) is (state == State.RUNNING)
    assert ("The disk is full." in shown) is (state == State.FAILED)
    is_open = state in (State.QUEUED, State.RUNNING)
    assert ("hx-get" in shown) is is_open, "asks again while it is open, and not afterwards"
    assert ('<noscript><meta http-equiv="refresh"' in shown) is is_open
    assert ("Cancel" in shown.replace("cancelled", "")) is is_open


def test_htmx_gets_the_fragment_alone(page: Client, priya: Learner) -> None:
    job = job_in(State.RUNNING, priya)
    fragment = text(page, reverse("vault:show-job", args=[job.pk]), headers={"HX-Request": "true"})
    assert fragment.lstrip().startswith('<div id="job"')
    assert "<html" not in fragment


def test_a_finished_one_can_be_downloaded(page: Client, priya: Learner) -> None:
    job = finished(priya, b"zip" * 1000)
    shown = text(page, reverse("vault:show-job", args=[job.pk]))
    assert "1 entry and 2 attached files" in shown
    download = reverse("vault:download-result", args=[job.pk])
    assert f'href="{download}"' in shown
    response = page.get(download)
    assert b"".join(response.streaming_content) == b"zip" * 1000  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == 'attachment; filename="segue-export-1.zip"'


def test_missing_files_are_named(page: Client, priya: Learner) -> None:
    job = finished(priya)
    Job.objects.update(result=job.result | {"missing": ["<b>photo</b>.png"]})
    shown = text(page, reverse("vault:show-job", args=[job.pk]))
    assert "Some attached files are not in it" in shown
    assert "&lt;b&gt;photo&lt;/b&gt;.png" in shown


def test_one_whose_file_is_gone_says_so(page: Client, priya: Learner) -> None:
    job = finished(priya)
    (outgoing.folder() / "segue-export-1.zip").unlink()
    assert "The file is no longer there" in text(page, reverse("vault:show-job", args=[job.pk]))
    assert page.get(reverse("vault:download-result", args=[job.pk])).status_code == 404


def test_it_can_be_cancelled(page: Client, priya: Learner) -> None:
    job = job_in(State.RUNNING, priya)
    response = page.post(reverse("vault:cancel-job", args=[job.pk]), follow=True)
    assert "The export was cancelled" in response.content.decode()
    assert Job.objects.get().state == State.CANCELLED


def test_strangers_and_upkeep_do_not_exist(client_of: ClientOf, make_learner: Callable[..., Learner], priya: Learner) -> None:
    job, upkeep = finished(priya), enqueue("daily-backup")
    stranger = client_of(make_learner("Sam"))
    for pk in (job.pk, upkeep.pk, 999):
        assert stranger.get(reverse("vault:show-job", args=[pk])).status_code == 404
        assert stranger.get(reverse("vault:download-result", args=[pk])).status_code == 404
        assert stranger.post(reverse("vault:cancel-job", args=[pk])).status_code == 404
    assert Job.objects.get(pk=job.pk).state == State.DONE


# --- health -----------------------------------------------------------------------------------------------------------------


def test_health_says_which_segue_without_a_database_or_a_path(home: Path) -> None:
    response = Client().get("/health/")
    said = response.json()
    assert response.status_code == 200
    assert said["product"] == "segue"
    assert set(said) == {"product", "version", "home"}
    assert str(home) not in response.content.decode()


def test_health_tells_strangers_no_version(home: Path, settings: Any) -> None:
    settings.PUBLIC_URL = "https://testserver"
    assert Client().get("/health/").json() == {"product": "segue"}
    settings.PUBLIC_URL = "https://segue.example"
    assert "version" in Client().get("/health/").json()


def test_health_tells_one_data_folder_from_another(home: Path, settings: Any) -> None:
    first = Client().get("/health/").json()["home"]
    assert Client().get("/health/").json()["home"] == first
    settings.HOME = home / "other"
    assert Client().get("/health/").json()["home"] != first
