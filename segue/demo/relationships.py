"""The people of the journey: whom she met, asked, thanked, and what they criticised, told through the actions of month 4."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from segue.accounts.models import Learner
from segue.demo import figures
from segue.demo.script import EVENING, day_of
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.connect.actions import commitments, feedback, insights, meeting, people, touching
from segue.work.connect.models import Answer, Ask, FeedbackLog, Meeting, Organisation, Person, RolePlace, TouchSort, new_key
from segue.work.connect.zones import own_zone

Row = Mapping[str, Any]
VERBS = ("person", "ask", "places", "talk", "given", "told", "touch")
PERSON = ("team", "position", "role", "relation", "how_known", "tags")


@dataclass
class Relationships:
    """One telling. ``entries``: what the weeks recorded, by its key in the content."""

    learner: Learner
    start: date
    entries: Mapping[str, Entry]
    until: datetime

    def __post_init__(self) -> None:
        self.people: dict[str, Person] = {}

    def tell(self, weeks: int) -> None:
        """Everything up to the Sunday of a week, in order."""
        tellers: Mapping[str, Callable[[Row], None]] = {
            "person": self._person,
            "ask": self._ask,
            "places": self._places,
            "talk": self._talk,
            "given": self._given,
            "told": self._told,
            "touch": self._touch,
        }
        for row in self._rows(weeks):
            verb = next(verb for verb in VERBS if verb in row)
            with self._at(self._day(row["week"], row["day"])):
                tellers[verb](row)

    def _rows(self, weeks: int) -> Iterator[Row]:
        return (row for row in figures.content("relationships") if row["week"] <= weeks)

    def _day(self, week: int, weekday: str) -> date:
        return day_of(self.start, week, weekday)

    def _at(self, day: date, moment: time = EVENING) -> Any:
        return clock.at(min(datetime.combine(day, moment).astimezone(), self.until))

    def _entry(self, row: Row) -> Entry | None:
        return self.entries.get(row.get("entry", ""))

    # --- people and asks -----------------------------------------------------------------------------------------------------

    def _person(self, row: Row) -> None:
        fields = {name: row[name] for name in PERSON if name in row}
        self.people[row["person"]] = people.add_person(self.learner, name=row["name"], organisation=row["organisation"], **fields)
        Organisation.objects.filter(learner=self.learner, name="Parcelwise").update(is_own=True)

    def _ask(self, row: Row) -> None:
        person, today, entry = self.people[row["ask"]], clock.today(), self._entry(row)
        answered = self._day(*row["answered"])
        came = {"answer": Answer.YES, "answered_on": answered} if answered <= clock.day_of(self.until) else {}
        Ask.objects.create(
            learner=self.learner,
            key=new_key(),
            person=person,
            activity_id=row["activity"],
            purpose=row["purpose"],
            text=entry.body if entry else "",
            made_on=today,
            sent_on=today,
            needed_on=self._day(*row["needed"]),
            entry=entry,
            **came,
        )
        touching.log_touch(person, today, TouchSort.ASKED, entry.title if entry else "")

    def _places(self, row: Row) -> None:
        where = Organisation.objects.get(learner=self.learner, name=row["places"])
        for place in row["rows"]:
            fields = {**place, "person": self.people.get(place.get("person", ""))}
            RolePlace.objects.create(learner=self.learner, organisation=where, **fields)
        where.map_entry = self._entry(row)
        where.save(update_fields=["map_entry"])

    # --- talks ---------------------------------------------------------------------------------------------------------------

    def _talk(self, row: Row) -> None:
        """A talk with all that came of it; what is recorded later than this telling goes is not linked yet."""
        person, day = self.people[row["talk"]], clock.today()
        starts_at = datetime.combine(day, time.fromisoformat(row["at"])).astimezone()
        told = {name: row[name] for name in ("title", "purpose", "minutes")}
        told |= {"activity_id": row["activity"], "starts_at": starts_at, "zone": own_zone(), "place": "", "agenda": ""}
        held = meeting.hold_meeting(meeting.plan_meeting(self.learner, person, told), day)
        for insight in row.get("insights", ()):
            insights.add_insight(person, {"meeting": held, "on": day, "direction": "received", **insight})
        for promise in row.get("promises", ()):
            self._promise(held, promise)
        for point in row.get("points", ()):
            self._point(held, point)
        thanks = row["thanks"]
        at = datetime.combine(self._day(row["week"], thanks["day"]), EVENING).astimezone()
        if at <= self.until:
            with clock.at(at + timedelta(minutes=1)):
                held = meeting.send_thanks(held, thanks["text"], at)
        Meeting.objects.filter(pk=held.pk).update(entry=self._entry(row))

    def _promise(self, held: Meeting, promise: Row) -> None:
        told = {"meeting": held, "by": promise["by"], "what": promise["what"], "due_on": self._day(*promise["due"])}
        kept = commitments.add_commitment(held.person, told)
        done = self._day(*promise["done"]) if "done" in promise else None
        if done is not None and done <= clock.day_of(self.until):
            with self._at(done):
                commitments.settle_commitment(kept, is_done=True)

    def _point(self, held: Meeting, point: Row) -> None:
        row = feedback.add_point(
            self.learner, {"person": held.person, "meeting": held, "on": clock.today(), "text": point["text"]}
        )
        feedback.answer_point(row, {"reason": "", "change": "", "run": "", **{k: v for k, v in point.items() if k != "text"}})

    # --- afterwards ----------------------------------------------------------------------------------------------------------

    def _given(self, row: Row) -> None:
        told = {"on": clock.today(), "direction": "given", "about": row["about"], "text": row["text"]}
        insight = insights.add_insight(self.people[row["given"]], told)
        type(insight).objects.filter(pk=insight.pk).update(entry=self._entry(row))

    def _told(self, row: Row) -> None:
        for key in row["told"]:
            feedback.tell_person(self.people[key])
        FeedbackLog.objects.update_or_create(learner=self.learner, defaults={"entry": self.entries.get(row["log"])})

    def _touch(self, row: Row) -> None:
        touching.log_touch(self.people[row["touch"]], clock.today(), TouchSort(row["sort"]), row["note"])
