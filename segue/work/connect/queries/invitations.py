"""One ask: the text it begins with, what is to be filled in it, and the messages that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from segue.accounts.models import Learner
from segue.core.activity import Activity, PeopleNeed
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.actions.ledger import count_words
from segue.evidence.texts import folded
from segue.work.connect.asks import KIND, Standing, need_of, occasion_of, revision_of
from segue.work.connect.invitation_texts import Known, compose, gaps_in, leftovers_in, note, occasion_like, texts
from segue.work.connect.mail_links import mail_link
from segue.work.connect.models import Ask, Person
from segue.work.connect.queries.asking import AskRow, asking_activities, recorded_numbers, row_of
from segue.work.connect.talk import first_name
from segue.work.connect.unnamed import without_name

PROJECT = ("case-study", "charter")  # what one's own project is called there


@dataclass(frozen=True)
class Twin:
    """Somebody to whom the same words go."""

    ask: Ask
    is_sent: bool


@dataclass(frozen=True)
class AskPage:
    """One ask with all that belongs to it. ``records_for``: the activity that takes it as evidence, empty where none does."""

    row: AskRow
    activity: Activity | None
    need: PeopleNeed | None
    gaps: tuple[str, ...]
    leftovers: tuple[str, ...]
    words: int
    revision: int
    twin: Twin | None
    has_mail: bool
    reminder: str
    thanks: str
    records_for: str


def text_to_begin(turn: Turn, person: Person, occasion_id: str, activity: Activity | None) -> str:
    """The text with which an ask begins. Two queries at most."""
    return compose(occasion_id, known_of(turn, person, activity))


def known_of(turn: Turn, person: Person, activity: Activity | None) -> Known:
    """What is known of an invitation to somebody."""
    need = need_of(activity, person.role, person.relation)
    return Known(
        name=first_name(person.name),
        me=person.learner.name,
        role=person.role,
        question=need.ask if need else "",
        project=project_title(turn, person.learner),
    )


def project_title(turn: Turn, learner: Learner) -> str:
    """What one's own project is called: the title of the case study, else of the charter; empty before. One query at most."""
    newest = {artefact.kind: artefact.latest.id for artefact in turn.ledger.artefacts if artefact.kind in PROJECT}
    number = next((newest[kind] for kind in PROJECT if kind in newest), None)
    return learner.entries.filter(number=number).values_list("title", flat=True).first() or "" if number else ""


def ask_page(turn: Turn, ask: Ask, today: date) -> AskPage:
    """One ask. Three queries."""
    row = row_of(turn, ask, today, recorded_numbers(turn))
    activity = turn.activities.get(ask.activity_id)
    gaps = gaps_in(ask.text)
    return AskPage(
        row=row,
        activity=activity,
        need=need_of(activity, ask.person.role, ask.person.relation),
        gaps=gaps,
        leftovers=leftovers_in(ask.text),
        words=count_words(ask.text),
        revision=revision_of(ask.text),
        twin=None if gaps or not ask.text.strip() else twin_of(ask),
        has_mail=bool(mail_of(ask)),
        reminder=_note(ask, "reminder") if row.is_open else "",
        thanks=_note(ask, row.standing) if row.standing in (Standing.YES, Standing.NO) else "",
        records_for=records_for(turn, ask),
    )


def _note(ask: Ask, name: str) -> str:
    known = Known(name=first_name(ask.person.name), me=ask.learner.name)
    sent = f"{ask.sent_on:%A} {ask.sent_on.day} {ask.sent_on:%B}" if ask.sent_on else ""
    return note(name, known, ask.purpose, sent)


def records_for(turn: Turn, ask: Ask) -> str:
    """The activity that takes an ask as evidence: the first that still wants a text, else the first."""
    found = asking_activities(turn, turn.activities.get(ask.activity_id))
    wanting = (each for each in found if any(y.kind == KIND for y in turn.progress[each].ahead))
    return next(wanting, found[0] if found else "")


def mail_of(ask: Ask) -> str:
    """The link that opens the text in one's own mail program; empty where it can't."""
    usual = occasion_of(current().programme.by_id.get(ask.activity_id))
    return mail_link(ask.person.email, texts().occasions[occasion_like(ask.purpose, usual)].subject, ask.text)


def twin_of(ask: Ask) -> Twin | None:
    """Another ask in the same words, one that was sent rather than a draft. One query."""
    mine = _said(ask.text, ask.person.name)
    others = ask.learner.asks.exclude(pk=ask.pk).exclude(person=ask.person_id).exclude(text="").select_related("person")
    found = [
        other
        for other in others.only("learner", "key", "text", "sent_on", "person__name")
        if _said(other.text, other.person.name) == mine
    ]
    return max((Twin(other, other.sent_on is not None) for other in found), key=lambda twin: twin.is_sent, default=None)


def _said(text: str, name: str) -> str:
    """A text as it is compared: without the name, without a difference in spaces and capitals."""
    for part in (name, first_name(name)):
        text = without_name(text, part, "")
    return " ".join(folded(text).split())
