"""The made-up file of the Lab from the page: taken with a click, told for what it is, and toy data in the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.actions.runs import MOST, take_example
from segue.work.lab.example import NAME, QUESTION, ROWS, write_example
from segue.work.lab.models import EXAMPLE, Analysis
from segue.work.lab.views import runs
from tests.browsing import press, visit

LAB = "/lab/"
TRY = "Try it with a made-up file"


def test_the_made_up_file_is_taken_with_a_click_and_told_for_what_it_is(page: Client, priya: Learner) -> None:
    before = visit(page, LAB)
    assert f"{ROWS:,} comments on Pantrywick, a meal planner that does not exist" in before.text
    shown = press(page, before, TRY)
    assert shown.heading == "What are the columns?"
    assert "1,200 rows, 1,18" in shown.text
    replaced = shown.section("What is replaced before anything is stored")
    assert "EMAIL" in replaced
    assert "PHONE" in replaced
    roles = shown.form("Start the analysis").values
    assert [roles[f"role_{place}"] for place in range(5)] == ["time", "rating", "segment", "segment", "text"]
    analysis = priya.analyses.get()
    assert (analysis.file_name, analysis.question, analysis.permission) == (NAME, QUESTION, EXAMPLE)
    assert analysis.keep_until == clock.today() + timedelta(days=30)
    assert folders.raw_file(analysis).read_bytes() == write_example()
    assert "Waiting for the worker" in press(page, shown, "Start the analysis").text
    row = visit(page, LAB).section("Analyses")
    assert NAME in row
    assert "made up" in row


def test_a_file_of_ones_own_is_not_called_made_up(page: Client, priya: Learner) -> None:
    take_example(priya)
    Analysis.objects.update(permission="own")
    assert "made up" not in visit(page, LAB).section("Analyses")


def test_with_too_many_analyses_it_is_refused_with_the_mend(page: Client, priya: Learner) -> None:
    first = take_example(priya)
    Analysis.objects.bulk_create(
        Analysis(learner=priya, token=str(number), file_name="x.csv", size=1, keep_until=first.keep_until, made_at=first.made_at)
        for number in range(MOST - 1)
    )
    refused = press(page, visit(page, LAB), TRY)
    assert refused.status == 400
    assert f"There are {MOST} analyses already." in refused.text
    assert "Delete one" in refused.text
    assert priya.analyses.count() == MOST


def test_without_the_parts_of_the_lab_it_is_not_offered(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "is_installed", lambda: False)
    assert TRY not in visit(page, LAB).text


@pytest.mark.slow
def test_a_run_on_it_counts_as_made_up_data(page: Client, priya: Learner, done: Analysis) -> None:
    Analysis.objects.update(permission=EXAMPLE)
    visit(page, f"{LAB}{done.pk}/record/run/", {}, "post")
    assert priya.entries.get(kind="run").facts["data"] == "toy"
    assert "Made-up or teaching data" in visit(page, f"/evidence/{priya.entries.get(kind='run').number}/").text
