"""Evidence from a run: its figures as they are, and room for what no run can say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.pipeline.manifest import Manifest
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.findings import ThemesResult
    from feedback_lab.records.models import Candidate, SelectResult

RUN, THEMES, COMPARISON = "run", "themes", "comparison"
BASELINE = "majority"
# A report is begun, not written: what the run says stays well below the words that the kind asks for.
MOST_THEMES = 8
# Where the data comes from, as the kinds of evidence ask for it.
DATA = {"written": "real", "own": "real", "licence": "realistic"}


@dataclass(frozen=True)
class Piece:
    """A piece of evidence before it is recorded. ``figures`` is a file that goes with it; empty for a text to be written on."""

    kind: str
    title: str
    facts: Mapping[str, float | str]
    body: str
    figures: bytes = b""


def piece_of(analysis: Analysis, kind: str) -> Piece | None:
    """The piece of a kind that a run can give; ``None`` where the step for it was left out. Raises ``UserError``."""
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.findings import ThemesResult
    from feedback_lab.records.models import SelectResult

    with spoken():
        folder, manifest = open_run(run_folder(analysis))
        step = "themes" if kind == THEMES else "select"
        if manifest.steps[step].state == "skipped":
            return None
        if kind == THEMES:
            return _themes(analysis, manifest, stored(folder, step, ThemesResult))
        found = stored(folder, step, SelectResult)
        return _run(analysis, manifest, found) if kind == RUN else _comparison(analysis, manifest, found)


def _source(analysis: Analysis, manifest: Manifest) -> str:
    return f"Run on {analysis.file_name} (SHA-256 {manifest.source_sha256[:16]}…), Feedback Lab {manifest.version}."


def _ranged(figure: Estimate) -> str:
    return f"{figure.value:.2f} [{figure.low:.2f}-{figure.high:.2f}]"


def _percent(value: float) -> float:
    return round(100 * value, 1)


def _named(found: SelectResult, name: str) -> Candidate:
    return next(candidate for candidate in found.candidates if candidate.name == name)


def _run(analysis: Analysis, manifest: Manifest, found: SelectResult) -> Piece:
    best, baseline = _named(found, found.recommended), _named(found, BASELINE)
    score = best.macro_f1
    facts: dict[str, float | str] = {
        "items": found.n_test,
        "metric": "macro-f1",
        "score": _percent(score.value),
        "baseline": _percent(baseline.macro_f1.value),
        "low": _percent(score.low),
        "high": _percent(score.high),
        "reproduced": "not-tried",
        "data": DATA[analysis.permission],
    }
    says = f"“{found.target.column}” from the text: {found.recommended}, macro-F1 {_ranged(score)} on {found.n_test:,} rows"
    body = f"{_source(analysis, manifest)}\n\n{says}; always the commonest class: {baseline.macro_f1.value:.2f}.\n"
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
        "score": _percent(_named(found, found.recommended).macro_f1.value),
        "baseline": _percent(_named(found, BASELINE).macro_f1.value),
        "data": DATA[analysis.permission],
    }
    ways = "\n".join(f"- {c.name}: {c.macro_f1.value:.2f}" for c in found.candidates)
    best = f"{found.recommended} {_ranged(_named(found, found.recommended).macro_f1)}"
    prompts = _prompts("What I choose, and what I rule out", "What surprised me", "What I would do differently")
    body = f"{_source(analysis, manifest)} Macro-F1, best {best}:\n\n{ways}\n\n{prompts}"
    return Piece(COMPARISON, f"Comparison: {analysis.file_name}", facts, body)


def _themes(analysis: Analysis, manifest: Manifest, found: ThemesResult) -> Piece:
    facts: dict[str, float | str] = {
        "themes": len(found.broad),
        "unassigned": _percent(found.unassigned),
        "rows": found.rows,
        "data": DATA[analysis.permission],
    }
    largest = "\n".join(f"- {theme.name}: {theme.share:.0%}" for theme in found.broad[:MOST_THEMES])
    prompts = _prompts("My names for them, after reading ten comments each", "What surprised me", "What this does not show")
    return Piece(THEMES, f"Themes: {analysis.file_name}", facts, f"{_source(analysis, manifest)}\n\n{largest}\n\n{prompts}")


def _prompts(*headings: str) -> str:
    return "\n".join(f"## {heading}\n\n" for heading in headings)
