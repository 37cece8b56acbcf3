"""People through the pages: added, found, changed, merged, taken along, deleted."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.work.connect.actions.people import add_person, index
from segue.work.connect.models import Person, new_key
from tests.browsing import press, visit
from tests.counting import queries_of

MONDAY = date(2026, 11, 23)
LONG = "Wörterbuchverlagsgesellschaftsvertreterin" * 4


def the(priya: Learner) -> Person:
    return priya.people.get()


def test_with_nobody_the_page_teaches(page: Client) -> None:
    found = visit(page, "/connect/people/")
    assert "Nobody is here yet" in found.text
    assert found.link("Add the first person") == "/connect/people/new/"


def test_somebody_is_added_and_changed(page: Client, priya: Learner) -> None:
    form = visit(page, "/connect/people/new/")
    shown = press(
        page, form, "Add them", name=" Ines  Duarte ", organisation="Northwind", role="data-scientist", relation="partner",
        tags="forecast, forecast, x", email="ines@example.org", url="https://example.org/ines", note="Knows the tables.",
    )  # fmt: skip
    assert shown.heading == "Ines Duarte"
    assert "Northwind" in shown.text
    assert "Next touch: Monday 7 December 2026" in shown.text
    assert the(priya).tags == ["forecast", "x"]
    changed = press(page, visit(page, shown.link("Change")), "Keep the change", relation="", role="ai-pm")
    assert "An address so far" in changed.text
    assert (the(priya).role, the(priya).relation, the(priya).note) == ("ai-pm", "", "Knows the tables.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Say who it is."),
        ({"email": "nobody"}, "This is no e-mail address."),
        ({"url": "javascript:alert(1)"}, "It begins with https://"),
        ({"cadence_days": "0"}, "from 1 to 730"),
        ({"known_since": "2030-01-01"}, "has not come yet"),
        ({"tags": "x" * 60}, "too long for a tag"),
        ({"name": "x" * 201}, "200 is the most"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(page: Client, priya: Learner, typed: dict[str, str], words: str) -> None:
    form = visit(page, "/connect/people/new/")
    shown = press(page, form, "Add them", **{"name": "Ines", "note": "Half a thought", **typed})
    assert shown.status == 422
    assert words in shown.text
    assert "Half a thought" in shown.html
    assert not priya.people.exists()


def test_hostile_words_are_words(page: Client, priya: Learner) -> None:
    form = visit(page, "/connect/people/new/")
    shown = press(page, form, "Add them", name="<script>alert(1)</script>", organisation=LONG, position="مهندسة 🙂", note="<b>")
    assert "<script>alert" not in shown.html
    assert shown.status == 200
    assert visit(page, "/connect/people/?who=all&q=<script>").status == 200


def test_the_list_is_searched_and_filtered(page: Client, priya: Learner) -> None:
    add_person(priya, name="Ines Duarte", organisation="Northwind", role="data-scientist", relation="partner")
    add_person(priya, name="Tomasz Z", organisation="Acme", role="ml-engineer", tags=["night"])
    near = visit(page, "/connect/people/")
    assert "Ines Duarte" in near.text
    assert "Tomasz" not in near.text
    for query, name in (
        ("q=acme", "Tomasz"),
        ("role=ml-engineer", "Tomasz"),
        ("tag=night", "Tomasz"),
        ("relation=partner", "Ines"),
    ):
        found = visit(page, f"/connect/people/?who=all&{query}").section("1 person")
        assert name in found
    assert "Nobody fits" in visit(page, "/connect/people/?who=all&q=nobody").text


def test_with_thirty_thousand_a_page_asks_no_more(page: Client, priya: Learner) -> None:
    add_person(priya, name="Somebody", relation="peer")
    few = queries_of(page, "/connect/people/?who=all")
    rows = [index(Person(learner=priya, key=new_key(), name=f"N{at:05}", known_since=MONDAY)) for at in range(30_000)]
    Person.objects.bulk_create(rows, batch_size=2000)
    assert queries_of(page, "/connect/people/?who=all") <= few + 1
    assert "30,001 people" in visit(page, "/connect/people/?who=all").text


def test_who_is_here_twice_becomes_one(page: Client, priya: Learner) -> None:
    add_person(priya, name="Anna Müller", position="Analyst", relation="peer")
    add_person(priya, name="anna mueller", position="Data scientist", email="a@example.org")
    twice = visit(page, "/connect/people/duplicates/")
    assert "the same name" in twice.text
    compare = visit(page, twice.link("Compare"))
    shown = press(page, compare, "Make them one", position="other")
    assert shown.heading == "Anna Müller"
    assert (the(priya).position, the(priya).email) == ("Data scientist", "a@example.org")
    again = visit(page, compare.path, {"other": "gone"}, "post")
    assert again.status == 400
    assert "not there any more" in again.text
    assert "Nobody, as far as can be seen" in visit(page, "/connect/people/duplicates/").text


def test_a_copy_is_offered_before_somebody_is_deleted(page: Client, priya: Learner) -> None:
    person = add_person(priya, name="Ines Duarte", email="ines@example.org", note="Knows the tables.")
    asked = visit(page, f"/connect/people/{person.key}/delete/")
    assert "This can’t be undone" in asked.text
    with zipfile.ZipFile(io.BytesIO(page.get(asked.link("Take a copy")).content)) as copy:
        assert json.loads(copy.read("person.json"))["person"]["note"] == "Knows the tables."
        assert "Ines Duarte" in copy.read("person.vcf").decode()
    gone = press(page, asked, "Delete for good")
    assert "is deleted" in gone.text
    assert not priya.people.exists()
    assert visit(page, f"/connect/people/{person.key}/").status == 404
