"""Which job comes on which day: greedy list scheduling in whole numbers.

No dates, titles or choices here, so that every rule can be tried by hand; :mod:`segue.core.plan` translates. Jobs are given in
the order in which they should come and are called by their index in it. Days are ordinals.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SHORTEST = 15  # minutes: less is a crumb that is mostly spent on finding the place again
NO_WEEK = 10**9


@dataclass(frozen=True, slots=True)
class Job:
    """Work to place: ``minutes`` in sessions of ``most`` at the most, one a day, belonging to a ``week`` of the blueprint.

    ``needs`` are (index, days): that job is finished first and ``days`` more have passed. ``wake`` is the first day that a pin,
    a deferral or a running wait allows; ``opens`` the first day that the calendar allows. ``bar``: every required job of a week
    before ``bar`` is finished, or held back, when this one is worked on. A ``pinned`` job comes before all others from ``wake``
    on. ``alone`` marks a job that its owner split: once it had its session of a day, it is held back until the next.
    """

    minutes: int
    week: int
    most: int
    needs: tuple[tuple[int, int], ...] = ()
    wake: int = 0
    opens: int = 0
    bar: int = 0
    required: bool = True
    pinned: bool = False
    alone: bool = False


class Day(NamedTuple):
    """A day to fill: ``free`` minutes are left of ``whole``."""

    number: int
    free: int
    whole: int


class Piece(NamedTuple):
    """One session: ``minutes`` of a job on a day."""

    day: int
    job: int
    minutes: int


def session_minutes(rest: int, free: int, whole: int, most: int, shortest: int = SHORTEST) -> int:
    """How long a session may be where ``rest`` minutes remain of a job; 0 where there should be none.

    As long as possible: the least of ``rest``, ``free`` and ``most`` (which is all of a job that is not split). A session that
    finishes the job may be of any length. Any other has at least ``shortest`` minutes, or the ``whole`` day's or ``most`` where
    these are less; and it is cut, where it can be, so that what remains for another day is not shorter than that either.
    """
    minutes = min(rest, free, most)
    if minutes == rest:
        return minutes
    least = min(shortest, whole, most)
    if rest - minutes < least <= rest - least:
        return rest - least
    return minutes if minutes >= least else 0


def order_of(jobs: Sequence[Job]) -> list[int]:
    """Indices with everything after what it needs; jobs that wait for themselves, or for such a job, are left out."""
    waiting = [len(job.needs) for job in jobs]
    dependents = _dependents(jobs)
    order = [i for i, count in enumerate(waiting) if not count]
    for i in order:  # grows while it is walked
        for j, _ in dependents[i]:
            waiting[j] -= 1
            if not waiting[j]:
                order.append(j)
    return order


def place(jobs: Sequence[Job], days: Iterable[Day], shortest: int = SHORTEST) -> tuple[list[Piece], list[int]]:
    """The sessions of all jobs that can be finished on these days, in order, and the indices of the other jobs."""
    board = _Board(jobs, shortest)
    for day in days:
        if not board.open:
            break
        board.fill(day)
    return [piece for piece in board.pieces if not board.rest[piece.job]], [i for i, rest in enumerate(board.rest) if rest]


def _dependents(jobs: Sequence[Job]) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = [[] for _ in jobs]
    for i, job in enumerate(jobs):
        for needed, days in job.needs:
            found[needed].append((i, days))
    return found


def _keepers(jobs: Sequence[Job]) -> list[int]:
    """The required jobs that keep later weeks closed until they are finished.

    Not those that can never be finished, nor those that need something which opens only after them: they would wait for ever.
    """
    highest: dict[int, int] = {}
    for i in order_of(jobs):
        highest[i] = max((max(jobs[j].bar, highest[j]) for j, _ in jobs[i].needs), default=0)
    return [i for i, job in enumerate(jobs) if job.required and i in highest and highest[i] <= job.week]


class _Board:
    """Where every job stands while days are filled one after the other.

    ``open`` has the ranks of unfinished jobs that wait for no other job, sorted; a rank is the index, less the number of jobs for
    a pinned one.
    """

    def __init__(self, jobs: Sequence[Job], shortest: int) -> None:
        count = len(jobs)
        self.jobs = jobs
        self.shortest = shortest
        self.day = 0
        self.rest = [job.minutes for job in jobs]
        self.wake = [job.wake for job in jobs]
        self.waiting = [len(job.needs) for job in jobs]
        self.dependents = _dependents(jobs)
        self.open = sorted(self._rank(i) for i in range(count) if not self.waiting[i])
        self.keepers = _keepers(jobs)[::-1]
        self.front: int | None = None
        self.pieces: list[Piece] = []

    def _rank(self, i: int) -> int:
        return i - len(self.jobs) if self.jobs[i].pinned else i

    def fill(self, day: Day) -> None:
        """Gives the free minutes of a day to the first jobs that may have them."""
        self.day, free, at = day.number, day.free, 0
        self.front = None
        while free and at < len(self.open):
            i = self.open[at] % len(self.jobs)
            minutes = 0
            if self._may(i):
                minutes = session_minutes(self.rest[i], free, day.whole, self.jobs[i].most, self.shortest)
            if not minutes:
                at += 1
                continue
            free -= minutes
            # Whatever that opened may come before the jobs that were passed over.
            at = 0 if self._work(i, minutes, at) else at + 1

    def _may(self, i: int) -> bool:
        job = self.jobs[i]
        return self.wake[i] <= self.day and job.opens <= self.day and self._reached(job.bar)

    def _work(self, i: int, minutes: int, at: int) -> bool:
        """Puts a session down; whether that may have opened something."""
        self.pieces.append(Piece(self.day, i, minutes))
        self.rest[i] -= minutes
        self.front = None
        if self.rest[i]:
            if self.jobs[i].alone:
                self.wake[i] = self.day + 1
            return self.jobs[i].alone
        del self.open[at]
        for j, days in self.dependents[i]:
            self.wake[j] = max(self.wake[j], self.day + days)
            self.waiting[j] -= 1
            if not self.waiting[j]:
                insort(self.open, self._rank(j))
        return True

    def _reached(self, bar: int) -> bool:
        """Whether every required job of a week before ``bar`` is finished or held back."""
        while self.keepers and not self.rest[self.keepers[-1]]:
            self.keepers.pop()
        if not self.keepers or bar <= self.jobs[self.keepers[-1]].week:
            return True
        if self.front is None:
            held: set[int] = set()
            holding = (self.jobs[i].week for i in reversed(self.keepers) if self.rest[i] and not self._held(i, held))
            self.front = next(holding, NO_WEEK)
        return bar <= self.front

    def _held(self, i: int, held: set[int]) -> bool:
        """Whether a job can't go on today because of a day that it, or something it needs, has to wait for. Adds to ``held``."""
        stack, seen = [i], {i}
        while stack:
            j = stack.pop()
            if self.wake[j] > self.day or j in held:
                held.add(i)
                return True
            fresh = [k for k, _ in self.jobs[j].needs if self.rest[k] and k not in seen]
            seen.update(fresh)
            stack += fresh
        return False
