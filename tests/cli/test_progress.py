"""Progress: a line a step where nobody watches, one line written over on a terminal, nothing when quiet."""

from __future__ import annotations

import io
import re

import pytest

from feedback_lab.cli.progress import ProgressLine

WEIGHTS = {"ingest": 1.0, "embed": 6.0, "themes": 2.0, "card": 1.0}


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("feedback_lab.cli.progress.time", clock)
    return clock


def run(line: ProgressLine, clock: Clock, step: str, seconds: float) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0, 1.0):
        line(step, share)
        clock.now += seconds / 4 if share < 1 else 0


def test_one_line_a_step_where_nobody_watches(clock: Clock) -> None:
    stream = io.StringIO()
    line = ProgressLine(WEIGHTS, stream=stream)
    for step in WEIGHTS:
        run(line, clock, step, 10 * WEIGHTS[step])
    line.close()
    assert stream.getvalue().splitlines() == [
        " 10%  ingest      about 2 min left",
        " 70%  embed       about 30 s left",
        " 90%  themes      about 10 s left",
        "100%  card      ",
    ]


def test_quiet_prints_nothing(clock: Clock) -> None:
    for stream in (io.StringIO(), Terminal()):
        line = ProgressLine(WEIGHTS, quiet=True, stream=stream)
        run(line, clock, "embed", 60)
        line.close()
        assert stream.getvalue() == ""


def test_a_terminal_has_one_line_that_is_cleaned_up(clock: Clock) -> None:
    stream = Terminal()
    line = ProgressLine(WEIGHTS, stream=stream)
    for step in WEIGHTS:
        run(line, clock, step, 1)
    line.close()
    assert "\n" not in stream.getvalue()
    shown = stream.getvalue().split("\r\033[K")
    assert shown[0] == shown[-1] == ""
    shares = [int(part.split("%")[0]) for part in shown[1:-1]]
    assert shares == sorted(shares)
    assert shares[-1] == 100


def test_a_terminal_is_not_flooded(clock: Clock) -> None:
    stream = Terminal()
    line = ProgressLine(WEIGHTS, stream=stream)
    for place in range(1_000):
        line("embed", place / 1_001)
        clock.now += 0.001
    assert stream.getvalue().count("\r") <= 11


def test_steps_that_were_there_already_do_not_spoil_the_time_left(clock: Clock) -> None:
    """The first two steps took no time since they were done the last time; the rest is judged by what is done now."""
    stream = io.StringIO()
    line = ProgressLine(WEIGHTS, stream=stream)
    for step, seconds in (("ingest", 0), ("embed", 0), ("themes", 20)):
        run(line, clock, step, seconds)
    first, second, third = stream.getvalue().splitlines()
    assert "left" not in first + second
    assert third.endswith("about 10 s left")
    assert re.match(r" 90%", third)
