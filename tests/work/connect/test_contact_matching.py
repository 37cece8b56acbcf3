"""Who is new, what changes, who stays; and that a file which was taken in changes nothing when it comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from segue.work.connect.contact_matching import CHANGED, FILLED, NEW, SAME, Change, Known, Outcome, Value, compared
from segue.work.connect.contacts import Contact

LINK, OTHER = "https://www.linkedin.com/in/jane", "https://www.linkedin.com/in/jane-2"


def known(number: int = 1, source_key: str = "", follows: bool = False, **values: Value) -> Known:
    return Known(number, f"key{number}", {"name": "Jane Doe", **values}, source_key, follows)


def one(contact: Contact, *people: Known, from_linkedin: bool = False) -> Outcome:
    (outcome,) = compared([contact], people, from_linkedin=from_linkedin)
    return outcome


def test_somebody_unknown_is_new() -> None:
    assert one(Contact(2, "Jane Doe", "Acme"), known(organisation="Beta")).state == NEW


def test_a_person_is_known_by_the_profile_whatever_else_changed() -> None:
    outcome = one(Contact(2, "Jane Miller", "Beta", url=LINK), known(url=LINK + "/", organisation="Acme"))
    assert (outcome.state, outcome.changes) == (SAME, ())


def test_position_and_organisation_follow_linkedin_for_who_came_from_there() -> None:
    contact = Contact(2, "Jane Doe", "Beta", position="Lead", url=LINK, phone="2")
    there: dict[str, Any] = {"url": LINK, "organisation": "Acme", "phone": "1"}
    changed = one(contact, known(follows=True, **there), from_linkedin=True)
    assert changed.changes == (Change("organisation", "Acme", "Beta"), Change("position", "", "Lead"))
    by_hand = one(contact, known(**there), from_linkedin=True)
    assert by_hand.changes == one(contact, known(follows=True, **there)).changes == (Change("position", "", "Lead"),)


def test_another_way_to_write_a_firm_is_no_change() -> None:
    assert (
        one(Contact(2, "J", "ACME", url=LINK), known(url=LINK, organisation="Acme", follows=True), from_linkedin=True).state
        == SAME
    )


def test_who_is_found_by_less_is_shown_as_changed() -> None:
    by_mail = one(Contact(2, "J. Doe", url=LINK, email="J@x.org"), known(email="j@x.org"))
    assert (by_mail.state, by_mail.changes) == (CHANGED, (Change("url", "", LINK),))
    by_name = one(Contact(2, "jane doe", "ACME", email="j@x.org"), known(organisation="Acme"))
    assert by_name.changes == (Change("email", "", "j@x.org"),)


def test_two_profiles_or_two_addresses_are_two_people() -> None:
    assert one(Contact(2, "Jane Doe", "Acme", url=OTHER), known(url=LINK, organisation="Acme")).state == NEW
    assert one(Contact(2, "Jane Doe", "Acme", email="b@x.org"), known(email="a@x.org", organisation="Acme")).state == NEW
    assert one(Contact(2, "Info", email="a@x.org", url=OTHER), known(email="a@x.org", url=LINK)).state == NEW


def test_a_link_changed_by_hand_does_not_lose_the_person() -> None:
    outcome = one(Contact(2, "Jane Doe", url=LINK), known(url="https://jane.example", source_key="url:linkedin.com/in/jane"))
    assert outcome.state == SAME


def test_segues_own_key_is_the_surest() -> None:
    outcome = one(Contact(2, "New Name", url=OTHER, key="key1"), known(url=LINK))
    assert outcome.state == SAME


def test_three_spellings_of_one_profile_are_one_person() -> None:
    spellings = ("Jürgen Müller", "Juergen Mueller", "J. Müller")
    rows = [Contact(row, name, url=LINK) for row, name in enumerate(spellings, 2)]
    assert [(each.state, each.same_as) for each in compared(rows, [])] == [(NEW, 0), (SAME, 2), (SAME, 2)]


def test_three_spellings_with_nothing_else_are_three_people() -> None:
    rows = [Contact(row, name, "Acme") for row, name in enumerate(("Jürgen Müller", "Juergen Mueller", "J. Müller"), 2)]
    assert [each.state for each in compared(rows, [])] == [NEW, NEW, NEW]


def test_one_person_is_never_two_people_of_the_file() -> None:
    rows = [Contact(2, "Jane Doe", "Acme", url=LINK), Contact(3, "Jane Doe", "Acme", url=OTHER)]
    assert [each.state for each in compared(rows, [known(organisation="Acme")])] == [CHANGED, NEW]


NAMES, FIRMS = st.sampled_from(["Ann Li", "ann li", "Bo Ng"]), st.sampled_from(["", "Acme", "ACME", "Beta"])
MAILS, LINKS = st.sampled_from(["", "a@x.org", "A@x.org", "b@x.org"]), st.sampled_from(["", LINK, OTHER, "https://firm.example"])
CONTACTS = st.builds(Contact, st.just(0), NAMES, FIRMS, email=MAILS, url=LINKS, position=st.sampled_from(["", "Lead", "Head"]))
PEOPLE = st.builds(
    lambda name, firm, mail, link, follows: known(0, "", follows, name=name, organisation=firm, email=mail, url=link),
    *(NAMES, FIRMS, MAILS, LINKS, st.booleans()),
)


def taken(outcomes: Sequence[Outcome], people: Sequence[Known], from_linkedin: bool) -> list[Known]:
    """The people after a file was taken in."""
    there = [replace(person, by_row=0) for person in people]
    for outcome in outcomes:
        if outcome.state == CHANGED and outcome.known is not None:
            there[outcome.known.id].source_key = outcome.source_key
        if outcome.state == NEW:
            values = {name: getattr(outcome.contact, name) for name in ("name", *FILLED)}
            there.append(Known(len(there), f"key{len(there)}", values, outcome.source_key, from_linkedin))
    return there


@settings(max_examples=600)
@given(st.lists(CONTACTS, max_size=7), st.lists(PEOPLE, max_size=4), st.booleans())
def test_the_same_file_twice_changes_nothing(contacts: list[Contact], people: list[Known], from_linkedin: bool) -> None:
    rows = [replace(contact, row=row) for row, contact in enumerate(contacts, 2)]
    there = [replace(person, id=number, key=f"key{number}", values=dict(person.values)) for number, person in enumerate(people)]
    first = compared(rows, there, from_linkedin=from_linkedin)
    assert [each.contact for each in first] == rows
    again = compared(rows, taken(first, there, from_linkedin), from_linkedin=from_linkedin)
    assert [each.state for each in again] == [SAME] * len(rows)
