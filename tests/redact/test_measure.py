from __future__ import annotations

import json

import pytest

from feedback_lab.redact import Span
from feedback_lab.redact.measure import TARGETED, measure
from tests.shared_data import shared_data

TEXT = "Mail jo@example.com or Bob on 12 May, call 541-714-1388"
GOLD = [Span("EMAIL_ADDRESS", 5, 19), Span("PERSON", 23, 26), Span("DATE_TIME", 30, 36)]


def test_counts_by_hand() -> None:
    rows = {row.gold: row for row in measure([TEXT, "nothing"], [GOLD, []])}
    email, person, phone = rows["EMAIL_ADDRESS"], rows["PERSON"], rows["PHONE_NUMBER"]
    assert (email.marked, email.predicted, email.recall.value, email.precision.value, email.f1) == (1, 1, 1, 1, 1)
    assert (person.marked, person.predicted, person.recall.value, person.f1) == (1, 0, 0, 0)
    assert (phone.marked, phone.predicted, phone.precision.value, phone.precision_any.value) == (0, 1, 0, 0)
    total = rows["all structured"]
    assert (total.marked, total.predicted, total.precision.value) == (1, 2, 0.5)


@pytest.mark.parametrize(("start", "found"), [(5, 1), (2, 1), (0, 0)])
def test_four_fifths_of_the_letters_are_enough(start: int, found: int) -> None:
    row = measure([TEXT], [[Span("EMAIL_ADDRESS", start, 19)]])[0]
    assert row.recall.value == found
    assert row.precision.value == 1


def test_the_wrong_kind_counts_as_any() -> None:
    row = {row.gold: row for row in measure([TEXT], [[Span("PERSON", 5, 19)]])}
    assert (row["PERSON"].recall.value, row["PERSON"].recall_any.value) == (0, 1)
    assert (row["EMAIL_ADDRESS"].precision.value, row["EMAIL_ADDRESS"].precision_any.value) == (0, 1)


@pytest.mark.slow
def test_targets_on_the_gold_set() -> None:
    cases = json.loads(shared_data("presidio_pii/synth_dataset_v2.json").read_text("utf-8"))
    gold = [[Span(span["entity_type"], span["start_position"], span["end_position"]) for span in case["spans"]] for case in cases]
    rows = {row.gold: row for row in measure([case["full_text"] for case in cases], gold)}
    assert rows["all structured"].recall.value >= 0.97
    assert rows["all structured"].precision.value >= 0.95
    for name in set(TARGETED) - {"PHONE_NUMBER"}:
        assert rows[name].recall.value >= 0.97, name
    # Telephone numbers without any word or form that gives them away are the ones that are missed.
    assert rows["PHONE_NUMBER"].recall.value >= 0.9
    assert rows["STREET_ADDRESS"].precision.value >= 0.95
    assert rows["PERSON"].precision.value >= 0.95
