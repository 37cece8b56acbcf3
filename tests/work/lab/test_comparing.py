"""Candidates beside a baseline on their page, and what the next model predicts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.lab.comparing import ModelsPage, models_of, targets_of
from segue.work.lab.errors import errors_result
from segue.work.lab.models import Analysis, Purpose, RowMark
from segue.work.lab.queries.versions import next_run, told
from tests.browsing import press, visit
from tests.work.lab.conftest import work_off
from tests.work.lab.made_run import LONG, SCRIPT, make, predicted, selected

pytestmark = pytest.mark.django_db
BOTH = {"label": "topic", "rating": "stars"}


@pytest.fixture
def compared(bring: Callable[..., Analysis]) -> Analysis:
    """A run with candidates; the file has a label and a rating."""
    return make(bring(), select=selected(), predictions=predicted(), roles=BOTH)


def test_candidates_stand_beside_the_baseline_the_best_first(page: Client, compared: Analysis) -> None:
    found = models_of(compared)
    assert isinstance(found, ModelsPage)
    assert [row[0] for row in found.table.rows] == ["words (recommended)", SCRIPT, "majority"]
    assert found.table.rows[0][1:] == [
        "0.70 (0.65 to 0.75)",
        "0.75 (0.70 to 0.80)",
        "0.66 to 0.72",
        "60.0 ms",
        "1.50 s",
        "2.0 MB",
    ]
    assert found.table.rows[2][3:] == ["0.20 to 0.20", "–", "–", "–"], "what was not measured is a dash"
    shown = visit(page, f"/lab/{compared.pk}/models/")
    assert "against 0.20 for always saying the most frequent class" in shown.section("Candidates")
    assert "Recommended: words. It is the best." in shown.text
    assert "200 more labels bring about +0.030 macro-F1." in shown.section("What more labels would bring")
    assert "When this misleads" in shown.section("Candidates")
    assert {"/learn/concepts/baseline/", f"/lab/{compared.pk}/labels/"} <= {url for _, url in shown.links}


def test_hostile_names_stay_words_and_long_ones_are_cut(page: Client, compared: Analysis) -> None:
    shown = visit(page, f"/lab/{compared.pk}/models/")
    assert SCRIPT not in shown.html
    assert SCRIPT in shown.text
    assert LONG not in shown.section("Class by class")
    assert f"Left out, with too few rows to learn or to test: {SCRIPT}rare." in shown.text


def test_another_column_is_predicted_next_and_the_bar_offers_the_run(page: Client, compared: Analysis) -> None:
    compared.settings = {"positive": "bad", "threshold": 0.3}
    compared.save(update_fields=["settings"])
    shown = visit(page, f"/lab/{compared.pk}/models/")
    assert shown.form("Predict this next").values["target"] == "topic"
    chosen = press(page, shown, "Predict this next", target="stars")
    assert "Changed since: what the model is told." in chosen.text
    assert chosen.form("Predict this next").values["target"] == "stars"
    compared.refresh_from_db()
    assert compared.settings == {"target": "stars"}, "a class of the other column means nothing there"


def test_a_column_that_is_none_is_refused(page: Client, compared: Analysis) -> None:
    shown = visit(page, f"/lab/{compared.pk}/models/target/", {"target": "king"}, "post")
    assert shown.status == 422
    assert "There is no such column." in shown.text
    assert next_run(compared).changed == ()


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"rating": "stars"}, "The file has one column that can be predicted: stars, the rating."),
        ({}, "No column of the file is a label or a rating."),
    ],
)
def test_without_a_choice_there_is_no_form(
    page: Client, bring: Callable[..., Analysis], roles: dict[str, str], words: str
) -> None:
    made = make(bring(), select=selected(), predictions=predicted(), roles=roles)
    shown = visit(page, f"/lab/{made.pk}/models/")
    assert words in shown.text
    assert not any("Predict this next" in form.buttons for form in shown.forms)


def test_a_run_without_candidates_says_why_in_words_for_a_page(page: Client, bring: Callable[..., Analysis]) -> None:
    made = make(bring())
    assert targets_of(made).chosen == ""
    shown = visit(page, f"/lab/{made.pk}/models/")
    assert "Nothing was compared" in shown.text
    assert "No column says anything." in shown.text
    assert "--label" not in shown.text
    assert not any("Record the run" in form.buttons for form in shown.forms)


def test_labels_by_hand_leave_aside_what_was_chosen_of_a_column(compared: Analysis) -> None:
    compared.settings = {"target": "stars", "positive": "negative", "learn_from": "labels", "threshold": 0.2}
    RowMark.objects.bulk_create(
        RowMark(analysis=compared, purpose=Purpose.OWN, row=row, value="praise" if row % 2 else "fault", at=clock.now())
        for row in range(1, 60)
    )
    assert told(compared).settings == {}
    compared.settings["positive"] = "fault"
    assert told(compared).settings == {"positive": "fault"}
    compared.settings["learn_from"] = "columns"
    assert told(compared).settings == {"target": "stars", "positive": "fault"}


@pytest.mark.slow
def test_the_page_of_a_real_run_offers_both_pieces(page: Client, priya: Learner, done: Analysis) -> None:
    shown = visit(page, visit(page, f"/lab/{done.pk}/").link("record it as evidence"))
    assert shown.heading == "Can it be predicted?"
    assert press(page, shown, "Begin the comparison").path.startswith("/evidence/new/")
    assert priya.drafts.exists()


@pytest.mark.slow
def test_the_next_run_learns_the_column_that_was_chosen_and_goes_by_the_costs(page: Client, done: Analysis) -> None:
    press(page, visit(page, f"/lab/{done.pk}/models/"), "Predict this next", target="stars")
    waiting = press(page, visit(page, f"/lab/{done.pk}/models/"), "Run again")
    assert "Version 2 is being made" in waiting.text
    work_off()
    shown = visit(page, f"/lab/{done.pk}/models/")
    assert "“stars”, from the text alone." in shown.text
    assert "Changed since" not in shown.text
    errors = visit(page, f"/lab/{done.pk}/errors/", {"positive": "negative", "false_alarm": "1", "miss": "9", "threshold": "0.4"})
    press(page, press(page, errors, "Keep these costs"), "Run again")
    work_off()
    found = errors_result(Analysis.objects.get(pk=done.pk))
    assert not isinstance(found, str)
    assert found.threshold is not None
    assert (found.threshold.positive, found.threshold.cost_false_negative) == ("negative", 9.0)
