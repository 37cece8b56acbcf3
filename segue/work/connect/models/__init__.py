"""The tables of month 4."""

from __future__ import annotations

from segue.work.connect.models.feedback import FeedbackLog, FeedbackPoint, Verdict
from segue.work.connect.models.meetings import (
    About,
    Answer,
    Ask,
    Commitment,
    Direction,
    Insight,
    Meeting,
    Owed,
    Purpose,
    Touch,
    TouchSort,
)
from segue.work.connect.models.people import ContactImport, Organisation, Person, Relation, RolePlace, Source, new_key

__all__ = [
    "About",
    "Answer",
    "Ask",
    "Commitment",
    "ContactImport",
    "Direction",
    "FeedbackLog",
    "FeedbackPoint",
    "Insight",
    "Meeting",
    "Organisation",
    "Owed",
    "Person",
    "Purpose",
    "Relation",
    "RolePlace",
    "Source",
    "Touch",
    "TouchSort",
    "Verdict",
    "new_key",
]
