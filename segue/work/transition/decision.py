"""The decision of week 26: what can be chosen, what is still to be written, and the text that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from segue.core.wording import counted, written_date
from segue.evidence.texts import clean_line, clean_text

KIND = "decision"
ACTIVITY = "w26-decision"
STEPS = (1, 2, 3)
MOST_WEEKS = 26
LEAST_OPTIONS = 2


@dataclass(frozen=True)
class Option:
    """Something that can be chosen. ``outcome``: the answer of the ledger's figure that it stands for."""

    id: str
    label: str
    asks: str
    outcome: str


OPTIONS = (
    Option("apply", "Apply outside", "Which roles, at which companies; what makes you credible there.", "go"),
    Option("extend", "Go on for some weeks", "Which gaps, by name, would be closed by then, and what that would change.", "wait"),
    Option("move", "Move inside the company", "Who would want you, what they know of your work, who decides.", "change"),
    Option("stay", "Stay, and use it where you are", "What you would do differently in your job from next month on.", "stop"),
)
LINES = ("choice", "weeks", *(f"step{n}_on" for n in STEPS), *(f"step{n}" for n in STEPS))
TEXTS = (*(f"for_{option.id}" for option in OPTIONS), "why", "sign", "thanks")


@dataclass(frozen=True)
class Step:
    """A first step with its day."""

    number: int
    says: str
    on: date | None


def typed_in(given: Mapping[str, object]) -> dict[str, str]:
    """What was typed, by field; empty ones are left out."""
    found = {name: clean_line(str(given.get(name) or "")) for name in LINES}
    found |= {name: clean_text(str(given.get(name) or "")).strip() for name in TEXTS}
    return {name: text for name, text in found.items() if text}


def option_of(typed: Mapping[str, str]) -> Option | None:
    """What was chosen."""
    return next((option for option in OPTIONS if option.id == typed.get("choice")), None)


def weeks_of(typed: Mapping[str, str]) -> int:
    """For how many weeks it goes on; 0 where none or nonsense was given."""
    text = typed.get("weeks", "")
    weeks = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return weeks if weeks <= MOST_WEEKS else 0


def steps_of(typed: Mapping[str, str]) -> tuple[Step, ...]:
    """The first steps that were written."""
    return tuple(Step(n, typed[f"step{n}"], day_of(typed.get(f"step{n}_on", ""))) for n in STEPS if f"step{n}" in typed)


def dated_steps(typed: Mapping[str, str]) -> tuple[Step, ...]:
    """The first steps that have a day."""
    return tuple(step for step in steps_of(typed) if step.on)


def day_of(text: str) -> date | None:
    """A day that was typed; ``None`` where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def options_in(typed: Mapping[str, str]) -> tuple[Option, ...]:
    """The options that were weighed: something speaks for them."""
    return tuple(option for option in OPTIONS if f"for_{option.id}" in typed)


def lacking(typed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What keeps it from being a decision: the field and the words to say."""
    found = []
    if len(options_in(typed)) < LEAST_OPTIONS:
        found.append(("for_apply", f"Write what speaks for {LEAST_OPTIONS} options or more: one alone is no choice."))
    chosen = option_of(typed)
    if chosen is None:
        found.append(("choice", "Choose one of the four."))
    elif f"for_{chosen.id}" not in typed:
        found.append((f"for_{chosen.id}", "Write what speaks for the one you chose."))
    if chosen is not None and chosen.id == "extend" and not weeks_of(typed):
        found.append(("weeks", f"Say for how many weeks, 1 to {MOST_WEEKS}. Without a number it is a mood."))
    if "why" not in typed:
        found.append(("why", "Write the reason that tipped it."))
    if not dated_steps(typed):
        found.append(("step1", "Write a first step with a day."))
    if "sign" not in typed:
        found.append(("sign", "Write the sign that would change your mind."))
    return tuple(found)


def ends_after(ends_on: date | None, typed: Mapping[str, str]) -> date | None:
    """The last day of the weeks that are added to a plan."""
    weeks = weeks_of(typed)
    return ends_on + timedelta(weeks=weeks) if ends_on and weeks else None


def text_of(typed: Mapping[str, str]) -> str:
    """The decision as it is recorded. Whom one thanks stays out of it: it is for them."""
    chosen = option_of(typed)
    weeks = weeks_of(typed) if chosen is not None and chosen.id == "extend" else 0
    added = f", {counted(weeks, 'week')}" if weeks else ""
    named = f"{chosen.label}{added}." if chosen else ""
    options = "\n\n".join(f"### {option.label}\n\n{typed[f'for_{option.id}']}" for option in options_in(typed))
    steps = "\n".join(f"{i}. {step.says}{_by(step)}" for i, step in enumerate(steps_of(typed), 1))
    parts = [("Decision", named), ("Options", options), ("Why", typed.get("why", "")), ("First steps", steps)]
    parts.append(("What would change it", typed.get("sign", "")))
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts if text) + "\n"


def _by(step: Step) -> str:
    return f", by {written_date(step.on)}" if step.on else ""


def checksum_of(text: str) -> str:
    """Tells whether what would be recorded is what was."""
    return sha256(text.encode()).hexdigest()
