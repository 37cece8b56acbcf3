"""How long the planner takes, and whether any of many random learners gets a plan that breaks a rule.

Run from the root of the repository: ``python benchmarks/plan.py``, or with ``--profiles 10000`` for the second question.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from segue.core.activity import Activity, Programme
from segue.core.plan import Availability, Choices, Task
from segue.core.replan import ways
from segue.curriculum import current
from tests.core.plan_cases import EVENINGS, MONDAY, Case
from tests.core.test_plan_properties import faults


def main() -> int:
    """Prints the measurements; 1 where a plan broke a rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=51, help="runs of each measurement; the median is printed")
    parser.add_argument("--profiles", type=int, default=0, help="random learners to check")
    parser.add_argument("--first", type=int, default=0, help="seed of the first of them")
    chosen = parser.parse_args()
    for name, case in (("made up", Case()), ("curriculum", real_case(current().programme))):
        measure(name, case, chosen.repeats)
    return check(range(chosen.first, chosen.first + chosen.profiles))


def real_case(programme: Programme) -> Case:
    """The curriculum itself, on its first day, at five hours a week."""
    return Case(tasks=tuple(_task(activity) for activity in programme.activities), phases=programme.phases)


def _task(activity: Activity) -> Task:
    return Task(
        id=activity.id,
        title=activity.title,
        minutes=activity.minutes,
        week=activity.week,
        requires=activity.requires,
        waits=activity.waits,
        people=activity.people,
        optional=activity.optional,
        buffer=activity.buffer,
    )


def measure(name: str, case: Case, repeats: int) -> None:
    """Prints the median time of a plan for ordinary and for slow profiles."""
    hours = sum(task.minutes for task in case.tasks) / 60
    print(f"{name}: {len(case.tasks)} tasks, {hours:.0f} h; median of {repeats} runs")
    first = case.tasks[0].id
    profiles = {
        "5 h a week, five evenings": case,
        "3 h a week, three evenings": at(case, (60, 0, 60, 0, 60, 0, 0)),
        "30 min a week": at(case, (30, 0, 0, 0, 0, 0, 0)),
        "15 min a week": at(case, (15, 0, 0, 0, 0, 0, 0)),
        "1 min a day": at(case, (1,) * 7),
        "12 h a day": at(case, (720,) * 7),
        "no minutes": at(case, (0,) * 7),
        "first task put off for four years": replace(case, choices=Choices(deferred={first: MONDAY + timedelta(days=1461)})),
    }
    for profile, variant in profiles.items():
        plan = variant.plan()
        print(f"  {profile:<36}{median(variant.plan, repeats):7.2f} ms   {ending(plan.ends_on, len(plan.unplaced))}")
    print(f"  {'three ways after two missed weeks':<36}{median(lambda: late(case), max(3, repeats // 5)):7.2f} ms")


def at(case: Case, minutes: tuple[int, ...]) -> Case:
    """The same case with other hours."""
    return replace(case, availability=Availability(MONDAY, minutes))


def late(case: Case) -> None:
    """The three ways on, ten weeks in, with the last two weeks missed."""
    baseline = at(case, EVENINGS).plan()
    today = MONDAY + timedelta(weeks=10)
    done = {t.id: MONDAY for t in case.tasks if (end := baseline.end_of(t.id)) and end < today - timedelta(weeks=2)}
    ways(case.tasks, case.availability, case.choices, case.phases, done, today, baseline)


def ending(ends_on: date | None, unplaced: int) -> str:
    """When a plan ends, or how much of it has no day."""
    return f"ends on {ends_on}" if ends_on else f"{unplaced} tasks without a day"


def median(run: Callable[[], object], repeats: int) -> float:
    """Median time of a run, in milliseconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def check(seeds: range) -> int:
    """Checks the plans of random learners; prints the seeds of those that break a rule."""
    bad = 0
    for n, seed in enumerate(seeds, start=1):
        found = faults(seed)
        bad += bool(found)
        if found:
            print(f"seed {seed}: {found[:3]}")
        if n % 1000 == 0:
            print(f"{n} learners checked, {bad} with a broken rule", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
