"""How much personal data redaction finds, how often it is wrong, and how fast it is.

    python -m benchmarks.redaction [open|held-out] [--show]

The gold set is split by a hash of each text's template: the rules were written with the open half in view, and no text of the
held-out half was read. Its score was seen between rounds of rules, so even that is a little too kind. ``--show`` prints what was
missed and wrongly replaced in the open half. Real feedback without marks shows how many replacements there are in 10,000 texts.
Needs ../shared/data.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from feedback_lab.records.figures import Estimate
from feedback_lab.redact import Span, redact, redact_texts
from feedback_lab.redact.measure import KIND_OF, KindScore, measure

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
HALVES = ("open", "held-out")
# A text of this template, which the hash would hold out, was read while the rules were written. So it counts as open.
SEEN_TEMPLATES = frozenset({87})
Case = dict[str, Any]


def half_of(case: Case) -> str:
    """Texts of one template are in the same half: they are alike."""
    if case["template_id"] in SEEN_TEMPLATES:
        return "open"
    return HALVES[hashlib.sha256(f"template {case['template_id']}".encode()).digest()[0] % 2]


def marks_of(case: Case) -> list[Span]:
    """The marked spans of a text."""
    return [Span(span["entity_type"], span["start_position"], span["end_position"]) for span in case["spans"]]


def gold_set() -> list[Case]:
    """The texts of presidio-research with their marks."""
    cases: list[Case] = json.loads((DATA / "presidio_pii/synth_dataset_v2.json").read_text("utf-8"))
    return cases


def column(name: str, of: str) -> Iterator[str]:
    """The filled cells of a column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from (row[of] for row in csv.DictReader(file) if row[of])


def percent(share: Estimate) -> str:
    """``97.1 [94-99]``."""
    return f"{100 * share.value:.1f} [{100 * share.low:.0f}-{100 * share.high:.0f}]" if share.n else "-"


def print_table(name: str, rows: Sequence[KindScore], texts: int) -> None:
    """One line for each type of the gold set."""
    print(f"\n{name}: {texts} texts; percent with 95% interval; typed = under a kind that fits, any = out of the text\n")
    print("| gold type | kind | gold n | predicted n | recall typed | recall any | precision typed | precision any | F1 |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        figures = " | ".join(map(percent, (row.recall, row.recall_any, row.precision, row.precision_any)))
        f1 = f"{row.f1:.3f}" if row.marked and row.predicted else "-"
        print(f"| {row.gold} | {row.kind} | {row.marked} | {row.predicted} | {figures} | {f1} |")


def print_faults(cases: Sequence[Case]) -> None:
    """What was missed altogether and what was wrongly replaced, with a few words around it."""
    for case in cases:
        text, marks, found = case["full_text"], marks_of(case), redact(case["full_text"]).spans
        for mark in marks:
            if mark.kind in KIND_OF and not any(meets(span, mark) for span in found):
                print("missed", mark.kind, in_context(text, mark))
        for span in found:
            if not any(meets(span, mark) for mark in marks):
                print("wrong ", span.kind, in_context(text, span))


def meets(span: Span, mark: Span) -> bool:
    """They overlap, and the kind fits the type."""
    return KIND_OF.get(mark.kind) == span.kind and span.start < mark.end and mark.start < span.end


def in_context(text: str, span: Span) -> str:
    """The span in double angle brackets, with some words before and after."""
    marked = f"<<{text[span.start : span.end]}>>"
    return repr(text[max(0, span.start - 40) : span.start] + marked + text[span.end : span.end + 25])


def print_real(name: str, texts: Sequence[str]) -> None:
    """Replacements in feedback without marks, and speed on one core."""
    best = float("inf")
    found: Counter[str] = Counter()
    for _ in range(3):
        before = process_time()
        _, found, _ = redact_texts(texts)
        best = min(best, process_time() - before)
    share = {kind: round(10_000 * n / len(texts), 1) for kind, n in found.most_common()}
    print(f"{name}: {len(texts):,} texts, {len(texts) / best:,.0f} a second; replacements in 10,000 texts: {share}")


def main() -> None:
    """Prints the tables of both halves, then real feedback."""
    wanted = [half for half in HALVES if half in sys.argv[1:]] or HALVES
    for half in wanted:
        cases = [case for case in gold_set() if half_of(case) == half]
        texts = [case["full_text"] for case in cases]
        print_table(half, measure(texts, [marks_of(case) for case in cases]), len(texts))
        if "--show" in sys.argv and half == "open":
            print_faults(cases)
    print()
    print_real("banking77", [*column("banking77/train.csv", "text"), *column("banking77/test.csv", "text")])
    print_real("womens_clothing", list(column("womens_clothing/reviews.csv", "Review Text")))


if __name__ == "__main__":
    main()
