"""Slices of a run up to the ledger, and the pages of fairness."""

from __future__ import annotations

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.models import Entry
from segue.work.lab.actions.runs import remove
from tests.browsing import press, visit
from tests.work.deepen.sliced import SCRIPT, sliced_run
from tests.work.lab.made_run import make

SLICES, FAIR = "/deepen/slices/", "/deepen/fairness/"
MEANS = "People over 34 get a wrong answer twice in five. Before launch a person reads those."


@pytest.fixture
def run(priya: Learner) -> object:
    return sliced_run(priya)


# --- slices ---


def test_without_a_run_one_is_sent_to_the_lab(page: Client, priya: Learner) -> None:
    shown = visit(page, SLICES)
    assert "No run is finished yet" in shown.text
    assert shown.link("To the Lab") == "/lab/"
    assert "No run is finished yet" in visit(page, FAIR, {"view": "slices"}).text
    make(sliced_run(priya))  # the next version has no model
    assert "This run has no model to cut" in visit(page, SLICES).text


def test_slices_have_rows_scores_and_ranges(page: Client, run: object) -> None:
    shown = visit(page, SLICES)
    assert "Macro-F1" in shown.section("For whom does it work worse?")
    age = shown.section("By Age")
    assert "Cut at 25, 35" in age
    assert "“35+” 0.60" in age
    assert "“25-34” 1.00" in age
    assert "the ranges don’t overlap" in age
    assert "\n100\n" in age
    gap = shown.text.partition("The largest gap")[2]
    assert "By Age, these two differ most" in gap
    region = shown.section("By region")
    assert "Too few to say, under 20 rows: (missing)" in region
    assert SCRIPT in region
    assert SCRIPT not in shown.html
    assert "By Length of the text" in shown.text


def test_how_it_is_cut_stands_in_the_address(page: Client, run: object) -> None:
    shown = visit(page, SLICES)
    form = shown.form("Cut it so")
    assert set(form.options["cuts"]) == {"Age", "region", "Length of the text, in words"}
    cut = press(page, shown, "Cut it so", metric="accuracy", positive="fine", cuts="Age")
    assert "Share right" in cut.text
    assert "By region" not in cut.text
    assert "“fine” found" in cut.text
    assert "“35+” 60% (50% to 69%)" in cut.text
    odd = visit(page, SLICES, {"run": "99", "metric": "odd", "positive": "odd", "cuts": "odd"})
    assert odd.status == 200
    assert "By Age" in odd.text


def test_a_report_becomes_evidence_and_then_a_new_version(page: Client, priya: Learner, run: object) -> None:
    shown = visit(page, f"{SLICES}?run=0&metric=accuracy&positive=bad&cuts=Age&cuts=region")
    bare = press(page, shown, "Record the report", why="All we have.")
    assert bare.status == 400
    assert "Figures alone are no report" in bare.text
    again = visit(page, SLICES)
    assert again.form("Record").values["why"] == "All we have."
    assert "By Length" not in again.text  # the choice is kept, too
    recorded = press(page, again, "Record the report", means=MEANS, confidentiality="redacted")
    assert "The report is in the ledger as entry" in recorded.text
    entry = Entry.objects.get(learner=priya)
    assert (entry.kind, entry.activity_id) == ("slice-report", "w19-slices")
    assert entry.facts == {"slices": 4, "smallest": 90, "gap": 40.0, "intervals": "given", "data": "real"}
    for words in ("## Figures", "| 35+ | 100 | 60% (50% to 69%) |", "too few to say", "don’t overlap", MEANS, "All we have."):
        assert words in entry.body
    stands = visit(page, SLICES)
    assert "is the report as it stands" in stands.text
    assert stands.link("Ask for a review")
    same = press(page, stands, "Record a new version")
    assert "is in the ledger as it stands" in same.text
    press(page, stands, "Record a new version", means=f"{MEANS} A native speaker, too.")
    assert Entry.objects.filter(learner=priya, revises=entry).count() == 1


def test_two_windows_do_not_overwrite_each_other(page: Client, priya: Learner, run: object) -> None:
    first, second = visit(page, SLICES), visit(page, SLICES)
    kept = press(page, first, "Keep it", means="Mine.")
    assert "Kept." in kept.text
    refused = press(page, second, "Keep it", means="Yours.")
    assert refused.status == 422
    assert "Another window has changed the words" in refused.text
    assert "Yours." in refused.text
    values = {**second.form("Keep it").values, "means": "Yours."}
    typed = page.post(f"{SLICES}save/", values)
    assert typed.status_code == 409
    assert "Mine." in typed.content.decode()
    assert "Kept." in press(page, refused, "Keep it").text
    assert visit(page, SLICES).form("Keep it").values["means"] == "Yours."
    saved = page.post(f"{SLICES}save/", {**refused.form("Keep it").values, "revision": "2", "means": "Typed."})
    assert saved.json()["revision"] == 3


def test_words_that_are_too_long_come_back(page: Client, run: object) -> None:
    refused = press(page, visit(page, SLICES), "Keep it", means="w" * 10_001)
    assert refused.status == 422
    assert "10,000 is the most" in refused.text
    assert "w" * 10_001 in refused.html


def test_few_rows_are_too_few_to_say(page: Client, priya: Learner) -> None:
    sliced_run(priya, n=30)
    shown = visit(page, SLICES, {"run": "0", "cuts": "Age"})
    assert "No two slices of a column have rows enough" in shown.text
    assert "too few to say" in shown.section("By Age")
    press(page, shown, "Record the report", means=MEANS)
    assert Entry.objects.get(learner=priya).facts == {"slices": 0, "intervals": "missing", "data": "real"}


