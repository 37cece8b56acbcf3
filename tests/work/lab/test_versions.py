"""A finished analysis is run again: the version before stays, the next one goes by what was decided since."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.jobs.actions import cancel, claim, report_progress
from segue.jobs.models import Job, State
from segue.shared import clock
from segue.work.lab import folders, jobs
from segue.work.lab.actions.runs import JOB, remove, stop
from segue.work.lab.actions.versions import AGAIN, run_again, set_settings
from segue.work.lab.figures import figures_of, runs_of
from segue.work.lab.models import Analysis, Purpose, RowMark
from segue.work.lab.queries.versions import ENOUGH_LABELS, inputs_of, learns_from, next_run, told
from segue.work.lab.versions import COLUMNS, table_of
from tests.browsing import press, visit
from tests.feedback import shop_rows
from tests.work.lab.conftest import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def now(analysis: Analysis) -> Analysis:
    return Analysis.objects.select_related("job").get(pk=analysis.pk)


def label_by_topic(analysis: Analysis, count: int, wrong: int = 0) -> None:
    rows = list(enumerate(shop_rows(), 1))[:count]
    marks = [(number, "other" if number <= wrong else row["topic"]) for number, row in rows]
    RowMark.objects.bulk_create(
        RowMark(analysis=analysis, purpose=Purpose.OWN, row=number, value=label, at=clock.now()) for number, label in marks
    )


def files_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()
    }


def test_labels_make_a_second_version_and_the_first_stays_as_it_was(page: Client, done: Analysis) -> None:
    before, first = figures_of(done), files_of(folders.run_folder(done, 1))
    assert before is not None
    label_by_topic(done, 160)
    shown = visit(page, f"/lab/{done.pk}/")
    assert "Changed since: labels by hand." in shown.text
    waiting = press(page, shown, "Run again")
    assert "Version 2 is being made" in waiting.text
    assert "version 1 stays as it is" in waiting.text
    work_off()
    after = figures_of(now(done))
    assert after is not None
    assert (before.version, after.version) == (1, 2)
    assert after.target == "label by hand"
    assert after.named()["labels"].value == 160
    assert after.manifest_sha256 != before.manifest_sha256
    assert files_of(folders.run_folder(done, 1)) == first
    assert figures_of(now(done), 1) == before
    listed = visit(page, f"/lab/{done.pk}/versions/")
    assert "Changed since" not in listed.text
    for found in (before, after):
        assert found.named()["score"].text in listed.text
    reports = [page.get(f"/lab/{done.pk}/report/?version={number}") for number in (1, 2)]
    assert b"".join(reports[0].streaming_content) != b"".join(reports[1].streaming_content)  # type: ignore[attr-defined]
    assert page.get(f"/lab/{done.pk}/report/?version=3").status_code == 404


def test_figures_are_the_ones_in_the_results(done: Analysis) -> None:
    found = figures_of(done)
    assert found is not None
    folder = folders.run_folder(done)
    assert found.manifest_sha256 == sha256((folder / "manifest.json").read_bytes()).hexdigest()
    select = json.loads((folder / "results" / "select.json").read_text())
    place = next(at for at, each in enumerate(select["candidates"]) if each["name"] == select["recommended"])
    score = found.named()["score"]
    assert score.value == select["candidates"][place]["macro_f1"]["value"]
    assert score.source == f"results/select.json, candidates[{place}].macro_f1"
    assert found.named()["rows"].text == "240"
    assert len(found.named()) == len(found.figures)
    assert runs_of(done.learner) == [done]


def test_names_are_figures_without_a_number(done: Analysis) -> None:
    select = json.loads((folders.run_folder(done) / "results" / "select.json").read_text())
    found = figures_of(done)
    assert found is not None
    named = found.named()
    assert (named["model"].text, named["model"].value) == (f"“{select['recommended']}”", None)
    assert (named["target"].text, named["target"].source) == (f"“{found.target}”", "results/select.json, target.column")
    cells = dict(zip([key for key, _, _ in COLUMNS], table_of(done).rows[0], strict=True))
    assert (cells["model"], cells["target"]) == (found.model, found.target)


def test_a_run_is_of_the_day_that_its_pages_show(page: Client, done: Analysis, far_east: None) -> None:
    done.versions.update(made_at=datetime(2026, 11, 22, 20, 30, tzinfo=UTC))
    found = figures_of(done)
    assert found is not None
    assert found.made_on == date(2026, 11, 23)
    assert "23 November 2026" in str(table_of(done).rows)
    assert "23 November 2026" in visit(page, f"/lab/{done.pk}/versions/").section("Reports")
    report = page.get(f"/lab/{done.pk}/report/?version=1")
    report.close()
    assert "23-November-2026" in report["Content-Disposition"]


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine nine hours ahead of UTC."""
    with monkeypatch.context() as moved:
        moved.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


