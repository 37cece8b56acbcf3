"""What a finished run found, read from its folder as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.findings import Theme

MOST_QUOTES = 2
MOST_FINDINGS = 12


@dataclass(frozen=True)
class ThemeRow:
    """A theme with its share and what people say."""

    name: str
    keywords: str
    rows: int
    share: float
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """The results of a run. What a step could not do is in ``skipped``, with the reason; its part is then empty.

    ``ways``: the models and baselines that were compared, each with what it is.
    """

    rows: int
    kept: int
    rejected: Mapping[str, int]
    warnings: tuple[str, ...]
    redacted: Mapping[str, int]
    rows_redacted: int
    faults: tuple[Any, ...]
    themes: tuple[ThemeRow, ...]
    unassigned: float
    themes_reason: str
    ways: tuple[tuple[str, str], ...]
    target: str
    recommended: str
    reason: str
    skipped: Mapping[str, str]
    report: bool


def facts_of(analysis: Analysis, version: int = 0) -> dict[str, Any]:
    """A few figures for lists, of the newest version where none is named."""
    found = findings_of(analysis, version)
    return {
        "rows": found.rows,
        "kept": found.kept,
        "themes": len(found.themes),
        "target": found.target,
        "recommended": found.recommended,
    }


def findings_of(analysis: Analysis, version: int = 0) -> Findings:
    """What the first page shows of a run. Raises ``UserError`` where its folder was damaged."""
    from feedback_lab.pipeline.run import open_run

    with spoken():
        folder, manifest = open_run(run_folder(analysis, version))
        skipped = {name: entry.reason for name, entry in manifest.steps.items() if entry.state == "skipped"}
        return Findings(
            **_source(folder),
            **_faults(folder, skipped),
            **_themes(folder, skipped),
            **_models(folder, skipped),
            skipped=skipped,
            report=folder.report.is_file(),
        )


def report_of(analysis: Analysis, version: int = 0) -> Path | None:
    """The report as one HTML file; ``None`` where there is none."""
    path = run_folder(analysis, version) / "report.html"
    return path if path.is_file() else None


def _source(folder: Folder) -> dict[str, Any]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.source import IngestResult, RedactResult

    ingest, redact = stored(folder, "ingest", IngestResult), stored(folder, "redact", RedactResult)
    return {
        "rows": ingest.rows,
        "kept": ingest.kept,
        "rejected": ingest.rejected_by_reason,
        "warnings": ingest.warnings,
        "redacted": redact.found,
        "rows_redacted": redact.rows_changed,
    }


def _faults(folder: Folder, skipped: Mapping[str, str]) -> dict[str, Any]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.source import ProfileResult

    if "profile" in skipped:
        return {"faults": ()}
    return {"faults": stored(folder, "profile", ProfileResult).findings[:MOST_FINDINGS]}


def _themes(folder: Folder, skipped: Mapping[str, str]) -> dict[str, Any]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.findings import ThemesResult

    if "themes" in skipped:
        return {"themes": (), "unassigned": 0.0, "themes_reason": ""}
    found = stored(folder, "themes", ThemesResult)
    return {"themes": tuple(map(_theme, found.broad)), "unassigned": found.unassigned, "themes_reason": found.reason}


def _theme(theme: Theme) -> ThemeRow:
    quotes = tuple(quote.text for quote in theme.quotes[:MOST_QUOTES])
    return ThemeRow(theme.name, ", ".join(theme.keywords[:6]), theme.rows, theme.share, quotes)


def _models(folder: Folder, skipped: Mapping[str, str]) -> dict[str, Any]:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.models import SelectResult

    if "select" in skipped:
        return {"ways": (), "target": "", "recommended": "", "reason": ""}
    found = stored(folder, "select", SelectResult)
    ways = tuple((each.name, each.says) for each in found.candidates)
    return {"ways": ways, "target": found.target.column, "recommended": found.recommended, "reason": found.reason}
