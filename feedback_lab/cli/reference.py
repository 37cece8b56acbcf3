"""The text of docs/reference/feedback-lab.md, from the same words as the help.

``python -m feedback_lab.cli.reference`` prints it.
"""

from __future__ import annotations

from feedback_lab.cli.commands import COMMANDS, EXIT_CODES, Command, Option

HEAD = (
    "# Commands of the Feedback Lab",
    "",
    "Written by `python -m feedback_lab.cli.reference` from the help texts; a test keeps it up to date.",
    "",
    "`python -m feedback_lab` is the same as `feedback-lab`. Every command takes `--help`. What stands in square brackets may be",
    "left out; dots say that it may be given again; round brackets at the end of a meaning hold what is taken without it.",
    "The same as functions: [the library](feedback-lab-api.md). A walk: [the tutorial](../tutorial-feedback-lab.md).",
    "",
    "| Exit code | Meaning |",
    "|---|---|",
    *(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES),
)
WIDTH = 120


def reference() -> str:
    """The reference of all commands as Markdown; it ends with a line break."""
    return "\n".join([*HEAD, *(line for command in COMMANDS for line in _section(command))]) + "\n"


def _section(command: Command) -> list[str]:
    arguments = [f"| `{_cell(option.shown)}` | {_cell(option.help)} |" for option in command.options]
    table = ["", "| Argument | Meaning |", "|---|---|", *arguments] if arguments else []
    return [
        *("", f"## feedback-lab {command.name}", "", f"{command.summary[0].upper()}{command.summary[1:]}.", ""),
        *("```", *_usage(command), "```", "", command.details),
        *table,
        *("", "```", *(f"{typed}\n    # {meaning}" for typed, meaning in command.examples), "```"),
    ]


def _usage(command: Command) -> list[str]:
    """How it is typed, in lines of at most ``WIDTH`` characters."""
    lines = [f"feedback-lab {command.name}"]
    for part in sorted((_part(option) for option in command.options), key=lambda part: part.startswith("[-")):
        if len(lines[-1]) + 1 + len(part) > WIDTH:
            lines.append("   ")
        lines[-1] += f" {part}"
    return lines


def _part(option: Option) -> str:
    """An argument in the usage; in brackets where it may be left out, with dots where it may be given again."""
    more = " ..." if option.more.get("action") == "append" or option.more.get("nargs") == "*" else ""
    needed = not option.names[0].startswith("-") and option.more.get("nargs") not in ("?", "*")
    return f"{option.shown}{more}" if needed else f"[{option.shown}]{more}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(reference(), end="")
