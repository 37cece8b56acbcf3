from __future__ import annotations

import pytest

from segue.core.placing import Day, Job, order_of, place, session_minutes


@pytest.mark.parametrize(
    ("rest", "free", "whole", "most", "expected"),
    [
        (60, 60, 60, 60, 60),  # all of it
        (90, 60, 60, 90, 60),  # as much as the day has
        (60, 120, 120, 20, 20),  # as much as a part may have
        (10, 10, 60, 60, 10),  # what finishes a job may be short
        (3, 3, 60, 60, 3),
        (10, 9, 60, 60, 0),  # but not be cut into two crumbs
        (60, 14, 60, 60, 0),  # no crumb at the end of a day
        (60, 15, 60, 60, 15),
        (60, 14, 14, 60, 14),  # a short day is used all the same
        (60, 10, 14, 60, 0),  # the rest of a short day is a crumb of it
        (12, 5, 5, 60, 5),
        (70, 60, 60, 70, 55),  # 10 would remain: leave 15
        (75, 60, 60, 75, 60),  # 15 remain: fine
        (31, 20, 20, 31, 16),  # 11 would remain: 16 and 15
        (29, 20, 20, 29, 20),  # it can't be cut so that both are long enough: as it comes
        (30, 20, 20, 30, 15),
        (46, 60, 60, 16, 16),
        (30, 60, 60, 16, 15),  # the second of three parts leaves 15, not 14
        (36, 60, 60, 12, 12),  # parts that were meant to be short
        (25, 11, 60, 12, 0),  # are not shorter than meant
    ],
)
def test_how_long_a_session_is(rest: int, free: int, whole: int, most: int, expected: int) -> None:
    assert session_minutes(rest, free, whole, most) == expected


def test_with_crumbs_allowed_a_session_takes_what_there_is() -> None:
    assert session_minutes(60, 4, 60, 60, shortest=1) == 4
    assert session_minutes(61, 60, 60, 61, shortest=1) == 60


def job(minutes: int = 30, week: int = 1, **others: object) -> Job:
    return Job(minutes=minutes, week=week, **{"most": minutes, **others})  # type: ignore[arg-type]


def placed(jobs: list[Job], free: int = 60, days: int = 10) -> list[tuple[int, int, int]]:
    return [(piece.day, piece.job, piece.minutes) for piece in place(jobs, [Day(n, free, free) for n in range(1, days + 1)])[0]]


def test_order_leaves_out_what_waits_for_itself_and_what_waits_for_that() -> None:
    ring = [job(needs=((1, 0),)), job(needs=((0, 0),)), job(needs=((0, 0),)), job(), job(needs=((3, 0),)), job(needs=((5, 0),))]
    assert order_of(ring) == [3, 4]


def test_what_is_not_finished_in_time_is_left_out_altogether() -> None:
    pieces, left = place([job(60), job(130), job(20, needs=((1, 0),))], [Day(1, 60, 60), Day(2, 60, 60), Day(3, 60, 60)])
    assert [tuple(piece) for piece in pieces] == [(1, 0, 60)]
    assert left == [1, 2]


def test_a_job_that_needs_a_later_month_does_not_keep_that_month_closed() -> None:
    assert placed([job(week=1, needs=((1, 0),)), job(week=5, bar=5)]) == [(1, 1, 30), (1, 0, 30)]


def test_a_job_that_needs_catch_up_time_after_it_does_not_wait_for_ever() -> None:
    assert placed([job(week=1, needs=((1, 0),)), job(week=1, bar=2, required=False)]) == [(1, 1, 30), (1, 0, 30)]


def test_a_job_that_can_never_be_finished_keeps_no_month_closed() -> None:
    pieces, left = place([job(needs=((0, 0),)), job(week=5, bar=5)], [Day(1, 60, 60)])
    assert [tuple(piece) for piece in pieces] == [(1, 1, 30)]
    assert left == [0]


def test_a_month_opens_while_what_keeps_it_closed_had_its_part_of_the_day() -> None:
    split = job(40, week=1, most=20, alone=True)
    assert placed([split, job(week=5, bar=5, pinned=True, required=False)]) == [(1, 0, 20), (1, 1, 30), (2, 0, 20)]


def test_a_month_closes_again_when_a_wait_is_over() -> None:
    first = job(week=1, wake=2)
    assert placed([first, job(100, week=5, bar=5)]) == [(1, 1, 60), (2, 0, 30), (2, 1, 25), (3, 1, 15)]


def test_what_is_held_back_by_something_held_back_keeps_no_month_closed() -> None:
    chain = [job(week=1, wake=3), job(week=1, needs=((0, 0),)), job(week=1, needs=((1, 0),))]
    assert placed([*chain, job(week=5, bar=5)]) == [(1, 3, 30), (3, 0, 30), (3, 1, 30), (4, 2, 30)]


def test_no_jobs_and_no_days() -> None:
    assert place([], [Day(1, 60, 60)]) == ([], [])
    assert place([job()], []) == ([], [0])
