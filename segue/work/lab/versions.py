"""Versions side by side, as a table."""

from __future__ import annotations

from segue.core.wording import written_date
from segue.shared import clock
from segue.shared.components import Column, Table
from segue.work.lab.figures import figures_of
from segue.work.lab.models import Analysis

COLUMNS = (
    ("version", "Version", False),
    ("made", "Made on", False),
    ("target", "Learns", False),
    ("model", "Model", False),
    ("score", "Macro-F1", True),
    ("baseline", "Baseline", True),
    ("test_rows", "Test rows", True),
    ("labels", "Labels by hand", True),
    ("kappa", "Kappa", True),
    ("themes", "Themes", True),
)


def table_of(analysis: Analysis) -> Table:
    """The versions that are there, the newest first; a dash where a run has no such figure."""
    rows = []
    for version in analysis.versions.all():
        found = figures_of(analysis, version.number)
        named = found.named() if found else {}
        said = {"version": str(version.number), "made": written_date(clock.day_of(version.made_at))}
        said |= {name: figure.text for name, figure in named.items()}
        said |= {"target": found.target if found else "", "model": found.model if found else ""}  # not in quotes
        rows.append([said.get(name) or "–" for name, _, _ in COLUMNS])
    columns = [Column(label, is_number=is_number) for _, label, is_number in COLUMNS]
    return Table("Runs of this analysis; scores with 95% intervals", columns, rows)
