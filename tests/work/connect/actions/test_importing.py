"""Files of contacts are kept, taken in, dropped and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.texts import folded
from segue.work.connect.actions.importing import Taken, drop_import, keep_file, set_columns, take_import, undo_import
from segue.work.connect.actions.people import add_person, change_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.contact_exports import csv_of, vcards_of
from segue.work.connect.contact_files import open_contacts
from segue.work.connect.models import ContactImport, Person, TouchSort
from segue.work.connect.queries.importing import needs_columns, table_of
from tests.conftest import MONDAY
from tests.work.connect.test_csv_columns import LINKEDIN

pytestmark = pytest.mark.django_db
LINK = "https://www.linkedin.com/in/"
ROWS = (
    f"Ines,Duarte,{LINK}ines,ines@example.org,Northwind,Data Scientist,21 Nov 2023",
    f"Omar,Haddad,{LINK}omar,,Northwind,Head of Data,3 Mar 2021",
    f"Lin,Wei,{LINK}lin,,Fabrikam,Accountant,soon",
)


def kept(learner: Learner, *rows: str, name: str = "Connections.csv") -> ContactImport:
    text = "\n".join((LINKEDIN["English"], *(rows or ROWS)))
    return keep_file(learner, open_contacts(name, text.encode()))


def counts(row: ContactImport) -> tuple[int, ...]:
    return tuple(row.counts[state] for state in ("new", "changed", "same", "rejected"))


def test_people_come_as_addresses_with_a_role_guessed(priya: Learner) -> None:
    row = kept(priya)
    assert (counts(row), priya.people.count()) == ((3, 0, 0, 0), 0)
    assert take_import(row) == Taken(3, 0)
    ines, lin, omar = priya.people.select_related("organisation").order_by("name")
    assert (ines.name, ines.organisation.name, ines.position) == ("Ines Duarte", "Northwind", "Data Scientist")  # type: ignore[union-attr]
    assert (ines.role, omar.role, lin.role) == ("data-scientist", "leader", "")
    assert (ines.relation, ines.source, ines.known_since) == ("", "linkedin", date(2023, 11, 21))
    assert lin.known_since == MONDAY
    assert (ines.sort_name, ines.source_key) == ("ines duarte", "url:linkedin.com/in/ines")
    assert "northwind" in ines.found_by
    assert ines.organisation_id == omar.organisation_id
    assert len({each.key for each in (ines, lin, omar)}) == 3


def test_the_file_is_emptied_of_names_when_it_is_taken_in(priya: Learner) -> None:
    row = kept(priya, *ROWS, ",,,,,X,")
    take_import(row)
    row.refresh_from_db()
    assert "Ines" not in str(row.rows)
    assert (row.rejected, counts(row)) == ([], (3, 0, 0, 1))


def test_the_same_file_twice_changes_nothing(priya: Learner) -> None:
    take_import(kept(priya))
    before = list(priya.people.order_by("pk").values())
    again = kept(priya)
    assert counts(again) == (0, 0, 3, 0)
    assert take_import(again) == Taken(0, 0)
    assert list(priya.people.order_by("pk").values()) == before


def test_what_was_typed_stays_and_linkedin_is_followed(priya: Learner) -> None:
    take_import(kept(priya))
    typed = add_person(priya, name="Lin Wei", organisation="Contoso", email="lin@example.org", position="Boss")
    ines = priya.people.get(name="Ines Duarte")
    change_person(ines, {"email": "own@example.org", "note": "Met in May"})
    rows = (
        f"Ines,Duarte,{LINK}ines,ines@example.org,Contoso,Lead Data Scientist,21 Nov 2023",
        f"Lin,Wei,{LINK}lin-2,lin@example.org,Fabrikam,Accountant,1 Jan 2024",
    )
    row = kept(priya, *rows)
    assert [each["state"] for each in row.rows] == ["changed", "changed"]
    assert row.rows[0]["changes"] == [
        ["organisation", "Northwind", "Contoso"],
        ["position", "Data Scientist", "Lead Data Scientist"],
    ]
    assert take_import(row) == Taken(0, 2)
    ines.refresh_from_db()
    typed.refresh_from_db()
    assert (ines.organisation.name, ines.email, ines.note) == ("Contoso", "own@example.org", "Met in May")  # type: ignore[union-attr]
    assert (typed.organisation.name, typed.position, typed.url) == ("Contoso", "Boss", f"{LINK}lin-2")  # type: ignore[union-attr]
    assert "contoso" in ines.found_by
    assert counts(kept(priya, *rows)) == (0, 0, 2, 0)


def test_organisations_are_not_made_twice_by_their_capitals(priya: Learner) -> None:
    add_person(priya, name="Somebody", organisation="NorthWind")
    take_import(kept(priya))
    assert sorted(priya.organisations.values_list("name", flat=True)) == ["Fabrikam", "NorthWind"]


def test_a_table_waits_until_its_columns_are_said(priya: Learner) -> None:
    row = keep_file(priya, open_contacts("a.csv", b'Who;Mail;Born\nAnn Low;a@b.co;1990\n"Bo;b\n'))
    assert needs_columns(row)
    with pytest.raises(UserError):
        take_import(row)
    table = table_of(row)
    assert (table.heading.columns, [each.row for each in table.unread]) == ({"email": 1}, [3])
    row = set_columns(row, table, {"name": 0, "email": 1})
    assert (needs_columns(row), counts(row), row.columns["remarks"]) == (
        False,
        (1, 0, 0, 1),
        ["Columns that are left out: Born."],
    )
    take_import(row)
    assert priya.people.get().email == "a@b.co"


def test_a_file_without_a_contact_is_refused(priya: Learner) -> None:
    for content in (LINKEDIN["English"], "Name;Mail\n"):
        with pytest.raises(UserError, match="no contact"):
            keep_file(priya, open_contacts("a.csv", content.encode()))
    assert not priya.contact_imports.exists()


def test_what_nobody_took_in_is_gone_after_a_day(priya: Learner, on_day: Callable[[date], None]) -> None:
    kept(priya)
    take_import(kept(priya))
    on_day(MONDAY + timedelta(days=2))
    kept(priya)
    assert [row.taken_at is None for row in priya.contact_imports.order_by("pk")] == [False, True]


def test_a_file_is_taken_in_once_and_a_dropped_one_never(priya: Learner) -> None:
    row = kept(priya)
    take_import(row)
    with pytest.raises(UserError, match="nothing to take in"):
        take_import(row)
    row.refresh_from_db()
    drop_import(row)
    other = kept(priya)
    drop_import(other)
    assert list(priya.contact_imports.all()) == [row]


def test_taking_back_spares_whoever_was_touched_since(priya: Learner) -> None:
    add_person(priya, name="Typed", organisation="Fabrikam")
    row = kept(priya)
    take_import(row)
    log_touch(priya.people.get(name="Ines Duarte"), MONDAY, TouchSort.TALK)
    change_person(priya.people.get(name="Omar Haddad"), {"note": "Knows the pipeline"})
    assert undo_import(row) == (1, 2)
    assert sorted(priya.people.values_list("name", flat=True)) == ["Ines Duarte", "Omar Haddad", "Typed"]
    assert sorted(priya.organisations.values_list("name", flat=True)) == ["Fabrikam", "Northwind"]
    assert counts(kept(priya)) == (1, 0, 2, 0)


def test_taking_back_at_once_leaves_nothing(priya: Learner) -> None:
    text = "BEGIN:VCARD\nFN:Ann\nORG:Acme\nNOTE:Long\nCATEGORIES:a,b\nX-SEGUE-RELATION:mentor\nEND:VCARD\n"
    row = keep_file(priya, open_contacts("a.vcf", text.encode()))
    take_import(row)
    assert priya.people.get().tags == ["a", "b"]
    assert undo_import(row) == (1, 0)
    assert [there.count() for there in (priya.people, priya.organisations, priya.contact_imports)] == [0, 0, 0]


def test_what_changed_stays_changed_when_a_file_is_taken_back(priya: Learner) -> None:
    add_person(priya, name="Ines Duarte", email="ines@example.org")
    row = kept(priya)
    take_import(row)
    assert undo_import(row) == (2, 0)
    assert priya.people.get().url == f"{LINK}ines"


def test_nobody_is_compared_with_the_people_of_another(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    take_import(kept(make_learner("Sam")))
    assert counts(kept(priya)) == (3, 0, 0, 0)


LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=10)
WORD = st.just("") | LINE
PERSON = st.fixed_dictionaries(
    {
        "name": LINE,
        "organisation": st.sampled_from(["", "Acme", "=2+3"]),
        "position": WORD,
        "email": st.sampled_from(["", "a@x.org", "b@x.org"]),
        "phone": st.sampled_from(["", "+49 30 1", "-1"]),
        "url": st.sampled_from(["", f"{LINK}a", f"{LINK}b", "https://firm.example"]),
        "note": WORD,
        "tags": st.lists(LINE.filter(lambda tag: not set(tag) & set(";|,、")), max_size=2, unique_by=folded),
        "relation": st.sampled_from(["", "mentor"]),
        "role": st.sampled_from(["", "leader"]),
    }
)


@pytest.mark.parametrize("ending", ["csv", "vcf"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PERSON, min_size=1, max_size=6))
def test_what_went_out_comes_back_as_the_same(priya: Learner, ending: str, told: list[dict[str, object]]) -> None:
    priya.people.all().delete()
    for number, each in enumerate(told):
        add_person(priya, **each, how_known=f"{number}")  # type: ignore[arg-type]  # else twins would be one
    people = Person.objects.filter(learner=priya).select_related("organisation").order_by("sort_name", "id")
    content = "".join((csv_of if ending == "csv" else vcards_of)(people)).encode()
    row = keep_file(priya, open_contacts(f"a.{ending}", content))
    if ending == "csv":
        table = table_of(row)
        row = set_columns(row, table, table.heading.columns)
    assert counts(row) == (0, 0, len(told), 0)
    row.delete()
