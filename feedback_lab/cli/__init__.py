"""The command line ``feedback-lab``. What a command does is imported when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from feedback_lab import __version__
from feedback_lab.cli.commands import COMMANDS, EXIT_CODES, Command
from feedback_lab.errors import LabError

MENDABLE, STOPPED = 2, 130


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    codes = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES)
    top = argparse.ArgumentParser(
        prog="feedback-lab",
        description="From a file of customer feedback to an honest report. Offline, without a language model.",
        epilog=f"exit codes:\n{codes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"feedback-lab {__version__}")
    below = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        _add(below, command)
    return top


def _add(below: argparse._SubParsersAction[argparse.ArgumentParser], command: Command) -> None:
    examples = "\n".join(f"  {line}\n      {says}" for line, says in command.examples)
    added = below.add_parser(
        command.name,
        help=command.summary,
        description=f"{command.summary[0].upper()}{command.summary[1:]}.\n\n{command.details}",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for option in command.options:
        added.add_argument(*option.names, help=option.help.replace("%", "%%"), **option.more)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of another alphabet shows a question mark, not a traceback
    parsed = parser().parse_args(sys.argv[1:] if arguments is None else list(arguments))
    command = next(command for command in COMMANDS if command.name == parsed.command)
    try:
        return _call(command, parsed)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from the last finished step.", file=sys.stderr)
        return STOPPED


def _call(command: Command, parsed: argparse.Namespace) -> int:
    module, _, function = command.run.partition(":")
    try:
        return int(getattr(import_module(module), function)(parsed))
    except LabError as fault:
        print(f"feedback-lab: {fault}", file=sys.stderr)
        return MENDABLE
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stderr.close()
        return 0
    except OSError as fault:
        if fault.filename is None:
            raise
        print(f"feedback-lab: {fault.filename}: {fault.strerror}.", file=sys.stderr)
        return MENDABLE
    except ModuleNotFoundError as fault:
        if (fault.name or "").split(".")[0] == "feedback_lab":
            raise
        print(
            f"feedback-lab: the library {fault.name} is missing.\nInstall the extra: pip install 'segue[lab]'.", file=sys.stderr
        )
        return MENDABLE
