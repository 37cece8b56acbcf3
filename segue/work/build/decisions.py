"""A logged decision as data: the sorts of outcome, how long until one looks again, and the text that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from segue.core.wording import written_date

if TYPE_CHECKING:
    from segue.work.build.models import LoggedDecision

KIND, CHECKPOINT = "decision", "w10-checkpoint"
WEEKS = (2, 4, 8, 12)
USUAL_WEEKS = 4
# The outcomes that the ledger's kind knows.
WAYS = (("go", "Go ahead"), ("change", "Go ahead, smaller or different"), ("wait", "Wait, with a date"), ("stop", "Stop"))


def text_of(row: LoggedDecision) -> str:
    """The decision as it is recorded, under the headings of its template."""
    parts = [
        ("Decision", f"On {written_date(row.made_on)}: {row.choice}"),
        ("Options", "\n".join(f"- {option}" for option in row.options)),
        ("Why", row.why),
        ("What would change it", f"{row.expects}\n\nTo be looked at again on {written_date(row.revisit_on)}."),
    ]
    if row.looked_on is not None:
        parts.append(("What came of it", f"{row.get_verdict_display()}, {written_date(row.looked_on)}. {row.outcome}"))
    return "\n\n".join(f"## {heading}\n{text}" for heading, text in parts if text) + "\n"
