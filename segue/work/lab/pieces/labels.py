"""Evidence from labels by hand: the guide is begun; the gold set and the agreement are recorded with row numbers, without texts.

No row counts twice: what an entry of the ledger has is left out of the next one, also where the same file was brought again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from segue.core.errors import UserError
from segue.core.evidence import Sort
from segue.evidence.files import path_of
from segue.work.lab.folders import run_folder
from segue.work.lab.label_queue import HARD, drawn_rows
from segue.work.lab.labelling import agreement_of, draft_of, sha256_of
from segue.work.lab.models import Analysis
from segue.work.lab.pieces.piece import Piece, data_of, percent, prompts
from segue.work.lab.queries.labels import plan_of
from segue.work.lab.queries.marks import all_labels
from segue.work.lab.reading import spoken

GUIDE, GOLD, AGREEMENT = "labelling-guide", "gold-set", "agreement"
MOST_BYTES = 5_000_000


def make_guide(analysis: Analysis) -> Piece | None:
    """The guide as the learner wrote it. What stood in the draft that they began from is left out: it is not their work."""
    plan = plan_of(analysis)
    if plan is None:
        return None
    drafted = {line.strip() for line in draft_of(analysis).splitlines() if not line.startswith("#")}
    own = [line for line in plan.guide.splitlines() if not line.strip() or line.strip() not in drafted]
    facts: dict[str, float | str] = {
        "classes": len(plan.classes),
        "examples": sum(line.lstrip(" -").startswith(">") for line in own),
        "data": data_of(analysis),
    }
    classes = "\n".join(f"- {name}" for name in plan.classes)
    rest = prompts("What is labelled, and what for", "In doubt", "What I changed after trying it")
    body = "\n\n".join(filter(None, (f"Classes for {analysis.file_name}:", classes, _squeezed(own), rest)))
    return Piece(GUIDE, f"Labelling guide: {analysis.file_name}", facts, body)


def _squeezed(lines: list[str]) -> str:
    """The lines in paragraphs under their headings; headings that have nothing under them are left out."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("#"):
            parts.append([line])
        elif line.strip():
            parts[-1].append(line)
    return "\n\n".join("\n".join(part) for part in parts if any(not line.startswith("#") for line in part))


def make_gold(analysis: Analysis) -> Piece:
    """Gold labels that no entry has yet: those drawn at random and those drawn where it is hard are pieces of their own."""
    source = _source(analysis)
    taken, gold = _recorded(analysis, GOLD, source), all_labels(analysis).gold
    hard = {each.row for each in drawn_rows(analysis) if each.drawn == HARD}
    new = {row: label for row, label in gold.items() if row not in taken}
    at_random, not_random = ({row: label for row, label in new.items() if (row in hard) is where} for where in (False, True))
    chosen, drawn = (at_random, "at random") if len(at_random) >= len(not_random) else (not_random, "where it is hard")
    if not chosen:
        raise UserError("No gold label is there that the ledger does not have yet.", "Label more rows, or settle differences.")
    counts = Counter(chosen.values())
    facts: dict[str, float | str] = {
        "items": len(chosen),
        "classes": len(counts),
        "smallest": min(counts.values()),
        "data": data_of(analysis),
    }
    kept = {"drawn": drawn, "rows": list(chosen), "labels": list(chosen.values()), "sha256": sha256_of(chosen)}
    lines = "\n".join(f"- {label}: {count}" for label, count in counts.most_common())
    says = f"{len(chosen)} rows of {analysis.file_name}, drawn {drawn}, labelled by hand."
    body = f"{says}\n\n{lines}\n\nSHA-256 {sha256_of(chosen)}\n"
    return Piece(GOLD, f"Hand-labelled set: {analysis.file_name}", facts, body, _file(source, kept))


def make_agreement(analysis: Analysis) -> Piece:
    """How far two people agree, by what each said alone; once all rows on which they differ are settled."""
    source, labels = _source(analysis), all_labels(analysis)
    if labels.unsettled:
        left = len(labels.unsettled)
        raise UserError(f"{left} difference{' is' if left == 1 else 's are'} not settled yet.", "Settle them first.")
    taken = _recorded(analysis, AGREEMENT, source)
    rows = [row for row in labels.own if row in labels.second and row not in taken]
    first, second = ({row: said[row] for row in rows} for said in (labels.own, labels.second))
    found = agreement_of(first, second)
    if found is None or found.kappa is None:
        why = found.says if found else "No rows are labelled by two people that the ledger does not have yet."
        raise UserError(why, "Ask a second labeller about more rows.")
    settled = [row for row in labels.differ if row in first]
    facts: dict[str, float | str] = {
        "double_labelled": found.n,
        "agreed": percent(found.observed),
        "kappa": round(found.kappa, 2),
        "settled": len(settled),
    }
    kept: dict[str, Any] = {
        "rows": rows,
        "first": list(first.values()),
        "second": list(second.values()),
        "settled": {str(row): labels.settled[row] for row in settled},
        "sums": {"agreed": found.observed, "kappa": found.kappa, "low": found.low, "high": found.high},
        "labellers": sorted({sheet.name for sheet in analysis.labeller_sheets.exclude(replied_at=None)}),
    }
    body = f"{found.says}\n\n{len(settled)} differences were settled. Kappa is of what each said alone.\n"
    return Piece(AGREEMENT, f"Labelling agreement: {analysis.file_name}", facts, body, _file(source, kept))


def _source(analysis: Analysis) -> str:
    """The hash of the file that was brought: rows are the same wherever it is."""
    from feedback_lab.pipeline.run import open_run

    with spoken():
        return open_run(run_folder(analysis))[1].source_sha256


def _file(source: str, kept: Mapping[str, Any]) -> bytes:
    return json.dumps({"source_sha256": source, **kept}, indent=1, ensure_ascii=False).encode()


def _recorded(analysis: Analysis, kind: str, source: str) -> frozenset[int]:
    """Rows of this source that entries of a kind hold, those that were withdrawn left out."""
    entries = analysis.learner.entries.filter(kind=kind, sort=Sort.ARTEFACT).exclude(words_about__sort=Sort.WITHDRAWAL)
    found = entries.filter(attachments__media_type="application/json").values_list("attachments__sha256", flat=True)
    return frozenset(row for sha256 in set(found) for row in _rows_in(sha256, source))


def _rows_in(sha256: str, source: str) -> list[int]:
    """Rows that an attachment names; none where it is something else."""
    path = path_of(sha256)
    try:
        document = json.loads(path.read_bytes()) if path.stat().st_size < MOST_BYTES else None
    except (OSError, ValueError):
        return []
    if not isinstance(document, dict) or document.get("source_sha256") != source:
        return []
    rows = document.get("rows")
    return [row for row in rows if type(row) is int] if isinstance(rows, list) else []
