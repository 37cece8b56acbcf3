"""A language model on the same rows: nothing leaves before its switch, and only what was shown leaves."""

from __future__ import annotations

import json
import stat
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client

from segue.jobs.actions import cancel, claim, report_progress
from segue.jobs.models import Job, State
from segue.work.lab import folders, jobs
from segue.work.lab.asking import ask_of, chosen_places, preview_of
from segue.work.lab.gate_forms import AskForm, SendForm
from segue.work.lab.left import left_of
from segue.work.lab.models import Analysis, EvalRun, LabelPlan, RowMark
from segue.work.lab.queries.marks import eval_set_of
from tests.browsing import press, visit
from tests.work.lab.by_hand import hand, hand_run
from tests.work.lab.conftest import work_off
from tests.work.lab.fake_endpoint import KEY, Answer, Fake, aside, asked, fake, fill, last_job, newest, send

__all__ = ["aside", "asked", "fake", "hand", "hand_run"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_nothing_leaves_before_the_switch_and_then_only_for_the_host(
    page: Client, aside: Analysis, fake: Fake, asked: list[Any]
) -> None:
    press(page, visit(page, f"/lab/{aside.pk}/gate/"), "Judge version 2")
    work_off()
    shown = fill(page, aside, fake.url, sent="2", received="10")
    refused = send(page, shown, leave=None)
    assert (refused.status, "Without this switch nothing is sent." in refused.text) == (422, True)
    assert KEY not in refused.html
    work_off()
    assert (asked, fake.got, folders.left_file(aside).exists()) == ([], [], False)
    send(page, refused)
    assert asked == []
    work_off()
    assert set(asked) == {("127.0.0.1", fake.server_port)}
    assert len(fake.got) == len(newest(aside).answers)


def test_what_was_shown_is_what_leaves_and_what_the_log_says(page: Client, aside: Analysis, fake: Fake) -> None:
    shown = fill(page, aside, fake.url)
    eval_set, ask = eval_set_of(aside), ask_of(aside)
    assert eval_set is not None
    assert ask is not None
    preview = preview_of(aside, eval_set, ask)
    assert f"127.0.0.1:{fake.server_port}" in shown.text
    assert "A public licence" in shown.text
    assert all(text in shown.text for text in preview.texts)
    send(page, shown)
    work_off()
    first = {name: value for name, value in fake.got[0].items() if name != "key"}
    assert json.dumps(first, indent=2) == preview.body
    assert (fake.texts, {each["key"] for each in fake.got}) == (list(preview.texts), {f"Bearer {KEY}"})
    assert [each.text for each in left_of(aside).runs[0].sent] == fake.texts
    log = visit(page, f"/lab/{aside.pk}/gate/left/")
    assert all(text in log.text for text in fake.texts)
    assert f"{len(fake.got)} texts in 1 run" in log.text
    file = page.get(log.link("Download the log"))
    assert b"".join(file.streaming_content) == folders.left_file(aside).read_bytes()  # type: ignore[attr-defined]
    assert "attachment" in file["Content-Disposition"]


def test_the_verdict_stands_beside_the_trained_model(page: Client, aside: Analysis, fake: Fake) -> None:
    send(page, fill(page, aside, fake.url, sent="2", received="10"))
    work_off()
    run = newest(aside)
    count = len(run.answers)
    assert (run.subject, run.figures["usage"]["calls"], run.figures["usage"]["tokens_sent"]) == ("endpoint", count, 100 * count)
    assert run.figures["usage"]["cost"] == pytest.approx(count * (100 * 2 + 2 * 10) / 1e6)
    assert run.figures["slow"] >= run.figures["usage"]["median_milliseconds"] > 0
    text = visit(page, f"/lab/{aside.pk}/gate/{run.pk}/").text
    for words in ("Beside the trained model", "Version 2, trained here", "median time of an answer", "Both are right on"):
        assert words in text
    assert "some-model at 127.0.0.1" in visit(page, f"/lab/{aside.pk}/gate/").text


def test_the_key_is_in_no_file_no_row_and_no_log(
    page: Client, aside: Analysis, fake: Fake, caplog: pytest.LogCaptureFixture
) -> None:
    fake.answer = lambda text: (200, f"My key is Bearer {KEY}")
    send(page, fill(page, aside, fake.url))
    kept = [*folders.folder_of(aside).rglob("key-*")]
    assert [(stat.S_IMODE(path.stat().st_mode), path.read_text()) for path in kept] == [(0o600, KEY)]
    assert KEY not in rows_of_the_database()
    work_off()
    assert newest(aside).figures["invalid"] == len(fake.got)
    assert not [path for path in folders.folder_of(aside).rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert KEY not in rows_of_the_database() + caplog.text
    assert KEY not in visit(page, f"/lab/{aside.pk}/gate/endpoint/").html + visit(page, f"/lab/{aside.pk}/gate/left/").html


def rows_of_the_database() -> str:
    return "".join(serializers.serialize("json", model.objects.all()) for model in apps.get_models())  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["two words", "line\nfeed", "schlüssel", "x" * 501])
def test_a_key_that_no_header_takes_is_told(key: str) -> None:
    form = SendForm({"mark": "0" * 64, "leave": "on", "key": key})
    assert "A key has up to 500" in form.errors["key"][0]
    assert key not in f"{form}"


def test_a_key_is_not_shown_again(page: Client, aside: Analysis, fake: Fake, caplog: pytest.LogCaptureFixture) -> None:
    shown = send(page, fill(page, aside, fake.url), key="a secret in two words")
    assert shown.status == 422
    assert "a secret" not in shown.html + caplog.text
    assert not Job.objects.filter(kind="judge-endpoint").exists()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"url": "http://example.com/v1"}, "url", "does not protect what is sent"),
        ({"url": "ftp://127.0.0.1/v1"}, "url", "does not protect what is sent"),
        ({"url": "https://me:secret@example.com/v1"}, "url", "holds a password"),
        ({"url": "https://example.com/v1?api-key=secret"}, "url", "holds a question mark"),
        ({"url": "https://example.com:99999/v1"}, "url", "The address, or its port, can’t be read."),
        ({"url": "https://[::1"}, "url", "The address, or its port, can’t be read."),
        ({"url": "https://exämple.com/v1"}, "url", "holds a sign that no address has"),
        ({"url": "https://example.com/v1/chat/completions"}, "url", "is added to the address"),
        ({"url": "javascript:alert(1)"}, "url", "does not protect what is sent"),
        ({"url": ""}, "url", "This field is required."),
        ({"sent": "2"}, "received", "Give both prices, or none."),
        ({"sent": "-1", "received": "1"}, "sent", "greater than or equal to 0"),
        ({"sent": "inf", "received": "1"}, "sent", "Write a price such as 2.5"),
        ({"rows": "201"}, "rows", "less than or equal to 200"),
        ({"rows": "0"}, "rows", "greater than or equal to 1"),
        ({"name": ""}, "name", "This field is required."),
        ({"guide": "x" * 8001}, "guide", "8,001 characters"),
    ],
)
def test_what_can_not_be_asked_is_told_and_asked_nothing(typed: dict[str, str], field: str, words: str, asked: list[Any]) -> None:
    form = AskForm({"url": "https://example.com/v1", "name": "some-model", "rows": "5", **typed})
    assert words in " ".join(map(str, form.errors[field]))
    assert asked == []


