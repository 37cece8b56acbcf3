"""Which zone is meant, and which moment a local time is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.connect import zones
from segue.work.connect.zones import changes_in, moment_of, offered_zones, own_zone, zone_named


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe/berlin ", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("Atlantis", ""),
        ("", ""),
        ("../etc/passwd", ""),
        ("Europe", ""),
    ],
)
def test_a_zone_is_found_by_name_or_city(typed: str, name: str) -> None:
    assert zone_named(typed) == name


def test_zones_to_choose_from_are_those_of_places() -> None:
    assert {"UTC", "Europe/Berlin", "Asia/Kolkata"} <= set(offered_zones())
    assert not {"Etc/GMT+5", "EST", "Factory"} & set(offered_zones())


def test_a_skipped_time_is_taken_later_and_said() -> None:
    taken = moment_of(date(2027, 3, 28), time(2, 30), "Europe/Berlin")
    assert taken.moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert taken.said == "Sunday 28 March 2027 has no 02:30 in Europe/Berlin: the clocks go forward then. 03:30 is taken."


def test_of_a_time_that_comes_twice_the_first_is_taken_and_said() -> None:
    taken = moment_of(date(2026, 11, 1), time(1, 30), "America/New_York")
    assert taken.moment == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert "has 01:30 twice in America/New_York" in taken.said
    assert "The first is taken" in taken.said


def test_an_hour_that_everybody_has_needs_no_words() -> None:
    for day in (date(2027, 3, 28), date(2026, 10, 25)):
        assert moment_of(day, time(4, 0), "Europe/Berlin").said == ""


@given(zone=st.sampled_from(offered_zones()), local=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_a_moment_shows_the_time_that_was_typed_unless_it_is_said(zone: str, local: datetime) -> None:
    local = local.replace(second=0, microsecond=0)
    taken = moment_of(local.date(), local.time(), zone)
    shown = taken.moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown == local or (shown > local and f"{shown:%H:%M} is taken" in taken.said)


def test_changes_of_the_clock_are_found_to_the_second() -> None:
    spring, autumn = changes_in("Europe/Berlin", 2026)
    assert (spring.at, spring.local) == (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 2))
    assert (autumn.before, autumn.after) == (timedelta(hours=2), timedelta(hours=1))
    assert changes_in("Asia/Tokyo", 2026) == ()


def test_the_zone_of_the_machine_is_the_one_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":America/New_York")
    assert own_zone() == "America/New_York"
    monkeypatch.setenv("TZ", "Not/A/Zone")
    monkeypatch.setattr("os.path.realpath", lambda path: "/usr/share/zoneinfo/Asia/Tokyo")
    assert own_zone() == "Asia/Tokyo"
    monkeypatch.setattr(zones, "_told", lambda: iter(()))
    assert own_zone() in zones.zone_names()
