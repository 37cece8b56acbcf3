"""Evidence from a run: its figures as they are, and room for what no run can say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from segue.work.lab.figures import BASELINE
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.pieces.piece import Piece, data_of, percent, prompts
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.pipeline.manifest import Manifest
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.findings import ThemesResult
    from feedback_lab.records.models import Candidate, SelectResult

RUN, THEMES, COMPARISON = "run", "themes", "comparison"
# A report is begun, not written: what the run says stays well below the words that the kind asks for.
MOST_THEMES = 8


def opened(analysis: Analysis, step: str) -> tuple[Folder, Manifest] | None:
    """The newest run; ``None`` where a step of it was left out. Raises ``UserError`` where its folder was damaged."""
    from feedback_lab.pipeline.run import open_run

    with spoken():
        folder, manifest = open_run(run_folder(analysis))
        return None if manifest.steps[step].state == "skipped" else (folder, manifest)


def make_run(analysis: Analysis) -> Piece | None:
    """The figures of the run as they are."""
    found = _selected(analysis)
    return _run(analysis, *found) if found else None


def make_comparison(analysis: Analysis) -> Piece | None:
    """The ways that were compared, and room for the choice."""
    found = _selected(analysis)
    return _comparison(analysis, *found) if found else None


def make_themes(analysis: Analysis) -> Piece | None:
    """The largest themes, and room for what they mean."""
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.findings import ThemesResult

    run = opened(analysis, "themes")
    return _themes(analysis, run[1], stored(run[0], "themes", ThemesResult)) if run else None


def _selected(analysis: Analysis) -> tuple[Manifest, SelectResult] | None:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.models import SelectResult

    run = opened(analysis, "select")
    return (run[1], stored(run[0], "select", SelectResult)) if run else None


def source_of(analysis: Analysis, manifest: Manifest) -> str:
    """What a piece was made from, in a sentence."""
    return (
        f"Run on {analysis.file_name} (SHA-256 {manifest.source_sha256[:16]}…), version {analysis.version}, "
        f"Feedback Lab {manifest.version}."
    )


def _ranged(figure: Estimate) -> str:
    return f"{figure.value:.2f} [{figure.low:.2f}-{figure.high:.2f}]"


def _named(found: SelectResult, name: str) -> Candidate:
    return next(candidate for candidate in found.candidates if candidate.name == name)


def _run(analysis: Analysis, manifest: Manifest, found: SelectResult) -> Piece:
    best, baseline = _named(found, found.recommended), _named(found, BASELINE)
    score = best.macro_f1
    facts: dict[str, float | str] = {
        "items": found.n_test,
        "metric": "macro-f1",
        "score": percent(score.value),
        "baseline": percent(baseline.macro_f1.value),
        "low": percent(score.low),
        "high": percent(score.high),
        "reproduced": "not-tried",
        "data": data_of(analysis),
    }
    says = f"“{found.target.column}” from the text: {found.recommended}, macro-F1 {_ranged(score)} on {found.n_test:,} rows"
    body = f"{source_of(analysis, manifest)}\n\n{says}; always the commonest class: {baseline.macro_f1.value:.2f}.\n"
    return Piece(RUN, f"Run: {analysis.file_name}", facts, body, _figures(manifest, facts))


def _figures(manifest: Manifest, facts: Mapping[str, float | str]) -> bytes:
    """What the run was made of, and its figures, as a file that a data scientist can read."""
    steps = {name: {"state": entry.state, "fingerprint": entry.fingerprint} for name, entry in manifest.steps.items()}
    kept: dict[str, Any] = {
        "source": {"name": manifest.source_name, "sha256": manifest.source_sha256},
        "settings": manifest.config,
        "libraries": manifest.libraries,
        "steps": steps,
        "figures": dict(facts),
    }
    return json.dumps(kept, indent=1, ensure_ascii=False).encode()


def _comparison(analysis: Analysis, manifest: Manifest, found: SelectResult) -> Piece:
    facts: dict[str, float | str] = {
        "candidates": len(found.candidates),
        "items": found.n_test,
        "score": percent(_named(found, found.recommended).macro_f1.value),
        "baseline": percent(_named(found, BASELINE).macro_f1.value),
        "data": data_of(analysis),
    }
    ways = "\n".join(f"- {c.name}: {c.macro_f1.value:.2f}" for c in found.candidates)
    best = f"{found.recommended} {_ranged(_named(found, found.recommended).macro_f1)}"
    rest = prompts("What I choose, and what I rule out", "What surprised me", "What I would do differently")
    body = f"{source_of(analysis, manifest)} Macro-F1, best {best}:\n\n{ways}\n\n{rest}"
    return Piece(COMPARISON, f"Comparison: {analysis.file_name}", facts, body)


def _themes(analysis: Analysis, manifest: Manifest, found: ThemesResult) -> Piece:
    facts: dict[str, float | str] = {
        "themes": len(found.broad),
        "unassigned": percent(found.unassigned),
        "rows": found.rows,
        "data": data_of(analysis),
    }
    largest = "\n".join(f"- {theme.name}: {theme.share:.0%}" for theme in found.broad[:MOST_THEMES])
    rest = prompts("My names for them, after reading ten comments each", "What surprised me", "What this does not show")
    return Piece(THEMES, f"Themes: {analysis.file_name}", facts, f"{source_of(analysis, manifest)}\n\n{largest}\n\n{rest}")
