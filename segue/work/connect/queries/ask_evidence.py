"""Asks as evidence: which activity takes them, which are there to be recorded, and the text without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from segue.accounts.models import Learner
from segue.core.activity import Activity
from segue.core.loop import Turn
from segue.core.wording import counted
from segue.work.connect.asks import KIND
from segue.work.connect.models import Ask, Purpose
from segue.work.connect.queries.asking import AskRow, ask_rows, is_for, texts_wanted
from segue.work.connect.talk import first_name
from segue.work.connect.unnamed import SOMEBODY, without_names
from segue.work.connect.vocabulary import role_words

MOST = 60  # asks that are offered at once, the newest
MOST_TITLE = 120


@dataclass(frozen=True)
class Offer:
    """Asks that can be recorded for an activity. ``chosen``: keys of those that go into the next text."""

    activity: Activity
    wants: int
    have: int
    people: int
    rows: tuple[AskRow, ...]
    chosen: tuple[str, ...]
    activities: tuple[tuple[str, str], ...]


def recording_activities(turn: Turn) -> tuple[Activity, ...]:
    """The activities that leave a request to people behind."""
    return tuple(activity for activity in turn.programme.activities if activity.proves(KIND))


def offer_of(turn: Turn, learner: Learner, today: date, activity_id: str, key: str = "") -> Offer:
    """What can be recorded for an activity; for the one that most asks were made for, where none is named."""
    rows = [row for row in ask_rows(turn, learner, today) if row.ask.sent_on and row.entry is None][:MOST]
    activities = recording_activities(turn)
    activity = next((each for each in activities if each.id == activity_id), None) or _likely(turn, activities, rows)
    fitting = [row for row in rows if is_for(turn, row.ask, activity.id)]
    wants, have = texts_wanted(turn, activity)
    people = next(int(each.expected.get("people", 1)) for each in activity.yields if each.kind == KIND)
    chosen = (key,) if key in {row.ask.key for row in rows} else _first_part(fitting, wants - have)
    shown = sorted(rows, key=lambda row: row not in fitting)
    choices = tuple((each.id, f"Week {each.week}: {each.title}") for each in activities)
    return Offer(activity, wants, have, people, tuple(shown), chosen, choices)


def _likely(turn: Turn, activities: Sequence[Activity], rows: Sequence[AskRow]) -> Activity:
    counts = {each.id: sum(1 for row in rows if is_for(turn, row.ask, each.id)) for each in activities}
    return max(activities, key=lambda each: counts[each.id])


def _first_part(rows: Sequence[AskRow], texts: int) -> tuple[str, ...]:
    """As many asks as one text takes, where several texts are still wanted: eight people in two texts are four each."""
    each = -(-len(rows) // max(1, texts))
    return tuple(row.ask.key for row in rows[:each])


# --- the text ---------------------------------------------------------------------------------------------------------------


def role_of(ask: Ask) -> str:
    """Who was asked, by role."""
    return role_words(ask.person.role) or SOMEBODY.capitalize()


def title_for(asks: Sequence[Ask]) -> str:
    """The title of the entry. It names roles."""
    roles = list(dict.fromkeys(role_of(ask) for ask in asks))
    people = len({ask.person_id for ask in asks})
    if people == 1:
        purpose = Purpose(asks[0].purpose).label if asks[0].purpose in Purpose.values else ""
        return f"{roles[0]} asked: {purpose[:1].lower()}{purpose[1:]}"[:MOST_TITLE]
    title = f"{people} people asked: {', '.join(roles)}"
    return title if len(title) <= MOST_TITLE else f"{people} people of {counted(len(roles), 'role')} asked"


def body_for(asks: Sequence[Ask]) -> str:
    """The invitations, with roles in the place of names. The same words to several people stand once."""
    named = [(ask.person.name, _instead(ask)) for ask in asks]
    said: dict[str, list[str]] = {}
    for ask in asks:
        greeted = ask.text.replace(f"Hello {first_name(ask.person.name)},", f"Hello {_instead(ask)},")  # however short a name
        said.setdefault(without_names(greeted, named).strip(), []).append(role_of(ask))
    if len(asks) == 1:
        return next(iter(said)) + "\n"
    return "\n\n".join(f"## To: {', '.join(roles)}\n\n{text}" for text, roles in said.items()) + "\n"


def _instead(ask: Ask) -> str:
    role = role_words(ask.person.role)
    return (role if role[:2].isupper() else role.lower()) or SOMEBODY
