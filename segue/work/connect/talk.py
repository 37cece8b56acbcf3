"""A talk that was held: when it ended, how it was followed up, and the texts that come of it. No notes leave it unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from segue.core.relations import FOLLOW_UP, follow_up
from segue.core.wording import spoken_minutes, written_date
from segue.evidence.texts import clean_line
from segue.shared import clock
from segue.work.connect.models import Meeting, Purpose
from segue.work.connect.unnamed import SOMEBODY

KIND = "conversation"
USUAL_MINUTES = 30
OPEN = "open"
FIELDS = ("Legal", "Security", "Customer support", "Sales")  # roles whose words name a field, not a person
TITLES = frozenset(("dr", "prof", "mr", "mrs", "ms", "mx", "sir", "herr", "frau", "ing"))
MOST_TITLE = 200


@dataclass(frozen=True)
class Told:
    """What evidence of a talk says. ``promised`` and ``expected``: what each of the two will do."""

    role: str
    purpose: str
    on: date
    minutes: int
    insights: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    thanks: str = ""
    thanked_on: date | None = None


def ended_at(meeting: Meeting) -> datetime:
    """When it ended: as planned, on the day on which it was held."""
    begins: datetime = meeting.starts_at
    if meeting.held_on is not None and meeting.held_on != clock.day_of(begins):
        local = begins.astimezone()
        begins = datetime.combine(meeting.held_on, local.time().replace(tzinfo=None)).astimezone()
    return begins + timedelta(minutes=meeting.minutes)


def thanks_due_at(meeting: Meeting) -> datetime:
    """Until when thanks are in time."""
    return ended_at(meeting) + FOLLOW_UP


def follow_up_state(meeting: Meeting, now: datetime) -> str:
    """``within-48h``, ``later``, ``open``, ``overdue``."""
    return follow_up(ended_at(meeting), meeting.thanked_at, now)


def follow_up_fact(meeting: Meeting, now: datetime) -> str:
    """The same in the words of the ledger, which knows no ``overdue``."""
    state = follow_up_state(meeting, now)
    return OPEN if state == "overdue" else state


def likely_day(meeting: Meeting) -> date:
    """The day on which it was most likely held: as planned, where that has come."""
    return meeting.held_on or min(clock.day_of(meeting.starts_at), clock.today())


def quotes_in(notes: str) -> tuple[str, ...]:
    """What was written down in their words: the lines that begin with ``>``, each once."""
    lines = (clean_line(line.strip().lstrip("> ")) for line in notes.split("\n") if line.lstrip().startswith(">"))
    return tuple(dict.fromkeys(line for line in lines if line))


def text_of(told: Told) -> str:
    """The talk under the headings of its kind. What there is nothing to say of is left out: no words are made up to fill it."""
    who = told.role or SOMEBODY.capitalize()
    sent = f"Thanks, on {written_date(told.thanked_on)}.\n\n{told.thanks}".strip() if told.thanked_on else ""
    parts = (
        ("Who and when", f"{who}, {spoken_minutes(told.minutes)}, on {written_date(told.on)}. What it was for: {told.purpose}."),
        ("What I learnt", _listed(told.insights)),
        ("In their words", "\n\n".join(f"> {quote}" for quote in told.quotes)),
        ("What I will do", _listed(told.promised)),
        ("What they will do", _listed(told.expected)),
        ("What I sent them", sent),
    )
    return "\n\n".join(f"## {heading}\n{text}" for heading, text in parts if text) + "\n"


def _listed(lines: Sequence[str]) -> str:
    return "\n".join("- " + line.replace("\n", "\n  ") for line in lines)


def promise_words(what: str, due_on: date | None) -> str:
    """A promise with its day."""
    return f"{what} By {written_date(due_on)}." if due_on and what.endswith(".") else _by(what, due_on)


def _by(what: str, due_on: date | None) -> str:
    return f"{what}, by {written_date(due_on)}" if due_on else what


def title_of(purpose: str, role: str, name: str = "") -> str:
    """What a talk is called: with the name while it is planned, by the role alone in the ledger."""
    words = Purpose(purpose).label if purpose in Purpose.values else ""
    with_whom = name or _one_of(role)
    return f"Talk with {with_whom}" + (f": {_small(words)}" if words and purpose != Purpose.OTHER else "")


def _one_of(role: str) -> str:
    if not role:
        return SOMEBODY
    if role.startswith(FIELDS):
        return f"{SOMEBODY} from {_small(role)}"
    return f"{'an' if role[:1] in 'AEIO' or role.startswith('ML') else 'a'} {_small(role)}"


# What a talk is for, said to the person whom one asks.
SAID = {
    Purpose.WORKFLOW: "how you work",
    Purpose.PROJECT: "what you would attack in my project",
    Purpose.INFORMATIONAL: "the job of an AI product manager",
}


def invitation_title(purpose: str, name: str, own_name: str) -> str:
    """What a meeting may be called in both calendars."""
    both = f"{first_name(name)} and {first_name(own_name)}" if own_name else f"Talk with {first_name(name)}"
    said = SAID.get(Purpose(purpose)) if purpose in Purpose.values else None
    return (f"{both}: {said}" if said else both)[:MOST_TITLE]


def _small(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def first_name(name: str) -> str:
    """How one greets somebody: without a title; the whole name where its order is not plain."""
    if "," in name or (not name.isascii() and " " not in name):
        return name
    words = name.split()
    return next((word for word in words if word.rstrip(".").casefold() not in TITLES), words[0])


SPOKEN = {30: "half hour", 60: "hour", 120: "two hours"}
STAYED, BECAUSE = "What stayed with me:", "Because of it I will"


def thanks_to_begin(name: str, own_name: str, meeting: Meeting, insight: str, promised: Sequence[str]) -> str:
    """Words to begin a thank-you with; they are there to be changed."""
    learnt = f"{STAYED} {insight}" if insight else f"{STAYED} "
    next_step = "What I promised: " + "; ".join(what.rstrip(" .") for what in promised) + "." if promised else f"{BECAUSE} "
    half = SPOKEN.get(meeting.minutes, f"{meeting.minutes} minutes")
    day = written_date(meeting.held_on or clock.day_of(meeting.starts_at)).split()[0]
    parts = (f"Hello {first_name(name)},", f"Thank you for the {half} on {day}. {learnt}", next_step, own_name)
    return "\n\n".join(part for part in parts if part)


def is_unfinished(thanks: str) -> bool:
    """Whether a sentence that the words begin with was left as it was begun."""
    return any(line.rstrip().endswith((STAYED, BECAUSE)) for line in thanks.split("\n"))
