"""Could a hint say which key points an explanation covers? Precision and recall of closeness by the Lab's sentence transformer.

    python benchmarks/hints.py

``explanations/``: texts written for this, four of each concept (good, partial, wrong in the right words, off-topic), with a mark
for each key point whether the text states it. ``held_out.jsonl`` has other concepts than ``tuning.jsonl``. A point counts as seen
where the cosine of a sentence, or of two in a row, to the point reaches the threshold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from feedback_lab.embed import teacher
from segue.core.clarity import sentences_of
from segue.curriculum import current

FOLDER = Path(__file__).parent / "explanations"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def cases(name: str) -> Iterator[tuple[str, bool, float, bool]]:
    """For each text and key point: the sort of text, whether it is covered, the closeness, whether a stem of it occurs."""
    concepts = current().concept_by_id
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        text, points = row["text"], concepts[row["concept"]].key_points
        single = [text[begin:end].strip() for begin, end in sentences_of(text)]
        spans = single + [f"{one} {two}" for one, two in pairwise(single)]
        near = teacher.teach(spans) @ teacher.teach([point.say for point in points]).T
        for place, point in enumerate(points):
            stem = any(cue.casefold() in text.casefold() for cue in point.cues)
            yield row["sort"], row["covered"][place], float(near[:, place].max()), stem


def show(name: str) -> None:
    """Precision and recall by threshold, with all texts, and without those that say it wrongly in the right words."""
    found = list(cases(name))
    for title, some in (("all texts", found), ("without the wrong ones", [case for case in found if case[0] != "wrong"])):
        covered = np.array([case[1] for case in some])
        near = np.array([case[2] for case in some])
        print(f"\n{name}, {title}: {len(some)} cases, {covered.sum()} covered")
        for threshold in THRESHOLDS:
            print(f"  closeness >= {threshold:.1f}  {_rates(covered, near >= threshold)}")
        print(f"  a stem occurs     {_rates(covered, np.array([case[3] for case in some]))}")


def _rates(covered: Any, seen: Any) -> str:
    hits = int((covered & seen).sum())
    precision = hits / seen.sum() if seen.sum() else float("nan")
    return f"precision {precision:.2f}, recall {hits / covered.sum():.2f} ({int(seen.sum())} seen)"


if __name__ == "__main__":
    show("tuning")
    show("held_out")
