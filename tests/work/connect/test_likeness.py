"""Who may be one person: by name, e-mail and link, and never all with all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.connect.likeness import EMAIL, LINK, NAME, Known, alike, link_key, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller, Anna", "anna mueller"),
        ("Anna Müller", "ANNA MULLER"),
        ("Dr. Inês Carvalho", "Ines Carvalho"),
        ("Łukasz Žižek", "lukasz zizek"),
        ("田中 雪", "雪 田中"),
        ("Jørgen Æbelø", "jorgen aebelo"),
    ],
)
def test_the_same_name_in_other_spellings(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize("name", ["Anna", "", "  ", "x"])
def test_a_name_that_says_too_little_is_compared_with_none(name: str) -> None:
    assert name_key(name) == ""


def test_links_are_compared_without_what_does_not_matter() -> None:
    assert link_key("https://www.linkedin.com/in/Anna-M/?trk=x") == link_key("http://linkedin.com/in/anna-m")
    assert link_key("https://example.org/") == ""


def test_groups_join_by_a_third() -> None:
    people = [
        Known(1, "Anna Müller", "a@x.org"),
        Known(2, "A. M.", "A@x.org", "https://x.org/anna"),
        Known(3, "Somebody Else", "", "http://x.org/anna/"),
        Known(4, "Nobody Like That", "n@x.org"),
    ]
    (group,) = alike(people)
    assert group.ids == (1, 2, 3)
    assert group.shared == (EMAIL, LINK)


def test_one_name_is_enough() -> None:
    assert [(g.ids, g.shared) for g in alike([Known(7, "Ann Lee"), Known(9, "Lee Ann")])] == [((7, 9), (NAME,))]


@given(st.lists(st.sampled_from(["Ann Lee", "Lee Ann", "Bo Ek", "Cy Dee", "Solo"]), max_size=12))
def test_each_is_in_one_group_at_the_most(names: list[str]) -> None:
    groups = alike(Known(at, name) for at, name in enumerate(names))
    ids = [one for group in groups for one in group.ids]
    assert len(ids) == len(set(ids))
    assert all(len(group.ids) > 1 for group in groups)
