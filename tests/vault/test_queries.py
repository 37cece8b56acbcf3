from __future__ import annotations

from pathlib import Path

import pytest
from django.http import Http404

from segue.accounts.models import Learner
from segue.jobs.actions import enqueue
from segue.vault.backup import daily_backup
from segue.vault.manifest import DATABASE
from segue.vault.queries import data_page, job_page


def test_sizes_are_those_of_the_files(learner: Learner, home: Path) -> None:
    daily_backup()
    (home / "replaced" / "2026").mkdir(parents=True)
    (home / "replaced" / "2026" / DATABASE).write_bytes(bytes(5000))
    sizes = {place.what: place.size for place in data_page().places}
    assert sizes["Database"] == sum(path.stat().st_size for path in home.glob(f"{DATABASE}*"))
    assert sizes["Attached files"] == len(b"# Notes\n") + 256 * 40 + len(b"Looks right to me.")
    assert sizes["Automatic backups"] == next((home / "backups").iterdir()).stat().st_size
    assert sizes["What a restore replaced"] == 5000


def test_an_empty_folder_has_no_size(home: Path) -> None:
    sizes = {place.what: place.size for place in data_page().places}
    assert sizes["Attached files"] == sizes["Automatic backups"] == sizes["What a restore replaced"] == 0


def test_only_exports_and_backups_have_a_page(priya: Learner) -> None:
    with pytest.raises(Http404):
        job_page(priya, enqueue("daily-backup", priya).pk)
