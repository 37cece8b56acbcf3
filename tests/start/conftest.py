"""Somebody who has just opened Segue for the first time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from segue.accounts.models import Learner
from tests.remembering import remembered_turns

__all__ = ["remembered_turns"]


@pytest.fixture
def newcomer(make_learner: Callable[..., Learner]) -> Learner:
    """Priya before her first hour."""
    return make_learner("Priya", started=False)


@pytest.fixture
def browser(client_of: Callable[[Learner | None], Client], newcomer: Learner) -> Client:
    """The browser of the newcomer."""
    return client_of(newcomer)
