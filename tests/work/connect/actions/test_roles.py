"""Two organisations become one without a loss; a map that is recorded twice is one."""

from __future__ import annotations

import pytest

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.connect.actions.people import add_person, organisation_named
from segue.work.connect.actions.roles import draw_map, record_map, rename_organisation
from segue.work.connect.models import Organisation

EMPTY = {"owns": "", "needs": "", "annoys": "", "person": None, "is_unfilled": False}


def named(learner: Learner, name: str) -> Organisation:
    found = organisation_named(learner, name)
    assert found is not None
    return found


def test_the_lines_of_both_are_kept(priya: Learner) -> None:
    tomasz = add_person(priya, name="Tomasz", organisation="Gone", role="ml-engineer")
    kept, gone = named(priya, "Kept"), named(priya, "Gone")
    draw_map(kept, {"ml-engineer": {**EMPTY, "owns": "Serving", "annoys": "Demos"}})
    line = {**EMPTY, "owns": "Nights", "annoys": "Demos", "person": tomasz}
    draw_map(gone, {"ml-engineer": line, "security": {**EMPTY, "is_unfilled": True}})
    rename_organisation(gone, " Kept ")
    one, other = Organisation.objects.get().places.order_by("role")
    assert (one.owns, one.annoys, one.person) == ("Serving; Nights", "Demos", tomasz)
    assert (other.role, other.is_unfilled) == ("security", True)


def test_that_nobody_fills_a_role_stands(priya: Learner) -> None:
    tomasz = add_person(priya, name="Tomasz", organisation="Gone", role="security")
    kept, gone = named(priya, "Kept"), named(priya, "Gone")
    draw_map(kept, {"security": {**EMPTY, "is_unfilled": True}})
    draw_map(gone, {"security": {**EMPTY, "person": tomasz}})
    rename_organisation(gone, "Kept")
    line = Organisation.objects.get().places.get()
    assert (line.is_unfilled, line.person) == (True, None)


def test_a_map_sent_twice_is_one_entry(priya: Learner) -> None:
    organisation = named(priya, "Acme")
    draw_map(organisation, {"security": {**EMPTY, "owns": "Keys"}})
    first, second = Organisation.objects.get(), Organisation.objects.get()  # as two requests see it
    record_map(first)
    with pytest.raises(UserError, match="in the ledger as it stands"):
        record_map(second)
    assert priya.entries.count() == 1


def test_an_empty_line_goes(priya: Learner) -> None:
    organisation = named(priya, "Acme")
    draw_map(organisation, {"security": {**EMPTY, "owns": "Keys"}, "designer": {**EMPTY, "needs": "Time"}})
    draw_map(organisation, {"security": EMPTY})
    assert [line.role for line in organisation.places.all()] == ["designer"]
    with pytest.raises(UserError, match="Nothing is drawn"):
        record_map(named(priya, "Another"))
