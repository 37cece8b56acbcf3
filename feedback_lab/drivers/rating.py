"""Themes and ratings: which rate lower, which higher, and how much of the mean rests on it."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_lab.drivers.counting import Tallies
from feedback_lab.intervals import adjusted, leaves_out, mean_difference, mean_of_sums
from feedback_lab.records.findings import Driver, Theme

LEAST_RATED = 30  # rows of a theme, and of all others, from which on a difference is judged


def rating_drivers(tallies: Tallies, themes: Sequence[Theme]) -> tuple[Driver, ...]:
    """A driver for each theme with rated rows beside others, the one that pulls the mean down most first."""
    everyone = tallies.all_sums()
    looks = sum(_judged(tallies, place) for place in range(len(themes)))
    found = [
        _driver(tallies, theme, place, looks) for place, theme in enumerate(themes) if 0 < tallies.sums(place).n < everyone.n
    ]
    return tuple(sorted(found, key=lambda driver: (driver.impact, driver.theme)))


def _judged(tallies: Tallies, place: int) -> bool:
    own = tallies.sums(place)
    return min(own.n, (tallies.all_sums() - own).n) >= LEAST_RATED


def _driver(tallies: Tallies, theme: Theme, place: int, looks: int) -> Driver:
    own, everyone = tallies.sums(place), tallies.all_sums()
    others = everyone - own
    difference = mean_difference(own, others)
    return Driver(
        theme=theme.id,
        theme_name=theme.name,
        rows=int(tallies.rows[place]),
        mean=mean_of_sums(own),
        difference=difference,
        impact=own.n / everyone.n * difference.value,
        established=_judged(tallies, place) and leaves_out(mean_difference(own, others, adjusted(looks)), 0),
    )
