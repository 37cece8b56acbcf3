from __future__ import annotations

import os
import subprocess
import sys
import threading
import time as machine
from datetime import date, datetime, time

import pytest

from segue.shared import clock

DAY = date(2027, 3, 5)


def test_at_a_day_keeps_the_time_of_day() -> None:
    with clock.at(DAY):
        assert (clock.today(), clock.now().date()) == (DAY, DAY)
        assert clock.now() == clock.now()
        assert clock.now().tzinfo is not None


@pytest.mark.parametrize("moment", [datetime(2027, 3, 5, 19, 30), datetime(2027, 8, 5, 0, 10)], ids=["winter", "summer"])
def test_at_a_moment_of_the_machines_own_time(moment: datetime) -> None:
    with clock.at(moment):
        assert clock.now().replace(tzinfo=None) == moment
        assert clock.today() == moment.date()


def test_the_clock_is_back_afterwards_also_after_an_error() -> None:
    before = clock.today()

    def fail_in_the_past() -> None:
        with clock.at(DAY):
            raise ValueError("then")

    with pytest.raises(ValueError, match="then"):
        fail_in_the_past()
    assert clock.today() == before != DAY


def test_moves_are_nested() -> None:
    with clock.at(DAY):
        with clock.at(datetime.combine(date(2020, 1, 1), time(8))):
            assert clock.today() == date(2020, 1, 1)
        assert clock.today() == DAY


def test_other_threads_see_the_true_time() -> None:
    seen = []
    with clock.at(DAY):
        thread = threading.Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen == [clock.today()] != [DAY]


@pytest.mark.skipif(not hasattr(machine, "tzset"), reason="Windows has its zone from the system")
def test_the_clock_is_that_of_the_machine_and_not_utc() -> None:
    code = "import django; django.setup(); from segue.shared import clock; print(clock.now().utcoffset())"
    told = os.environ | {"TZ": "Asia/Kolkata", "DJANGO_SETTINGS_MODULE": "segue.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "5:30:00"
