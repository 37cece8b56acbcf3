"""The draft of a labelling guide. Two people who follow it should give a row the same label."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_lab.records.findings import Theme

LABELS = 12  # more can't be kept in mind while labelling
EXAMPLES = 2


def guide(themes: Sequence[Theme]) -> str:
    """Markdown: the rules for all labels, then a section for each of the largest themes with what a person must still write."""
    chosen = sorted(themes, key=lambda theme: (-theme.rows, theme.id))[:LABELS]
    head = [
        "# Labelling guide (draft)",
        "",
        "Written from the themes that were found. Rename, merge and drop labels first; then give the guide a version and a date.",
        "",
        "## Rules",
        "- One label a row: what the person mainly writes about. If two are equally important, the one named first.",
        "- Label what is written, not what you guess behind it.",
        "- Not sure after half a minute: write `unsure`, and go on. Many of them mean that the guide is at fault.",
        "- Nothing fits: write `other`. If one row in ten is `other`, a label is missing.",
        "- Two people label the same 50 rows or more by themselves, before they talk.",
        "",
        "## Labels",
    ]
    return "\n".join([*head, *(line for theme in chosen for line in _section(theme))]) + "\n"


def _section(theme: Theme) -> list[str]:
    words = ", ".join(theme.keywords[:8]) or "none"
    examples = [f"  > {' '.join(quote.text.split())} (row {quote.row:,})" for quote in theme.quotes[:EXAMPLES]]
    return [
        "",
        f"### {theme.name}",
        f"- Found in {theme.rows:,} rows. Telling words: {words}.",
        "- Means: _write one sentence_",
        "- Belongs here too: _a case that is easily missed_",
        "- Does not belong here: _the neighbour it is mistaken for, and how to tell_",
        "- Examples:" if examples else "- Examples: _add two_",
        *examples,
    ]
