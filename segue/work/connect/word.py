"""A counterpart's word as it is recorded: what they answered, one by one, for them to confirm."""

from __future__ import annotations

from collections.abc import Mapping

from segue.curriculum import current
from segue.work.connect.vocabulary import role_words

KIND, ACTIVITY = "counterpart", "w17-counterparts"
FACTS = ("role", "data_need", "tradeoff")


def choices(fact: str) -> tuple[tuple[str, str], ...]:
    """What the ledger's kind knows as answers."""
    return next(field.choices for field in current().programme.kinds[KIND].fields if field.name == fact)


def title_of(role: str) -> str:
    """The title. It names the role: who it was stands in the review, where they say so themself."""
    words = role_words(role)
    return f"What I am like to work with: {words.lower() if not words.startswith('AI') else words}"


def text_of(told: Mapping[str, str]) -> str:
    """The answers under the headings of the template."""
    need, tradeoff = dict(choices("data_need"))[told["data_need"]], dict(choices("tradeoff"))[told["tradeoff"]]
    parts = [
        ("What we did together", told["together"]),
        ("Was the need clear", f"{need}. {told['need_said']}".strip()),
        ("Was the trade-off understood", f"{tradeoff}. {told['tradeoff_said']}".strip()),
        ("What I should do differently", told["differently"]),
    ]
    return "\n\n".join(f"## {heading}\n{text}" for heading, text in parts) + "\n"
