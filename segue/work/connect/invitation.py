"""A meeting as a file that other calendars take (RFC 5545, RFC 5546): the invitation, its changes, and calling it off.

With the e-mail addresses of both it is an invitation that can be answered (REQUEST, CANCEL). Without one of them nobody could be
answered, and programs refuse an invitation from nobody: then it is an entry to add (PUBLISH), which a later file changes as well.
It says who holds it where that is known, and names no guest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from icalendar import Calendar, Event, vCalAddress

from segue.work.connect.models import Meeting
from segue.work.connect.zone_component import zone_component

PRODUCT = "-//Segue//Meetings//EN"
UNIVERSAL = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})
LINKS = ("https://", "http://")


@dataclass(frozen=True)
class Address:
    """Somebody with an e-mail address that can be written to."""

    name: str
    email: str


@dataclass(frozen=True)
class Invitation:
    """What a calendar learns of a meeting: no notes, no preparation."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    place: str
    agenda: str
    changed_at: datetime
    is_off: bool
    host: Address | None
    guest: Address | None

    @property
    def can_be_answered(self) -> bool:
        """Whether both have an address."""
        return self.host is not None and self.guest is not None

    @property
    def method(self) -> str:
        """What a program is to do with it."""
        if not self.can_be_answered:
            return "PUBLISH"
        return "CANCEL" if self.is_off else "REQUEST"


def address_of(name: str, email: str) -> Address | None:
    """Somebody's address; ``None`` where the e-mail is missing or none."""
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        return None
    return Address(name.strip(), email)


def invitation_of(meeting: Meeting) -> Invitation:
    """What goes into the file of a meeting."""
    learner, person = meeting.learner, meeting.person
    return Invitation(
        uid=meeting.uid,
        sequence=meeting.sequence,
        title=meeting.title,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        zone=meeting.zone,
        place=meeting.place,
        agenda=meeting.agenda,
        changed_at=meeting.changed_at,
        is_off=meeting.cancelled_at is not None,
        host=address_of(learner.name, learner.user.email),
        guest=address_of(person.name, person.email),
    )


def build_invitation(invitation: Invitation, stamp: datetime) -> bytes:
    """The file. ``stamp``: when it is made."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    begins, ends = _times(invitation)
    zone = "" if begins.tzinfo is UTC else invitation.zone
    if zone:
        calendar.add_component(zone_component(zone, begins.year))
    event = Event()
    event.add("uid", invitation.uid)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("last-modified", invitation.changed_at.astimezone(UTC))
    event.add("sequence", invitation.sequence)
    event.add("status", "CANCELLED" if invitation.is_off else "CONFIRMED")
    event.add("summary", invitation.title)
    _add_time(event, "dtstart", begins, zone)
    _add_time(event, "dtend", ends, zone)
    _add_words(event, invitation)
    _add_people(event, invitation)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _times(invitation: Invitation) -> tuple[datetime, datetime]:
    """Begin and end in the zone; in UTC where the zone is that, or its clock shows one of them for the second time."""
    first = invitation.starts_at.astimezone(UTC).replace(second=0, microsecond=0)
    both = (first, first + timedelta(minutes=invitation.minutes))
    local = [moment.astimezone(ZoneInfo(invitation.zone)) for moment in both]
    if invitation.zone in UNIVERSAL or any(moment.fold for moment in local):
        return both
    return local[0], local[1]


def _add_time(event: Event, name: str, moment: datetime, zone: str) -> None:
    """The zone is named by hand: the library takes one that is called GMT in winter for UTC."""
    event.add(name, moment.replace(tzinfo=None) if zone else moment, parameters={"tzid": zone} if zone else {})


def _add_words(event: Event, invitation: Invitation) -> None:
    if invitation.place:
        event.add("location", invitation.place)
        if invitation.place.lower().startswith(LINKS) and " " not in invitation.place:
            event.add("url", invitation.place)
    if invitation.agenda:
        event.add("description", invitation.agenda)


def _add_people(event: Event, invitation: Invitation) -> None:
    if invitation.host is None:
        return
    event.add("organizer", _person(invitation.host))
    if invitation.guest is None:
        return
    guest = _person(invitation.guest)
    for name, value in (("cutype", "INDIVIDUAL"), ("role", "REQ-PARTICIPANT"), ("partstat", "NEEDS-ACTION"), ("rsvp", "TRUE")):
        guest.params[name] = value
    event.add("attendee", guest, encode=False)


def _person(address: Address) -> vCalAddress:
    found = vCalAddress(f"mailto:{address.email}")
    if address.name:
        found.params["cn"] = address.name
    return found
