"""The cast: Priya the learner, Marco her mentor, Lena the cohort lead, Sam a stranger, and somebody anonymous."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.fixtures import Settings

from segue.accounts.models import Learner, User
from segue.core.availability import Span
from segue.schedule.actions import set_hours
from segue.schedule.models import Hours
from segue.shared.attempts import attempts

hypothesis_settings.register_profile("segue", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("segue")

MONDAY = date(2026, 11, 23)
WEEKDAY_MINUTES = (0, 90, 0, 90, 0, 120, 0)


@pytest.fixture(autouse=True)
def fresh_files(tmp_path: Path, settings: Settings) -> None:
    """Attachments and backups of one test are never seen by another; the day is the Monday on which Priya starts."""
    for name in ("FILES", "BACKUPS"):
        setattr(settings, name, tmp_path / name.lower())
    settings.TODAY = MONDAY


@pytest.fixture(autouse=True)
def fresh_attempts() -> None:
    """What one test guessed wrong is not held against the next."""
    attempts.clear()


@pytest.fixture
def on_day(settings: Settings) -> Callable[[date], None]:
    """Moves the clock."""

    def move(day: date) -> None:
        settings.TODAY = day

    return move


@pytest.fixture
def make_learner(db: None) -> Callable[..., Learner]:
    """Makes somebody with a programme of their own."""

    def make(name: str, *, started: bool = True) -> Learner:
        user = User.objects.create_user(username=name.lower(), password="right-horse")
        learner = Learner.objects.create(user=user, name=name, role_target="ai-feature-pm")
        if started:
            give_hours(learner)
        return learner

    return make


def give_hours(learner: Learner, minutes: tuple[int, ...] = WEEKDAY_MINUTES, off: tuple[Span, ...] = ()) -> Hours:
    """Five hours a week from the Monday of the tests."""
    return set_hours(
        learner, starts_on=MONDAY, weekday_minutes=minutes, session_at=time(19), time_off=tuple((span, "") for span in off)
    )


@pytest.fixture
def priya(make_learner: Callable[..., Learner]) -> Learner:
    """The learner, five hours a week, first hour over."""
    return make_learner("Priya")


@pytest.fixture
def client_of(settings: Settings) -> Callable[[Learner | None], Client]:
    """A browser in which somebody is signed in (nobody: anonymous). Single-user mode is off, so that people differ."""
    settings.SINGLE_USER = False

    def client(learner: Learner | None) -> Client:
        browser = Client()
        if learner is not None:
            browser.force_login(learner.user)
        return browser

    return client


@pytest.fixture
def page(client_of: Callable[[Learner | None], Client], priya: Learner) -> Client:
    """Priya's browser."""
    return client_of(priya)
