"""The tables that the learner attaches, as CSV, from the rows that the figures are counted from."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from segue.demo import figures


def table(name: str) -> str:
    """A table as CSV, as it is attached. Raises ``KeyError`` for a name that is none."""
    columns, some = _TABLES[name]()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(some)
    return out.getvalue()


Table = tuple[Sequence[str], list[Sequence[Any]]]


def _columns(source: str, columns: Mapping[str, str], wanted: str = "row") -> Callable[[], Table]:
    """Columns of a table of the content (the name in the file -> the name in the content), where ``wanted`` is not empty."""
    return lambda: (list(columns), [[row[c] for c in columns.values()] for row in figures.rows(source) if row[wanted]])


def _funnel() -> Table:
    n = figures.numbers()
    steps = [
        ("exported", n["exported"]),
        *((f"without {k}", -n[k]) for k in ("empty", "doubles", "foreign")),
        ("usable", n["usable"]),
    ]
    uses = [("hand-labelled test", n["gold"]), ("guide", n["trial"]), ("first run", n["quick_n"]), ("training", n["train"])]
    return ("step", "rows"), [*steps, *uses]


def _masking() -> Table:
    n = figures.numbers()
    return ("kind", "before", "after"), [(kind, count, n["pii_left"].get(kind, 0)) for kind, count in n["pii_kinds"].items()]


def _audit() -> Table:
    return ("kind", "found", "missed", "masked by mistake"), [
        (kind, *counts) for kind, counts in figures.numbers()["audit_kinds"].items()
    ]


def _summaries() -> Table:
    failures = {
        3: "added a refund",
        5: "dropped a reason",
        8: "added a refund",
        12: "changed a number",
        15: "added a refund",
        19: "dropped a reason",
    }
    return ("output", "passed", "why not"), [(i, "no" if i in failures else "yes", failures.get(i, "")) for i in range(1, 21)]


def _error_kinds() -> Table:
    counts = Counter(row["kind"] for row in figures.rows("gold") if row["kind"])
    return ("kind", "errors"), [*counts.most_common()]


def _slice_rows() -> Table:
    n = figures.numbers()
    return ("slice", "rows", "right", "low", "high"), [
        (name, n[f"{name}_n"], n[f"{name}_right"], n[f"{name}_low"], n[f"{name}_high"]) for name in figures.slices()
    ]


_TABLES: Mapping[str, Callable[[], Table]] = {
    "funnel": _funnel,
    "masking": _masking,
    "audit": _audit,
    "summaries": _summaries,
    "errors": _error_kinds,
    "slices": _slice_rows,
    "quick": _columns("quick", {"row": "row", "tag": "label", "keywords": "rule"}),
    "labels": _columns("gold", {"row": "row", "label": "label"}),
    "agreement": _columns("gold", {"row": "row", "priya": "first", "lucia": "second", "settled": "label"}, "second"),
    "version-1": _columns("gold", {"row": "row", "truth": "label", "guess": "linear", "score for window": "p"}),
    "version-2": _columns("gold", {"row": "row", "truth": "label", "version 1": "linear", "version 2": "linear2"}),
    "options": _columns(
        "gold", {"row": "row", "truth": "label", "keywords": "rule", "linear": "linear", "language model": "llm"}
    ),
    "newer": _columns(
        "newer", {"row": "row", "days after the export": "days_after", "locker": "locker", "truth": "label", "guess": "linear2"}
    ),
}
