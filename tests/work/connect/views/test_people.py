"""People through the pages: added, found, changed, merged, taken along, deleted."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.vault.backup import KEPT
from segue.vault.manifest import Kind
from segue.work.connect.actions.people import add_person, index
from segue.work.connect.models import FeedbackPoint, Person, RolePlace, new_key
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
    assert f"each goes when {KEPT[Kind.DAILY]} newer ones are there" in asked.text
    with zipfile.ZipFile(io.BytesIO(page.get(asked.link("Take a copy")).content)) as copy:
        assert json.loads(copy.read("person.json"))["person"]["note"] == "Knows the tables."
        assert "Ines Duarte" in copy.read("person.vcf").decode()
    gone = press(page, asked, "Delete for good")
    assert "is deleted" in gone.text
    assert not priya.people.exists()
    assert visit(page, f"/connect/people/{person.key}/").status == 404


def test_a_form_sent_twice_adds_one(page: Client, priya: Learner) -> None:
    form = visit(page, "/connect/people/new/")
    first = press(page, form, "Add them", name="Ines Duarte", organisation="Northwind", tags="x")
    assert press(page, form, "Add them", name="Ines Duarte", organisation="Northwind", tags="x").path == first.path
    assert priya.people.count() == 1


def test_what_is_taken_along_is_what_is_shown(page: Client, priya: Learner) -> None:
    add_person(priya, name="Ines Duarte", relation="partner")
    add_person(priya, name="Tomasz Z")
    shown = visit(page, "/connect/people/?page=1")
    for words in ("vCard file", "CSV file"):
        written = page.get(shown.link(words)).getvalue().decode()
        assert "Ines" in written
        assert "Tomasz" not in written
    everybody = visit(page, f"/connect/people/{shown.link('Look among all')}")
    assert "Tomasz" in page.get(everybody.link("CSV file")).getvalue().decode()


def test_somebody_without_a_relation_can_be_followed_and_talked_with(page: Client, priya: Learner) -> None:
    key = add_person(priya, name="Tomasz Z").key
    shown = visit(page, f"/connect/people/{key}/")
    assert shown.link("Say how close you are") == f"/connect/people/{key}/change/#id_relation"
    for words in ("Log a contact", "Note a point of criticism", "Write down their word on you"):
        assert visit(page, shown.link(words)).status == 200


def test_their_lines_of_the_role_map_are_linked(page: Client, priya: Learner) -> None:
    person = add_person(priya, name="Tomasz Z")
    acme = add_person(priya, name="Ines", organisation="Acme").organisation
    assert acme is not None
    RolePlace.objects.create(learner=priya, organisation=acme, role="designer", person=person)
    assert visit(page, f"/connect/people/{person.key}/").link("Acme") == f"/connect/organisations/{acme.key}/roles/"


def test_the_one_better_known_is_preselected(page: Client, priya: Learner) -> None:
    bare = add_person(priya, name="anna mueller", position="Analyst")
    rich = add_person(priya, name="Anna Müller", position="Data scientist", email="a@example.org")
    for one, other, chosen in ((bare, rich, "other"), (rich, bare, "one")):
        form = visit(page, f"/connect/people/{one.key}/merge/?other={other.key}").form("Make them one")
        assert (form.values["name"], form.values["position"]) == (chosen, chosen)


def test_a_choice_that_is_none_is_refused(page: Client, priya: Learner) -> None:
    one, other = add_person(priya, name="A B"), add_person(priya, name="B A")
    compare = visit(page, f"/connect/people/{one.key}/merge/?other={other.key}")
    refused = visit(page, compare.path, {"other": other.key, "name": "both"}, "post")
    assert refused.status == 422
    assert "Choose one of these." in refused.text
    assert priya.people.count() == 2


@pytest.mark.parametrize("other", ["", "gone", "a\x00b", "<script>"])
def test_an_other_that_is_not_there_is_said(other: str, page: Client, priya: Learner) -> None:
    one = add_person(priya, name="A B")
    for key in (other, one.key):
        answer = visit(page, f"/connect/people/{one.key}/merge/", {"other": key})
        assert answer.status == 400
        assert "not there any more" in answer.text


def test_nothing_brings_back_what_was_removed_of_somebody_deleted(page: Client, priya: Learner) -> None:
    person = add_person(priya, name="Ines Duarte")
    point = FeedbackPoint.objects.create(learner=priya, person=person, key="p", on=MONDAY, text="Ines Duarte said no")
    page.post(f"/connect/feedback/{point.key}/remove/")
    assert "Ines Duarte" in json.dumps({**page.session}, default=str)
    page.post(f"/connect/people/{person.key}/delete/")
    visit(page, "/connect/people/")
    assert "Ines Duarte" not in json.dumps({**page.session}, default=str)
    page.post("/connect/feedback/p/restore/")
    assert not FeedbackPoint.objects.exists()
