"""What may be said of it, in a few sentences."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_lab.records.findings import Crossing, Driver

MOST = 5
CAUSE = "These go together; that does not prove a cause."


def sentences(
    by_rating: Sequence[Driver],
    by_segment: Sequence[tuple[str, Crossing]],
    by_time: Sequence[Crossing],
    looks: int,
    notes: Sequence[str] = (),
) -> tuple[str, ...]:
    """At most five sentences.

    ``by_segment`` (with the column) and ``by_time`` hold what is established, the weightiest first. ``notes`` are said last.
    """
    lower = [driver for driver in by_rating if driver.established and driver.impact < 0]
    higher = [driver for driver in reversed(by_rating) if driver.established and driver.impact > 0]
    said = [_rating(driver) for driver in (*lower[:1], *higher[:1])]
    said += [f"Where {column} is “{crossing.group}”, {_times(crossing)}." for column, crossing in by_segment[:1]]
    said += [f"In {crossing.group}, {_times(crossing)}." for crossing in by_time[:1]]
    if not looks:
        return ("Nothing could be compared: there are too few rows, or all are in one group.", *notes)
    if not said:
        return (f"No theme clearly goes with ratings, a group or a time: of {looks:,} comparisons none is beyond chance.", *notes)
    notes = notes[:1]
    return (*said[: MOST - 1 - len(notes)], CAUSE, *notes)


def _rating(driver: Driver) -> str:
    gap = driver.difference
    word = "lower" if gap.value < 0 else "higher"
    low, high = sorted((abs(gap.low), abs(gap.high)))
    digits = 1 if high - low >= 0.2 else 2
    others = driver.mean.value - gap.value
    return (
        f"Texts about “{driver.theme_name}” rate {abs(gap.value):.{digits}f} points {word} than the others "
        f"({driver.mean.value:.{digits}f} against {others:.{digits}f}; "
        f"95% interval {low:.{digits}f} to {high:.{digits}f} {word}; n = {driver.mean.n:,})."
    )


def _times(crossing: Crossing) -> str:
    ratio = crossing.ratio
    return (
        f"{crossing.share.value:.1%} of the texts are about “{crossing.theme_name}”, "
        f"{ratio.value:.2f} times the share of the others "
        f"(95% interval {ratio.low:.2f} to {ratio.high:.2f}; n = {crossing.share.n:,})"
    )
