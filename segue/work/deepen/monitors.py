"""What is watched week by week, and from which figure on somebody must decide. It is set before the first week is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

VALUE, WHOLE = "value", "whole"  # what must be below the floor
CONVENTION = "0.1 and 0.25 are a convention from credit scoring, no test: PSI depends on the bins and on how many rows there are."


@dataclass(frozen=True)
class Monitors:
    """Limits, each ``None`` where it is not watched.

    ``mix``, ``length``: PSI of what the model says and of the words in a text. ``floor``: macro-F1 of the rows labelled by hand;
    ``below``: whether the score or its whole interval must be under it. ``labels_due``: new labels since the last training;
    ``every``: weeks since then.
    """

    mix: float | None = None
    length: float | None = None
    floor: float | None = None
    below: str = VALUE
    labels_due: int | None = None
    every: int | None = None
    owner: str = ""
    fallback: str = ""

    @property
    def as_json(self) -> dict[str, Any]:
        """As the plan of a replay keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Signal:
    """A monitor that fired. ``is_alarm``: it says that something is wrong, and not only that it is time. ``note``: of chance."""

    says: str
    is_alarm: bool
    note: str = ""


def monitors_of(plan: Mapping[str, Any]) -> Monitors:
    """The monitors in a plan."""
    return Monitors(**plan["monitors"])


def scored(figure: list[float]) -> str:
    """``0.57 (0.52 to 0.62)``."""
    value, low, high = figure
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def signed(figure: list[float]) -> str:
    """A difference with its interval: ``+0.03 (-0.01 to +0.07)``, with true minus signs."""
    value, low, high = (f"{each:+.2f}".replace("-", "−") for each in figure)
    return f"{value} ({low} to {high})"


def signals_of(monitors: Monitors, week: Mapping[str, Any], model: str, new_labels: int, weeks_since: int) -> tuple[Signal, ...]:
    """The monitors that fire in a week for the model in use, with labels and weeks since the last training."""
    return tuple([*_alarms(monitors, week, week["models"][model]), *_dues(monitors, new_labels, weeks_since)])


def _alarms(monitors: Monitors, week: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Signal]:
    if monitors.mix is not None and "psi" in found and found["psi"][0] >= monitors.mix:
        yield _moved("what the model says", found["psi"], monitors.mix)
    if monitors.length is not None and week["length"][0] >= monitors.length:
        yield _moved("the length of texts", week["length"], monitors.length)
    if monitors.floor is not None and _is_below(monitors, found["score"]):
        what = "The whole interval" if monitors.below == WHOLE else "The score"
        covers = found["score"][2] >= monitors.floor
        note = "Its interval reaches above the floor, so this may be chance." if covers else "Its whole interval is below."
        yield Signal(f"{what} is below the floor of {monitors.floor:.2f}: {scored(found['score'])}.", True, note)


def _moved(what: str, psi: list[float], limit: float) -> Signal:
    value, chance = psi
    more = "more than chance brings about" if value > chance else "which rows of one source can reach by chance"
    return Signal(f"PSI of {what} is {value:.2f}, and the limit {limit:g}.", True, f"It is {more} (up to {chance:.2f}).")


def _is_below(monitors: Monitors, score: list[float]) -> bool:
    value, _, high = score
    return monitors.floor is not None and (high if monitors.below == WHOLE else value) < monitors.floor


def _dues(monitors: Monitors, new_labels: int, weeks_since: int) -> Iterator[Signal]:
    if monitors.labels_due is not None and new_labels >= monitors.labels_due:
        yield Signal(f"{new_labels} new labels since the last training; {monitors.labels_due} were to start one.", False)
    if monitors.every is not None and weeks_since >= monitors.every:
        yield Signal(f"{weeks_since} weeks since the last training; the schedule says every {monitors.every}.", False)


def lines_of(monitors: Monitors) -> tuple[str, ...]:
    """The monitors in sentences."""
    return tuple(_lines(monitors))


def _lines(monitors: Monitors) -> Iterator[str]:
    if monitors.mix is not None:
        yield f"What the model says: PSI of {monitors.mix:g} or more fires."
    if monitors.length is not None:
        yield f"Length of texts: PSI of {monitors.length:g} or more fires."
    if monitors.floor is not None:
        what = "its whole interval" if monitors.below == WHOLE else "the score"
        yield f"Quality on rows labelled by hand: fires when {what} is below a macro-F1 of {monitors.floor:.2f}."
    if monitors.labels_due is not None:
        yield f"New labels: {monitors.labels_due} since the last training are a reason to train again."
    if monitors.every is not None:
        yield f"Schedule: think about a new training every {monitors.every} weeks."
    yield f"Who is told and decides: {monitors.owner}."
    yield f"Fallback: {monitors.fallback}"
