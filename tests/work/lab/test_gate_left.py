"""What left is logged, and a run that was interrupted, deleted or begun twice sends nothing again."""

from __future__ import annotations

import pytest
from django.test import Client

from segue.core.errors import UserError
from segue.jobs.actions import claim, give_back, report_progress
from segue.jobs.models import Job, State
from segue.jobs.worker import Stopping
from segue.work.lab import folders, jobs
from segue.work.lab.actions import gate as actions
from segue.work.lab.actions.runs import remove, remove_expired
from segue.work.lab.left import left_of
from segue.work.lab.models import Analysis, LabelPlan
from tests.browsing import press, visit
from tests.work.lab.by_hand import hand, hand_run, labels_by_hand
from tests.work.lab.conftest import work_off
from tests.work.lab.fake_endpoint import Fake, aside, asked, fake, fill, last_job, newest, send

__all__ = ["aside", "asked", "fake", "hand", "hand_run"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("killed", [True, False])
def test_an_interrupted_one_does_not_send_again_by_itself(page: Client, aside: Analysis, fake: Fake, killed: bool) -> None:
    send(page, fill(page, aside, fake.url))
    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None

    def report(percent: int, step: str) -> None:
        if step.startswith("Text 4 "):
            raise SystemExit if killed else Stopping

    with pytest.raises((SystemExit, Stopping)):
        jobs.HANDLERS["judge-endpoint"](claimed, report)
    if killed:
        Job.objects.filter(pk=claimed.pk).update(state=State.QUEUED)
    else:
        give_back(claimed)
    work_off()
    assert len(fake.got) == 3
    assert "It was interrupted after 3 of" in visit(page, f"/lab/{aside.pk}/gate/").text
    assert "They are not sent again." in last_job().error


def test_one_that_lost_its_key_before_anything_left_says_so(page: Client, aside: Analysis, fake: Fake) -> None:
    send(page, fill(page, aside, fake.url))
    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None

    def report(percent: int, step: str) -> None:
        raise Stopping

    with pytest.raises(Stopping):
        jobs.HANDLERS["judge-endpoint"](claimed, report)
    give_back(claimed)
    work_off()
    assert fake.got == []
    assert "interrupted before anything left" in last_job().error


def test_a_key_that_nobody_will_fetch_is_swept(page: Client, aside: Analysis, fake: Fake) -> None:
    send(page, fill(page, aside, fake.url))
    remove_expired()
    assert len([*folders.folder_of(aside).rglob("key-*")]) == 1
    Job.objects.update(state=State.CANCELLED)  # as a restore does
    remove_expired()
    assert not [*folders.folder_of(aside).rglob("key-*")]
    send(page, fill(page, aside, fake.url))
    press(page, visit(page, f"/lab/{aside.pk}/gate/"), "Cancel", "stop/")
    assert not [*folders.folder_of(aside).rglob("key-*")]
    work_off()
    assert fake.got == []


def test_what_is_deleted_stops_being_sent_and_takes_its_log_along(page: Client, aside: Analysis, fake: Fake) -> None:
    send(page, fill(page, aside, fake.url))
    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None

    def report(percent: int, step: str) -> None:
        if step.startswith("Text 3 "):
            remove(aside)
        report_progress(claimed, percent, step)

    with pytest.raises(Exception, match="judge-endpoint"):
        jobs.HANDLERS["judge-endpoint"](claimed, report)
    assert len(fake.got) == 2
    assert not folders.folder_of(aside).exists()


def test_sent_twice_from_two_windows_leaves_once(page: Client, aside: Analysis, fake: Fake) -> None:
    shown = fill(page, aside, fake.url)
    send(page, shown)
    assert "A judgement is under way." in send(page, shown).text
    work_off()
    assert len(fake.got) == len(set(fake.texts))
    with pytest.raises(UserError, match="has changed since"):
        actions.send(aside, "0" * 64, "")


def test_a_hostile_answer_stays_words(page: Client, aside: Analysis, fake: Fake) -> None:
    fake.answer = lambda text: (200, "<script>alert(1)</script>")
    send(page, fill(page, aside, fake.url, name="<b>model"))
    work_off()
    run = newest(aside)
    for path in ("", "left/", f"{run.pk}/"):
        html = visit(page, f"/lab/{aside.pk}/gate/{path}").html
        assert "<script>alert" not in html
        assert "<b>model" not in html
    assert set(run.answers) == {""}
    assert "no valid answer" in visit(page, f"/lab/{aside.pk}/gate/{run.pk}/").text


def test_a_log_that_was_cut_off_is_read_as_far_as_it_goes(page: Client, aside: Analysis, fake: Fake) -> None:
    send(page, fill(page, aside, fake.url, rows=3))
    work_off()
    with folders.left_file(aside).open("a", encoding="utf-8") as file:
        file.write('{"event": "sent", "body": {"mess')
    assert (left_of(aside).texts, left_of(aside).broken) == (3, 1)
    send(page, fill(page, aside, fake.url, rows=2))
    work_off()
    assert ([run.texts for run in left_of(aside).runs], left_of(aside).broken) == ([2, 3], 1)
    assert "1 line of the log can’t be read" in visit(page, f"/lab/{aside.pk}/gate/left/").text


def test_labels_to_choose_from_are_those_of_the_plan(page: Client, aside: Analysis, fake: Fake) -> None:
    LabelPlan.objects.update(classes=["unsure", "never seen", *sorted({*labels_by_hand().values()})])
    shown = fill(page, aside, fake.url)
    assert "- never seen" in shown.text
    assert "- unsure" not in shown.text


def test_no_log_before_anything_left(page: Client, aside: Analysis) -> None:
    assert "Nothing of this analysis has left." in visit(page, f"/lab/{aside.pk}/gate/left/").text
    assert page.get(f"/lab/{aside.pk}/gate/left/file/").status_code == 404
    assert "left so far" not in visit(page, f"/lab/{aside.pk}/gate/").text
