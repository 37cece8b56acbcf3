"""The file that other calendars take: parsed back, and held against the rules of RFC 5545 by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from segue.work.connect.invitation import Address, Invitation, address_of, build_invitation
from segue.work.connect.zones import offered_zones

STAMP = datetime(2026, 9, 1, 8, tzinfo=UTC)
BASE = Invitation(
    uid="0123456789abcdef@segue.local",
    sequence=0,
    title="Ines and Priya: how you work",
    starts_at=datetime(2026, 10, 27, 14, tzinfo=UTC),
    minutes=30,
    zone="Europe/Berlin",
    place="https://meet.example/a,b;c",
    agenda="What I want to learn, in one line;\nyour questions",
    changed_at=datetime(2026, 8, 31, 8, tzinfo=UTC),
    is_off=False,
    host=Address("Priya", "priya@shop.example"),
    guest=Address("Ines Duarte", "ines@northwind.example"),
)
NEEDED = ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY")
# Weeks in which Berlin and New York are five hours apart instead of six, and their neighbours; the south goes the other way.
DAYS = (
    [date(2026, 3, day) for day in (7, 9, 28, 30)]
    + [date(2026, 10, day) for day in (24, 26)]
    + [date(2026, 11, day) for day in (1, 2)]
)


def lines_of(raw: bytes) -> list[str]:
    """The lines as they are meant, after the rules of how they are written were checked."""
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    physical = raw[:-2].split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in physical)
    assert all(byte >= 32 or byte == 9 for line in physical for byte in line)
    return re.sub(rb"\r\n[ \t]", b"", raw).decode().split("\r\n")[:-1]


def check(raw: bytes) -> Any:
    """Everything that RFC 5545 and 5546 ask of such a file; its event."""
    lines = lines_of(raw)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    opened: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            opened.append(value)
        elif name == "END":
            assert opened.pop() == value
        assert re.match(r"[A-Z-]+([;:])", line)
    assert not opened
    assert lines.count("BEGIN:VEVENT") == 1
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN"} <= set(lines)
    assert sum(line.startswith("METHOD:") for line in lines) == sum(line.startswith("PRODID:") for line in lines) == 1
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    names = [re.split("[;:]", line)[0] for line in event]
    assert all(names.count(name) == 1 for name in NEEDED)
    assert not ("DTEND" in names and "DURATION" in names)
    used = set(re.findall(r";TZID=([^:;]+)", "\n".join(event)))
    assert used == {line.removeprefix("TZID:") for line in lines if line.startswith("TZID:")}
    for moment in ("DTSTAMP", "LAST-MODIFIED"):
        assert re.search(rf"^{moment}:\d{{8}}T\d{{6}}Z$", "\n".join(event), re.MULTILINE)
    check_zones(lines)
    calendar = Calendar.from_ical(raw)
    assert not calendar.errors
    assert not calendar.get_missing_tzids()
    (found,) = calendar.events
    assert not found.errors
    return found


def check_zones(lines: list[str]) -> None:
    for start, line in enumerate(lines):
        if line in ("BEGIN:STANDARD", "BEGIN:DAYLIGHT"):
            part = lines[start : lines.index(line.replace("BEGIN", "END"), start)]
            assert all(
                sum(each.startswith(f"{name}:") for each in part) == 1 for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")
            )


def by_its_own_zone(raw: bytes, name: str) -> datetime:
    """The moment that a program reads which knows no zone but the one in the file."""
    calendar = Calendar.from_ical(raw)
    event: Any = calendar.events[0]
    value: datetime = event[name].dt
    if not calendar.timezones:
        return value.astimezone(UTC)
    return value.replace(tzinfo=calendar.timezones[0].to_tz(lookup_tzid=False)).astimezone(UTC)


def test_an_invitation_a_change_and_calling_it_off_are_one_meeting() -> None:
    sent = [
        BASE,
        replace(BASE, sequence=1, starts_at=BASE.starts_at + timedelta(days=7)),
        replace(BASE, sequence=2, is_off=True),
    ]
    found = [check(build_invitation(each, STAMP)) for each in sent]
    assert {str(event["UID"]) for event in found} == {BASE.uid}
    assert [event["SEQUENCE"] for event in found] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    methods = [str(Calendar.from_ical(build_invitation(each, STAMP))["METHOD"]) for each in sent]
    assert methods == ["REQUEST", "REQUEST", "CANCEL"]
    for event in found:
        assert str(event["ORGANIZER"]) == "mailto:priya@shop.example"
        assert str(event["ATTENDEE"]) == "mailto:ines@northwind.example"
        assert event["ATTENDEE"].params["RSVP"] == "TRUE"
        assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert str(found[0]["LOCATION"]) == BASE.place
    assert str(found[0]["DESCRIPTION"]) == BASE.agenda
    assert found[0]["DTSTAMP"].dt == STAMP
    assert found[0]["LAST-MODIFIED"].dt == BASE.changed_at


@pytest.mark.parametrize("lacking", ["host", "guest"])
def test_without_an_address_it_is_an_entry_that_a_later_file_changes(lacking: str) -> None:
    plain = replace(BASE, **{lacking: None})  # type: ignore[arg-type]
    for is_off, status in ((False, "CONFIRMED"), (True, "CANCELLED")):
        raw = build_invitation(replace(plain, is_off=is_off), STAMP)
        event = check(raw)
        assert b"METHOD:PUBLISH\r\n" in raw
        assert str(event["STATUS"]) == status
        assert ("ORGANIZER" in event) == (lacking == "guest")  # RFC 5546, 3.2.1
        assert "ATTENDEE" not in event


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney", "America/Santiago", "Africa/Casablanca"]
)
@pytest.mark.parametrize("day", DAYS)
def test_it_is_the_right_moment_in_weeks_when_clocks_change(zone: str, day: date) -> None:
    starts_at = datetime(day.year, day.month, day.day, 14, tzinfo=UTC)
    raw = build_invitation(replace(BASE, zone=zone, starts_at=starts_at), STAMP)
    event = check(raw)
    assert str(event["DTSTART"].params["TZID"]) == zone
    assert event["DTSTART"].dt.astimezone(UTC) == starts_at
    assert by_its_own_zone(raw, "DTSTART") == starts_at
    assert by_its_own_zone(raw, "DTEND") == starts_at + timedelta(minutes=30)


def test_three_in_the_afternoon_in_berlin_is_another_hour_in_new_york_while_only_one_has_changed() -> None:
    hours = []
    for day in (date(2026, 3, 9), date(2026, 3, 30), date(2026, 10, 26), date(2026, 11, 2)):
        local = datetime(day.year, day.month, day.day, 15, tzinfo=ZoneInfo("Europe/Berlin"))
        raw = build_invitation(replace(BASE, starts_at=local.astimezone(UTC)), STAMP)
        hours.append(by_its_own_zone(raw, "DTSTART").astimezone(ZoneInfo("America/New_York")).hour)
    assert hours == [10, 9, 10, 9]


def test_a_meeting_over_the_change_of_the_clock_keeps_its_length() -> None:
    first = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45 in Berlin, for the first time
    event = check(build_invitation(replace(BASE, starts_at=first, minutes=30), STAMP))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, first + timedelta(minutes=30))
    spring = datetime(2027, 3, 28, 0, 45, tzinfo=UTC)  # 01:45, then 03:15
    raw = build_invitation(replace(BASE, starts_at=spring, minutes=30), STAMP)
    assert b"DTEND;TZID=Europe/Berlin:20270328T031500" in raw
    assert by_its_own_zone(raw, "DTEND") - by_its_own_zone(raw, "DTSTART") == timedelta(minutes=30)


@given(
    zone=st.sampled_from(offered_zones()),
    starts_at=st.datetimes(datetime(2020, 1, 1), datetime(2036, 12, 30), timezones=st.just(UTC)),
    minutes=st.integers(5, 480),
)
def test_every_moment_in_every_zone(zone: str, starts_at: datetime, minutes: int) -> None:
    starts_at = starts_at.replace(second=0, microsecond=0)
    raw = build_invitation(replace(BASE, zone=zone, starts_at=starts_at, minutes=minutes), STAMP)
    event = check(raw)
    assert event["DTSTART"].dt.astimezone(UTC) == by_its_own_zone(raw, "DTSTART") == starts_at
    assert event["DTEND"].dt.astimezone(UTC) == by_its_own_zone(raw, "DTEND") == starts_at + timedelta(minutes=minutes)


TYPED = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


@given(title=TYPED, agenda=st.lists(TYPED, max_size=4).map("\n".join), name=TYPED)
def test_whatever_is_typed_comes_back(title: str, agenda: str, name: str) -> None:
    event = check(
        build_invitation(replace(BASE, title=title, agenda=agenda, host=Address(name.strip(), "p@shop.example")), STAMP)
    )
    assert str(event["SUMMARY"]) == title
    assert str(event.get("DESCRIPTION", "")) == agenda


def test_an_address_is_one_that_can_be_written_to() -> None:
    assert address_of("Ines", " ines@northwind.example ") == Address("Ines", "ines@northwind.example")
    for wrong in ("", "ines", "ines@", "a@b.example\r\nATTENDEE:mailto:x@y.example", "a b@c.example"):
        assert address_of("Ines", wrong) is None
