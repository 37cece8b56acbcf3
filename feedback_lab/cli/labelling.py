"""The command ``label``: the queue, agreement, the gold set."""

from __future__ import annotations

import argparse
from pathlib import Path

from feedback_lab.cli.analysing import print_json
from feedback_lab.errors import LabError
from feedback_lab.files import write_text
from feedback_lab.label import GoldSet, adjudicate, agreement, read_labels, write_queue
from feedback_lab.pipeline.run import open_run, stored
from feedback_lab.records.models import LabelResult


def label(parsed: argparse.Namespace) -> int:
    """``feedback-lab label``."""
    folder, manifest = open_run(Path(parsed.run))
    files = [Path(path) for path in parsed.labels or ()]
    if len(files) > 2:
        raise LabError("More than two files of labels.", "Give one labeller's, or two labellers'.")
    if parsed.gold:
        return _gold(files, parsed)
    if len(files) == 2:
        return _agreement(files, int(manifest.config.get("seed", 0)), parsed.json)
    if files:
        raise LabError("One file of labels alone has nothing to agree with.", "Give a second labeller's, or --gold FILE.")
    result = stored(folder, "label", LabelResult)
    queue = Path(parsed.queue or folder.path / "label" / "queue.csv")
    write_queue(queue, result.queue)
    guide = folder.path / "label" / "guide.md"
    write_text(guide, result.guide)
    if parsed.json:
        print_json({"queue": str(queue), "guide": str(guide), "rows": len(result.queue)})
        return 0
    print(f"{len(result.queue)} rows to label: {queue}\nDraft of the guide: {guide}\n{result.says}")
    return 0


def _agreement(files: list[Path], seed: int, as_json: bool) -> int:
    found = agreement(read_labels(files[0]), read_labels(files[1]), seed)
    if as_json:
        print_json(found)
        return 0
    print(found.says)
    for one, other, rows in found.disagreements[:10]:
        print(f"  {rows:>4}  “{one}” or “{other}”")
    return 0


def _gold(files: list[Path], parsed: argparse.Namespace) -> int:
    if not files:
        raise LabError("A gold set needs labels.", "Give --labels FILE, once or twice.")
    first = read_labels(files[0])
    decisions = read_labels(Path(parsed.decisions)) if parsed.decisions else {}
    labels = adjudicate(first, read_labels(files[1]), decisions) if len(files) == 2 else {**first, **decisions}
    gold = GoldSet.of(labels)
    gold.save(Path(parsed.gold))
    if parsed.json:
        print_json({"gold": parsed.gold, "rows": len(labels), "sha256": gold.sha256})
        return 0
    print(f"{len(labels):,} rows: {parsed.gold}\nSHA-256 {gold.sha256}")
    return 0
