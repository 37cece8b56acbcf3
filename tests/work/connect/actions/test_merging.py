"""Two entries of one person become one, and nothing that hung on either is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import ForeignKey

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.shared import clock
from segue.work.connect import models
from segue.work.connect.actions.importing import mark_of, undo_import
from segue.work.connect.actions.merging import hanging_models, merge_people
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import (
    Ask,
    Commitment,
    ContactImport,
    FeedbackPoint,
    Insight,
    Meeting,
    Person,
    RolePlace,
    Source,
    TouchSort,
)

MONDAY = date(2026, 11, 23)


def hang_all_on(person: Person) -> None:
    """One row of every table on somebody."""
    learner, moment, key = person.learner, clock.now(), f"k{person.pk}"
    about = {"learner": learner, "person": person}
    Ask.objects.create(**about, key=key, made_on=MONDAY)
    Meeting.objects.create(**about, key=key, title="Talk", starts_at=moment, zone="UTC", uid=key, changed_at=moment)
    Insight.objects.create(**about, key=key, on=MONDAY, text="x")
    Commitment.objects.create(**about, key=key, what="x")
    FeedbackPoint.objects.create(**about, key=key, on=MONDAY, text="x")
    if person.organisation is not None:
        RolePlace.objects.create(**about, organisation=person.organisation, role="designer")
    log_touch(person, MONDAY, TouchSort.TALK, key)


def test_every_table_that_points_to_a_person_is_known() -> None:
    tables = [getattr(models, name) for name in models.__all__]
    pointing = {
        (table, field.name)
        for table in tables
        if hasattr(table, "_meta")
        for field in table._meta.fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    }
    assert set(hanging_models()) == pointing


def test_nothing_is_lost(priya: Learner) -> None:
    one = add_person(priya, name="Anna Müller", organisation="Acme", tags=["a"], note="First")
    other = add_person(priya, name="anna mueller", organisation="Beta", tags=["b", "a"], note="Second", email="a@x.org")
    hang_all_on(one)
    hang_all_on(other)
    merged = merge_people(one, other, {"name": "Anna Müller", "organisation": one.organisation})
    assert list(priya.people.all()) == [merged]
    for model, field in hanging_models():
        assert model._default_manager.filter(**{field: merged}).count() == 2, model
    assert (merged.tags, merged.email, merged.note) == (["a", "b"], "a@x.org", "First\n\nSecond")
    assert "a@x.org" in Person.objects.get().found_by


def test_the_same_contact_of_both_is_one(priya: Learner) -> None:
    one, other = add_person(priya, name="A B"), add_person(priya, name="B A")
    for person in (one, other):
        log_touch(person, MONDAY, TouchSort.TALK, "Lunch")
    assert merge_people(one, other, {}).touches.count() == 1


def test_what_was_chosen_stays_and_the_earlier_day(priya: Learner) -> None:
    one = add_person(priya, name="A B", position="Analyst", known_since=MONDAY)
    other = add_person(priya, name="B A", position="Engineer", known_since=date(2020, 1, 1), source="linkedin", source_key="u")
    merged = merge_people(one, other, {"position": "Engineer"})
    assert (merged.position, merged.known_since, merged.source, merged.source_key) == (
        "Engineer", date(2020, 1, 1), "linkedin", "u",
    )  # fmt: skip


def test_nobody_is_merged_with_themself(priya: Learner) -> None:
    one = add_person(priya, name="A B")
    with pytest.raises(UserError, match="one entry already"):
        merge_people(one, one, {})


@pytest.mark.parametrize("gone", [0, 1])
def test_one_that_went_meanwhile_is_not_merged(gone: int, priya: Learner) -> None:
    pair = (add_person(priya, name="A B", note="Kept"), add_person(priya, name="B A", note="Other"))
    Person.objects.filter(pk=pair[gone].pk).delete()
    with pytest.raises(UserError, match="not there any more"):
        merge_people(*pair, {})
    assert Person.objects.get().note == ("Other", "Kept")[gone]


def test_taking_an_import_back_keeps_whom_it_was_merged_with(priya: Learner) -> None:
    moment = clock.now()
    row = ContactImport.objects.create(learner=priya, key="i", name="a.csv", source=Source.CSV, made_at=moment, taken_at=moment)
    brought = add_person(priya, name="Anna Müller", email="a@x.org", brought_by=row)
    row.rows = [[brought.key, mark_of(brought)]]
    row.save()
    merge_people(brought, add_person(priya, name="anna mueller"), {"name": "Anna Müller"})
    assert undo_import(row) == (0, 0)
    assert priya.people.get().name == "Anna Müller"


def test_two_windows_merge_once(priya: Learner) -> None:
    one, other = add_person(priya, name="Anna Müller"), add_person(priya, name="anna mueller")
    in_two = Person.objects.get(pk=one.pk), Person.objects.get(pk=other.pk)
    hang_all_on(other)
    merge_people(one, other, {})
    with pytest.raises(UserError, match="not there any more"):
        merge_people(in_two[1], in_two[0], {})
    assert priya.people.get().meetings.count() == 1
