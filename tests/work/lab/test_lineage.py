"""What the manifest of a run tells of where it comes from."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.lab import folders, lineage
from segue.work.lab.lineage import lineage_of, run_versions
from segue.work.lab.models import Analysis
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.work.lab.made_run import make, predicted, selected

PAGE = "/deepen/lineage/"


@pytest.mark.slow
def test_a_run_from_its_file_to_its_report(done: Analysis) -> None:
    (run,) = run_versions(done.learner)
    found = lineage_of(run)
    assert found is not None
    folder = folders.run_folder(done)
    assert (run.id, run.made_on, found.run.manifest_sha256) == (f"{done.pk}.1", MONDAY, done.versions.get().manifest_sha256)
    assert (found.rows, found.rows_in_file) == (done.facts["kept"], 240)
    assert found.report_sha256 == sha256((folder / "report.html").read_bytes()).hexdigest()
    steps = {step.name: step for step in found.steps}
    assert [*steps][:3] == ["ingest", "redact", "profile"]
    assert steps["select"].needs == ("ingest", "embed")
    assert dict(steps["select"].told) == {
        "seed": "0",
        "target": "left to the Lab",
        "labels": "left to the Lab",
        "gold": "left to the Lab",
        "model rows": "20000",
    }
    assert all(step.reason or step.sha256 for step in found.steps)
    assert bool(found.model_sha256) == (folder / "model").is_dir()


@pytest.mark.slow
def test_the_page_draws_it_and_tells_what_rests_on_it(page: Client, priya: Learner, done: Analysis) -> None:
    press(page, visit(page, f"/lab/{done.pk}/models/"), "Record the run")
    shown = visit(page, PAGE)
    assert "<svg" in shown.html
    assert "steps lead from the source file to the model and the report" in shown.text
    assert "entry 1" in shown.section("What rests on it")
    form = visit(page, shown.link("Enter its model"))
    assert form.form("Enter it").values["version"] == "1"
    entered = press(page, form, "Enter it", owner="Ada", next_review_on="2027-01-20")
    item = priya.model_items.get()
    assert (item.analysis, item.lab_version) == (done.pk, 1)
    assert item.manifest_sha256 == done.versions.get().manifest_sha256
    assert len(item.data_sha256) == 64
    assert entered.link("shop.csv, version 1").endswith(f"?run={done.pk}.1")
    assert item.name in visit(page, PAGE).section("What rests on it")
    folders.clear(done)
    assert "files are gone" in visit(page, entered.path).text
    changed = press(page, visit(page, f"{entered.path}change/"), "Keep the change", state="paused", says="Its run is gone.")
    assert changed.path == entered.path
    assert priya.model_items.get().data_sha256 == item.data_sha256


def test_without_a_run_it_leads_to_the_lab(page: Client) -> None:
    shown = visit(page, PAGE)
    assert "There is no finished run" in shown.text
    assert shown.link("Go to the Lab") == "/lab/"
    assert page.get(PAGE, {"run": "1.1"}).status_code == 404
    assert page.get(PAGE, {"run": "x"}).status_code == 404


def test_versions_are_chosen_and_those_of_others_are_not_there(page: Client, bring: object) -> None:
    analysis = make(make(bring(), select=selected(), predictions=predicted()))  # type: ignore[operator]
    shown = visit(page, PAGE)
    assert shown.form("Show it").options["run"] == [f"{analysis.pk}.2", f"{analysis.pk}.1"]
    older = visit(page, PAGE, {"run": f"{analysis.pk}.1"})
    assert "version 1" in older.text
    assert "<script>alert" not in older.html
    assert "left out" in older.text


def test_a_damaged_run_is_told(page: Client, bring: object) -> None:
    analysis = make(bring())  # type: ignore[operator]
    (folders.run_folder(analysis) / "manifest.json").write_text("{}")
    with pytest.raises(UserError):
        lineage_of(run_versions(analysis.learner)[0])
    assert page.get(PAGE).status_code == 400


def test_where_the_parts_are_missing_the_page_says_so(page: Client, bring: object, monkeypatch: pytest.MonkeyPatch) -> None:
    make(bring())  # type: ignore[operator]
    monkeypatch.setattr(lineage, "is_installed", lambda: False)
    assert "not installed" in visit(page, PAGE).text


def test_runs_of_others_are_not_listed(bring: object, make_learner: object) -> None:
    analysis = make(bring())  # type: ignore[operator]
    assert [run.number for run in run_versions(analysis.learner)] == [1]
    assert run_versions(make_learner("Sam")) == []  # type: ignore[operator]
    assert replace(run_versions(analysis.learner)[0], number=7).id == f"{analysis.pk}.7"
