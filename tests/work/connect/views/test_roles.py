"""The board of roles, the map of one organisation, and the list of organisations, through the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

from segue.accounts.models import Learner
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import FeedbackPoint, Insight, Meeting, Organisation, TouchSort
from tests.browsing import press, visit
from tests.counting import queries_of

MONDAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LINE = "Everything between a notebook and the people who use it, every night, and the phone when it rings at three"


def test_with_nobody_no_role_is_known(page: Client) -> None:
    found = visit(page, "/connect/roles/")
    assert "You have talked with 0 of 11 roles" in found.text
    assert found.html.count('fill="var(--good)"') == 0
    assert "A role map with five or more roles" in found.text  # what C7 wants first


def test_what_happened_fills_the_board(page: Client, priya: Learner) -> None:
    one = add_person(priya, name="Ines", role="data-scientist")
    other = add_person(priya, name="Tomasz", role="ml-engineer")
    log_touch(one, MONDAY, TouchSort.ASKED)
    assert visit(page, "/connect/roles/").html.count('fill="var(--good)"') == 1
    log_touch(one, MONDAY, TouchSort.TALK)
    meeting = {"learner": priya, "person": other, "title": "x", "starts_at": MOMENT, "zone": "UTC", "changed_at": MOMENT}
    Meeting.objects.create(**meeting, key="a", uid="a")
    Meeting.objects.create(**meeting | {"person": one}, key="b", uid="b", cancelled_at=MOMENT)
    about = {"learner": priya, "person": other, "on": MONDAY}
    Insight.objects.create(**about, key="a", text="x", about="pipeline")
    Insight.objects.create(**about, key="b", text="y", about="pain")
    Insight.objects.create(**about, key="c", text="z", about="other", direction="given")
    FeedbackPoint.objects.create(**about, key="a", role="ml-engineer", text="x")
    found = visit(page, "/connect/roles/")
    # data scientist: asked, met; ML engineer: asked (a meeting is planned), understood, shared, feedback
    assert found.html.count('fill="var(--good)"') == 6
    assert "You have talked with 1 of 11 roles" in found.text
    before = queries_of(page, "/connect/roles/")
    for at in range(30):
        log_touch(add_person(priya, name=f"N{at}", role="designer"), MONDAY, TouchSort.TALK)
    assert queries_of(page, "/connect/roles/") == before


def test_a_map_is_drawn_and_recorded_without_names(page: Client, priya: Learner) -> None:
    add_person(priya, name="Tomasz Zielinski", organisation="Acme", role="ml-engineer")
    key = Organisation.objects.get().key
    form = visit(page, f"/connect/organisations/{key}/roles/")
    person = priya.people.get().key
    typed = {"ml-engineer-owns": f"Tomasz has this: {LINE}", "ml-engineer-who": person, "security-who": "nobody"}
    shown = press(page, form, "Keep the map", **typed)
    assert "2 roles at Acme" in shown.text
    assert "more and it counts" in shown.text
    many = {f"{role}-{name}": LINE for role in ("designer", "data-scientist", "data-engineer") for name in ("owns", "needs")}
    shown = press(page, shown, "Keep the map", **many)
    recorded = press(page, shown, "Record the map")
    entry = priya.entries.get()
    assert (entry.kind, entry.facts, entry.activity_id) == ("role-map", {"roles": 5, "unfilled": 1}, "w14-role-map")
    assert "Tomasz" not in entry.body
    assert "stands as it is" in recorded.text
    again = visit(page, f"/connect/organisations/{key}/roles/record/", {}, "post")
    assert "in the ledger as it stands" in again.text
    changed = press(page, visit(page, f"/connect/organisations/{key}/roles/"), "Keep the map", **{"designer-owns": "Less"})
    press(page, changed, "Record a new version")
    assert priya.entries.last().revises == entry  # type: ignore[union-attr]


def test_a_line_that_is_too_long_is_said(page: Client, priya: Learner) -> None:
    add_person(priya, name="A B", organisation="Acme")
    form = visit(page, f"/connect/organisations/{Organisation.objects.get().key}/roles/")
    typed = {"designer-owns": "x" * 301, "security-owns": "Kept", "leader-who": "stranger"}
    shown = press(page, form, "Keep the map", **typed)
    assert shown.status == 422
    assert "Designer or user researcher, what they own: This has 301 characters; 300 is the most" in shown.text
    assert "Leader of a product or AI team, who it is: Choose one of these" in shown.text
    assert shown.form("Keep the map").values["security-owns"] == "Kept"


def test_organisations_are_kept_in_order(page: Client, priya: Learner) -> None:
    ines = add_person(priya, name="Ines", organisation="Northwind")
    tomasz = add_person(priya, name="Tomasz", organisation="North Wind Ltd")
    own = press(page, visit(page, "/connect/organisations/"), "I work here", action=f"{ines.organisation.key}/own/")  # type: ignore[union-attr]
    assert "yours" in own.text
    key = tomasz.organisation.key  # type: ignore[union-attr]
    joined = press(page, own, "Rename", action=f"{key}/rename/", name="Northwind")
    assert "It is one with the Northwind" in joined.text
    assert Organisation.objects.get().people.count() == 2
    refused = press(page, joined, "Rename", action=f"{ines.organisation.key}/rename/", name="x" * 201)  # type: ignore[union-attr]
    assert refused.status == 422
    assert "200 is the most" in refused.text
    assert refused.form("Rename").values["name"] == "x" * 201
    assert press(page, joined, "Rename", action="/rename/", name=" ").status == 422
    gone = press(page, joined, "Delete", action="/delete/")
    assert "2 people stayed" in gone.text
    assert {person.organisation for person in priya.people.all()} == {None}
    assert not priya.people.filter(found_by__contains="northwind").exists()
    drawn = press(page, gone, "Add it", name="A firm one reads about")
    assert "Who does what at A firm one reads about?" in drawn.heading
    assert press(page, gone, "Add it", name=" ").status == 422
