"""Each import contract is seen to fail on a seeded import, in a made-up tree that has a module for every layer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, project

CONTRACTS = {entry["id"]: entry for entry in project(ROOT)["tool"]["importlinter"]["contracts"]}
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
APPS = ("segue.evidence", "segue.work.learn")
# Layers contract -> the package whose members it orders, once for each package that is tried.
PLACED = (("loop", "segue"), ("months", "segue.work"), ("lab", "feedback_lab"))
LAYERED = (*PLACED, *(("anatomy", app) for app in APPS))
# (contract, importer, imported): the lower one imports the one just above it, so that each line of a contract is tried.
Seed = tuple[str, str, str]


def rows(contract: str, container: str) -> list[list[str]]:
    """Layers from the top, each as the full names of its members."""
    return [members(line, container) for line in CONTRACTS[contract]["layers"]]


def members(line: str, container: str) -> list[str]:
    return [f"{container}.{member.strip().strip('()')}" for member in line.replace(":", "|").split("|")]


def seeds() -> Iterator[Seed]:
    for contract, container in LAYERED:
        for upper, lower in pairwise(rows(contract, container)):
            yield from ((contract, importer, upper[0]) for importer in lower)
        # A bar between members says that they know nothing of each other; a colon lets them.
        for line in (line for line in CONTRACTS[contract]["layers"] if "|" in line):
            yield from ((contract, importer, imported) for importer, imported in permutations(members(line, container), 2))
    yield from (("pure-core", "segue.core", module) for module in CONTRACTS["pure-core"]["forbidden_modules"])


SEEDS = list(seeds())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Every module that a contract names, empty, under the contracts as they stand."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    named = [name for contract, container in LAYERED for row in rows(contract, container) for name in row]
    for name in ("segue", "feedback_lab", *named):
        add(tmp_path, name, "")
    return tmp_path


def add(tree: Path, module: str, line: str) -> None:
    folder = tree / module.replace(".", "/")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "__init__.py").open("a", encoding="utf-8") as file:
        file.write(line)


def verdict(tree: Path) -> tuple[int, str]:
    """Exit status and output of the linter, its lines joined."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"], cwd=tree, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, " ".join(done.stdout.split())


def test_contracts_hold_in_an_empty_tree(tree: Path) -> None:
    status, output = verdict(tree)
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken" in output
    assert status == 0


def test_every_line_of_every_contract_bites(tree: Path) -> None:
    assert {contract for contract, _, _ in SEEDS} == CONTRACTS.keys()
    for _, importer, imported in SEEDS:
        add(tree, importer, f"import {imported}\n")
    status, output = verdict(tree)
    assert status == 1
    assert f"Contracts: 0 kept, {len(CONTRACTS)} broken" in output
    missed = [seed for seed in SEEDS if f"{seed[1]} is not allowed to import {seed[2]}:" not in output]
    assert missed == []


@pytest.mark.parametrize("folder", [f"{container}.loose" for _, container in PLACED])
def test_a_folder_that_nobody_placed_is_caught(tree: Path, folder: str) -> None:
    add(tree, folder, "")
    status, output = verdict(tree)
    assert status == 1
    assert "1 broken" in output
    assert "loose" in output
