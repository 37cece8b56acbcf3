"""``import feedback_lab`` and ``feedback-lab --help`` load nothing heavy: a library is loaded by the step that needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.layer_rules import declared_for
from tests.architecture.tree import ROOT

SAY = """
import atexit, json, sys
opened = set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
atexit.register(lambda: print(json.dumps([list(sys.modules), list(opened)]), file=sys.stderr))
"""
HELP = "import sys; sys.argv = ['feedback-lab', '--help']; from feedback_lab.cli import main; sys.exit(main())"
HEAVY = {*declared_for(ROOT, "feedback_lab"), "django", "segue"}
ARTEFACT = "open('feedback_lab/artefacts/tokens.npy').close()\n"


def told_by(root: Path, statement: str) -> tuple[set[str], set[str]]:
    """Top-level modules loaded, and files opened, when a fresh interpreter in ``root`` has run a statement."""
    command = [sys.executable, "-c", SAY + statement]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    modules, opened = json.loads(said.stderr.splitlines()[-1])
    return {name.split(".")[0] for name in modules}, set(opened)


def loaded_by(root: Path, module: str) -> set[str]:
    """Top-level names that a fresh interpreter holds after importing a module of the tree at ``root``."""
    return told_by(root, f"import {module}")[0]


def artefacts(opened: set[str]) -> list[str]:
    return [name for name in opened if "artefacts" in Path(name).parts]


@pytest.mark.parametrize("module", ["feedback_lab", "feedback_lab.cli", "feedback_lab.__main__", "feedback_lab.errors"])
def test_library_and_command_load_nothing_heavy(module: str) -> None:
    loaded = loaded_by(ROOT, module)
    assert "feedback_lab" in loaded
    assert loaded & HEAVY == set()


def test_help_loads_nothing_heavy() -> None:
    loaded, opened = told_by(ROOT, HELP)
    assert "argparse" in loaded
    assert loaded & HEAVY == set()
    assert artefacts(opened) == []


def test_import_opens_no_artefact(tmp_path: Path) -> None:
    assert artefacts(told_by(ROOT, "import feedback_lab")[1]) == []
    (tmp_path / "feedback_lab/artefacts").mkdir(parents=True)
    (tmp_path / "feedback_lab/artefacts/tokens.npy").touch()
    (tmp_path / "feedback_lab/__init__.py").write_text(ARTEFACT, "utf-8")
    assert artefacts(told_by(tmp_path, "import feedback_lab")[1]) == ["feedback_lab/artefacts/tokens.npy"]


@pytest.mark.parametrize("line", ["import numpy\n", "from scipy import stats\n", "from feedback_lab import a\n"])
def test_a_heavy_import_is_seen(line: str, tmp_path: Path) -> None:
    package = tmp_path / "feedback_lab"
    package.mkdir()
    (package / "__init__.py").write_text("import csv\n", "utf-8")
    (package / "a.py").write_text("import numpy\n", "utf-8")
    assert loaded_by(tmp_path, "feedback_lab") & HEAVY == set()
    (package / "__init__.py").write_text(line, "utf-8")
    assert "numpy" in loaded_by(tmp_path, "feedback_lab") & HEAVY


def test_what_the_library_offers_is_there_when_asked_for() -> None:
    import feedback_lab

    assert set(feedback_lab.OFFERED) == set(feedback_lab.__all__)
    assert all(getattr(feedback_lab, name) for name in feedback_lab.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'analyze'"):
        _ = feedback_lab.analyze