def test_what_was_typed_stays_where_something_is_wrong(page: Client, aside: Analysis) -> None:
    typed = {"url": "http://example.com/v1", "name": "x", "guide": "Mine.", "sent": "2", "received": "3", "rows": "4"}
    shown = press(page, visit(page, f"/lab/{aside.pk}/gate/endpoint/"), "Look at what would leave", **typed)
    assert (shown.status, "does not protect what is sent" in shown.text, ask_of(aside)) == (422, True, None)
    values = shown.form("Look at what would leave").values
    assert {name: values[name] for name in typed} == typed


def test_the_guide_for_labelling_begins_the_prompt(page: Client, aside: Analysis, fake: Fake) -> None:
    assert visit(page, f"/lab/{aside.pk}/gate/endpoint/").form("Look at").values["guide"].startswith("delivery: how it came.")
    shown = fill(page, aside, fake.url, guide="delivery: late <b>parcels</b>")
    assert "late <b>parcels</b>" in shown.text
    assert "<b>parcels" not in shown.html


def test_a_set_that_changed_since_the_preview_is_not_sent(page: Client, aside: Analysis, fake: Fake) -> None:
    shown = fill(page, aside, fake.url)
    RowMark.objects.filter(analysis=aside).exclude(value="size").update(value="service")
    press(page, visit(page, f"/lab/{aside.pk}/gate/"), "Make the set anew")
    assert "has changed since you looked at it. Nothing was sent." in send(page, shown).text
    other = fill(page, aside, fake.url)
    fill(page, aside, fake.url, guide="Another guide, in another window.")
    assert "has changed since you looked at it" in send(page, other).text
    work_off()
    assert fake.got == []


