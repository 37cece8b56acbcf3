"""Names and passwords that will do."""

from __future__ import annotations

import pytest

from segue.accounts.models import Learner
from segue.accounts.passwords import check_name, check_password
from segue.core.errors import UserError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "kept"), [("anna", "anna"), ("a.b@example.org", "a.b@example.org"), ("\uff4ajiří", "jjiří")])
def test_a_name_is_kept_in_its_usual_letters(name: str, kept: str) -> None:
    assert check_name(name) == kept


@pytest.mark.parametrize("name", ["", "anna b", "anna/b", "a" * 151, "<script>", "anna\x00", "anna\n"])
def test_a_name_that_can_not_be_typed_in_one_go_is_refused(name: str) -> None:
    with pytest.raises(UserError, match=r"can't be a name to sign in with"):
        check_name(name)


@pytest.mark.parametrize("name", ["priya", "PRIYA"])
def test_two_people_never_have_one_name(priya: Learner, name: str) -> None:
    with pytest.raises(UserError, match="already") as caught:
        check_name(name)
    assert f"segue set-password {name}" in caught.value.hint


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("3 mice run", "at least 12"),
        ("password1234", "too common"),
        ("918273645546372", "numeric"),
        ("ottiliebader-1", "similar"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(UserError) as caught:
        check_password(password, "ottiliebader")
    assert why in caught.value.hint
    assert password not in str(caught.value)


def test_a_few_words_of_ones_own_will_do() -> None:
    check_password("a staple for seven mornings", "anna")
