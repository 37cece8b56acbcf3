"""Evidence from the data: rows read by hand, the profile, the scan for personal data."""

from __future__ import annotations

import json

from segue.core.errors import UserError
from segue.work.lab.models import Analysis
from segue.work.lab.pieces.piece import Piece, data_of, prompts
from segue.work.lab.pieces.run import opened
from segue.work.lab.queries.rows import ENOUGH_READ, LEFT, Findings, findings_of_walk
from segue.work.lab.rows import SEED

WALK, PROFILING, SCAN = "data-walk", "profiling", "pii-scan"
# A report is begun, not written: what the run says stays well below the words that the kind asks for.
MOST_KINDS, MOST_FAULTS = 6, 6


def make_walk(analysis: Analysis) -> Piece | None:
    """What was read and found, and room for what it means; ``None`` while nothing was read."""
    found = findings_of_walk(analysis)
    if not found.read:
        return None
    facts: dict[str, float | str] = {"rows": found.read, "faults": len(found.counts), "data": data_of(analysis)}
    counts = "\n".join(f"- {count.fault.words}: {count.rows}" for count in found.counts[:MOST_KINDS])
    read = f"{found.read:,} of {found.walk.of:,} rows of {analysis.file_name}, {_how(found)}."
    rest = prompts("What a model would learn by mistake", "What surprised me")
    body = f"## What I read\n{read}\n\n## Faults\n{counts}\n\n{rest}"
    return Piece(WALK, f"Data walk: {analysis.file_name}", facts, body)


def _how(found: Findings) -> str:
    return "all there are" if found.all_read else f"drawn by chance (seed {SEED})"


def make_profiling(analysis: Analysis) -> Piece | None:
    """The faults of the profile, and room for their effects. Effects and mends are counted by the person who writes them."""
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.source import ProfileResult

    run = opened(analysis, "profile")
    if run is None:
        return None
    found = stored(run[0], "profile", ProfileResult)
    facts: dict[str, float | str] = {
        "rows": found.rows,
        "faults": len(found.findings),
        "effects": 0,
        "fixed": 0,
        "data": data_of(analysis),
    }
    counts = f"{found.rows:,} rows of {analysis.file_name}; {found.duplicates:,} doubles; {found.empty_texts:,} without words."
    faults = "\n".join(f"- {fault.name}, {fault.rows:,} rows. Effect: … Done: …" for fault in found.findings[:MOST_FAULTS])
    rest = prompts("Leakage", "What I left as it is")
    body = f"## Counts\n{counts}\n\n## Faults\n{faults}\n\n{rest}"
    return Piece(PROFILING, f"Profile: {analysis.file_name}", facts, body)


def make_scan(analysis: Analysis) -> Piece | None:
    """What was replaced in all rows, and in how many of those read by hand something was left.

    Raises ``UserError`` where too few rows were read by hand.
    """
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.source import RedactResult

    run = opened(analysis, "redact")
    if run is None:
        return None
    scan, walk = stored(run[0], "redact", RedactResult), findings_of_walk(analysis)
    if walk.read < ENOUGH_READ and not walk.all_read:
        raise UserError(
            f"{walk.read} masked rows are read by hand so far; the scan wants {ENOUGH_READ}.",
            "Read on under “Rows”: what slipped through only a reader sees.",
        )
    left = walk.rows_with(LEFT)
    facts: dict[str, float | str] = {
        "rows": scan.rows,
        "found_before": sum(scan.found.values()),
        "found_after": left,
        "hand_checked": walk.read,
        "data": data_of(analysis),
    }
    body = (
        f"Before: pieces of personal data that the program found and replaced in all {scan.rows:,} rows of {analysis.file_name}. "
        f"After: rows in which I saw some left, of {walk.read:,} masked rows that I read by hand ({_how(walk)}); a row counts "
        "once, however much is in it.\n"
    )
    kept = {
        "source_sha256": run[1].source_sha256,
        "rows_scanned": scan.rows,
        "rows_changed": scan.rows_changed,
        "replaced_by_kind": dict(scan.found),
        "rows_read_by_hand": walk.read,
        "rows_with_personal_data_left": left,
        "not_caught": list(scan.not_caught),
    }
    return Piece(SCAN, f"Personal-data scan: {analysis.file_name}", facts, body, json.dumps(kept, indent=1).encode())
