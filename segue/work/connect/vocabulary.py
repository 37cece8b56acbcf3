"""The words of month 4: roles, relations with their cadence, purposes of a talk. The ledger's own words where it has them."""

from __future__ import annotations

from collections.abc import Mapping

from segue.curriculum import current

CONVERSATION = "conversation"
# Whose word shows that the project was seen by people who practise AI (criterion c7-3-shown).
PRACTITIONERS = frozenset(("data-scientist", "ml-engineer", "data-engineer", "ai-pm", "researcher", "legal-privacy"))
# Days between two contacts, by how close the relation is. A person without a relation is an address, not a reminder.
CADENCE: Mapping[str, int] = {"partner": 14, "mentor": 28, "practitioner": 42, "peer": 60, "leader": 90}
DEFAULT_CADENCE = 60  # of a relation that an older or newer Segue named


def roles() -> tuple[tuple[str, str], ...]:
    """The roles of an AI team and around it, as value and words: those that a conversation of the ledger knows."""
    kind = current().programme.kinds[CONVERSATION]
    return tuple(choice for field in kind.fields if field.name == "role" for choice in field.choices)


def role_words(role: str) -> str:
    """The words of a role; empty where none is known."""
    return dict(roles()).get(role, "")
