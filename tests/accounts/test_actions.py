"""Making the learner of single-user mode, and what is kept of a person."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from segue.accounts.actions import add_learner, change_password, describe_learner, make_local_learner, mark_started
from segue.accounts.models import Learner, User
from segue.accounts.queries import LOCAL_USERNAME, local_learner
from segue.core.errors import UserError

pytestmark = pytest.mark.django_db


def test_local_learner_is_made_once_and_found_again() -> None:
    assert local_learner() is None
    learner = make_local_learner()
    assert make_local_learner() == learner
    assert local_learner() == learner
    assert User.objects.count() == Learner.objects.count() == 1


def test_nobody_can_sign_in_as_the_local_learner() -> None:
    user = make_local_learner().user
    assert user.username == LOCAL_USERNAME
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_user_without_profile_gets_one() -> None:
    user = User.objects.create_user(username=LOCAL_USERNAME)
    assert make_local_learner().user == user


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test database to a file")
def test_two_requests_at_the_same_moment_make_one_learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two connections of their own to one file, as two threads of the server have them."""
    file = tmp_path / "segue.sqlite3"
    connection.ensure_connection()
    file.write_bytes(connection.connection.serialize())
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode=WAL")
    monkeypatch.setitem(connections.settings, "default", {**connections.settings["default"], "NAME": str(file)})
    barrier, made, failed = Barrier(2), list[int](), list[Exception]()

    def first_request() -> None:
        try:
            local_learner()  # opens the connection
            barrier.wait(10)
            made.append(make_local_learner().pk)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=first_request) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed
    assert len(made) == 2
    assert len(set(made)) == 1
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT count(*) FROM accounts_learner").fetchone() == (1,)
        assert copy.execute("SELECT count(*) FROM accounts_user").fetchone() == (1,)


def test_describing_keeps_the_three_and_nothing_else(priya: Learner) -> None:
    started = datetime(2026, 11, 23, 19, tzinfo=UTC)
    mark_started(priya, started)
    stale = Learner.objects.get(pk=priya.pk)
    stale.started_at = None
    describe_learner(stale, name="Priya N.", role_target="internal-ai-pm", why="So.")
    priya.refresh_from_db()
    assert (priya.name, priya.role_target, priya.why, priya.started_at) == ("Priya N.", "internal-ai-pm", "So.", started)


def test_first_start_stays(priya: Learner) -> None:
    first = datetime(2026, 11, 23, 19, tzinfo=UTC)
    mark_started(priya, first)
    mark_started(priya, datetime(2027, 1, 1, 19, tzinfo=UTC))
    priya.refresh_from_db()
    assert priya.started_at == first


GOOD = "a staple for seven mornings"


def test_somebody_added_can_sign_in_and_has_a_programme_of_their_own() -> None:
    learner = add_learner("anna", GOOD)
    assert learner.user.check_password(GOOD)
    assert (learner.name, learner.started_at) == ("", None)
    assert not learner.user.is_staff
    assert not learner.user.is_superuser


@pytest.mark.parametrize(("name", "password"), [("anna b", GOOD), ("anna", "short")])
def test_nobody_is_added_half(name: str, password: str) -> None:
    with pytest.raises(UserError):
        add_learner(name, password)
    assert not User.objects.exists()


def test_who_worked_alone_signs_in_with_a_first_password_and_keeps_everything() -> None:
    learner = make_local_learner()
    change_password(learner.user, GOOD)
    assert User.objects.get(username=LOCAL_USERNAME).check_password(GOOD)
    assert local_learner() == learner


def test_a_password_that_will_not_do_leaves_the_old_one(priya: Learner) -> None:
    with pytest.raises(UserError):
        change_password(priya.user, "short")
    assert User.objects.get(pk=priya.user_id).check_password("right-horse")
