"""The learning log collects what stands in the ledger, checkpoint by checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import withdraw
from segue.evidence.drafts import first
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.records import before_week, do

LOG = "/build/log/"


def test_a_checkpoint_is_ahead_then_open_then_written(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    shown = visit(page, visit(page, "/build/").link("Learning log"))
    assert shown.text.count("Ahead") == 5
    assert "Written" not in shown.text
    on_day(MONDAY + timedelta(weeks=8))
    do(priya, before_week(9, MONDAY))
    shown = visit(page, LOG)
    assert "Open" in shown.text.split("# The charter")[1].split("# The first run")[0]
    form = press(page, shown, "Write it", action="/charter/begin/")
    assert form.path == "/evidence/new/?activity=w09-charter&kind=log"
    sent = form.form("Record").values
    assert (sent["title"], sent["activity_id"]) == ("Week 9: The charter", "w09-charter")
    assert "## What surprised me\n" in sent["body"]
    assert visit(page, LOG).link("Go on writing").endswith("kind=log")
    body = "## What surprised me\nThat less was more.\n\n## What failed\nThe first sum of hours, since nobody counted cleaning."
    press(page, form, "Record", body=f"{body} It took two evenings, and then a third one for the answers to it.")
    written = visit(page, LOG)
    assert "Written" in written.text
    assert "That less was more." in written.text
    assert written.form("Add to it", "/charter/begin/").method == "post"


def test_no_checkpoint_overwrites_another_or_what_was_begun(page: Client, priya: Learner) -> None:
    for name in ("charter", "labels", "charter"):
        assert page.post(f"{LOG}{name}/begin/").status_code == 302
    drafts = priya.drafts.order_by("key")
    assert [draft.key for draft in drafts] == ["new:w09-charter:log", "new:w11-label:log"]
    draft = drafts[0]
    draft.fields = {**draft.fields, "body": ["Mine."]}
    draft.save()
    page.post(f"{LOG}charter/begin/")
    assert first(priya.drafts.get(pk=draft.pk).fields, "body") == "Mine."
    assert page.post(f"{LOG}nothing/begin/").status_code == 404


def test_the_last_checkpoint_counts_for_its_activity_once(page: Client, priya: Learner) -> None:
    form = visit(page, f"{LOG}case-study/begin/", {}, "post")
    assert priya.drafts.get().fields["competencies"] == ["C2"]
    press(page, form, "Record", body="word " * 40)
    entry = priya.entries.get(kind="log")
    assert (entry.activity_id, entry.competencies) == ("w13-case-study", ["C2"])
    withdraw(entry, MONDAY, "A mistake")
    assert "Written" not in visit(page, LOG).text


def test_hostile_words_stay_words(page: Client, priya: Learner) -> None:
    form = visit(page, f"{LOG}labels/begin/", {}, "post")
    press(page, form, "Record", title="<script>alert(1)</script>", body="<img src=x onerror=alert(2)> " + "word " * 40)
    shown = visit(page, LOG)
    assert "<script>alert" not in shown.html
    assert "<img" not in shown.html
    assert "<script>alert(1)</script>" in shown.text
