"""Themes beside ratings, groups and time: sums over all parts, then intervals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from feedback_lab.drivers.counting import MOST_VALUES, Assign, Tallies, Task, count_part, total
from feedback_lab.drivers.crossing import Pair, crossing, largest_groups, pairs, periods, strongest
from feedback_lab.drivers.rating import rating_drivers
from feedback_lab.drivers.saying import sentences
from feedback_lab.engines import Engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.intervals import mean_of_sums
from feedback_lab.records.findings import Crossing, DriversResult, Theme
from feedback_lab.records.rows import Roles


def drivers(
    parts: Sequence[Path], assignments: Sequence[Path] | Assign, themes: Sequence[Theme], engine: Engine, roles: Roles
) -> DriversResult:
    """Relate broad themes to ratings, the segments of ``roles``, and time, over all rows.

    ``assignments``: for each part a Parquet file whose column ``theme`` holds the id of each row's broad theme, or a function
    that can be pickled and gives these ids (n,) for ``Rows``. Of a segment the ``MOST_PAIRS`` strongest pairs are kept, what is
    established first. Raises ``NotEnoughData`` for fewer than two themes, and where there is neither a rating nor a segment nor
    a time to relate them to; ``DamagedRun`` where themes don't fit their rows.
    """
    if len(themes) < 2:
        raise NotEnoughData("There are fewer than two themes, so there is nothing to compare.", "Ask for more with --themes.")
    ids = tuple(theme.id for theme in themes)
    of_parts: list[Path | Assign] = [assignments] * len(parts) if callable(assignments) else list(assignments)
    columns = tuple(segment.column for segment in roles.segments)
    tasks = [Task(part, of_part, ids, columns) for part, of_part in zip(parts, of_parts, strict=True)]
    tallies = total(engine.map(count_part, tasks), len(ids) + 1)
    if not (tallies.rated[0].any() or tallies.groups or tallies.months):
        raise NotEnoughData(
            "There is no rating, no group and no time to relate themes to.", "Name a column with --rating, --segment or --time."
        )
    return _result(tallies, themes)


def _result(tallies: Tallies, themes: Sequence[Theme]) -> DriversResult:
    by_column = {name: pairs(largest_groups(groups), themes) for name, groups in tallies.groups.items() if groups}
    period, months = periods(tallies.months)
    in_time = pairs(months, themes)
    every = [pair for several in (*by_column.values(), in_time) for pair in several]
    looks = sum(pair.judged for pair in every)
    by_rating = rating_drivers(tallies, themes)
    overall = tallies.all_sums()
    return DriversResult(
        overall=mean_of_sums(overall) if overall.n else None,
        by_rating=by_rating,
        by_segment={name: strongest(several, looks) for name, several in by_column.items() if several},
        by_time=tuple(crossing(pair, looks) for pair in in_time),
        period=period,
        says=sentences(
            by_rating,
            _weightiest([(name, pair) for name, several in by_column.items() for pair in several], looks),
            [found for _, found in _weightiest([("", pair) for pair in in_time], looks)],
            looks + len(by_rating),
            _notes(tallies),
        ),
    )


def _weightiest(found: Sequence[tuple[str, Pair]], looks: int) -> list[tuple[str, Crossing]]:
    """What is established, by the rows that a group has more or fewer than the others would give."""
    ordered = sorted(found, key=lambda item: -abs(item[1].surplus))
    crossings = ((name, crossing(pair, looks)) for name, pair in ordered)
    return [(name, each) for name, each in crossings if each.established]


def _notes(tallies: Tallies) -> list[str]:
    return [
        f"The column {name} was left out: it has more than {MOST_VALUES:,} different values."
        for name, groups in tallies.groups.items()
        if groups is None
    ]
