"""``import feedback_lab`` and ``feedback-lab --help`` load nothing heavy: a library is loaded by the step that needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.layer_rules import declared_for
from tests.architecture.tree import ROOT

SAY = "import sys, {module}; print(*sys.modules)"


def loaded_by(root: Path, module: str) -> set[str]:
    """Top-level names that a fresh interpreter holds after importing a module of the tree at ``root``."""
    said = subprocess.run(
        [sys.executable, "-c", SAY.format(module=module)], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    return {name.split(".")[0] for name in said.stdout.split()}


@pytest.mark.parametrize("module", ["feedback_lab", "feedback_lab.cli", "feedback_lab.__main__", "feedback_lab.errors"])
def test_library_and_command_load_nothing_heavy(module: str) -> None:
    loaded = loaded_by(ROOT, module)
    assert "feedback_lab" in loaded
    assert loaded & set(declared_for(ROOT, "feedback_lab")) == set()


@pytest.mark.parametrize("line", ["import numpy\n", "from scipy import stats\n", "from feedback_lab import a\n"])
def test_a_heavy_import_is_seen(line: str, tmp_path: Path) -> None:
    package = tmp_path / "feedback_lab"
    package.mkdir()
    (package / "__init__.py").write_text("import csv\n", "utf-8")
    (package / "a.py").write_text("import numpy\n", "utf-8")
    heavy = set(declared_for(ROOT, "feedback_lab"))
    assert loaded_by(tmp_path, "feedback_lab") & heavy == set()
    (package / "__init__.py").write_text(line, "utf-8")
    assert "numpy" in loaded_by(tmp_path, "feedback_lab") & heavy


def test_what_the_library_offers_is_there_when_asked_for() -> None:
    import feedback_lab

    assert set(feedback_lab.OFFERED) == set(feedback_lab.__all__)
    assert all(getattr(feedback_lab, name) for name in feedback_lab.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'analyze'"):
        _ = feedback_lab.analyze
