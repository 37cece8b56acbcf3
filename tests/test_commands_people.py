"""Letting people in from the command line, where others reach Segue."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from segue.accounts.actions import add_learner
from segue.accounts.models import Learner, User
from segue.accounts.queries import LOCAL_USERNAME
from segue.cli import main
from tests.vault.conftest import contents, empty_home, home, learner, migrated

__all__ = ["empty_home", "home", "learner", "migrated"]  # fixtures

Said = pytest.CaptureFixture[str]
GOOD = "a staple for seven mornings"


class Keyboard(io.StringIO):
    """Input from somebody who sits there."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What is typed where a password is asked for, hidden."""

    def type_(*passwords: str) -> None:
        answers = iter(passwords)
        monkeypatch.setattr("sys.stdin", Keyboard())
        monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))

    return type_


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What another program sends."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_somebody_added_is_told_where_to_sign_in(home: Path, capsys: Said, settings: object, typed: Callable[..., None]) -> None:
    settings.PUBLIC_URL = "https://segue.example.org"  # type: ignore[attr-defined]
    typed(GOOD, GOOD)
    assert main(["add-person", "anna"]) == 0
    assert capsys.readouterr().out == "anna can sign in at https://segue.example.org/.\n"
    assert Learner.objects.get(user__username="anna").user.check_password(GOOD)


def test_without_an_address_it_is_said_that_nobody_gets_there(home: Path, capsys: Said, typed: Callable[..., None]) -> None:
    typed(GOOD, GOOD)
    assert main(["add-person", "anna"]) == 0
    assert "Nobody signs in yet: SEGUE_PUBLIC_URL" in capsys.readouterr().out


@pytest.mark.parametrize("line", [f"{GOOD}\n", f"{GOOD}\r\n", GOOD, f"{GOOD}\nmore\n"])
def test_a_script_sends_the_password_as_one_line(home: Path, piped: Callable[[str], None], line: str) -> None:
    piped(line)
    assert main(["add-person", "anna", "--password-stdin"]) == 0
    assert User.objects.get(username="anna").check_password(GOOD)


def test_spaces_belong_to_a_password(home: Path, piped: Callable[[str], None]) -> None:
    piped(f"  {GOOD}  \n")
    assert main(["add-person", "anna", "--password-stdin"]) == 0
    assert User.objects.get(username="anna").check_password(f"  {GOOD}  ")


def test_two_that_differ_change_nothing(home: Path, capsys: Said, typed: Callable[..., None]) -> None:
    typed(GOOD, "another")
    assert main(["add-person", "anna"]) == 2
    assert "The two passwords differ." in capsys.readouterr().err
    assert not User.objects.filter(username="anna").exists()


@pytest.mark.parametrize(
    ("arguments", "text", "fault"),
    [
        (["anna"], GOOD, "There is nobody here to ask for a password."),
        (["anna", "--password-stdin"], "", "There is no password."),
        (["anna", "--password-stdin"], "\n", "There is no password."),
        (["anna", "--password-stdin"], "short\n", "This password won't do."),
        (["anna b", "--password-stdin"], GOOD, "“anna b” can't be a name to sign in with."),
    ],
)
def test_what_will_not_do_is_said_and_changes_nothing(
    home: Path, capsys: Said, piped: Callable[[str], None], arguments: list[str], text: str, fault: str
) -> None:
    piped(text)
    assert main(["add-person", *arguments]) == 2
    assert fault in capsys.readouterr().err
    assert not User.objects.exclude(username=LOCAL_USERNAME).exists()


def test_a_name_that_is_taken_is_told_before_anything_is_asked(home: Path, capsys: Said, typed: Callable[..., None]) -> None:
    add_learner("anna", GOOD)
    typed()
    assert main(["add-person", "Anna"]) == 2
    assert "There is somebody called “Anna” already." in capsys.readouterr().err


def test_who_worked_alone_gets_a_first_password(learner: Learner, capsys: Said, typed: Callable[..., None]) -> None:
    typed(GOOD, GOOD)
    assert main(["set-password"]) == 0
    assert capsys.readouterr().out.startswith("me has a new password.")
    assert User.objects.get(username="me").check_password(GOOD)
    assert Learner.objects.get().entries.exists()


def test_another_password_for_somebody_else(home: Path, piped: Callable[[str], None]) -> None:
    add_learner("anna", GOOD)
    piped("eleven quiet orchards\n")
    assert main(["set-password", "anna", "--password-stdin"]) == 0
    assert User.objects.get(username="anna").check_password("eleven quiet orchards")


def test_nobody_is_made_by_a_wrong_name(home: Path, capsys: Said, piped: Callable[[str], None]) -> None:
    piped(GOOD)
    assert main(["set-password", "anna", "--password-stdin"]) == 2
    assert "Nobody here is called “anna”." in capsys.readouterr().err
    assert not User.objects.filter(username="anna").exists()


@pytest.mark.parametrize("command", ["add-person", "set-password"])
def test_without_any_data_nothing_is_made(empty_home: Path, capsys: Said, command: str) -> None:
    assert main([command, "anna", "--password-stdin"]) == 2
    assert "no data" in capsys.readouterr().err
    assert contents(empty_home) == {}


def test_on_a_server_the_commands_of_who_works_alone_make_nobody(home: Path, capsys: Said, settings: object) -> None:
    settings.PUBLIC_URL, settings.SINGLE_USER = "https://segue.example.org", False  # type: ignore[attr-defined]
    assert main(["today"]) == 2
    assert "Sign in at https://segue.example.org/" in capsys.readouterr().err
    assert not Learner.objects.exists()
