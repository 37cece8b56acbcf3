"""The model register through its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.deepen.actions.register import change_model
from segue.work.deepen.models import ModelItem, ModelState
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY

LIST, NEW = "/deepen/models/", "/deepen/models/new/"
NEXT = MONDAY + timedelta(days=60)
TYPED = {"name": "Tone of reviews", "version": "1", "state": "operation", "owner": "Ada", "next_review_on": NEXT.isoformat()}
SHA = "a" * 64


def enter(page: Client, **changes: str) -> Page:
    return press(page, visit(page, NEW), "Enter it", **{**TYPED, **changes})


def change(page: Client, item: ModelItem, **changes: str) -> Page:
    return press(page, visit(page, f"{LIST}{item.key}/change/"), "Keep the change", **changes)


def test_a_model_is_entered_and_comes_back_on_its_day(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    shown = visit(page, visit(page, LIST).link("Enter a model"))
    assert "No model is in the register yet" in visit(page, LIST).text
    shown = press(page, shown, "Enter it", **TYPED, purpose="Tells support what hurts.", data_sha256=SHA.upper())
    item = priya.model_items.get()
    assert shown.path == f"{LIST}{item.key}/"
    assert "Next review on Friday 22 January 2027" in shown.text
    assert (item.data_sha256, item.history) == (
        SHA,
        [{"on": "2026-11-23", "version": "1", "state": "operation", "says": "Entered in the register."}],
    )
    assert "Tone of reviews" in visit(page, LIST).section("Looked after")
    on_day(NEXT)
    assert "Review due today" in visit(page, LIST).section("Due to be looked at")
    on_day(NEXT + timedelta(days=3))
    assert "3 days ago" in visit(page, LIST).section("Due to be looked at")
    assert "Its review is due" in visit(page, shown.path).text


def test_those_that_are_due_come_first_and_the_longest_due_before_others(
    page: Client, priya: Learner, on_day: Callable[[date], None]
) -> None:
    for name, days in (("Later", 90), ("Soon", 30), ("Sooner", 10)):
        enter(page, name=name, next_review_on=(MONDAY + timedelta(days=days)).isoformat())
    enter(page, name="Old", state="retired", next_review_on="")
    on_day(MONDAY + timedelta(days=40))
    shown = visit(page, LIST)
    assert [label for label, _ in shown.links if label in ("Sooner", "Soon", "Later", "Old")] == [
        "Sooner",
        "Soon",
        "Later",
        "Old",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Give it a name"),
        ({"version": ""}, "which version"),
        ({"owner": "The team."}, "Name one person or role"),
        ({"state": "done"}, "“Done” is no state"),
        ({"state": ""}, "Choose one of the four"),
        ({"next_review_on": ""}, "Only a retired model needs no day"),
        ({"next_review_on": "2026-11-23"}, "This day has come"),
        ({"next_review_on": "2028-01-01"}, "more than a year"),
        ({"next_review_on": "soon"}, "no date"),
        ({"data_sha256": "12ab"}, "64 digits"),
        ({"run": "99.1"}, "files of other runs are gone"),
    ],
)
def test_what_is_refused_stays_in_the_form(page: Client, priya: Learner, changes: dict[str, str], words: str) -> None:
    shown = enter(page, purpose="Half a thought.", **changes)
    assert shown.status == 422
    assert words in shown.text
    assert shown.form("Enter it").values["purpose"].strip() == "Half a thought."
    assert not priya.model_items.exists()


def test_every_change_of_version_or_state_goes_into_the_history(page: Client, priya: Learner) -> None:
    enter(page)
    item = priya.model_items.get()
    refused = change(page, item, version="2")
    assert refused.status == 422
    assert "Say in a sentence what changed" in refused.text
    press(page, refused, "Keep the change", says="Beats version 1 on the same rows.")
    change(page, item, state="paused", says="Too many complaints.")
    change(page, item, owner="Ben")
    item.refresh_from_db()
    assert [(line["version"], line["state"], line["says"]) for line in item.history] == [
        ("1", "operation", "Entered in the register."),
        ("2", "operation", "Beats version 1 on the same rows."),
        ("2", "paused", "Too many complaints."),
    ]
    assert item.owner == "Ben"
    shown = visit(page, f"{LIST}{item.key}/").section("History")
    assert shown.index("Too many complaints.") < shown.index("Beats version 1") < shown.index("Entered in")


def test_a_review_is_held_and_the_next_day_set(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    enter(page)
    item = priya.model_items.get()
    on_day(NEXT + timedelta(days=1))
    assert "This day has come" in change(page, item, owner="Ben").text
    day = (NEXT + timedelta(days=30)).isoformat()
    change(page, item, next_review_on=day, says="Nothing moved.")
    item.refresh_from_db()
    assert (str(item.next_review_on), item.history[-1]["says"]) == (day, "Nothing moved.")


def test_a_retired_model_has_no_day(page: Client, priya: Learner) -> None:
    enter(page)
    item = priya.model_items.get()
    change(page, item, state="retired", says="Replaced by rules.")
    item.refresh_from_db()
    assert (item.state, item.next_review_on) == (ModelState.RETIRED, None)
    assert "nobody has to look at it" in visit(page, LIST).section("Retired")


def test_the_same_sent_twice_is_there_once(page: Client, priya: Learner) -> None:
    enter(page)
    enter(page)
    assert priya.model_items.count() == 1


def test_another_window_never_overwrites_a_change(page: Client, priya: Learner) -> None:
    enter(page)
    item = priya.model_items.get()
    old = visit(page, f"{LIST}{item.key}/change/")
    change(page, item, state="paused", says="Stopped.")
    refused = press(page, old, "Keep the change", version="9", says="Mine.")
    assert refused.status == 422
    assert "changed in another window" in refused.text
    assert refused.form("Keep the change").values["version"] == "9"
    item.refresh_from_db()
    assert (item.version, item.state) == ("1", "paused")
    with pytest.raises(UserError):
        change_model(item, {}, None, "x", 1)


def test_hostile_words_are_words(page: Client, priya: Learner) -> None:
    shown = enter(page, name="<script>alert(1)</script>" + "W" * 80, purpose="مرحبا <b>", owner="O" * 120)
    assert shown.status == 200
    assert "<script>alert" not in shown.html
    assert "&lt;script&gt;" in visit(page, LIST).html
    assert priya.model_items.get().name.startswith("<script>")


def test_the_list_asks_as_often_for_many_as_for_one(
    page: Client, priya: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        ModelItem.objects.create(
            learner=priya, key=f"k{number}", name="M", version="1", state="trial", owner="A", next_review_on=NEXT
        )
    with django_assert_max_num_queries(12):
        shown = visit(page, LIST)
    assert len([label for label, _ in shown.links if label == "M"]) == 30
