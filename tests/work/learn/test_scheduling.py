"""FSRS is the library's: a recorded sequence comes out to the day, and the same twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler

from segue.work.learn.scheduling import RETENTION, Memory, due_of, review, stability_of

START = datetime(2026, 11, 25, 19, tzinfo=UTC)
# Minutes after the one before, and the rating: learnt, kept for months, forgotten once, learnt again.
SEQUENCE = [(0, 3), (12, 3), (2 * 1440, 3), (9 * 1440, 4), (40 * 1440, 1), (11, 3), (3 * 1440, 2), (10 * 1440, 3)]


def test_days_are_those_of_the_library() -> None:
    scheduler = Scheduler(desired_retention=RETENTION, enable_fuzzing=False)
    theirs = Card(card_id=0, due=START)
    memory: Memory | None = None
    at = START
    for minutes, rating in SEQUENCE:
        at += timedelta(minutes=minutes)
        theirs, _ = scheduler.review_card(theirs, Rating(rating), at)
        memory, due = review(memory, rating, at)
        assert due == theirs.due == due_of(memory)
        assert stability_of(memory) == theirs.stability


def test_the_recorded_days() -> None:
    """Known for good: a change of the library's parameters must be seen, since it moves everybody's cards."""
    memory: Memory | None = None
    at, days = START, []
    for minutes, rating in SEQUENCE:
        at += timedelta(minutes=minutes)
        memory, due = review(memory, rating, at)
        days.append(round((due - at).total_seconds() / 86400, 3))
    assert days == RECORDED


RECORDED = [0.007, 2.0, 11.0, 68.0, 0.007, 3.0, 7.0, 17.0]


def test_another_time_zone_is_the_same_moment() -> None:
    berlin = START.astimezone()
    assert review(None, 3, berlin)[1] == review(None, 3, START)[1]
