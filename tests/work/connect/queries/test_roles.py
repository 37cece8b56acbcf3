"""Organisations by a search and in order; who may be chosen for a line of the map; whom its text does not name."""

from __future__ import annotations

import pytest

from segue.accounts.models import Learner
from segue.work.connect.actions.people import add_person, organisation_named
from segue.work.connect.actions.roles import draw_map
from segue.work.connect.models import Organisation
from segue.work.connect.queries.roles import MOST_OF_A_ROLE, organisations_page, people_to_choose, role_map

EMPTY = {"owns": "", "needs": "", "annoys": "", "person": None, "is_unfilled": False}


@pytest.fixture
def acme(priya: Learner) -> Organisation:
    organisation = organisation_named(priya, "Acme")
    assert organisation is not None
    return organisation


def test_ones_own_come_first_then_where_one_knows_somebody(priya: Learner, acme: Organisation) -> None:
    add_person(priya, name="Ines", organisation="Zeta", relation="peer")
    add_person(priya, name="Tomasz", organisation="Acme")
    add_person(priya, name="Yuki", organisation="Acme")
    add_person(priya, name="Nobody near")
    own = organisation_named(priya, "Own")
    assert own is not None
    own.is_own = True
    own.save()
    page = organisations_page(priya, "", None)
    assert [(row.name, row.count) for row in page.object_list] == [("Own", 0), ("Zeta", 1), ("Acme", 2)]


@pytest.mark.parametrize("typed", ["öster", "ÖSTER", "reich öst", "Österreich AG", "österreich  ag"])
def test_a_search_knows_no_capitals(typed: str, priya: Learner, acme: Organisation) -> None:
    organisation_named(priya, "Österreich AG")
    assert [row.name for row in organisations_page(priya, typed, None).object_list] == ["Österreich AG"]


def test_of_each_role_those_one_knows_are_offered_first(priya: Learner, acme: Organisation) -> None:
    for number in range(MOST_OF_A_ROLE + 5):
        add_person(priya, name=f"A {number:02}", organisation="Acme", role="ml-engineer")
    near = add_person(priya, name="Zoe", organisation="Acme", role="ml-engineer", relation="peer")
    plain = add_person(priya, name="Without a role", organisation="Acme")
    add_person(priya, name="Elsewhere", organisation="Other", role="ml-engineer")
    found = people_to_choose(acme)
    assert found[0] == near
    assert plain in found
    assert len(found) == MOST_OF_A_ROLE + 1


def test_the_text_names_nobody_of_the_organisation(priya: Learner, acme: Organisation) -> None:
    add_person(priya, name="Marco Bianchi", organisation="Acme", role="data-scientist", relation="partner")
    add_person(priya, name="Grace Will", organisation="Acme")
    add_person(priya, name="Data", organisation="Acme")
    said = "Will sort by hand with Marco and Grace Will. Data arrives late."
    draw_map(acme, {"security": {**EMPTY, "owns": said}})
    text = role_map(acme).text
    assert "Will sort by hand with data scientist and somebody. Data arrives late." in text
