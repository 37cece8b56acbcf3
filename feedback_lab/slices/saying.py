"""What may be concluded from the groups of one column, in a few sentences."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import SliceScore

NAMES = {"macro_f1": "Macro-F1", "accuracy": "Accuracy"}
NAMED = 3


def sentences(metric: str, groups: Sequence[SliceScore], disparity: Estimate | None, min_n: int, looks: int) -> str:
    """What is established, what is not, and how large an unseen gap could be."""
    judged = [group for group in groups if group.n >= min_n]
    if len(groups) < 2:
        return "There is only one group, so there is nothing to compare."
    if not judged:
        return f"Not established: no group has {min_n} rows or more, so none is judged."
    settled = sorted((group for group in judged if group.established), key=lambda group: group.gap.value)
    said = [_settled(metric, group) for group in settled[:NAMED]]
    if len(settled) > NAMED:
        said.append(f"{len(settled) - NAMED} more groups differ from the others.")
    rest = [group for group in judged if not group.established]
    if rest:
        said.append(_open(rest, bool(settled), looks))
    if disparity is not None:
        said.append(_distance(disparity))
    return " ".join(said)


def _settled(metric: str, group: SliceScore) -> str:
    word = "lower" if group.gap.value < 0 else "higher"
    low, high = sorted((abs(group.gap.low), abs(group.gap.high)))
    return (
        f"{NAMES[metric]} of “{group.group}” is {abs(group.gap.value):.2f} {word} than that of all other rows "
        f"(95% interval {low:.2f} to {high:.2f} {word}; n = {group.n:,})."
    )


def _open(groups: Sequence[SliceScore], more: bool, looks: int) -> str:
    """Not established is not equal: says how large a gap the rows leave open."""
    furthest = max(max(abs(group.gap.low), abs(group.gap.high)) for group in groups)
    which = f"{len(groups)} {'other ' if more else ''}group{'' if len(groups) == 1 else 's'}"
    gap = f"a gap of up to {furthest:.2f} remains possible"
    return f"For {which} a gap to all other rows is not established, corrected for {looks:,} looks; {gap}."


def _distance(disparity: Estimate) -> str:
    figures = f"{disparity.value:.2f}; 95% interval {disparity.low:.2f} to {disparity.high:.2f}"
    if disparity.low > 0:
        return f"The judged groups differ: the largest distance between two of them is established ({figures})."
    return f"The largest distance between two judged groups is not established ({figures})."
