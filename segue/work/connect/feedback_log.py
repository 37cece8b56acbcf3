"""The log of criticism as text: what was said, by which role, and what became of it. It names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from segue.core.wording import written_date
from segue.curriculum import current
from segue.work.connect.models import FeedbackPoint, Verdict
from segue.work.connect.unnamed import without_names
from segue.work.connect.vocabulary import role_words

KIND, ACTIVITY = "feedback-log", "w16-feedback-log"
ENOUGH = 5  # answered points that the programme asks for


def data_choices() -> tuple[tuple[str, str], ...]:
    """What the project's data may be, as the ledger's kind knows it."""
    return next(field.choices for field in current().programme.kinds[KIND].fields if field.name == "data")


def facts_of(points: Sequence[FeedbackPoint], data: str) -> dict[str, float | str]:
    """The figures of the log."""
    answered = [point for point in points if point.verdict]
    accepted = sum(1 for point in answered if point.verdict == Verdict.ACCEPTED)
    return {"points": len(points), "answered": len(answered), "accepted": accepted, "data": data}


def text_of(points: Iterable[FeedbackPoint], runs: Mapping[str, str]) -> str:
    """The log under the headings of its template. ``runs``: what is to be said of a run that answers a point."""
    return "\n".join(_point(number, point, runs.get(point.run, "")) for number, point in enumerate(points, 1))


def _point(number: int, point: FeedbackPoint, run: str) -> str:
    who = role_words(point.role) or "Somebody"
    said = "\n".join(f"> {line}" for line in _unnamed(point, point.text).split("\n"))
    parts = [f"## Point {number}\n{who}, {written_date(point.on)}:\n\n{said}\n", f"### Answer\n{_answer(point)}\n"]
    change = " ".join(part for part in (_unnamed(point, point.change), run, _told(point)) if part)
    return "\n".join([*parts, *([f"### Change\n{change}\n"] if change else [])])


def _answer(point: FeedbackPoint) -> str:
    words = point.get_verdict_display() if point.verdict else "Not answered yet"
    return f"{words}. {_unnamed(point, point.reason)}".strip()


def _told(point: FeedbackPoint) -> str:
    return f"They were told on {written_date(point.told_on)}." if point.told_on else ""


def _unnamed(point: FeedbackPoint, text: str) -> str:
    """A text of a point without the name of whoever said it."""
    return without_names(text, [(point.person.name, role_words(point.role) or "somebody")]) if point.person else text


def message_of(points: Sequence[FeedbackPoint]) -> str:
    """What to write to the person who said these, to send it by one's own means."""
    begins = f"Thank you again for your time on {written_date(max(point.on for point in points))}. This came of what you said."
    return "\n\n".join([begins, *map(_lines, points)]) + "\n"


def _lines(point: FeedbackPoint) -> str:
    if point.verdict == Verdict.DECLINED:
        return f"“{point.text}”\nI decided against it: {point.reason}"
    return f"“{point.text}”\nI take it up: {point.change}"


def checksum_of(text: str, facts: Mapping[str, float | str]) -> str:
    """A checksum of what would be recorded."""
    return sha256(f"{sorted(facts.items())}\n{text}".encode()).hexdigest()
