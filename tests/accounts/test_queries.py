"""Whose page it is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from segue.accounts.models import Learner, User
from segue.accounts.queries import learner_of, learner_of_user, named_user
from segue.core.errors import UserError

pytestmark = pytest.mark.django_db


def test_user_has_their_own_learner(priya: Learner) -> None:
    assert learner_of_user(priya.user) == priya


def test_user_without_programme_and_nobody_have_none() -> None:
    assert learner_of_user(User.objects.create_user(username="marco")) is None
    assert learner_of_user(AnonymousUser()) is None


def test_request_without_learner_is_not_found(rf: RequestFactory, priya: Learner) -> None:
    request = rf.get("/")
    with pytest.raises(Http404):
        learner_of(request)
    request.learner = priya  # type: ignore[attr-defined]
    assert learner_of(request) == priya


@pytest.mark.parametrize(("name", "shown"), [("Priya N.", "Priya N."), ("", "priya")])
def test_learner_is_called_by_name(priya: Learner, name: str, shown: str) -> None:
    priya.name = name
    assert str(priya) == shown


def test_a_user_is_found_by_name_and_nobody_else_is(priya: Learner) -> None:
    assert named_user("priya") == priya.user
    with pytest.raises(UserError, match="Nobody here is called “sam”") as caught:
        named_user("sam")
    assert "segue add-person NAME" in caught.value.hint
    with pytest.raises(UserError, match="Nobody has worked alone here"):
        named_user("me")
