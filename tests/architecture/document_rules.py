"""Documents that stay true, and files that carry nothing of the machine they were made on."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.tree import at, files, rule

# The brackets keep these patterns from finding themselves.
TRACES = re.compile(
    r"(pypi|pythonhosted|npmjs|debian)[.]org|crates[.]io|unpkg[.]com|jsdelivr[.]net"
    r"|/work[/](main|shared)|/opt[/](pypi|wheels)|/tmp[/]probe|/root[/]|/home[/]|/Users[/]"
)
TEXTS = (".py", ".html", ".css", ".js", ".svg", ".md", ".toml", ".yaml", ".yml", ".txt", ".cfg", ".ini", "Makefile")
LINK = re.compile(r"\[[^\]]*\]\(([^)#?\s]+)")
TARGET = re.compile(r"`make ([a-z]+)")


@rule
def nothing_names_this_machine(root: Path) -> list[str]:
    """No host of a package registry and no path of a developer's machine is written anywhere."""
    paths = [*files(root, *TEXTS), *(path for path in (root / ".ci").glob("*") if path.is_file())]
    return [
        at(root, path, number, f"names {match[0]}")
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (match := TRACES.search(line))
    ]


@rule
def links_between_documents_lead_somewhere(root: Path) -> list[str]:
    """Each relative link in a Markdown file points to a file that is there."""
    return [
        at(root, path, number, f"{target} is not there")
        for path in files(root, ".md")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for target in LINK.findall(line)
        if ":" not in target and not (path.parent / target).exists()
    ]


@rule
def documents_name_targets_that_exist(root: Path) -> list[str]:
    """Each ``make`` command in a document is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    return [
        at(root, path, number, f"make {target} does not exist")
        for path in files(root, ".md")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for target in TARGET.findall(line)
        if target not in targets
    ]


@rule
def decisions_are_numbered_and_listed(root: Path) -> list[str]:
    """Decision records are numbered without a gap and stand in the list of ``docs/adr/README.md``."""
    folder = root / "docs/adr"
    records = [path for path in files(root, ".md", under=("docs/adr",)) if path.name != "README.md"]
    listed = (folder / "README.md").read_text("utf-8")
    found = [at(root, path, 1, "is not listed in docs/adr/README.md") for path in records if f"({path.name})" not in listed]
    return found + [
        at(root, path, 1, f"should have the number {number:04}")
        for number, path in enumerate(records, 1)
        if not path.name.startswith(f"{number:04}-")
    ]