def test_what_changes_while_it_waits_is_not_sent(page: Client, aside: Analysis, fake: Fake) -> None:
    send(page, fill(page, aside, fake.url))
    LabelPlan.objects.update(classes=["delivery", "something new"])
    work_off()
    assert (fake.got, last_job().state) == ([], State.FAILED)
    assert "Nothing was sent." in last_job().error


def test_at_most_so_many_rows_as_were_chosen_leave(page: Client, aside: Analysis, fake: Fake) -> None:
    send(page, fill(page, aside, fake.url, rows=7), key="")
    work_off()
    run = newest(aside)
    eval_set = eval_set_of(aside)
    assert eval_set is not None
    assert (len(fake.got), {each["key"] for each in fake.got}) == (7, {None})
    assert run.figures["rows"] == [eval_set.rows[place] for place in chosen_places(len(eval_set.rows), 7)]
    assert "7 rows of this set" in visit(page, f"/lab/{aside.pk}/gate/").text


def test_rows_are_spread_evenly() -> None:
    assert chosen_places(10, 4) == [0, 2, 5, 7]
    assert chosen_places(3, 200) == [0, 1, 2]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda text: (401, ""), "refuses with status 401. 1 text had left. Check the key."),
        (lambda text: (404, ""), "Check address and name of the model."),
        (lambda text: (302, "http://evil.example/v1"), "It wants to send you elsewhere"),
    ],
)
def test_a_refusal_is_told_in_words(
    page: Client, aside: Analysis, fake: Fake, asked: list[Any], answer: Answer, words: str
) -> None:
    fake.answer = answer
    send(page, fill(page, aside, fake.url))
    work_off()
    assert words in visit(page, f"/lab/{aside.pk}/gate/").text
    assert (len(fake.got), set(asked)) == (1, {("127.0.0.1", fake.server_port)})
    assert "refused with status" in visit(page, f"/lab/{aside.pk}/gate/left/").text


def test_an_endpoint_that_is_not_there_is_told_without_a_path(
    page: Client, aside: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback_lab.serve.remote.PAUSE", 0)
    send(page, fill(page, aside, "http://127.0.0.1:9/v1"))
    work_off()
    error = last_job().error
    assert "does not answer. 3 texts had left." in error
    assert "stands in the log of what left" in error
    assert str(folders.root()) not in error


def test_a_cancelled_one_sends_no_other_text(page: Client, aside: Analysis, fake: Fake) -> None:
    def answer(text: str) -> tuple[int, str]:
        return 200, "size"

    fake.answer = answer
    send(page, fill(page, aside, fake.url))
    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None

    def report(percent: int, step: str) -> None:
        if step.startswith("Text 4 "):
            cancel(claimed)
        report_progress(claimed, percent, step)

    with pytest.raises(Exception, match="judge-endpoint"):
        jobs.HANDLERS["judge-endpoint"](claimed, report)
    assert len(fake.got) == 3
    assert not EvalRun.objects.exists()
    assert not [*folders.folder_of(aside).rglob("key-*")]
    assert "3 texts of this analysis have left so far." in visit(page, f"/lab/{aside.pk}/gate/").text
