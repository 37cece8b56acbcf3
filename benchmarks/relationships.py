"""People with asks, talks, insights, promises and criticism, made by the actions of the program, for ``pages.py``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segue.accounts.models import Learner
    from segue.work.connect.models import Meeting, Person

PEOPLE = 40
LISTS = (
    "people/",
    "people/duplicates/",
    "people/import/",
    "organisations/",
    "roles/",
    "asks/",
    "meetings/",
    "insights/",
    "promises/",
    "touch/",
    "feedback/",
    "feedback/new/",
)


def fill(learner: Learner, contacts: int = 0) -> list[str]:
    """Makes the rows, and ``contacts`` more people who are only addresses. Returns the addresses of the pages."""
    from segue.work.connect.actions.people import add_person
    from segue.work.connect.models import Relation
    from segue.work.connect.vocabulary import roles

    named, close = [role for role, _ in roles()], list(Relation)
    people = [
        add_person(
            learner,
            name=f"Person {number}",
            organisation=f"Firm {number % 7}",
            role=named[number % len(named)],
            relation=close[number % len(close)],
        )
        for number in range(PEOPLE)
    ]
    meetings = [_know(person, number) for number, person in enumerate(people)]
    add_contacts(learner, contacts)
    person, meeting = people[0], meetings[0]
    ask = person.asks.all()[0]
    point, organisation = learner.feedback_points.all()[0].key, people[0].organisation
    assert organisation is not None
    return [
        "/connect/",
        *(f"/connect/{page}" for page in LISTS),
        f"/connect/people/{person.key}/",
        f"/connect/people/{person.key}/touch/",
        f"/connect/people/{person.key}/word/",
        f"/connect/organisations/{organisation.key}/roles/",
        f"/connect/asks/{ask.key}/",
        f"/connect/meetings/{meeting.key}/",
        f"/connect/meetings/{meeting.key}/prepare/",
        f"/connect/meetings/{meeting.key}/notes/",
        f"/connect/feedback/{point}/answer/",
        "/evidence/reviews/",
    ]


def _know(person: Person, number: int) -> Meeting:
    """A talk that was held, with what came of it; every third one waits for thanks."""
    from segue.shared import clock
    from segue.work.connect.actions import asking, commitments, feedback, insights
    from segue.work.connect.actions import meeting as meetings
    from segue.work.connect.actions.touching import log_touch
    from segue.work.connect.models import About, Direction, Owed, Purpose, TouchSort, Verdict

    learner, now = person.learner, clock.now()
    begins = now - timedelta(days=1 + number, hours=2)
    told = {"title": f"How they work {number}", "starts_at": begins, "zone": "Europe/Berlin", "minutes": 30}
    meeting = meetings.hold_meeting(meetings.plan_meeting(learner, person, told), clock.day_of(begins))
    if number % 3:
        meetings.send_thanks(meeting, "Thank you for your time.", begins + timedelta(hours=1))
    on = clock.day_of(begins)
    wanted = {"purpose": Purpose.WORKFLOW, "activity_id": "", "needed_on": None, "text": "May I sit beside you for an hour?"}
    ask = asking.begin_ask(person, wanted)
    if number % 4:
        asking.send_ask(ask, on)
    for side, text in ((Direction.RECEIVED, "They label by hand."), (Direction.GIVEN, "Users write in two languages.")):
        what = {"direction": side, "about": About.WORKFLOW, "text": f"{text} {number}", "concepts": [], "for_project": False}
        insights.add_insight(person, {**what, "on": on, "meeting": meeting})
    for by in Owed:
        commitments.add_commitment(person, {"by": by, "what": f"A sheet {number}", "due_on": clock.today(), "meeting": meeting})
    for sort in TouchSort:
        log_touch(person, on, sort, f"Note {number}")
    said = {"person": person, "role": "", "on": on, "text": f"The labels of {number} are dirty.", "meeting": meeting}
    point = feedback.add_point(learner, said)
    if number % 2:
        feedback.answer_point(point, {"verdict": Verdict.ACCEPTED, "reason": "", "change": "Relabel by week 18.", "run": ""})
    return meeting


def add_contacts(learner: Learner, count: int) -> None:
    """People of an address book, many at a time."""
    from segue.shared import clock
    from segue.work.connect.actions.people import index
    from segue.work.connect.models import Person, new_key

    for first in range(0, count, 1000):
        rows = [
            Person(learner=learner, key=new_key(), name=f"Contact {n:05}", email=f"c{n}@example.org", known_since=clock.today())
            for n in range(first, min(count, first + 1000))
        ]
        Person.objects.bulk_create(map(index, rows))
