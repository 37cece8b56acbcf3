"""The command line: what there is to call, its help, how errors end. What a command does is imported when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segue.core.errors import UserError

HOME_HELP = "the data folder; without it SEGUE_HOME, or the usual place of this system"
EXIT_CODES = (
    (0, "done"),
    (1, "a check failed, or a bug (a traceback follows)"),
    (2, "something you can mend: the message says what and how"),
    (130, "stopped with Ctrl-C before it was done"),
)
STOPPED = 130


@dataclass(frozen=True)
class Option:
    """An argument of a command: its names, its help, and what else ``argparse`` is told."""

    names: tuple[str, ...]
    help: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """As it is typed."""
        if not self.names[0].startswith("-"):
            return str(self.more.get("metavar", self.names[0]))
        value = self.more.get("metavar")
        return f"{self.names[0]} {value}" if value else self.names[0]

    @property
    def may_lack(self) -> bool:
        """Whether the command works without it."""
        return self.names[0].startswith("-") or self.more.get("nargs") == "?"


@dataclass(frozen=True)
class Command:
    """A command. ``run``: module and function, called with the parsed arguments; it returns the exit code."""

    name: str
    run: str
    summary: str
    details: str
    options: tuple[Option, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


def _file(help_text: str, metavar: str = "FILE") -> Option:
    return Option(("file",), help_text, {"metavar": metavar})


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def _weeks(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 26:
        raise argparse.ArgumentTypeError("the journey has 0 to 26 weeks")
    return number


PORT = Option(("--port",), "the port to listen on (8765)", {"type": _port, "default": 8765, "metavar": "PORT"})
PASSWORD_STDIN = Option(("--password-stdin",), "read the password from one line of input", {"action": "store_true"})
NO_BROWSER = Option(("--no-browser",), "do not open a browser", {"action": "store_true"})

COMMANDS = (
    Command(
        "start",
        "segue.server:start",
        "start Segue and open it in the browser; “segue” alone does the same",
        "Looks whether the data folder and the database are sound, brings the database up to date (after a backup), makes the\n"
        "backup of the day, and serves Segue on this computer only, at http://127.0.0.1:8765/. Ctrl-C stops it. Where it is\n"
        "running already with this data folder, the browser is opened there. With SEGUE_PUBLIC_URL, the address of a proxy in\n"
        "front of it, people sign in there, and links to reviews lead there; Segue itself is asked by that proxy only.",
        (PORT, NO_BROWSER),
        (("segue", "start, and open the browser"), ("segue start --port 9000 --no-browser", "another port, no browser")),
    ),
    Command(
        "today",
        "segue.commands:today",
        "print what to do next, the hours left this week, and what binds",
        "The next one to three things with their minutes, whom to ask this week, and what holds your readiness back. Works\n"
        "while Segue runs and while it doesn't; changes nothing.",
        (),
        (("segue today", "what next?"),),
    ),
    Command(
        "backup",
        "segue.commands:backup",
        "write a backup of everything into one file",
        "The file holds the database and every attached file, with checksums. It can be made while Segue runs. FILE may be a\n"
        "folder: then the file in it is called after the day and time. A file that is there already is never overwritten.",
        (_file("where to write it, best on another disk"),),
        (
            ("segue backup /media/usb", "into a folder, under a name with the date"),
            ("segue backup monday.seguebackup", "into this file"),
        ),
    ),
    Command(
        "restore",
        "segue.commands:restore",
        "put a backup in the place of the present data",
        "Stop Segue first. The backup is verified to the last byte before anything is changed. The database that was there is\n"
        "moved to the folder “replaced” of the data folder, attached files are added to those that are there, and a backup of\n"
        "an older Segue is brought up to date. Daily backups lie in the folder “backups” of the data folder; they hold the\n"
        "database only, and find the attached files in the data folder.",
        (_file("the backup"),),
        (
            ("segue restore monday.seguebackup", "into the usual data folder"),
            ("segue --home /tmp/look restore monday.seguebackup", "into another one, to look at it"),
        ),
    ),
    Command(
        "export",
        "segue.commands:export",
        "write everything of yours as pages and data",
        "A zip with your ledger, attached files, hours, choices and drafts: as Markdown that needs no Segue, and as\n"
        "export.json, which another Segue can import. It can be made while Segue runs. A file that is there already is never\n"
        "overwritten.",
        (_file("where to write it", "FILE.zip"),),
        (("segue export everything.zip", "into this file"),),
    ),
    Command(
        "import",
        "segue.commands:take_in",
        "read an export into a Segue that is still empty",
        "Everything in the file is verified first; then it is written at once, or not at all. Numbers, days and the moments of\n"
        "recording stay as they were.",
        (_file("what “segue export” made", "FILE.zip"),),
        (("segue --home ~/segue-copy import everything.zip", "into a data folder of its own"),),
    ),
    Command(
        "check",
        "segue.commands:check",
        "check the curriculum, the settings and the database",
        "Prints every fault of the curriculum as path:line:column: message, then what Django's own checks say, then whether the\n"
        "database and the attached files are sound. Changes nothing. Exits with 1 where anything is wrong.",
        (),
        (("segue check", "all of it"),),
    ),
    Command(
        "add-person",
        "segue.commands:add_person",
        "let somebody sign in, where others reach Segue (SEGUE_PUBLIC_URL)",
        "Makes an account with a programme of its own, and asks for its password twice. A password has at least 12 characters,\n"
        "and is none of those that everybody tries. Works while Segue runs.",
        (Option(("name",), "what they sign in with: letters, digits, and @ . + - _", {"metavar": "NAME"}), PASSWORD_STDIN),
        (
            ("segue add-person anna", "asks for the password"),
            ("segue add-person anna --password-stdin", "for a script: reads it from one line"),
        ),
    ),
    Command(
        "set-password",
        "segue.commands:set_password",
        "give somebody another password, or you your first one",
        "Who has worked alone is called “me”, and has no password. With one, they sign in and find all their work, once others\n"
        "reach Segue (SEGUE_PUBLIC_URL). Whoever was signed in under this name has to sign in again. Works while Segue runs.",
        (
            Option(("name",), "whose (me)", {"metavar": "NAME", "nargs": "?", "default": "me"}),
            PASSWORD_STDIN,
        ),
        (("segue set-password", "yours, where you have worked alone"), ("segue set-password anna", "somebody else’s")),
    ),
    Command(
        "worker",
        "segue.commands:worker",
        "do the long work that waits: exports, backups",
        "“segue start” runs a worker of its own; this is for installations that serve Segue in another way. Several may run.\n"
        "A worker that is killed loses nothing: what it was doing is done again. On Linux, each of its processes may take 4096\n"
        "MiB of memory; SEGUE_WORKER_MEMORY_MB sets another limit, 0 none.",
        (
            Option(("--once",), "do what waits now, then end", {"action": "store_true"}),
            Option(("--with-parent",), argparse.SUPPRESS, {"action": "store_true"}),
        ),
        (("segue worker --once", "do what waits, then end"),),
    ),
    Command(
        "demo",
        "segue.commands:demo",
        "start Segue on the made-up journey of somebody else",
        "Fills a data folder of its own, beside yours and called after it with “-demo” at the end, and starts Segue on it. Your\n"
        "own data is not touched. Each call begins anew unless that demo is running.",
        (
            Option(("--weeks",), "how many weeks of the journey are over (26)", {"type": _weeks, "metavar": "N", "default": 26}),
            Option(("--port",), "the port to listen on (8766)", {"type": _port, "default": 8766, "metavar": "PORT"}),
            NO_BROWSER,
        ),
        (("segue demo", "the whole journey"), ("segue demo --weeks 9", "as it stands after nine weeks")),
    ),
)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *args: object, **kwargs: object) -> None:
        from segue.vault.version import version

        print(f"segue {version()}")
        parser.exit(0)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    shape = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}
    root = argparse.ArgumentParser(
        "segue",
        description="Takes a product manager to AI product manager in six months, and leaves them with proof.\n"
        "Everything stays on this computer. “segue” alone starts it.",
        epilog=_epilog((("segue", "start, and open the browser"), ("segue backup --help", "what a command does, with examples"))),
        **shape,  # type: ignore[arg-type]
    )
    root.add_argument("--version", action=_Version, nargs=0, help="print the version and end")
    root.add_argument("--home", metavar="FOLDER", help=HOME_HELP)
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in COMMANDS:
        sub = commands.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.\n\n{command.details}",
            epilog=_epilog(command.examples),
            **shape,  # type: ignore[arg-type]
        )
        # Given after the command too; SUPPRESS keeps it from wiping out one that was given before.
        sub.add_argument("--home", metavar="FOLDER", help=HOME_HELP, default=argparse.SUPPRESS)
        for option in command.options:
            sub.add_argument(*option.names, help=option.help, **option.more)
    return root


def _epilog(examples: Sequence[tuple[str, str]]) -> str:
    lines = ["examples:", *(f"  {typed:<44} {meaning}" for typed, meaning in examples)]
    return "\n".join([*lines, "", "exit codes:", *(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES)])


def reference() -> str:
    """The text of docs/reference/commands.md, from the same words as the help."""
    parts = [
        "# Commands",
        "",
        "Written by `python -m segue.cli` from the help texts; a test keeps it up to date.",
        "",
        "`segue` alone starts Segue. `python -m segue` is the same. Every command takes `--help`, and `--home FOLDER` before or",
        f"behind its name: {HOME_HELP}.",
        "",
        "| Exit code | Meaning |",
        "|---|---|",
        *(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES),
    ]
    for command in COMMANDS:
        shown = [option for option in command.options if option.help != argparse.SUPPRESS]
        usage = " ".join(["segue", command.name, *(f"[{o.shown}]" if o.may_lack else o.shown for o in shown)])
        parts += ["", f"## segue {command.name}", "", f"{command.summary[0].upper()}{command.summary[1:]}.", ""]
        parts += ["```", usage, "```", "", command.details]
        if shown:
            parts += ["", "| Argument | Meaning |", "|---|---|", *(f"| `{option.shown}` | {option.help} |" for option in shown)]
        parts += ["", "```", *(f"{typed:<52} # {meaning}" for typed, meaning in command.examples), "```"]
    return "\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of another alphabet shows a question mark, not a traceback
    parsed = parser().parse_args(given)
    if parsed.command is None:
        parsed = parser().parse_args([*given, "start"])
    if parsed.home:
        os.environ["SEGUE_HOME"] = parsed.home
    command = next(command for command in COMMANDS if command.name == parsed.command)
    try:
        return _call(command, parsed)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED


def _call(command: Command, parsed: argparse.Namespace) -> int:
    from importlib import import_module

    from segue.core.errors import UserError

    module, _, function = command.run.partition(":")
    try:
        return int(getattr(import_module(module), function)(parsed))
    except Exception as error:
        words = error if isinstance(error, UserError) else _explained(error)
        if words is None:
            raise
        print(f"segue: {words.message}\n{words.hint}".rstrip(), file=sys.stderr)
        return 2


def _explained(error: Exception) -> UserError | None:
    """A disk or database error in words; ``None`` for a bug. A missing file is a bug here: whoever expects one, says so."""
    from pathlib import Path

    from segue.shared.storage import explain

    if isinstance(error, FileNotFoundError):
        return None
    settings = sys.modules.get("segue.settings")
    home: Path = getattr(settings, "HOME", Path(os.environ.get("SEGUE_HOME", "segue")))
    return explain(error, home / "segue.sqlite3")


if __name__ == "__main__":
    print(reference(), end="")