def test_a_changed_label_changes_the_figures(done: Analysis) -> None:
    label_by_topic(done, 160)
    run_again(done)
    work_off()
    RowMark.objects.filter(row__lte=60).update(value="delivery")
    run_again(now(done))
    work_off()
    two, three = (figures_of(now(done), number) for number in (2, 3))
    assert two is not None
    assert three is not None
    assert two.named()["score"].value != three.named()["score"].value
    assert [version.number for version in done.versions.all()] == [3, 2, 1]


def test_nothing_decided_is_nothing_changed(done: Analysis) -> None:
    assert next_run(done).changed == ()
    set_settings(done, positive="negative")
    assert next_run(done).changed == ("what the model is told",)
    set_settings(done, positive="")
    assert inputs_of(done, told(done)) == dict.fromkeys(("labels", "themes", "settings", "notes"), "")


def test_few_labels_are_not_learnt_from_unless_one_says_so(done: Analysis) -> None:
    label_by_topic(done, ENOUGH_LABELS - 1)
    assert learns_from(done) == "columns"
    assert next_run(done).changed == (), "labels that no model learns from change nothing"
    set_settings(done, learn_from="labels")
    assert learns_from(done) == "labels"


def test_a_class_whose_threshold_was_chosen_goes_with_what_is_learnt(done: Analysis) -> None:
    set_settings(done, positive="negative", learn_from="columns")
    assert done.settings == {"positive": "negative", "learn_from": "columns"}
    set_settings(done, learn_from="columns")
    assert done.settings["positive"] == "negative"
    set_settings(done, learn_from="labels")
    assert done.settings == {"learn_from": "labels"}


def test_a_cancelled_next_run_leaves_the_version_that_was_there(done: Analysis) -> None:
    label_by_topic(done, 160)
    run_again(done)
    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None

    def report(percent: int, step: str) -> None:
        cancel(Job.objects.get(kind=AGAIN))
        report_progress(claimed, percent, step)

    with pytest.raises(Exception, match=AGAIN):
        jobs.analyse_again(claimed, report)
    assert not folders.run_folder(done, 2).exists()
    assert figures_of(now(done)) == figures_of(done)


def test_a_next_run_that_was_killed_goes_on(done: Analysis) -> None:
    class Stopped(Exception):
        pass

    def report(percent: int, step: str) -> None:
        if percent > 50:
            raise Stopped

    label_by_topic(done, 160)
    run_again(done)
    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None
    with pytest.raises(Stopped):
        jobs.analyse_again(claimed, report)
    assert now(done).version == 1
    jobs.analyse_again(claimed, lambda percent, step: None)
    assert now(done).version == 2


def test_a_damaged_run_fails_with_words_and_the_page_says_them(page: Client, done: Analysis) -> None:
    part = next((folders.run_folder(done) / "rows").glob("part-*.parquet"))
    part.write_bytes(b"no parquet")
    run_again(done)
    work_off()
    job = now(done).job
    assert job is not None
    assert job.state == State.FAILED
    assert "not as it was written" in job.error
    assert "The last run could not be done" in visit(page, f"/lab/{done.pk}/").text


