"""People found by filters and searches, with what hangs on them, and those who may be there twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.accounts.models import Learner
from segue.work.connect.actions.people import add_person, index, organisation_named
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import Commitment, Organisation, Person, TouchSort
from segue.work.connect.queries.people import (
    MEMBERS,
    MOST,
    alike_page,
    groups_alike,
    hanging_of,
    is_overdue,
    organisation_names,
    people_fitting,
    people_page,
    tag_names,
)

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)


@pytest.fixture
def three(priya: Learner) -> Learner:
    add_person(priya, name="Inês Duarte", organisation="Northwind", role="data-scientist", relation="partner", tags=["Forecast"])
    add_person(priya, name="Tomasz Zielinski", organisation="Österreich AG", position="Engineer", email="tz@example.org")
    add_person(priya, name="Yuki", organisation="Northwind Traders", team="Search", tags=["forecasting"])
    return priya


def names(learner: Learner, **wanted: str) -> list[str]:
    return [person.name.split()[0] for person in people_fitting(learner, wanted)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Inês", "Tomasz", "Yuki"]),
        ({"q": "DUARTE inês"}, ["Inês"]),
        ({"q": "northwind"}, ["Inês", "Yuki"]),
        ({"q": "tz@example.org"}, ["Tomasz"]),
        ({"q": "engineer"}, ["Tomasz"]),
        ({"q": "search"}, ["Yuki"]),
        ({"q": "%"}, []),
        ({"q": "a\x00b"}, []),
        ({"tag": "forecast"}, ["Inês"]),
        ({"role": "data-scientist"}, ["Inês"]),
        ({"role": "x\x00"}, []),
        ({"relation": "partner"}, ["Inês"]),
        ({"who": "related"}, ["Inês"]),
        ({"organisation": "Northwind"}, ["Inês"]),
        ({"organisation": "north"}, ["Inês", "Yuki"]),
        ({"organisation": "österreich"}, ["Tomasz"]),
        ({"organisation": "nowhere"}, []),
    ],
)
def test_who_fits(three: Learner, wanted: dict[str, str], found: list[str]) -> None:
    assert names(three, **wanted) == found


def test_an_organisation_is_found_by_its_key(three: Learner) -> None:
    assert names(three, organisation=Organisation.objects.get(name="Northwind").key) == ["Inês"]


def test_those_of_another_learner_are_not_there(three: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("sam")
    assert names(sam) == []
    assert people_page(sam, {}, None).count == 0


def test_those_one_follows_come_first_and_everybody_on_request(three: Learner) -> None:
    log_touch(three.people.get(relation="partner"), MONDAY, TouchSort.TALK)
    page = people_page(three, {}, None)
    assert (page.who, page.near, page.count) == ("related", 1, 3)
    (row,) = page.rows
    assert row.role == "Data scientist"
    assert row.contact is not None
    assert row.contact.next_on == MONDAY + timedelta(days=14)
    assert len(people_page(three, {"who": "all"}, "no number").rows) == 3
    assert people_page(three, {"who": "<b>"}, None).who == "related"


def test_where_nobody_is_followed_everybody_is_shown(priya: Learner) -> None:
    add_person(priya, name="Somebody")
    assert people_page(priya, {}, None).who == "all"


def test_names_and_tags_are_suggested(three: Learner) -> None:
    organisation_named(three, "Empty")
    assert organisation_names(three) == ("Northwind", "Empty", "Northwind Traders", "Österreich AG")
    assert tag_names(three) == ("Forecast", "forecasting")


def test_the_newest_of_what_hangs_on_somebody(three: Learner) -> None:
    person = three.people.get(relation="partner")
    for number in range(MOST + 2):
        day = MONDAY + timedelta(days=number)
        Commitment.objects.create(learner=three, person=person, key=f"k{number}", what=f"{number}", due_on=day)
    Commitment.objects.filter(key="k0").update(done_on=MONDAY)
    assert [row.what for row in hanging_of(person).commitments] == [str(number) for number in range(1, MOST + 1)]


@pytest.mark.parametrize(
    ("due", "done", "late"),
    [(MONDAY, None, False), (SUNDAY, None, True), (SUNDAY, MONDAY, False), (None, None, False)],
)
def test_when_a_promise_is_late(due: date | None, done: date | None, late: bool) -> None:
    assert is_overdue(Commitment(due_on=due, done_on=done), MONDAY) is late


def test_who_is_known_best_stands_first(priya: Learner) -> None:
    add_person(priya, name="Ann Lee", email="ann@example.org")
    near = add_person(priya, name="Lee, Ann", relation="peer")
    _, (row,) = alike_page(priya, None)
    assert (row.first, [other.name for other in row.others], row.more) == (near, ["Ann Lee"], 0)
    assert row.reasons == ("the same name",)


def test_a_large_group_is_cut_and_the_rest_counted(priya: Learner) -> None:
    rows = [index(Person(learner=priya, key=f"k{at}", name="Ann Lee", known_since=MONDAY)) for at in range(MEMBERS + 3)]
    Person.objects.bulk_create(rows)
    _, (row,) = alike_page(priya, None)
    assert (len(row.others), row.more) == (MEMBERS - 1, 3)
    assert len(groups_alike(priya)[0].ids) == MEMBERS + 3


@given(st.text(max_size=30))
def test_a_name_is_found_by_itself(name: str) -> None:
    person = index(Person(name=name, tags=[]))
    assert all(word in person.found_by for word in person.sort_name.split())
