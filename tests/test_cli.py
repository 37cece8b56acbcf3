from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from segue import cli
from segue.cli import COMMANDS, main, reference
from segue.core.errors import UserError

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEGUE_HOME", os.environ["SEGUE_HOME"])


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Namespace]]:
    """Which command was called with what; none is really run."""
    calls: list[tuple[str, Namespace]] = []

    def call(command: cli.Command, parsed: Namespace) -> int:
        calls.append((command.name, parsed))
        return 7

    monkeypatch.setattr(cli, "_call", call)
    return calls


def ends(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    """The exit code of a command that ends with an error."""

    def fail(arguments: Namespace) -> int:
        raise error

    monkeypatch.setattr("segue.commands.today", fail)
    return main(["today"])


def test_the_reference_is_up_to_date() -> None:
    kept = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert kept == reference(), "write it anew: python -m segue.cli > docs/reference/commands.md"


def test_every_command_can_be_called() -> None:
    from importlib import import_module

    for command in COMMANDS:
        module, _, function = command.run.partition(":")
        assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_says_what_it_does_with_examples_and_exit_codes(command: cli.Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command.name, "--help"])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert command.details in shown
    for typed, meaning in command.examples:
        assert typed in shown
        assert meaning in shown
    assert "exit codes:" in shown
    assert "--with-parent" not in shown


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_examples_are_what_the_command_line_takes(command: cli.Command, called: list[tuple[str, Namespace]]) -> None:
    assert command.examples
    for typed, _ in command.examples:
        program, *arguments = typed.split()
        assert program == "segue"
        assert main(arguments) == 7
    assert {name for name, _ in called} == {command.name}


def test_segue_alone_starts(called: list[tuple[str, Namespace]]) -> None:
    main([])
    main(["--home", "x"])
    assert [(name, parsed.port, parsed.no_browser) for name, parsed in called] == [("start", 8765, False)] * 2


@pytest.mark.parametrize("arguments", [["--home", "/there", "today"], ["today", "--home", "/there"], ["--home=/there"]])
def test_the_data_folder_may_be_named_before_or_after(arguments: list[str], called: list[tuple[str, Namespace]]) -> None:
    main(arguments)
    assert os.environ["SEGUE_HOME"] == "/there"


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["start", "--port", "0"],
        ["start", "--port", "65536"],
        ["start", "--port", "x"],
        ["demo", "--weeks", "27"],
        ["backup"],
        ["today", "extra"],
        ["start", "--no"],
    ],
)
def test_what_can_not_be_understood_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: segue" in capsys.readouterr().err


def test_what_a_person_can_mend_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends(monkeypatch, UserError("The disk is full.", "Free some space.")) == 2
    said = capsys.readouterr()
    assert said.err == "segue: The disk is full.\nFree some space.\n"
    assert said.out == ""


def busy() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [(busy(), "Another program keeps the database"), (OSError(errno.ENOSPC, "No space left"), "is full")],
)
def test_so_is_what_disk_or_database_refuse(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends(monkeypatch, error) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "error", [ZeroDivisionError(), FileNotFoundError(errno.ENOENT, "template"), sqlite3.OperationalError("x")]
)
def test_a_bug_keeps_its_traceback(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(type(error)):
        ends(monkeypatch, error)


def test_ctrl_c_is_no_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "\nStopped.\n"


def segue(*arguments: str, home: Path | str) -> subprocess.CompletedProcess[str]:
    """As somebody types it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SEGUE", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "segue", *arguments],
        cwd=ROOT,
        env=environment | {"SEGUE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_version_and_help_need_no_data_folder(tmp_path: Path) -> None:
    home = tmp_path / "none"
    assert segue("--version", home=home).stdout.startswith("segue ")
    assert "commands:" in segue("--help", home=home).stdout
    assert not home.exists()


def test_help_imports_neither_django_nor_yaml() -> None:
    code = "import sys\nfrom segue.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'yaml', 'waitress', 'platformdirs'}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize("place", ["/proc/nothing/here", "{file}/under"])
def test_a_data_folder_that_can_not_be_made_is_said(place: str, tmp_path: Path) -> None:
    """The settings find it out, before there is any Django to show an error."""
    (tmp_path / "file").touch()
    home = place.format(file=tmp_path / "file")
    done = segue("today", home=home)
    assert done.returncode == 2
    assert f"segue: The data folder {home} can't be made" in done.stderr
    assert "Set SEGUE_HOME to a folder that you may write in." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_database_address_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = os.environ | {"SEGUE_HOME": str(tmp_path), "SEGUE_DATABASE_URL": "mysql://x/y"}
    done = subprocess.run(
        [sys.executable, "-m", "segue", "today"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "SEGUE_DATABASE_URL is not the address of a PostgreSQL database" in done.stderr
