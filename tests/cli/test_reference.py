from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from feedback_lab.cli import parser
from feedback_lab.cli.commands import COMMANDS, EXIT_CODES, Command
from feedback_lab.cli.reference import WIDTH, reference

KEPT = Path(__file__).parents[2] / "docs/reference/feedback-lab.md"


def section(command: Command) -> str:
    """The part of the reference about one command."""
    return reference().split(f"## feedback-lab {command.name}\n")[1].split("\n## ")[0]


def test_the_reference_is_up_to_date() -> None:
    assert KEPT.read_text("utf-8") == reference(), "write it anew: make docs"


def test_it_names_every_exit_code() -> None:
    for code, meaning in EXIT_CODES:
        assert f"| {code} | {meaning} |" in reference()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_stands_there_with_all_that_its_help_says(command: Command) -> None:
    told = section(command)
    assert command.details in told
    for option in command.options:
        assert f"| `{option.shown}` | {option.help} |" in told
    for typed, meaning in command.examples:
        assert f"{typed}\n    # {meaning}" in told


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_usage_puts_first_what_cannot_be_left_out(command: Command) -> None:
    usage = section(command).split("```\n")[1]
    assert all(len(line) <= WIDTH for line in usage.splitlines())
    needed = [option.shown for option in command.options if f"[{option.shown}]" not in usage]
    assert usage.startswith(" ".join([f"feedback-lab {command.name}", *needed]))
    assert needed == [action.metavar for action in arguments(command.name) if action.required and action.nargs != "*"]


def arguments(name: str) -> list[argparse.Action]:
    """What the parser of a command takes."""
    below = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return list(below.choices[name]._actions)