def test_a_run_that_is_gone_leaves_the_entry(page: Client, priya: Learner) -> None:
    analysis = sliced_run(priya)
    press(page, visit(page, SLICES), "Record the report", means=MEANS)
    remove(analysis)
    assert "No run is finished yet" in visit(page, SLICES).text
    assert Entry.objects.filter(learner=priya).count() == 1


# --- fairness ---


def test_the_example_is_reproduced(page: Client, priya: Learner) -> None:
    shown = visit(page, FAIR)
    assert "14.7% are flagged in “Group A” and 34.3% in “Group B”" in shown.text
    for row in ("Rightly flagged (TP)\n240\n400", "Wrongly flagged (FP)\n103\n171"):
        assert row in shown.text
    own = press(page, shown, "Work it out", base_first="10", base_second="40")
    assert "7.8%" not in shown.text
    assert "3.8% are flagged" in own.text
    assert "22.9% in" in own.text


@pytest.mark.parametrize(("field", "value"), [("ppv", "0"), ("tpr", "101"), ("base_first", "100"), ("base_second", "many")])
def test_numbers_that_are_none_are_told(page: Client, priya: Learner, field: str, value: str) -> None:
    refused = press(page, visit(page, FAIR), "Work it out", **{field: value})
    assert refused.status == 422
    assert "in percent" in refused.section("Please look at this again")
    assert refused.form("Work it out").values[field] == value


def test_impossible_figures_are_said_plainly(page: Client, priya: Learner) -> None:
    told = press(page, visit(page, FAIR), "Work it out", base_second="90", first=SCRIPT)
    assert "These figures are impossible together" in told.text
    assert "Group B: No model can do this: 309% of those" in told.text
    assert SCRIPT not in told.html
    lot = press(page, visit(page, FAIR), "Work it out", base_second="70", ppv="65", tpr="50")
    assert "flags drawn by lot would do better" in lot.text


def test_two_slices_are_compared_on_their_counts(page: Client, run: object) -> None:
    asked = visit(page, FAIR, {"view": "slices"})
    told = press(page, asked, "Compare", a="0.0", b="0.1", positive="bad")
    assert "Equal opportunity" in told.text
    assert "Breaks" in told.text
    same = press(page, asked, "Compare", a="0.0", b="0.0")
    assert "These are the same slice" in same.text
    mixed = press(page, asked, "Compare", a="0.0", b="1.0")
    assert "Choose two slices of the same column" in mixed.text
    assert press(page, asked, "Compare", a="9.9").status == 422
    both = press(page, asked, "Compare", a="1.0", b="1.1", positive="bad")
    into = visit(page, FAIR + both.link("Put these base rates"))
    assert into.form("Work it out").values["first"].startswith("region: ")
    assert into.status == 200


def test_who_is_hurt_leads_to_a_measure(page: Client, priya: Learner) -> None:
    shown = visit(page, FAIR, {"view": "choice"})
    for hurt, name in (("opportunity", "Equal opportunity"), ("calibration", "Calibration within groups")):
        told = press(page, shown, "What follows", hurt=hurt)
        assert "What it costs" in told.section(name)
        assert told.link("Write it into the memo") == "/deepen/sheets/trade-off/edit/#part-fairness"
    assert visit(page, FAIR, {"view": "choice", "hurt": "odd"}).status == 422


def test_four_fifths_is_refused_where_nobody_is_selected(page: Client, priya: Learner) -> None:
    asked = visit(page, FAIR, {"view": "selection"})
    assert "29 CFR 1607.4(D)" in asked.text
    refused = press(page, asked, "Go on", selects="no")
    assert "Then this rule says nothing" in refused.text
    assert "Compare recall and precision for each language" in refused.text
    assert "Of how many" not in refused.text


@pytest.mark.parametrize(
    ("example", "says"),
    [
        ("48 of 80", "ratio 0.70 (95% range 0.48 to 1.02), Fisher’s exact p = 0.0495"),
        ("3 of 5", "ratio 0.67 (95% range 0.18 to 2.42), Fisher’s exact p = 1.0. Flagged, but the flag is noise"),
        ("52.0%", "ratio 0.94 (95% range 0.92 to 0.97), Fisher’s exact p under 0.0001, z = 4.2. Passes, yet"),
    ],
)
def test_four_fifths_where_people_are_selected(page: Client, priya: Learner, example: str, says: str) -> None:
    asked = press(page, visit(page, FAIR, {"view": "selection"}), "Go on", selects="yes")
    assert says in visit(page, FAIR + asked.link(example)).text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"selected_1": "5", "n_1": "9"}, "The rule compares groups"),
        ({"selected_1": "5", "n_1": "4", "selected_2": "1", "n_2": "2"}, "nor fewer than were selected"),
        ({"selected_1": "5", "n_1": "9", "selected_2": "1"}, "say both how many"),
        ({"selected_1": "five", "n_1": "9"}, "Give a whole number"),
        ({"selected_1": "0", "n_1": "9", "selected_2": "0", "n_2": "2"}, "Nobody is selected in any group"),
    ],
)
def test_groups_that_can_not_be_compared(page: Client, priya: Learner, typed: dict[str, str], says: str) -> None:
    asked = visit(page, FAIR, {"view": "selection", "selects": "yes"})
    assert says in press(page, asked, "Work it out", **typed).text