def test_two_windows_ask_for_one_run(page: Client, done: Analysis) -> None:
    label_by_topic(done, 50)
    shown = visit(page, f"/lab/{done.pk}/")
    press(page, shown, "Run again")
    second = press(page, shown, "Run again")
    assert "A run of this is under way." in second.text
    assert Job.objects.filter(kind=AGAIN).count() == 1
    assert Client().get(f"/lab/{done.pk}/again/watch/").status_code == 302
    fragment = page.get(f"/lab/{done.pk}/again/watch/", headers={"HX-Request": "true"})
    assert "Version 2 is being made" in fragment.content.decode()
    Job.objects.update(state=State.DONE)
    assert page.get(f"/lab/{done.pk}/again/watch/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("typed", "words"), [({"themes": "1"}, "whole number from 2 to 50"), ({"learn_from": "x"}, "valid choice")]
)
def test_what_the_next_run_is_told_is_checked(page: Client, done: Analysis, typed: dict[str, str], words: str) -> None:
    shown = visit(page, f"/lab/{done.pk}/versions/")
    answer = press(page, shown, "Run again", **{"learn_from": "columns", **typed})
    assert answer.status == 422
    assert words in answer.text
    assert not Job.objects.filter(kind=AGAIN).exists()


def test_a_number_of_themes_is_kept_to(page: Client, done: Analysis) -> None:
    press(page, visit(page, f"/lab/{done.pk}/versions/"), "Run again", learn_from="columns", themes="3")
    work_off()
    found = figures_of(now(done))
    assert found is not None
    assert found.named()["themes"].value == 3


def test_removing_takes_all_that_people_said_along(done: Analysis, priya: Learner, bring: Callable[..., Analysis]) -> None:
    label_by_topic(done, 10)
    remove(done)
    assert not RowMark.objects.exists()
    assert not done.versions.exists()
    assert runs_of(priya) == []


def test_a_run_that_was_finished_before_its_worker_died_is_not_done_again(done: Analysis) -> None:
    """The worker is killed between the end of the run and the note that the job is done: the job comes again."""
    kept = files_of(folders.run_folder(done, 1))
    again = Job.objects.create(kind=JOB, learner=done.learner, payload={"analysis": done.pk}, attempts=2, created_at=clock.now())
    assert jobs.analyse(again, lambda percent, step: None) == {}
    assert files_of(folders.run_folder(done, 1)) == kept
    label_by_topic(done, 160)
    run_again(done)
    work_off()
    second = files_of(folders.run_folder(done, 2))
    Job.objects.filter(kind=AGAIN).update(state=State.QUEUED)
    assert stop(now(done))
    assert files_of(folders.run_folder(done, 2)) == second
    job = Job.objects.get(kind=AGAIN)
    RowMark.objects.update(value="delivery")
    assert jobs.analyse_again(job, lambda percent, step: None) == {}
    assert files_of(folders.run_folder(done, 2)) == second
    assert now(done).version == 2


def test_labels_that_are_not_there_can_not_be_learnt_from(page: Client, done: Analysis) -> None:
    shown = press(page, visit(page, f"/lab/{done.pk}/versions/"), "Run again", learn_from="labels")
    assert "no settled label that a model may learn from" in shown.text
    assert not Job.objects.filter(kind=AGAIN).exists()


def test_answers_that_were_taken_back_are_in_no_later_version(done: Analysis) -> None:
    done.notes = {"owner": "Priya alone"}
    done.save()
    run_again(done)
    work_off()
    Analysis.objects.update(notes={})
    run_again(now(done))
    work_off()
    texts = [
        path.read_text("utf-8") for number in (2, 3) for path in folders.run_folder(done, number).glob("*.*") if path.is_file()
    ]
    assert sum("Priya alone" in text for text in texts) > 0
    later = [path for path in folders.run_folder(done, 3).glob("*.*") if b"Priya alone" in path.read_bytes()]
    assert later == []


def test_costs_go_with_their_class(done: Analysis) -> None:
    label_by_topic(done, 160)
    RowMark.objects.filter(row__lte=4).update(value="rare")
    set_settings(done, positive="rare", cost_false_positive=500.0, threshold=0.07, learn_from="labels")
    set_settings(done, positive="rare", cost_false_positive=500.0)
    assert told(done).settings == {}, "a class of four rows is left out of the comparison"
    set_settings(done, positive="delivery", cost_false_positive=5.0)
    assert told(done).settings == {"positive": "delivery", "cost_false_positive": 5.0}
