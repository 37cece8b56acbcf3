"""A zone as calendars take it along."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from segue.work.connect.zone_component import zone_component
from segue.work.connect.zones import offered_zones

YEAR = 2026


@pytest.mark.parametrize("part", range(8))
def test_every_day_of_the_year_has_the_right_offset_in_every_zone(part: int) -> None:
    for zone in offered_zones()[part::8]:
        raw = zone_component(zone, YEAR).to_ical()
        wrapped = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + raw + b"END:VCALENDAR\r\n"
        read = Calendar.from_ical(wrapped).timezones[0].to_tz(lookup_tzid=False)
        for number in range(365):
            there = (datetime(YEAR, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)).astimezone(ZoneInfo(zone))
            assert there.replace(tzinfo=read).utcoffset() == there.utcoffset(), (zone, there)


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/Berlin", ["BYDAY=-1SU;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10"]),
        ("America/New_York", ["BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11"]),
        ("Australia/Sydney", ["BYDAY=1SU;BYMONTH=4", "BYDAY=1SU;BYMONTH=10"]),
        ("Asia/Tokyo", []),
    ],
)
def test_a_yearly_change_is_a_rule(zone: str, rules: list[str]) -> None:
    lines = zone_component(zone, YEAR).to_ical().decode().splitlines()
    assert [line.removeprefix("RRULE:FREQ=YEARLY;") for line in lines if line.startswith("RRULE")] == rules
    assert not [line for line in lines if line.startswith("RDATE")]


def test_without_a_rule_each_change_stands_by_its_date() -> None:
    text = zone_component("Africa/Casablanca", YEAR).to_ical().decode()
    assert "RRULE" not in text
    assert "RDATE:20260322T020000" in text
