"""What ``pip install`` gives is complete: a template that is not in the wheel is a page that fails on somebody else's machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, files

NOT_SHIPPED = ("__pycache__", "*.pyc")


@pytest.mark.slow
def test_wheel_holds_all_of_the_packages_and_nothing_else(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    for package in PACKAGES:
        if (ROOT / package).exists():
            shutil.copytree(ROOT / package, tree / package, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
    source = {path.relative_to(tree).as_posix() for path in files(tree, "", under=PACKAGES)}
    command = [sys.executable, "-m", "pip", "wheel", ".", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path)], cwd=tree, check=True, capture_output=True, timeout=120)

    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        entry_points = wheel.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    shipped = {name for name in names if ".dist-info/" not in name}
    assert source == shipped
    assert "segue = segue.cli:main" in entry_points
    assert "feedback-lab = feedback_lab.cli:main" in entry_points
    assert any(name.endswith("LICENSE") for name in names)
