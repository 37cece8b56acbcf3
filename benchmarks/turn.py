"""How much processor time one turn of the loop takes on the shipped programme. Budget: 25 ms at six months; most pages take one.

    python -m benchmarks.turn [repeats]

Three ledgers: empty; six months of somebody who does everything and logs time (about 250 entries); ten years of the same, twenty
times over (about 5,000). The plan was agreed at the start of the last half-year, so that two states and two plans are computed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from time import process_time

from segue.core.activity import Programme
from segue.core.availability import Availability, Choices
from segue.core.evidence import Entry, Sort
from segue.core.loop import Inputs, turn
from segue.core.projection import project
from segue.curriculum import current

BUDGET_MS = 25
HALF_YEAR = timedelta(weeks=26)
EVENINGS = (60, 60, 60, 60, 60, 0, 0)
TIMES_LOGGED = 96
LAST = date(2026, 11, 2)


def half_year(programme: Programme, starts_on: date, first_id: int) -> Iterator[Entry]:
    """What six months leave behind: work as a text of 200 words with its figures, reviews, a rating a month, and time logged."""
    for entry in project(programme, starts_on):
        subject = first_id - entry.subject if entry.subject is not None else None
        yield replace(entry, id=first_id - entry.id, subject=subject, words=200, minutes=60)
    first_id += 1000
    for n in range(TIMES_LOGGED):
        activity = programme.activities[n % len(programme.activities)]
        yield Entry(first_id + n, Sort.TIME, starts_on + timedelta(days=n), activity_id=activity.id, minutes=45)
    for n in range(6):
        day = starts_on + timedelta(days=30 * n)
        yield Entry(first_id + 200 + n, Sort.SELF_RATING, day, competencies=("C1",), facts={"level": 2})


def measured(programme: Programme, entries: tuple[Entry, ...], weeks: int, repeats: int) -> float:
    """The median time of a turn, in milliseconds, ``weeks`` after the plan was agreed."""
    inputs = Inputs(Availability(LAST, EVENINGS), Choices(), LAST)
    times = []
    for _ in range(repeats):
        before = process_time()
        turn(programme, entries, inputs, LAST + timedelta(weeks=weeks))
        times.append(process_time() - before)
    return 1000 * median(times)


def main() -> None:
    """Prints a line for each ledger, and on which week of the half-year it was measured."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    programme = current().programme
    six_months = tuple(half_year(programme, LAST, 1))
    starts = [LAST - n * HALF_YEAR for n in reversed(range(20))]
    ten_years = tuple(e for n, start in enumerate(starts) for e in half_year(programme, start, 1 + 10_000 * n))
    print(f"median of {repeats} turns, budget {BUDGET_MS} ms at six months")
    for name, entries in (("empty", ()), ("six months", six_months), ("ten years", ten_years)):
        figures = ", ".join(f"week {w}: {measured(programme, entries, w, repeats):.1f} ms" for w in (0, 13, 26))
        print(f"{name:<11} {len(entries):>5} entries   {figures}")


if __name__ == "__main__":
    main()
